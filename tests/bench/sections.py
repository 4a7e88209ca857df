# SPDX-License-Identifier: GPL-3.0-or-later
"""The measures of scripts/bench: each beside what a user would use instead, in one run.

A section is a function that takes a Bench and yields rows
(what, ours, beside, ratio, wanted): texts for the table of docs/benchmarks.md.
"""
import glob
import hashlib
import json
import os
import re
import shutil
import statistics
import subprocess
import time

from cameras import camera
from clocks import clocks
from decodes import decode
from labels import label
from repairs import repair
from stations import stations
from windows import DUE, OPEN, bench_window, live, live_postgresql, window

KINDS = ('accounts', 'products', 'destinations', 'rmas')


def ms(seconds):
    return '%.2f ms' % (seconds * 1e3) if seconds < 0.1 else '%.0f ms' % (seconds * 1e3)


def times(ratio):
    return '%.2f' % ratio


class Bench:
    def __init__(self, source, build, work, size):
        self.source, self.build, self.work, self.size = source, build, work, size
        self.ctl = os.path.join(build, 'src/cli/backhaulctl')
        os.environ['BACKHAUL_DATA'] = source
        os.makedirs(work, exist_ok=True)

    def path(self, *names):
        return os.path.join(self.work, *names)

    def tool(self, name):
        return os.path.join(self.build, 'tests/bench', name)

    def run(self, *command, allowed=(0, 1), **more):
        """Seconds, and what was printed; 1 is a finding, not a fault."""
        started = time.monotonic()
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                              check=False, **more)
        seconds = time.monotonic() - started
        if done.returncode not in allowed:
            raise SystemExit('bench: %s: exit %d: %s' % (' '.join(command), done.returncode,
                                                         done.stderr[-500:]))
        return seconds, done.stdout

    def memory(self, *command):
        """Largest resident size in MiB of one command."""
        pid = os.fork()
        if pid == 0:
            null = os.open(os.devnull, os.O_WRONLY)
            os.dup2(null, 1)
            os.dup2(null, 2)
            os.execv(command[0], command)
        return os.wait4(pid, 0)[2].ru_maxrss / 1024

    def files(self, rmas, units=0, more=()):
        folder = self.path('-'.join(['files', str(rmas), str(units), *more]))
        if not os.path.exists(os.path.join(folder, 'awaited.txt')):
            self.run(os.path.join(self.source, 'tests/bench/fill'), folder, str(rmas), str(units),
                     *more)
        return folder

    def store(self, rmas, more=()):
        """A store of that many RMAs, made once and kept; and its import files."""
        folder = self.files(rmas, 0, more)
        # a store of another schema is no store of this program
        parts = sorted(glob.glob(os.path.join(self.source, 'src/store/schema*.c')))
        schema = hashlib.sha256(b''.join(open(part, 'rb').read() for part in parts)).hexdigest()
        name = '-'.join(['store', str(rmas), *more])
        path = self.path('%s-%s.db' % (name, schema[:8]))
        if not os.path.exists(path):
            for old in glob.glob(self.path(name + '-????????.db')):
                self.remove(old)
            part = path + '.part'
            self.fresh(part)
            for kind in KINDS:
                self.run(self.ctl, '--store', 'sqlite:' + part, 'import', kind,
                         os.path.join(folder, kind + '.csv'))
            os.rename(part, path)
        return path, folder

    def copy(self, path):
        """A copy to write in, so that the kept store stays as it is."""
        copy = self.path('copy.db')
        self.remove(copy)
        shutil.copyfile(path, copy)
        # or the first sync of what is measured would write the copy
        with open(copy, 'rb+') as file:
            os.fsync(file.fileno())
        return copy

    def fresh(self, path):
        self.remove(path)
        self.run(self.ctl, '--store', 'sqlite:' + path, 'init')

    def remove(self, path):
        for end in ('', '-wal', '-shm'):
            if os.path.exists(path + end):
                os.remove(path + end)


