#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A station's journal that somebody had in hand, or that holds what the store will not have: it is
told, box by box, nothing is received twice, and the rest goes on (D8, D15, F6, RULES 2). TAP.
usage: offline-journal.py [NAME…]"""
import glob
import os
import shutil
import subprocess
import sys
import tempfile
import time
import traceback

from cluster import Ground, Server
from stations import AWAITED, CTL, Desk, ctl, server_uri, together

PIN = '60718293'
UNITS = ['SN-%06d' % n for n in range(1, 7)] + ['STRANGE-1']


class Outage:
    """A station that received while the server was away, and was killed."""

    def __init__(self, server, folder, operator=None):
        self.server, self.database = server, os.path.basename(folder).lower()
        server.sql('CREATE DATABASE "%s"' % self.database)
        self.uri = server_uri(server).replace('/backhaul', '/' + self.database)
        ctl(self.uri, 'init')
        # a store is known by its first act
        ctl(self.uri, 'policy', 'set', 'dock.offline-start-hours', '48')
        self.sql(AWAITED % {'n': 10})
        if operator:
            self.enrol()
        self.desk = Desk(1, self.uri, folder, UNITS, operator)
        self.folder = self.desk.folder
        self.desk.start()
        until = time.monotonic() + 30
        while not os.path.exists(self.folder + '/awaited'):
            assert time.monotonic() < until, self.desk.errors()
            time.sleep(0.05)

    def went_away(self):
        self.desk.feed()
        self.desk.process.kill()  # as when the power goes
        self.desk.process.wait()

    def sql(self, text):
        return self.server.sql(text, self.database)

    def people(self, *words, by='adam'):
        subprocess.run([CTL, '--store', self.uri, *(['--operator', by] if by else []), 'operator',
                        *words], check=True, capture_output=True)

    def enrol(self):
        os.environ.update(BACKHAUL_PIN=PIN, BACKHAUL_NEW_PIN=PIN)
        self.people('add', 'adam', '--name', 'Adam', '--role', 'administrator', by=None)
        for login, role in (('rita', 'receiver'), ('sue', 'supervisor')):
            self.people('add', login, '--name', login.title(), '--role', role)

    def replay(self, operator=None):
        """The exit code, and what was told."""
        self.desk.replayed = []
        desk = Desk(1, self.uri, os.path.dirname(self.folder), UNITS, operator)
        code = desk.receive()
        return code, desk.replayed, desk.errors()

    def receipts(self):
        return self.sql("SELECT serial FROM receipt WHERE verdict = 'accept' ORDER BY serial").split()

    def count(self, table, where='true'):
        return int(self.sql('SELECT count(*) FROM %s WHERE %s' % (table, where)))

    def kept(self):
        return glob.glob(self.folder + '/journal.kept-*')

    def is_clean(self, *operator):
        ctl(self.uri, *operator, 'check')
        ctl(self.uri, *operator, 'audit', 'verify')


def altered(outage, change):
    path = outage.folder + '/journal'
    with open(path, 'rb') as file:
        data = bytearray(file.read())
    with open(path, 'wb') as file:
        file.write(change(data))


def put_back(outage, folder):
    """A journal that was received is put back and received again: nothing is there twice."""
    shutil.copytree(outage.folder, folder + '/before')
    code, told, _ = outage.replay()
    assert code == 0 and len(told) == 1 and 'REFUSE' in told[0]['after'], (code, told)
    assert outage.receipts() == UNITS[:6], outage.receipts()
    had = [outage.count(table) for table in ('receipt', 'audit', 'box', 'box_scan')]
    for name in ('journal', 'journal.count'):
        shutil.copy(folder + '/before/' + name, outage.folder)
    code, told, said = outage.replay()
    assert code == 0 and '7 boxes of the journal are received' in said, (code, said)
    assert [outage.count(table) for table in ('receipt', 'audit', 'box', 'box_scan')] == had
    outage.is_clean()


def cut(outage, folder):
    """Its end is cut off: what is missing is counted, the rest is received, the file is kept."""
    altered(outage, lambda data: data[:-9])
    code, _, said = outage.replay()
    assert code == 0 and 'the journal was cut: 6 of its 7 boxes are there' in said, (code, said)
    assert outage.receipts() == UNITS[:6] and len(outage.kept()) == 1
    outage.is_clean()


def changed(outage, folder):
    """A bit of it is another: the first bad box is named, those before it are received."""

    def flip(data):
        at = len(data) * 2 // 3
        data[at] ^= 4
        return data
    altered(outage, flip)
    code, _, said = outage.replay()
    assert code == 0 and 'of the journal was altered, or put there from elsewhere' in said, said
    got = outage.receipts()
    assert 0 < len(got) < 6 and got == UNITS[:len(got)] and len(outage.kept()) == 1, got
    # what was lost is scanned again
    subprocess.run([CTL, '--store', outage.uri, 'receive', '-'], check=False, capture_output=True,
                   input=''.join(unit + '\n\n' for unit in UNITS), text=True)
    assert outage.receipts() == UNITS[:6]
    outage.is_clean()


def another_key(outage, folder):
    """It was another station's: nothing of it is received as this one's."""
    with open(outage.folder + '/journal.key', 'r+b') as file:
        key = file.read()
        file.seek(0)
        file.write(bytes(byte ^ 1 for byte in key))
    code, _, said = outage.replay()
    assert code == 0 and 'box 1 of the journal was altered' in said, (code, said)
    assert outage.receipts() == [] and len(outage.kept()) == 1
    outage.is_clean()


def refused_for_good(outage, folder):
    """Who scanned was disabled meanwhile: told box by box, once, and the boxes may come again."""
    # who has the file has no names
    with open(outage.folder + '/journal', 'rb') as file:
        assert b'rita' not in file.read()
    outage.people('disable', 'rita')
    code, told, said = outage.replay('sue')
    assert code == 0, said
    assert [one['failed'] for one in told] == [True] * 7, told
    assert all('rita: disabled' in one['after'] and unit in one['after']
               for one, unit in zip(told, UNITS)), told
    assert outage.receipts() == [] and len(outage.kept()) == 1
    assert outage.count('audit', "what = 'replay' AND operator = 'rita'") == 7
    code, told, said = outage.replay('sue')
    assert code == 0 and told == [], told
    done = subprocess.run([CTL, '--store', outage.uri, '--operator', 'sue', 'receive', UNITS[0]],
                          check=False, capture_output=True)
    assert done.returncode == 0 and outage.receipts() == UNITS[:1], done.stderr
    outage.is_clean('--operator', 'sue')


def overtaken(outage, folder):
    """A unit came at another dock, an RMA was cancelled: told, and the others come in."""
    ctl(outage.uri, '--station', 'other', 'receive', UNITS[1])
    ctl(outage.uri, '--station', 'other', 'rma', 'cancel', 'R0000000004', '--reason', 'sold')
    code, told, _ = outage.replay()
    assert code == 0 and [one['failed'] for one in told] == [False] * 3, told
    after = ' / '.join(one['after'] for one in told)
    assert 'ALREADY RECEIVED' in after and after.count('REFUSE (D3)') == 2, after
    assert outage.receipts() == [unit for i, unit in enumerate(UNITS[:6]) if i != 3]
    outage.is_clean()


def another_store(outage, folder):
    """An address is mistaken: the boxes wait for their own store, however one connects to it."""
    outage.server.sql('CREATE DATABASE elsewhere')
    mine, outage.uri = outage.uri, server_uri(outage.server).replace('/backhaul', '/elsewhere')
    ctl(outage.uri, 'init')
    code, told, said = outage.replay()
    assert code == 4 and told == [] and 'boxes are of another store' in said, (code, said)
    assert outage.server.sql('SELECT count(*) FROM receipt', 'elsewhere') == '0'
    assert outage.receipts() == []
    outage.uri = mine.replace('bh@', 'bh:secret@') + '?application_name=x'
    code, _, said = outage.replay()
    assert code == 0 and outage.receipts() == UNITS[:6], (said, outage.receipts())
    outage.uri = mine.replace('/' + outage.database, '/elsewhere')
    assert outage.replay()[0] == 0  # nothing waits


def no_room_for_a_copy(outage, folder):
    """The disk takes no other copy of what is awaited: the boxes are received all the same."""
    os.mkdir(outage.folder + '/awaited.new')
    code, _, said = outage.replay()
    assert code == 4 and 'cannot write the copy' in said, (code, said)
    assert outage.receipts() == UNITS[:6]
    outage.is_clean()


SCENES = [put_back, cut, changed, another_key, refused_for_good, overtaken, another_store,
          no_room_for_a_copy]


def all_away(server, scenes, folder):
    """An outage of its own for each, all at once; a person's where there are people."""
    outages = []
    for scene in scenes:
        mine = os.path.join(folder, scene.__name__)
        os.mkdir(mine)
        outages.append(Outage(server, mine, 'rita' if scene is refused_for_good else None))
    time.sleep(0.5)
    server.stop()
    together([outage.went_away for outage in outages])
    server.start()
    return outages


def main():
    scenes = [scene for scene in SCENES if not sys.argv[1:] or scene.__name__ in sys.argv[1:]]
    failed = 0
    print('1..%d' % len(scenes), flush=True)
    with Ground() as ground, tempfile.TemporaryDirectory() as folder:
        outages = all_away(Server(ground, 'a'), scenes, folder)
        for i, (scene, outage) in enumerate(zip(scenes, outages)):
            name = 'D15/journal/%s: %s' % (scene.__name__.replace('_', '-'),
                                           scene.__doc__.splitlines()[0])
            try:
                scene(outage, os.path.join(folder, scene.__name__))
                print('ok %d %s' % (i + 1, name), flush=True)
            except Exception:  # pylint: disable=broad-except
                failed += 1
                print('not ok %d %s' % (i + 1, name))
                print('# ' + traceback.format_exc().replace('\n', '\n# '), flush=True)
    return failed != 0


sys.exit(main())
