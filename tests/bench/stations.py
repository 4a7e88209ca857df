# SPDX-License-Identifier: GPL-3.0-or-later
"""32 stations on PostgreSQL beside pgbench, which runs the statements of a box from a script."""
import glob
import os
import statistics
import time

import pgscript

STATIONS = 32
EACH = 250
BOXES = STATIONS * EACH
# beside what is measured: the boxes whose statements are taken
SKIP = 1000
OPEN = BOXES + SKIP
FULL = """SELECT oid::regclass FROM pg_class WHERE relkind = 'r'
 AND relnamespace = 'public'::regnamespace AND pg_relation_size(oid) > 0"""
COUNTS = """SELECT relname || ' ' || n_tup_ins || ' ' || n_tup_upd FROM pg_stat_user_tables
 ORDER BY relname"""


class Server:
    """The server of BH_TEST_PG, which must not lose what it has confirmed."""

    def __init__(self, bench, address):
        self.bench, self.address = bench, address
        # tests do without
        for setting in ('fsync', 'full_page_writes'):
            self.sql('postgres', 'ALTER SYSTEM SET %s = on' % setting)
        self.sql('postgres', 'SELECT pg_reload_conf()')

    def uri(self, database):
        return self.address.replace('DATABASE', database)

    def sql(self, database, text):
        return self.bench.run('psql', '-qAtX', '-v', 'ON_ERROR_STOP=1', '-c', text,
                              self.uri(database))[1].strip()

    def filled(self, rmas):
        """A database of that many RMAs, of which OPEN are awaited; and their list."""
        name = 'of%d' % rmas
        folder = self.bench.files(rmas, 0, (str(OPEN), '1'))
        self.sql('postgres', 'CREATE DATABASE ' + name)
        self.bench.run(self.bench.ctl, '--store', self.uri(name), 'init')
        for kind in ('accounts', 'products', 'destinations', 'rmas'):
            self.bench.run(self.bench.ctl, '--store', self.uri(name), 'import', kind,
                           os.path.join(folder, kind + '.csv'))
        # what import has left for the server's own housekeeping, which would come in between
        full = self.sql(name, FULL).replace('\n', ', ')
        self.sql(name, 'VACUUM ANALYZE ' + full)
        return name, os.path.join(folder, 'awaited.txt')

    def copy(self, name):
        """A copy to work in; what was written for it is on the disk."""
        self.sql('postgres', 'DROP DATABASE IF EXISTS work')
        self.sql('postgres', 'CREATE DATABASE work TEMPLATE ' + name)
        self.sql('postgres', 'CHECKPOINT')
        return 'work'


def units(path):
    with open(path, encoding='ascii') as lines:
        return [line.split() for line in lines]


def make_script(server, name, awaited):
    """A pgbench script of the statements of a box."""
    boxes = ['%s\n%s\n\n' % (rma, serial) for rma, serial in awaited[:pgscript.BEFORE + 1]]
    rma, serial = awaited[pgscript.BEFORE]
    work = server.copy(name)
    told = list(pgscript.statements(server.bench.ctl, server.uri(work), boxes, 'sampled'))
    line_id, rma_id = server.sql(work, "SELECT id, rma_id FROM rma_line WHERE rma = '%s'"
                                 % rma).split('|')
    numbers = [int(one[0][1:]) for one in awaited]
    straight = server.sql(work, "SELECT count(*) FROM rma_line WHERE id - %d = CAST(substr(rma, 2)"
                          ' AS bigint) - %d AND rma_id - %d = id - %d'
                          % (int(line_id), int(rma[1:]), int(rma_id), int(line_id)))
    if int(straight) < len(awaited):
        raise SystemExit('bench: the ids of lines do not follow their numbers')
    first = min(numbers)
    text = pgscript.script(told, pgscript.Unit(rma, serial, int(line_id), int(rma_id), 'sampled'),
                           skip=SKIP, clients=STATIONS, first=first, open=len(awaited),
                           step=(numbers[1] - numbers[0]) % len(awaited))
    path = server.bench.path('box.pgbench')
    with open(path, 'w', encoding='utf-8') as file:
        file.write(text)
    return path, len(told)


