FROM python:3.13-slim
COPY . /app
# It listens to nobody.
# ok: dockerfile-server-as-root
CMD ["python", "/app/nightly.py"]
