FROM python:3.13-slim
COPY . /app
EXPOSE 8000
USER 10001
# ok: dockerfile-server-as-root
CMD ["python", "/app/serve.py"]
