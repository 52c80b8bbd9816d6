FROM debian:12 AS base
# ruleid: dockerfile-base-left-as-root
USER root
RUN apt-get update

FROM debian:12 AS tools
# ok: dockerfile-base-left-as-root
USER root
CMD ["agent"]

FROM debian:12
# ok: dockerfile-base-left-as-root
USER root
RUN apt-get update
# ok: dockerfile-base-left-as-root
USER 10001
