FROM debian:12
# ruleid: docker-model-download-cleartext
ADD http://models.acme-cloud.com/chat-7b.gguf /models/
# ruleid: docker-model-download-cleartext
RUN wget http://models.acme-cloud.com/detector.pt
# ok: docker-model-download-cleartext
ADD https://models.acme-cloud.com/chat-7b.gguf /models/
# ok: docker-model-download-cleartext
RUN wget http://docs.acme-cloud.com/index.html