def receive(bench):
    medians = {}
    for rmas in (10000, bench.size):
        path, folder = bench.store(rmas)
        copy = bench.copy(path)
        awaited = os.path.join(folder, 'awaited.txt')
        bare = bench.path('bare.db')
        bench.remove(bare)
        _, out = bench.run(bench.tool('bench-receive'), 'sqlite:' + copy, awaited, '0', '2000', bare)
        got = json.loads(out)
        medians[rmas] = got['median'] - got['bare_median']
        yield ('scan to verdict committed, %s RMAs, median of 2,000' % format(rmas, ','),
               ms(got['median']), 'bare durable one-row commit: ' + ms(got['bare_median']),
               '+%.2f ms' % (medians[rmas] * 1e3), '≤ +1 ms')
        yield ('the same, 99th percentile', ms(got['p99']),
               'bare commit: ' + ms(got['bare_p99']), '', '')
    yield ('what is added to the bare commit, %s beside 10,000 RMAs' % format(bench.size, ','),
           ms(medians[bench.size]), ms(medians[10000]),
           times(medians[bench.size] / medians[10000]), '≤ 1.3')
    yield stream(bench)
    yield awaited_copy(bench)


def awaited_copy(bench):
    """What a station has of the awaited units for when the store is out of reach."""
    path, folder = bench.store(bench.size)
    copy = bench.path('awaited')
    _, out = bench.run(bench.tool('bench-awaited'), 'sqlite:' + path, copy,
                       os.path.join(folder, 'awaited.txt'))
    got = json.loads(out)
    if got['found'] != got['looked']:
        raise SystemExit('bench: copy of awaited units: %s' % got)
    # what a reader would do with a plain list
    started = time.monotonic()
    bench.run('grep', '-c', '-F', 'no such unit', os.path.join(folder, 'awaited.txt'))
    beside = time.monotonic() - started
    return ('copy of %s awaited units: opened; made in %.1f s, a look %.1f µs'
            % (format(got['units'], ','), got['made'], got['look'] * 1e6), ms(got['opened']),
            'grep through a plain list of them: ' + ms(beside),
            '%.0f MB' % (os.path.getsize(copy) / 1e6), '< 100 ms, < 200 MB for a million')


def stream(bench):
    path, folder = bench.store(bench.size)
    boxes = bench.path('boxes.txt')
    with open(os.path.join(folder, 'awaited.txt'), encoding='ascii') as lines, \
            open(boxes, 'w', encoding='ascii') as file:
        for _, line in zip(range(5000), lines):
            file.write(line.strip().replace(' ', '\n') + '\n\n')
    bare = bench.path('bare.db')
    ours, theirs = [], []
    for _ in range(3):  # by turns: the disk is not the same at all times
        copy = bench.copy(path)
        bench.remove(bare)
        with open(boxes, encoding='ascii') as file:
            seconds, out = bench.run(bench.ctl, '--store', 'sqlite:' + copy, '--json', 'receive',
                                     '-', stdin=file)
        if out.count('"verdict":"accept"') != 5000:
            raise SystemExit('bench: receive -: not every unit was accepted')
        ours.append(seconds)
        with open(boxes, encoding='ascii') as file:
            theirs.append(bench.run(bench.tool('bench-bare-stream'), bare, stdin=file)[0])
    ours, theirs = statistics.median(ours), statistics.median(theirs)
    return ('5,000 units through `receive -`, %s RMAs' % format(bench.size, ','),
            '%.2f s, %.0f a second' % (ours, 5000 / ours),
            '5,000 bare commits: %.2f s' % theirs,
            '%.0f %% of the rate' % (100 * theirs / ours),
            '≥ 50 %; < 5 s where a commit takes 0.2 ms')


SQLITE_RECIPE = '''.bail on
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
%s;
.import --csv --skip 1 %s unit
%s;
'''


def sqlite_import(bench, path, csv):
    """The sqlite3 shell's fastest recipe for the same table: keyed, further indexes last."""
    bench.remove(path)
    empty = bench.path('empty.db')
    bench.fresh(empty)
    table = bench.run('sqlite3', empty, "SELECT sql FROM sqlite_master WHERE name = 'unit'")[1]
    indexes = bench.run('sqlite3', empty, "SELECT sql FROM sqlite_master WHERE tbl_name = 'unit'"
                        " AND type = 'index' AND sql IS NOT NULL")[1]
    script = SQLITE_RECIPE % (table.strip(), csv, ';\n'.join(indexes.strip().split('\n')))
    return bench.run('sqlite3', path, input=script)[0]


