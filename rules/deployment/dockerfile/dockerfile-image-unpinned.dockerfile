# ruleid: dockerfile-image-unpinned
FROM python
RUN pip list
# ruleid: dockerfile-image-unpinned
FROM ghcr.io/acme/agent:latest AS build
RUN make
# ok: dockerfile-image-unpinned
FROM debian@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
# ok: dockerfile-image-unpinned
FROM node:22.11.0-slim
# ok: dockerfile-image-unpinned
FROM scratch
# ok: dockerfile-image-unpinned
FROM build
# ok: dockerfile-image-unpinned
FROM python:${VERSION} AS toolchain
RUN make
# ok: dockerfile-image-unpinned
FROM toolchain as web
RUN make web
# ok: dockerfile-image-unpinned
FROM --platform=$BUILDPLATFORM ${BASE} AS assets
# ok: dockerfile-image-unpinned
FROM assets AS page
# ok: dockerfile-image-unpinned
FROM web
# A stage that comes later is not meant.
# ruleid: dockerfile-image-unpinned
FROM late
# ok: dockerfile-image-unpinned
FROM web AS late
