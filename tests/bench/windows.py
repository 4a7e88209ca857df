# SPDX-License-Identifier: GPL-3.0-or-later
"""scripts/bench window: what a user waits for before a screen, at a million RMAs."""
import getpass
import json
import os

from repairs import years

OPEN, DUE = 20000, 5000
# who has which units of the bench in hand, up to which one, and with photos; "-": they wait
ME = getpass.getuser()
QUEUES = (((200, ME, 'photo'), (250, 'tina'), (300, '-')), ((7000, 'tina'), (10000, '-')))
OLD = 100


def ms(seconds):
    return '%.0f ms' % (seconds * 1e3)


def on_screen(bench, driver, *arguments):
    """What @driver found out on a screen of its own."""
    script = 'openbox >/dev/null 2>&1 & sleep 0.5; exec /usr/bin/python3 "$@"'
    environment = dict(os.environ, NO_AT_BRIDGE='0', GTK_THEME='Adwaita', LC_ALL='C.UTF-8',
                       HOME=bench.work, XDG_RUNTIME_DIR=bench.work)
    _, out = bench.run('dbus-run-session', '--', 'xvfb-run', '-a', '-s',
                       '-screen 0 1366x768x24', 'sh', '-c', script, 'sh',
                       os.path.join(bench.source, 'tests/bench', driver),
                       os.path.join(bench.build, 'src/gui/backhaul'), *arguments, allowed=(0,),
                       env=environment)
    return json.loads(out.splitlines()[-1])


def window(bench):
    path, folder = bench.store(bench.size)
    size = format(bench.size, ',')
    got = on_screen(bench, 'drive-window', bench.tool('bench-window'),
                    'sqlite:' + bench.copy(path), os.path.join(folder, 'awaited.txt'))
    yield ('first usable dock, %s RMAs, median of %d starts' % (size, got['starts']),
           ms(got['dock']), 'empty GTK 3 window: ' + ms(got['empty']),
           '%.2f' % (got['dock'] / got['empty']), '≤ 2')
    yield ('start to the verdict on a scan typed when the dock was there', ms(got['first']),
           'slowest %s' % ms(got['slowest']), '', '')
    yield ('last key of a scan to the verdict on screen, 99th percentile of %d' % got['scans'],
           ms(got['p99']), 'median %s' % ms(got['median']), '', '< 100 ms')
    path, _ = bench.store(bench.size, (str(OPEN), str(DUE)))
    got = on_screen(bench, 'drive-due', 'sqlite:' + bench.copy(path), str(OPEN))
    yield ('Due opened for the first time, %s RMAs, %s open: its key to its rows on screen, median '
           'of %d' % (size, format(OPEN, ','), got['starts']), ms(got['first']),
           'slowest %s' % ms(got['slowest']), '', '< 100 ms')
    yield ('Due opened again from the dock', ms(got['again']), '', '', '< 100 ms')


def live_on(bench, engine, address):
    """What another station did, until it is on this screen."""
    environment = {name: value for name, value in os.environ.items() if name != 'BH_TEST_PG'}
    environment.update(BH_BUILD_ROOT=bench.build, BH_SOURCE_ROOT=bench.source)
    if address is not None:
        environment['BH_TEST_PG'] = address
    _, out = bench.run(os.path.join(bench.source, 'tests/gui/run-gui'), 'live-time',
                       os.path.join(bench.build, 'src/gui/backhaul'), bench.ctl, allowed=(0,),
                       env=environment)
    for line in out.splitlines():
        if line.startswith('{'):
            got = json.loads(line)
            yield ('%s, %s: from the other station\'s acknowledgement to other pixels, median of '
                   '%d acts' % (got['page'], engine, got['acts']), ms(got['median']),
                   'slowest %s' % ms(got['worst']), '', '< 1 s')


def live(bench):
    yield from live_on(bench, 'SQLite', None)


def live_postgresql(bench):
    address = os.environ.get('BH_TEST_PG')
    if address is None:
        yield ('what others do, on PostgreSQL', 'not run',
               'start it as `tests/pg-run scripts/bench live-postgresql`', '', '')
        return
    yield from live_on(bench, 'PostgreSQL', address)


def head_of(bench, path, name, n):
    """The serials in the first lines of a file of units."""
    part = bench.path(name)
    with open(path, encoding='ascii') as file, open(part, 'w', encoding='ascii') as out:
        out.writelines(next(file).split()[-1] + '\n' for _ in range(n))
    return part


def bench_window(bench):
    store, jobs, units, before = years(bench, QUEUES[-1][-1][0])
    mine, old = head_of(bench, units, 'mine.txt', QUEUES[0][0][0]), head_of(bench, before,
                                                                          'old.txt', OLD)
    begun = 0
    for queue in QUEUES:
        for end, who, *photo in queue:
            bench.run(bench.tool('bench-jobs'), store, units, str(begun), str(end), who, *photo)
            begun = end
        # a scan does not ask how long the queue is
        got = on_screen(bench, 'drive-bench', store, *((mine, old) if queue is QUEUES[-1] else ()))
        yield from bench_rows(got, '%s closed jobs, %s units on the bench' % (
            format(jobs, ','), format(begun, ',')))


def bench_rows(got, among):
    for name, words in (('first', 'Bench opened for the first time, %s: its key to its queue on '
                         'screen, median of %d' % (among, got['starts'])),
                        ('again', 'Bench opened again from the dock'),
                        ('mine', 'from the key to the jobs in hand')):
        yield words, ms(got[name]), 'slowest %s' % ms(got[name + '-max']), '', '< 100 ms'
    for name, words in (('open', 'an open job, with its photo,'), ('closed', 'a job of years ago')):
        if name not in got:
            continue
        yield ('last key of a scan to %s on screen, 99th percentile of %d' % (
            words, got[name]['n']), ms(got[name]['p99']), 'median %s, longest %s' % (
                ms(got[name]['median']), ms(got[name]['max'])), '', '< 100 ms')