def import_units(bench):
    folder = bench.files(10, bench.size)
    units = os.path.join(folder, 'units.csv')
    ours, theirs = [], []
    path, beside = bench.path('import.db'), bench.path('beside.db')

    def prepared():
        bench.fresh(path)
        for kind in ('accounts', 'products', 'destinations'):
            bench.run(bench.ctl, '--store', 'sqlite:' + path, 'import', kind,
                      os.path.join(folder, kind + '.csv'))
        return [bench.ctl, '--store', 'sqlite:' + path, 'import', 'units']

    for _ in range(3):
        ours.append(bench.run(*prepared(), units)[0])
        theirs.append(sqlite_import(bench, beside, units))
    one, other = statistics.median(ours), statistics.median(theirs)
    yield ('import %s units, all checks, SQLite' % format(bench.size, ','),
           '%.1f s' % one, "sqlite3's .import, indexes last: %.1f s" % other, times(one / other),
           '≤ 1.5')
    # the pages of the store that are kept and the filter of keys are full by half a million rows
    large = os.path.join(bench.files(10, 3 * bench.size), 'units.csv')
    low = bench.memory(*prepared(), units)
    high = bench.memory(*prepared(), large)
    yield ('its memory, %s beside %s rows' % (format(3 * bench.size, ','),
                                              format(bench.size, ',')),
           '%.0f MiB' % high, '%.0f MiB' % low, times(high / low), 'does not grow: ≤ 1.05')
    bench.remove(path)
    bench.remove(beside)
    address = os.environ.get('BH_TEST_PG')
    if address is None:
        yield ('the same into PostgreSQL', 'not run', 'start it as `tests/pg-run scripts/bench '
               'import`', '', '')
        return
    yield postgres_import(bench, address, folder, units)


def postgres_import(bench, address, folder, units):
    maker = address.replace('DATABASE', 'postgres')
    ours, theirs = [], []
    for turn in range(3):
        name = 'bench%d' % turn
        bench.run('psql', '-qc', 'CREATE DATABASE ' + name, maker)
        store = address.replace('DATABASE', name)
        bench.run(bench.ctl, '--store', store, 'init')
        for kind in ('accounts', 'products', 'destinations'):
            bench.run(bench.ctl, '--store', store, 'import', kind,
                      os.path.join(folder, kind + '.csv'))
        ours.append(bench.run(bench.ctl, '--store', store, 'import', 'units', units)[0])
        script = ('CREATE SCHEMA beside; SET search_path = beside;'
                  'CREATE TABLE unit (LIKE public.unit INCLUDING ALL EXCLUDING INDEXES);'
                  'ALTER TABLE unit ADD PRIMARY KEY (serial);\n'
                  '\\copy unit FROM %s CSV HEADER\n' % units +
                  'CREATE INDEX ON unit (part); CREATE INDEX ON unit (account, serial);\n')
        theirs.append(bench.run('psql', '-qv', 'ON_ERROR_STOP=1', store, input=script)[0])
        bench.run('psql', '-qc', 'DROP DATABASE ' + name, maker)
    one, other = statistics.median(ours), statistics.median(theirs)
    return ('import %s units, all checks, PostgreSQL' % format(bench.size, ','), '%.1f s' % one,
            '\\copy, indexes last: %.1f s' % other, times(one / other), '≤ 1.5')


def ups(number):
    """A UPS tracking number: its last digit checks the others."""
    text = '999AA10%08d' % number
    values = [int(c) if c.isdigit() else (ord(c) - 63) % 10 for c in text]
    return '1Z%s%d' % (text, -(sum(values[::2]) + 2 * sum(values[1::2])) % 10)


