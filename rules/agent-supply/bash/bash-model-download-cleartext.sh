# ruleid: bash-model-download-cleartext
wget http://models.acme-cloud.com/chat-7b.gguf
# ruleid: bash-model-download-cleartext
curl -fsSL -o detector.pt "http://models.acme-cloud.com/detector.pt"
# ok: bash-model-download-cleartext
curl -fsSLO https://models.acme-cloud.com/detector.pt
# ok: bash-model-download-cleartext
wget http://docs.acme-cloud.com/index.html
# ok: bash-model-download-cleartext
curl -o model.onnx http://localhost:8000/model.onnx
