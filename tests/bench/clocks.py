# SPDX-License-Identifier: GPL-3.0-or-later
"""Clocks counted again after a calendar change (C11), beside a plain UPDATE of the same rows."""
import os
import statistics

CLOCKS = 20000
NAME = 'BENCH'
MARK = ("UPDATE clock SET calendar = '%s' WHERE id IN (SELECT id FROM clock WHERE kind = 'C1'"
        " AND state = 'open' ORDER BY id LIMIT %d)" % (NAME, CLOCKS))
# what moving them by a day takes at least, every rule aside
PLAIN = ("BEGIN; UPDATE clock SET due = '2099-01-0%%d' WHERE calendar = '%s';"
         " UPDATE rma_line SET return_by = '2099-01-0%%d' WHERE id IN"
         " (SELECT line_id FROM clock WHERE calendar = '%s'); COMMIT;" % (NAME, NAME))


def holidays(bench, turn):
    """A calendar of three years whose every weekday number @turn is off, so that all move."""
    path = bench.path('bench-%d.ics' % turn)
    day = ('MO', 'TU', 'WE')[turn % 3]
    with open(path, 'w', encoding='ascii', newline='\r\n') as file:
        file.write('BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:bench\nBEGIN:VEVENT\nUID:1\n'
                   'DTSTART;VALUE=DATE:20200101\nRRULE:FREQ=WEEKLY;BYDAY=%s\nSUMMARY:Off\n'
                   'END:VEVENT\nBEGIN:VEVENT\nUID:2\nDTSTART;VALUE=DATE:20200102\n'
                   'RRULE:FREQ=MONTHLY;BYMONTHDAY=%d\nSUMMARY:Off too\nEND:VEVENT\n'
                   'END:VCALENDAR\n' % (day, turn + 10))
    return path


def measure(bench, engine, store, plain):
    ours, theirs, moved = [], [], 0
    for turn in range(3):  # by turns: the disk is not the same at all times
        seconds, out = bench.run(bench.ctl, '--store', store, '--json', 'calendar', 'add', NAME,
                                 holidays(bench, turn))
        moved = out.count('"kind"')
        ours.append(seconds)
        theirs.append(plain(PLAIN % (turn + 1, turn + 1)))
    one, other = statistics.median(ours), statistics.median(theirs)
    if moved < CLOCKS * 9 // 10:
        raise SystemExit('bench: clocks: only %d moved' % moved)
    return ('%s open clocks counted again after a calendar change, %s RMAs, %s'
            % (format(CLOCKS, ','), format(bench.size, ','), engine), '%.2f s' % one,
            'a plain UPDATE of the same rows: %.2f s' % other, '%.2f' % (one / other), '< 3 s')


def clocks(bench):
    path, folder = bench.store(bench.size)
    copy = bench.copy(path)
    bench.run('sqlite3', copy, MARK)
    yield measure(bench, 'SQLite', 'sqlite:' + copy,
                  lambda sql: bench.run('sqlite3', copy, 'PRAGMA synchronous = FULL; ' + sql)[0])
    address = os.environ.get('BH_TEST_PG')
    if address is None:
        yield ('the same in PostgreSQL', 'not run', 'start it as `tests/pg-run scripts/bench '
               'clocks`', '', '')
        return
    maker = address.replace('DATABASE', 'postgres')
    store = address.replace('DATABASE', 'clocks')
    bench.run('psql', '-qc', 'CREATE DATABASE clocks', maker)
    bench.run(bench.ctl, '--store', store, 'init')
    for kind in ('accounts', 'products', 'destinations', 'rmas'):
        bench.run(bench.ctl, '--store', store, 'import', kind, os.path.join(folder, kind + '.csv'))
    bench.run('psql', '-qc', MARK, store)
    bench.run('psql', '-qc', 'ANALYZE', store)
    yield measure(bench, 'PostgreSQL', store, lambda sql: bench.run('psql', '-qc', sql, store)[0])
    bench.run('psql', '-qc', 'DROP DATABASE clocks', maker)
