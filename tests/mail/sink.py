# SPDX-License-Identifier: GPL-3.0-or-later
"""A mail server on the loopback for tests, by other people's code (aiosmtpd).

What it does with a message is told by the recipient's local part:
  later…   451 at RCPT       no…     550 at RCPT       full…   452 after DATA
  never…   554 after DATA    drop…   takes the message and breaks the connection, once each
  cut…     breaks the connection at RCPT, always
"""
import os
import ssl
import subprocess
import time

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult


class Listener(Controller):
    """On a port that the system chooses."""

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


class Handler:
    def __init__(self):
        self.taken = []      # (envelope to, message bytes, over TLS, login)
        self.dropped = set()
        self.sessions = set()
        self.slow = 0.0      # seconds before each answer to DATA

    async def handle_RCPT(self, server, session, envelope, address, _options):
        self.sessions.add(id(session))
        if address.startswith("later"):
            return "451 4.7.1 greylisted, come again"
        if address.startswith("no"):
            return "550 5.1.1 no such user"
        if address.startswith("cut"):
            server.transport.abort()
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        to = envelope.rcpt_tos[0]
        if to.startswith("full"):
            return "452 4.2.2 mailbox full"
        if to.startswith("never"):
            return "554 5.6.0 this will not do"
        if self.slow:
            import asyncio
            await asyncio.sleep(self.slow)
        self.taken.append((to, envelope.content,
                           server.transport.get_extra_info("sslcontext") is not None,
                           session.auth_data if session.authenticated else None))
        if to.startswith("drop") and envelope.content not in self.dropped:
            self.dropped.add(envelope.content)
            server.transport.abort()
        return "250 OK"


def certificate(folder):
    """A key that nobody has signed for localhost: (certificate, key)."""
    cert, key = os.path.join(folder, "cert.pem"), os.path.join(folder, "key.pem")
    if not os.path.exists(cert):
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30",
                        "-subj", "/CN=localhost", "-addext",
                        "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", key, "-out", cert],
                       check=True, capture_output=True)
    return cert, key


class Sink:
    """with Sink() as sink: … sink.url, sink.taken"""

    def __init__(self, starttls=None, tls=None, login=None, need_tls=False):
        self.handler = Handler()
        options = {}
        if starttls:
            context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            context.load_cert_chain(*starttls)
            options["tls_context"] = context
            options["require_starttls"] = need_tls
        if login:
            def check(_server, _session, _envelope, _mechanism, data):
                good = (data.login.decode(), data.password.decode()) == login
                return AuthResult(success=good, handled=False, auth_data=data.login.decode())
            options.update(authenticator=check, auth_required=True,
                           auth_require_tls=bool(starttls))
        context = None
        if tls:
            context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            context.load_cert_chain(*tls)
        self.scheme = "smtps" if tls else "smtp"
        self.controller = Listener(self.handler, hostname="127.0.0.1", port=0,
                                   ssl_context=context, **options)

    def __enter__(self):
        self.controller.start()
        return self

    def __exit__(self, *_):
        self.controller.stop()

    @property
    def taken(self):
        return self.handler.taken

    def url(self, user=None, host="127.0.0.1"):
        return "%s://%s%s:%d" % (self.scheme, user + "@" if user else "", host, self.controller.port)


def wait_for(condition, seconds=60):
    """True as soon as it holds; the time is a limit for a hang, no measure."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.01)
    return False
