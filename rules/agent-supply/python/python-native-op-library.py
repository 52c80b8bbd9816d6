import onnxruntime
import tensorflow as tf
import torch


def session(folder):
    options = onnxruntime.SessionOptions()
    # ruleid: python-native-op-library
    options.register_custom_ops_library(folder / "ops.so")
    # ruleid: python-native-op-library
    torch.ops.load_library(download(folder))
    # ok: python-native-op-library
    options.register_custom_ops_library("/opt/acme/lib/ops.so")
    # ok: python-native-op-library
    tf.load_op_library("/opt/acme/lib/tf_ops.so")
    # ok: python-native-op-library
    tf.saved_model.load(folder)
