# SPDX-License-Identifier: GPL-3.0-or-later
"""The bench of the repair center, with years of jobs behind it."""
import json
import os

AT_REPAIR = 600
# jobs of all that came back, entries as a technician writes them, results; FAs up to the size
YEARS = """
BEGIN;
INSERT INTO job (job, line_id, serial, part, kind, state, started_us, posted_us, disposition, fault,
 versions) SELECT printf ('J%08d', row_number () OVER ()), id, serial, part, 'ra', 'posted',
 received_us, received_us + 864000000000, CASE id % 5 WHEN 0 THEN 'no-fault-found' ELSE 'returned' END,
 CASE id % 5 WHEN 0 THEN NULL ELSE 'F' || (id * id % 97 % 40) END, 1
 FROM rma_line WHERE received_us IS NOT NULL;
INSERT INTO job (job, line_id, serial, part, kind, state, started_us, posted_us, disposition, fault,
 versions, follows) SELECT printf ('J%08d', (SELECT count(*) FROM job) + row_number () OVER ()),
 line_id, serial, part, 'fa', 'posted', posted_us, posted_us + 864000000000, 'scrapped', fault, 1, job
 FROM job ORDER BY job LIMIT max (0, {size} - (SELECT count(*) FROM job));
INSERT INTO job_entry (job, what, value, at_us, operator)
 SELECT job, 'symptom', 'restarts under load', started_us, 'tina' FROM job;
INSERT INTO job_entry (job, what, value, at_us, operator)
 SELECT job, 'fault', fault, started_us, 'tina' FROM job WHERE fault IS NOT NULL;
INSERT INTO job_entry (job, what, name, value, low, high, at_us, operator)
 SELECT job, 'reading', 'V5', '5.0' || (rowid % 30), '4.75', '5.25', started_us, 'tina' FROM job;
INSERT INTO job_post (job, version, interim, disposition, upto, at_us, operator)
 SELECT job, 1, 0, disposition, (SELECT max (id) FROM job_entry e WHERE e.job = j.job), posted_us,
 'tina' FROM job j;
COMMIT;
ANALYZE;
"""


def ms(seconds):
    return '%.2f ms' % (seconds * 1e3) if seconds < 0.1 else '%.0f ms' % (seconds * 1e3)


WANTED = {
    'scan of a unit': 'p99 < 100 ms', 'queue of': '< 100 ms', 'units that wait': '< 100 ms',
    'posted jobs': '< 100 ms', 'ten photos': '< 1 s', 'the result': '< 1 s', 'report as': '< 500 ms',
}


def years(bench, units):
    """A copy with all those jobs, and so many awaited units received; the store, how many jobs are
    closed, the units' file, and one of serials with a job of years ago."""
    path, folder = bench.store(bench.size)
    copy = bench.copy(path)
    with open(os.path.join(folder, 'awaited.txt'), encoding='ascii') as file:
        awaited = [next(file) for _ in range(units)]
    boxes, first, before = (bench.path(name) for name in ('boxes.txt', 'first.txt', 'before.txt'))
    with open(first, 'w', encoding='ascii') as file:
        file.writelines(awaited)
    with open(boxes, 'w', encoding='ascii') as file:
        file.writelines(line.strip().replace(' ', '\n') + '\n\n' for line in awaited)
    bench.run('sqlite3', copy, YEARS.format(size=bench.size))
    _, serials = bench.run('sqlite3', copy, 'SELECT serial FROM job WHERE rowid % 499 = 0')
    with open(before, 'w', encoding='ascii') as file:
        file.write(serials)
    jobs = int(bench.run('sqlite3', copy, 'SELECT count(*) FROM job')[1])
    with open(boxes, encoding='ascii') as file:
        bench.run(bench.ctl, '--store', 'sqlite:' + copy, '--json', 'receive', '-', stdin=file)
    return 'sqlite:' + copy, jobs, first, before


def repair(bench):
    store, jobs, first, before = years(bench, AT_REPAIR)
    _, out = bench.run(bench.tool('bench-repair'), store, first, before, bench.work, '2000')
    plain = ''
    got = [json.loads(line) for line in out.splitlines()]
    for row in got:
        if row['what'] == 'plain copies':
            plain = row['median']
    for row in got:
        if row['what'] == 'plain copies':
            continue
        photos = row['what'].startswith('ten photos')
        yield ('%s, %s closed jobs, %s times' % (row['what'], format(jobs, ','),
                                                 format(row['n'], ',')),
               'median %s, 99th percentile %s' % (ms(row['median']), ms(row['p99'])),
               'the same bytes as plain files, synced: ' + ms(plain) if photos else
               'longest ' + ms(row['max']), '%.2f' % (row['median'] / plain) if photos else '',
               next(text for start, text in WANTED.items() if row['what'].startswith(start)))
    for name in ('faults', 'first-pass', 'no-fault-found', 'repair-on-time'):
        seconds, out = bench.run(bench.ctl, '--store', store, 'report', name, '--format', 'csv')
        yield ('report %s of 12 months' % name, '%.2f s' % seconds,
               '%s rows' % format(len(out.splitlines()) - 1, ','), '', '')
