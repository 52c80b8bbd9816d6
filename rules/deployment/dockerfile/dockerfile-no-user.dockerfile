FROM python:3.13-slim
COPY app.py /app.py
# ok: dockerfile-no-user
ENTRYPOINT ["python", "/app.py"]
# ruleid: dockerfile-no-user
CMD ["--serve"]
# ok: dockerfile-no-user
RUN echo USER
# ok: dockerfile-no-user
HEALTHCHECK CMD true
