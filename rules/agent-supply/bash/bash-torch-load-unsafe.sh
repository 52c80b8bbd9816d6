# ruleid: bash-torch-load-unsafe
export TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD=1
# ruleid: bash-torch-load-unsafe
TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD=true python train.py
# ok: bash-torch-load-unsafe
export TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD=0
# ok: bash-torch-load-unsafe
unset TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD
