FROM python:3.13
COPY . /app
EXPOSE 8000
ENTRYPOINT ["tini", "--"]
# ruleid: dockerfile-server-as-root
CMD ["python", "/app/main.py"]
