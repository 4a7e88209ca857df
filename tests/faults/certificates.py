# SPDX-License-Identifier: GPL-3.0-or-later
"""Certificates made on the spot by openssl, and a server that shows them."""
import os
import shutil
import subprocess

from cluster import Server


class Authority:
    """Signs certificates; who trusts it has its root."""

    def __init__(self, folder, name):
        self.folder, self.name = folder, name
        self.root = os.path.join(folder, name + '.crt')
        self.key = os.path.join(folder, name + '.key')
        self.openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=' + name,
                     '-days', '30', '-addext', 'basicConstraints=critical,CA:TRUE',
                     '-keyout', self.key, '-out', self.root)

    def openssl(self, *arguments):
        subprocess.run(['openssl', *arguments], check=True, capture_output=True, cwd=self.folder)

    def sign(self, host, name, days=30):
        """A certificate and a key for @host; @days below 0: it has expired. Their paths."""
        paths = [os.path.join(self.folder, name + end) for end in ('.crt', '.key', '.csr', '.ext')]
        crt, key, csr, ext = paths
        with open(ext, 'w', encoding='ascii') as file:
            file.write('subjectAltName=DNS:%s\n' % host)
        self.openssl('req', '-new', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=' + host,
                     '-keyout', key, '-out', csr)
        signing = ['-in', csr, '-out', crt, '-extfile', ext]
        if days > 0:
            self.openssl('x509', '-req', '-CA', self.root, '-CAkey', self.key, '-CAcreateserial',
                         '-days', str(days), *signing)
        else:
            # x509 gives no days in the past
            config = os.path.join(self.folder, 'ca.conf')
            open(os.path.join(self.folder, 'index.txt'), 'w', encoding='ascii').close()
            with open(config, 'w', encoding='ascii') as file:
                file.write('[ca]\ndefault_ca=d\n[d]\ndatabase=index.txt\nrand_serial=yes\n'
                           'default_md=sha256\npolicy=p\nnew_certs_dir=.\n[p]\ncommonName=supplied\n')
            self.openssl('ca', '-batch', '-config', config, '-cert', self.root, '-keyfile', self.key,
                         '-startdate', '20200101000000Z', '-enddate', '20200201000000Z', *signing)
        return crt, key


class TlsServer(Server):
    """A server that lets nobody in without TLS and a password; of @user, beside bh."""

    def __init__(self, ground, user, password):
        super().__init__(ground, 'tls')
        self.sql("CREATE ROLE %s LOGIN SUPERUSER PASSWORD '%s'" % (user, password))
        # bh, by which the test itself looks in, comes without
        with open(self.data + '/pg_hba.conf', 'w', encoding='ascii') as file:
            file.write('host all bh 127.0.0.1/32 trust\nhostssl all all 127.0.0.1/32 scram-sha-256\n')
        self.sql('SELECT pg_reload_conf()')

    def show(self, crt, key):
        """From now on it shows this certificate."""
        for path, name in ((crt, 'server.crt'), (key, 'server.key')):
            to = os.path.join(self.data, name)
            shutil.copy(path, to)
            os.chmod(to, 0o600)
            if os.getuid() == 0:
                shutil.chown(to, 'postgres', 'postgres')
        self.sql('ALTER SYSTEM SET ssl = on')
        self.stop()
        self.start()
