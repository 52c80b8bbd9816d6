FROM debian:12
# ruleid: dockerfile-run-download
RUN curl -fsSL https://example.com/install.sh | bash
# ruleid: dockerfile-run-download
RUN wget -qO- https://example.com/setup | sudo -E bash -
# ruleid: dockerfile-run-download
RUN bash <(curl -s https://example.com/x)
# ok: dockerfile-run-download
RUN curl -fsSL https://example.com/key.asc | gpg --dearmor -o /etc/apt/key.gpg
# ok: dockerfile-run-download
RUN curl -fsSLo /tmp/i.sh https://example.com/i.sh && echo "abc /tmp/i.sh" | sha256sum -c - && sh /tmp/i.sh
# ok: dockerfile-run-download
# RUN curl -fsSL https://get.example.com/install.sh | sh
