FROM python:3.13 AS build
WORKDIR /src
COPY . .
RUN pip install .

FROM python:3.13
COPY --from=build /src/dist /app
EXPOSE $PORT
# ok: dockerfile-server-as-root
HEALTHCHECK CMD python /app/alive.py
# ruleid: dockerfile-server-as-root
CMD uvicorn app:app --host 0.0.0.0 --port 8000