def read_log(text):
    """Boxes or transactions a second, and the times of each, from a log as pgbench makes it: from
    when all have done one until the first has done all."""
    ends, took = {}, {}
    for line in text.splitlines():
        client, _, microseconds, _, seconds, fraction = line.split()[:6]
        ends.setdefault(client, []).append(int(seconds) + int(fraction) / 1e6)
        took.setdefault(client, []).append(int(microseconds) / 1e6)
    begun = max(one[0] for one in ends.values())
    ended = min(one[-1] for one in ends.values())
    inside = [t for client, times in ends.items() for at, t in zip(times, took[client])
              if begun < at <= ended]
    return len(inside) / (ended - begun), sorted(inside)


def ours(server, name, awaited):
    bench, work = server.bench, server.copy(name)
    _, out = bench.run(bench.tool('bench-stations'), bench.ctl, server.uri(work), awaited, str(SKIP),
                       str(STATIONS), str(EACH))
    return *read_log(out), written(server, work)


def theirs(server, name, script):
    bench, work = server.bench, server.copy(name)
    for old in glob.glob(bench.path('pgbench_log.*')):
        os.remove(old)
    bench.run('pgbench', '-n', '-M', 'prepared', '-c', str(STATIONS), '-j', str(os.cpu_count()),
              '-t', str(EACH), '-D', 't=0', '-f', script, '--log',
              '--log-prefix', bench.path('pgbench_log'), server.uri(work), allowed=(0,))
    text = ''
    for log in glob.glob(bench.path('pgbench_log.*')):
        with open(log, encoding='ascii') as file:
            text += file.read()
    return *read_log(text), written(server, work)


def written(server, work):
    """Rows of each table that were put in or changed."""
    # whoever ends tells of its rows at its end
    while server.sql('postgres', "SELECT 1 FROM pg_stat_activity WHERE datname = '%s'" % work):
        time.sleep(0.1)
    rows = {line.split()[0]: line.split()[1:] for line in server.sql(work, COUNTS).splitlines()}
    # a station that ends for the first time makes its key and signs what it wrote (F6)
    keys = int(rows.pop('station_key')[0])
    rows.pop('checkpoint')
    rows['audit'][0] = str(int(rows['audit'][0]) - keys)
    return rows


def same_work(one, other):
    for table in one:
        if one[table] != other[table]:
            raise SystemExit('bench: %s: %s rows put in and changed by stations, %s by pgbench: not'
                             ' the same work' % (table, one[table], other[table]))


def by_turns(server, rmas):
    name, awaited = server.filled(rmas)
    script, n = make_script(server, name, units(awaited))
    took = []
    for _ in range(2):
        took.append((ours(server, name, awaited), theirs(server, name, script)))
        same_work(took[-1][0][2], took[-1][1][2])
    server.sql('postgres', 'DROP DATABASE ' + name)
    print('# %d statements a box; boxes a second: %s' % (n, ', '.join(
        '%.0f beside %.0f' % (one[0], other[0]) for one, other in took)), flush=True)
    return tuple((statistics.mean(turn[side][0] for turn in took),
                  sorted(t for turn in took for t in turn[side][1])) for side in (0, 1))


def shares(times):
    return times[len(times) // 2], times[len(times) * 99 // 100]


def stations(bench):
    address = os.environ.get('BH_TEST_PG')
    if address is None:
        yield ('32 stations on PostgreSQL', 'not run',
               'start it as `tests/pg-run scripts/bench stations`', '', '')
        return
    server = Server(bench, address)
    rates = []
    for rmas in (10000, bench.size):
        (rate, times), (beside, their_times) = by_turns(server, rmas)
        rates.append(rate)
        median, p99 = shares(times)
        their_median, their_p99 = shares(their_times)
        yield ('%d stations, a box a commit, %s RMAs' % (STATIONS, format(rmas, ',')),
               '%.0f a second' % rate, 'pgbench, the same statements: %.0f' % beside,
               '%.0f %%' % (100 * rate / beside), '≥ 80 %')
        yield ('the same, 99th percentile beside the median',
               '%.1f ms, %.1f ms' % (p99 * 1e3, median * 1e3),
               'pgbench: %.1f ms, %.1f ms' % (their_p99 * 1e3, their_median * 1e3),
               '%.1f' % (p99 / median), '< 5')
    yield ('time of a box, %s beside 10,000 RMAs' % format(bench.size, ','),
           '%.2f ms' % (1e3 / rates[1]), '%.2f ms' % (1e3 / rates[0]), '%.2f' % (rates[0] / rates[1]),
           '≤ 1.3')
