FROM python:3.13
COPY . /app
EXPOSE 8000
# A script decides.
ENTRYPOINT ["/app/docker-entrypoint.sh"]
# ok: dockerfile-server-as-root
CMD ["python", "/app/main.py"]
