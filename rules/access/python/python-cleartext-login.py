import ftplib
import telnetlib


def fetch(host, user, password):
    ftp = ftplib.FTP(host)
    # ruleid: python-cleartext-login
    ftp.login(user, password)
    return ftp.nlst()


def switch(address):
    # ruleid: python-cleartext-login
    return telnetlib.Telnet(address, 23)


def public(host):
    with ftplib.FTP(host) as ftp:
        # ok: python-cleartext-login
        ftp.login()
        return ftp.nlst()


def secure(host, user, password):
    with ftplib.FTP_TLS(host) as ftp:
        # ok: python-cleartext-login
        ftp.login(user, password)
        ftp.prot_p()
