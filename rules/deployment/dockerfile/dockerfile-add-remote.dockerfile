FROM debian:12
# ruleid: dockerfile-add-remote
ADD https://example.com/agent.tar.gz /opt/
# ruleid: dockerfile-add-remote
RUN curl -fsSL https://example.com/tool -o /usr/local/bin/tool && chmod +x /usr/local/bin/tool
# ok: dockerfile-add-remote
ADD --checksum=sha256:0123456789abcdef https://example.com/agent.tar.gz /opt/
# ok: dockerfile-add-remote
ADD app.tar.gz /opt/
# ok: dockerfile-add-remote
RUN curl -fsSL https://example.com/tool -o /tmp/tool && echo "abc  /tmp/tool" | sha256sum -c && chmod +x /tmp/tool
# ok: dockerfile-add-remote
ADD https://api.github.com/repos/acme/tool/git/refs/heads/main /tmp/tool_version.json
# ruleid: dockerfile-add-remote
ADD https://api.github.com/repos/acme/tool/tarball/main /tmp/tool.tar.gz
