FROM debian:12 AS base
# ok: dockerfile-user-root
USER root
RUN apt-get update

FROM debian:12 AS tools
# ruleid: dockerfile-user-root
USER 0:0
CMD ["agent"]

FROM debian:12
# ok: dockerfile-user-root
USER root
RUN apt-get update
# ok: dockerfile-user-root
USER 10001
CMD ["agent"]

FROM debian:12 AS common
# ok: dockerfile-user-root
USER root
RUN apt-get update

FROM common AS service
USER 10001
CMD ["agent"]

FROM debian:12 AS adjusting
# ok: dockerfile-user-root
USER root
COPY docker-entrypoint.sh /
ENTRYPOINT ["/docker-entrypoint.sh"]

FROM debian:12 AS waiting
# ok: dockerfile-user-root
USER root
ENTRYPOINT ["dumb-init", "--", "/app/docker_entrypoint.sh"]