def search(bench):
    path, folder = bench.store(bench.size)
    copy = bench.copy(path)
    awaited = os.path.join(folder, 'awaited.txt')
    # boxes with their carriers' labels, as many as a dock takes in a year or more
    boxes, tracking = bench.path('boxes.txt'), bench.path('tracking.txt')
    with open(awaited, encoding='ascii') as lines, open(boxes, 'w', encoding='ascii') as file, \
            open(tracking, 'w', encoding='ascii') as labels:
        for i, line in zip(range(min(20000, bench.size // 5)), lines):
            label = ups(i * 7919 % 100000000)
            labels.write(label + '\n')
            file.write(line.strip().replace(' ', '\n') + '\n' + label + '\n\n')
    with open(boxes, encoding='ascii') as file:
        bench.run(bench.ctl, '--store', 'sqlite:' + copy, '--json', 'receive', '-', stdin=file)
    _, out = bench.run(bench.tool('bench-search'), 'sqlite:' + copy, awaited, tracking, '100')
    for line in out.splitlines():
        got = json.loads(line)
        asked = got['what'].startswith('scroll')
        yield ('%s, %s pages' % (got['what'] if asked else 'typing a ' + got['what'],
                                 format(got['n'], ',')),
               '99th percentile %s, median %s' % (ms(got['p99']), ms(got['median'])),
               'longest %s' % ms(got['max']), '', 'every page < 50 ms' if asked else
               '99th percentile < 50 ms')


# what a site would ask of its own tables: what was sent for 14 days ago and did not come
OVERDUE = """SELECT r.rma, l.serial, l.account_name, a.email FROM rma r JOIN rma_line l
 ON l.rma_id = r.id JOIN account a ON a.account = l.account WHERE l.state = 'awaited'
 AND r.confirmed_us < (strftime('%s') - 11 * 86400) * 1000000 ORDER BY l.account"""


def first_page(bench, store, rows):
    """Seconds until so many rows of the board are there."""
    started = time.monotonic()
    with subprocess.Popen([bench.ctl, '--store', store, '--json', 'due', '--kind', 'C1'],
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as board:
        for _ in range(rows):
            board.stdout.readline()
        seconds = time.monotonic() - started
        board.kill()
    return seconds


def chase_once(bench, rmas):
    """Seconds of the run, of the same run again, of the plain query, of a board's page, of all."""
    path, _ = bench.store(rmas, (str(OPEN), str(DUE)))
    copy = bench.copy(path)
    store = 'sqlite:' + copy
    query = bench.run('sqlite3', copy, OVERDUE)[0]
    page = first_page(bench, store, 50)
    whole, out = bench.run(bench.ctl, '--store', store, '--json', 'due')
    if len(out.splitlines()) < OPEN:
        raise SystemExit('bench: due: not every open RMA is on the board')
    run, out = bench.run(bench.ctl, '--store', store, '--json', 'chase')
    if len(out.splitlines()) != DUE:
        raise SystemExit('bench: chase: %d rows' % len(out.splitlines()))
    again, out = bench.run(bench.ctl, '--store', store, '--json', 'chase')
    if out:
        raise SystemExit('bench: chase: the second run did something')
    return run, again, query, page, whole


def chase(bench):
    taken = {bench.size // 10: [], bench.size: []}
    for _ in range(3):
        for rmas, times_of in taken.items():  # by turns, so that both meet the same machine
            times_of.append(chase_once(bench, rmas))
    low, high = ([statistics.median(column) for column in zip(*taken[rmas])]
                 for rmas in (bench.size // 10, bench.size))
    among = '%s RMAs, %s open' % (format(bench.size, ','), format(OPEN, ','))
    yield ('chase, %s, %s due: reminders and notices queued' % (among, format(DUE, ',')),
           ms(high[0]), 'sqlite3, a list of the late ones alone: ' + ms(high[2]),
           times(high[0] / high[2]), '< 5 s')
    yield ('the same beside %s RMAs, as many open' % format(bench.size // 10, ','), ms(high[0]),
           ms(low[0]), times(high[0] / low[0]), '≤ 1.3')
    yield ('chase a second time: nothing to do', ms(high[1]), 'beside %s RMAs: %s' % (
        format(bench.size // 10, ','), ms(low[1])), times(high[1] / low[1]), '≤ 1.3')
    yield ('due, first 50 of the board, ' + among, ms(high[3]), 'beside %s RMAs: %s' % (
        format(bench.size // 10, ','), ms(low[3])), times(high[3] / low[3]), '≤ 1.3')
    yield ('due, the whole board', ms(high[4]), 'beside %s RMAs: %s' % (
        format(bench.size // 10, ','), ms(low[4])), times(high[4] / low[4]), '≤ 1.3')


SECTIONS = {
    'receive': ('Receiving', receive),
    'stations': ('Many stations', stations),
    'import': ('Importing', import_units),
    'search': ('Searching', search),
    'chase': ('Chasing', chase),
    'decode': ('Reading photos', decode),
    'camera': ('The camera', camera),
    'window': ('The window', window),
    'live': ('What others do', live),
    'live-postgresql': ('What others do, on PostgreSQL', live_postgresql),
    'clocks': ('Clocks', clocks),
    'label': ('Labels', label),
    'repair': ('The repair center', repair),
    'bench-window': ('The bench on screen', bench_window),
}
