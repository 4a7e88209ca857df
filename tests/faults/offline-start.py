#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`receive --offline FOLDER` that is started while the store is away: by what its station has, for
who was there before, again and again; received once when the very store is back (D8, D15, V9,
decision 0067). TAP. usage: offline-start.py"""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import traceback

from cluster import Ground, Server
from stations import AWAITED, CTL, ctl, server_uri

PIN = '60718293'


def unit(n):
    return 'SN-%06d' % n


class Dock:
    """A station's folder, and what is scanned there, a run of the program each time."""

    def __init__(self, server, name, *people):
        self.server, self.name = server, name
        self.folder = tempfile.mkdtemp(prefix='bhstart.', dir=server.ground.path)
        self.uri = server_uri(server).replace('/backhaul', '/' + name)
        server.sql('CREATE DATABASE ' + name)
        ctl(self.uri, 'init')
        server.sql(AWAITED % {'n': 20}, name)
        os.environ.update(BACKHAUL_PIN=PIN, BACKHAUL_NEW_PIN=PIN)
        for i, (login, role) in enumerate(people):
            ctl(self.uri, *(['--operator', people[0][0]] if i else []), 'operator', 'add', login,
                '--name', login.title(), '--role', role)

    def receive(self, *codes, by=None, pin=PIN):
        """The exit status, what it was judged to be, and what was said."""
        done = subprocess.run(
            [CTL, '--store', self.uri, '--json', '--dock', 'north', '--station', 'north',
             *(['--operator', by] if by else []), 'receive', '--offline', self.folder, *codes],
            capture_output=True, text=True, timeout=90, check=False,
            env={**os.environ, 'BACKHAUL_PIN': pin})
        rows = [json.loads(line) for line in done.stdout.splitlines()]
        said = done.stderr + ' '.join(row['error']['message'] for row in rows if 'error' in row)
        assert done.returncode >= 0, done
        return done.returncode, [row.get('verdict') for row in rows if 'verdict' in row], said

    def receipts(self):
        return self.server.sql("SELECT serial || ' ' || operator FROM receipt WHERE void = 0"
                               " AND verdict = 'accept' ORDER BY 1", self.name).splitlines()


def starts_away(server):
    """Each run goes on where the one before was, and what they took is received once."""
    dock = Dock(server, 'first')
    user = subprocess.run(['id', '-un'], capture_output=True, text=True, check=True).stdout.strip()
    assert dock.receive(unit(1))[:2] == (0, ['accept'])
    server.stop()
    code, verdicts, said = dock.receive(unit(2))
    assert (code, verdicts) == (4, ['accept']), (code, verdicts, said)
    assert 'verdicts are provisional' in said and '1 boxes are in this station' in said, said
    assert dock.receive(unit(3))[:2] == (4, ['accept'])
    assert dock.receive(unit(2))[1] == ['already-received']
    code, verdicts, said = dock.receive(unit(4), by='mallory')
    assert code == 5 and user + ' was here last' in said, (code, said)
    server.start()
    code, verdicts, said = dock.receive(unit(5))
    assert (code, verdicts) == (0, ['accept']) and '3 boxes of the journal are received' in said
    assert dock.receipts() == ['%s %s' % (unit(n), user) for n in (1, 2, 3, 5)], dock.receipts()
    ctl(dock.uri, 'check')
    ctl(dock.uri, 'audit', 'verify')


def people(server):
    """Whoever was there before by their PIN, nobody else, and not by guessing."""
    dock = Dock(server, 'second', ('adam', 'administrator'), ('rita', 'receiver'),
                ('sue', 'supervisor'))
    assert dock.receive(unit(1), by='rita')[0] == 0
    server.stop()
    for by, pin in (('rita', '0000'), ('sue', PIN), ('adam', PIN)):
        code, verdicts, said = dock.receive(unit(2), by=by, pin=pin)
        assert code == 5 and not verdicts and 'has not signed in at this' in said, (code, said)
    assert dock.receive(unit(2), by='rita')[:2] == (4, ['accept'])
    for _ in range(5):
        dock.receive(unit(3), by='rita', pin='0000')
    code, verdicts, said = dock.receive(unit(3), by='rita')
    assert code == 5 and 'too many wrong ones' in said, (code, said)
    server.start()
    assert dock.receive(unit(3), by='sue')[:2] == (0, ['accept'])
    assert dock.receipts() == [unit(1) + ' rita', unit(2) + ' rita', unit(3) + ' sue']


def no_use(server):
    """Without a copy, or with a damaged one, it says why, and takes nothing."""
    dock = Dock(server, 'third')
    assert dock.receive(unit(1))[0] == 0
    server.stop()
    copy = dock.folder + '/awaited'
    shutil.copy(copy, copy + '.good')
    with open(copy, 'r+b') as file:
        file.seek(-20, os.SEEK_END)
        file.write(b'?')
    code, verdicts, said = dock.receive(unit(2))
    assert code == 4 and not verdicts and 'takes no call' in said and 'is damaged' in said, said
    os.unlink(copy)
    code, verdicts, said = dock.receive(unit(2))
    assert code == 4 and not verdicts and 'no copy of the awaited units' in said, said
    os.rename(copy + '.good', copy)
    assert dock.receive(unit(2))[:2] == (4, ['accept'])
    server.start()


def another_store(server):
    """Another store at its address gets nothing, and the journal stays for its own."""
    dock = Dock(server, 'fourth')
    other = Dock(server, 'other')
    ctl(other.uri, 'receive', unit(9))
    # by the first act in it a store is known from others
    ctl(dock.uri, 'receive', unit(8))
    assert dock.receive(unit(1))[0] == 0
    server.stop()
    assert dock.receive(unit(2))[0] == 4
    server.start()
    for name, to in (('fourth', 'kept'), ('other', 'fourth')):
        server.sql('ALTER DATABASE %s RENAME TO %s' % (name, to))
    before = dock.receipts()
    code, verdicts, said = dock.receive(unit(3))
    assert code == 4 and not verdicts and 'of another store' in said, (code, said)
    assert dock.receipts() == before, dock.receipts()
    for name, to in (('fourth', 'other'), ('kept', 'fourth')):
        server.sql('ALTER DATABASE %s RENAME TO %s' % (name, to))
    assert dock.receive(unit(3))[0] == 0
    assert [line.split()[0] for line in dock.receipts()] == [unit(n) for n in (1, 2, 3, 8)]


def main():
    failed = 0
    tests = [starts_away, people, no_use, another_store]
    print('1..%d' % len(tests), flush=True)
    with Ground() as ground:
        server = Server(ground, 'a')
        for number, test in enumerate(tests, 1):
            name = 'D15/offline-start/' + test.__name__.replace('_', '-')
            try:
                server.come_back()
                test(server)
                print('ok %d %s' % (number, name), flush=True)
            except Exception:  # pylint: disable=broad-except
                failed += 1
                print('not ok %d %s' % (number, name))
                print('# ' + traceback.format_exc().replace('\n', '\n# '), flush=True)
    return failed != 0


sys.exit(main())
