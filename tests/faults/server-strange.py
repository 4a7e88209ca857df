#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A server that is another one than was meant: of a forged or expired certificate, of another
host, with another database, older, newer, or none at all that closes, says nothing or lies. Each
is said in words, with the exit status of a store's failure (CLI.md). TAP.
usage: server-strange.py"""
import json
import os
import socket
import subprocess
import tempfile
import threading
import traceback

from certificates import Authority, TlsServer
from cluster import Ground, Server, free_port

CTL = os.path.join(os.environ['BH_BUILD_ROOT'], 'src/cli/backhaulctl')
PASSWORD = 'not in any log'


def ask(uri, *command, language='C.UTF-8', password=None, prefix=()):
    """What is said of a store, as (exit status, error's code, message)."""
    env = dict(os.environ, LC_ALL=language)
    env.pop('PGPASSWORD', None)
    if password is not None:
        env['PGPASSWORD'] = password
    done = subprocess.run([*prefix, CTL, '--store', uri, '--json', *(command or ('rma', 'list'))],
                          capture_output=True, text=True, timeout=60, check=False, env=env)
    answer = [json.loads(line) for line in done.stdout.splitlines()]
    error = answer[0].get('error', {}) if answer else {}
    assert 'core dumped' not in done.stderr and done.returncode >= 0, done
    assert PASSWORD not in done.stdout + done.stderr
    return done.returncode, error.get('code'), error.get('message', '')


def refused(uri, *words, **options):
    status, code, message = ask(uri, **options)
    assert status == 4 and all(word in message for word in words), (status, code, message)
    assert message.count(';') >= 1, message  # and what to do
    return code


def certificates(ground):
    """The certificate is looked at, and what is wrong with it is said."""
    with tempfile.TemporaryDirectory(prefix='bhtls.') as folder:
        site, thief = Authority(folder, 'site'), Authority(folder, 'thief')
        server = TlsServer(ground, 'station', PASSWORD)
        server.sql('CREATE DATABASE backhaul')
        uri = ('postgresql://station@%%s:%d/backhaul?sslmode=verify-full&sslrootcert=%s'
               % (server.port, site.root))
        server.show(*site.sign('localhost', 'good'))
        assert ask(uri % 'localhost', 'init', password=PASSWORD)[0] == 0
        assert ask(uri % 'localhost', password=PASSWORD)[0] == 0
        refused(uri % 'localhost', 'password is wrong', password='guess')
        refused(uri % 'localhost', 'wants a password')
        refused((uri % 'localhost').replace('/backhaul', '/elsewhere'), 'no database of that name',
                password=PASSWORD)
        refused(uri % '127.0.0.1', "another host's", password=PASSWORD)
        refused((uri % 'localhost').replace(site.root, folder + '/none.crt'), 'none.crt',
                password=PASSWORD)
        server.show(*site.sign('db.example.com', 'other'))
        refused(uri % 'localhost', "another host's, not that of localhost", password=PASSWORD)
        server.show(*thief.sign('localhost', 'forged'))
        refused(uri % 'localhost', 'not signed by whom this station trusts', password=PASSWORD)
        server.show(*site.sign('localhost', 'old', days=-1))
        refused(uri % 'localhost', 'was valid until 2020-02-01', password=PASSWORD)


def not_there(ground):
    """Nobody is there, or nobody of that name."""
    refused('postgresql://bh@127.0.0.1:%d/x' % free_port(), 'takes no call on port')
    refused('postgresql://bh@nowhere.invalid/x', 'nobody knows a host nowhere.invalid')
    with socket.create_server(('127.0.0.1', 0), backlog=0) as deaf:
        port = deaf.getsockname()[1]
        with socket.create_connection(('127.0.0.1', port)):  # takes its only place
            refused('postgresql://bh@127.0.0.1:%d/x' % port, 'port')


def another_database(ground):
    """The database is another program's, empty, of an older Backhaul or of a newer one."""
    server = Server(ground, 'a')
    uri = 'postgresql://bh@127.0.0.1:%d/' % server.port
    for name in ('shop', 'empty', 'old', 'new'):
        server.sql('CREATE DATABASE ' + name)
    server.sql('CREATE TABLE orders (id bigint)', 'shop')
    assert refused(uri + 'shop', 'belongs to another program') == 'not-ours'
    assert ask(uri + 'shop', 'init')[0] == 4
    assert server.sql("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'", 'shop') == '1'
    refused(uri + 'empty', 'backhaulctl init')
    for name in ('old', 'new'):
        assert ask(uri + name, 'init')[0] == 0
    server.sql('DELETE FROM backhaul_version WHERE version > 3', 'old')
    refused(uri + 'old', 'the store has version 3', 'backhaulctl init')
    server.sql('INSERT INTO backhaul_version VALUES (99)', 'new')
    assert refused(uri + 'new', 'version 99', 'install the newer') == 'newer'
    server.sql("CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0")
    refused(uri + 'latin', "cannot keep every name", "ENCODING 'UTF8'")
    assert ask(uri + 'latin', 'init')[0] == 4
    # in the server's language: its refusals are known by their state
    refused(uri + 'nothing', 'no database of that name', language='de_DE.UTF-8')


def standby_alone(ground):
    """The only server that is named is a standby: it is read, and what writes says so."""
    primary = Server(ground, 'a')
    primary.sql('CREATE DATABASE backhaul')
    assert ask('postgresql://bh@127.0.0.1:%d/backhaul' % primary.port, 'init')[0] == 0
    uri = 'postgresql://bh@127.0.0.1:%d/backhaul' % Server(ground, 'b', of=primary).port
    assert ask(uri)[0] == 0
    status, code, message = ask(uri, 'receive', 'SN-1')
    assert (status, code) == (4, 'read-only') and 'name the primary' in message, message


class Liar(threading.Thread):
    """Takes a call and does what it was told to, instead of what a server does."""

    def __init__(self, does):
        super().__init__(daemon=True)
        self.does, self.socket = does, socket.create_server(('127.0.0.1', 0))
        self.uri = 'postgresql://bh@127.0.0.1:%d/x' % self.socket.getsockname()[1]
        self.held = []
        self.start()

    def run(self):
        while True:
            connection, _ = self.socket.accept()
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        self.held.append(connection)
        try:
            self.does(connection)
        except OSError:
            pass


def greet(connection):
    """As a server that lets in: no TLS, welcome, ready."""
    connection.settimeout(20)
    if connection.recv(8)[4:8] == b'\x04\xd2\x16\x2f':
        connection.sendall(b'N')
        connection.recv(1000)
    connection.sendall(b'R\0\0\0\x08\0\0\0\0' b'K\0\0\0\x0c\0\0\0\x01\0\0\0\x02' b'Z\0\0\0\x05I')
    connection.recv(10000)


def close_in_answer(connection):
    """The head of a row of an answer, and then nothing more."""
    greet(connection)
    connection.sendall(b'T\0\0\1\0\0\x02pid\0')
    connection.close()


def lie_of_length(connection):
    greet(connection)
    connection.sendall(b'T\x7f\xff\xff\xff\0\x02' + b'x' * 1000)
    connection.close()


def talk_rubbish(connection):
    connection.recv(8)
    connection.sendall(b'HTTP/1.1 400 Bad Request\r\n\r\n')
    connection.close()


def drip(connection):
    """One byte a second of a welcome that never ends."""
    connection.recv(8)
    for _ in range(60):
        connection.sendall(b'E')
        threading.Event().wait(1)


def liars(ground):
    """What answers is no server, or is one that breaks off, lies or falls silent."""
    for does in (lambda c: c.close(), talk_rubbish, close_in_answer, lie_of_length, greet, drip,
                 lambda c: threading.Event().wait(60)):
        code = refused(Liar(does).uri, 'postgresql')
        assert code in ('store', 'lost'), code


def main():
    failed = 0
    tests = [certificates, not_there, another_database, standby_alone, liars]
    print('1..%d' % len(tests))
    for number, test in enumerate(tests, 1):
        try:
            with Ground() as ground:
                test(ground)
            print('ok %d /faults/D15/server-strange/%s' % (number, test.__name__), flush=True)
        except Exception:
            failed += 1
            print('not ok %d /faults/D15/server-strange/%s' % (number, test.__name__), flush=True)
            print('# ' + traceback.format_exc().replace('\n', '\n# '), flush=True)
    return 1 if failed else 0


if __name__ == '__main__':
    raise SystemExit(main())
