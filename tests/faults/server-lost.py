#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Servers are killed while stations receive (F6, D8, D15). TAP.
usage: server-lost.py [--stations N] [--rounds N] [NAME…]"""
import argparse
import os
import subprocess
import sys
import tempfile
import time
import traceback

from cluster import Disk, Gate, Ground, Pooler, Server, standby
from stations import AWAITED, CTL, Shift, ctl, server_uri


def killed_and_started(ground, options):
    """The server is killed and started again."""
    server = Server(ground, 'a')
    shift = Shift(server, server_uri(server), options.stations)
    for _ in range(options.rounds):
        shift.wait_for(10)
        server.kill()
        server.start()
    shift.wait_for(10)
    return shift.end()


def stopped_and_started(ground, options):
    """The server is stopped in order, is away for a while, and started again."""
    server = Server(ground, 'a')
    shift = Shift(server, server_uri(server), options.stations)
    for _ in range(options.rounds):
        shift.wait_for(10)
        begun = time.monotonic()
        server.stop()
        time.sleep(2)
        server.start()
        shift.wait_for(10)
        for words in ('does not answer', 'answers again'):
            assert all(s.heard(words, begun) for s in shift.stations), [s.said for s in shift.stations]
    return shift.end()


def connections_ended(ground, options):
    """An administrator ends all connections, again and again."""
    server = Server(ground, 'a')
    shift = Shift(server, server_uri(server), options.stations)
    for _ in range(20 * options.rounds):
        shift.wait_for(1)
        server.sql("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                   " WHERE datname = 'backhaul'")
    shift.wait_for(10)
    return shift.end()


def packets_dropped(ground, options):
    """The network takes what is sent and passes nothing on, then passes again."""
    server = Server(ground, 'a')
    gate = Gate(server.port)
    shift = Shift(server, server_uri(port=gate.port), options.stations)
    for _ in range(options.rounds):
        shift.wait_for(10)
        gate.closed = True
        time.sleep(3)
        gate.closed = False
    shift.wait_for(10)
    return shift.end()


def failed_over(ground, options):
    """The primary is killed, its synchronous standby promoted."""
    best = (0, 0)
    for i in range(options.rounds):
        first = Server(ground, 'a%d' % i)
        second = standby(ground, first, 'b%d' % i)
        shift = Shift(first, server_uri(first, second), options.stations)
        shift.wait_for(10)
        begun = time.monotonic()
        first.kill()
        second.promote()
        took = time.monotonic() - begun
        shift.wait_for(10)
        receipts, pause = shift.end(second, since=begun)
        print('# failover %.2f s, longest pause %.2f s' % (took, pause), flush=True)
        second.kill()
        best = max(best, (receipts, pause), key=lambda one: one[1])
    return best


def standby_gone(ground, options):
    """The standby is gone: commits do not wait for ever, and it is told."""
    first = Server(ground, 'a')
    second = standby(ground, first)
    shift = Shift(first, server_uri(first), options.stations)
    for _ in range(options.rounds):
        shift.wait_for(10)
        begun = time.monotonic()
        second.kill()
        shift.wait_for(5)
        for words in ('standby', 'one server only'):
            assert all(s.heard(words, begun) for s in shift.stations), [s.said for s in shift.stations]
        second.start()
        until = time.monotonic() + 60
        while any(not s.heard('confirms again', begun) for s in shift.stations):
            shift.wait_for(1)
            assert time.monotonic() < until, 'nobody says that the standby is there again'
    return shift.end()


def pooled(ground, options):
    """PgBouncer stands in between, in its session mode; the server is killed behind it."""
    server = Server(ground, 'a')
    with Pooler(ground, server) as pooler:
        shift = Shift(server, server_uri(port=pooler.port), options.stations)
        for _ in range(options.rounds):
            shift.wait_for(10)
            server.sql("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                       " WHERE datname = 'backhaul'")
            shift.wait_for(10)
            server.kill()
            server.start()
        shift.wait_for(10)
        return shift.end()


def disk_full(ground, options):
    """The disk of the server is full for a while: stations say so, and go on when there is room."""
    # as large as what all of them receive meanwhile
    with Disk(ground, (8 + 4 * options.rounds) * options.stations) as disk:
        server = Server(ground, 'a')
        server.sql("CREATE TABLESPACE small LOCATION '%s'" % disk.path)
        server.sql('ALTER DATABASE template1 SET TABLESPACE small')
        shift = Shift(server, server_uri(server), options.stations, each=800 + 200 * options.rounds)
        for _ in range(options.rounds):
            shift.wait_for(10)
            begun = time.monotonic()
            disk.fill()
            while any(s.missed('disk of the database', begun) for s in shift.stations):
                assert time.monotonic() < begun + 40, [s.said[-1:] for s in shift.stations]
                time.sleep(0.05)
            # for longer than it takes to try it again
            time.sleep(3)
            disk.free()
            shift.wait_for(10)
            assert not any(s.missed('there is room', begun) for s in shift.stations)
            assert sum(s.heard('there is room', begun) for s in shift.stations) > 1
        return shift.end()


def log_disk_full(ground, options):
    """The disk of the write-ahead log is full, which stops the server; with room and a start all go on."""
    with Disk(ground, 20 * options.stations) as disk:
        # a log that was used once more would need no room
        server = Server(ground, 'a', settings='wal_recycle=off\nmax_wal_size=32MB',
                        log=disk.path + '/wal')
        shift = Shift(server, server_uri(server), options.stations, each=800 + 200 * options.rounds)
        for _ in range(options.rounds):
            shift.wait_for(10)
            begun = time.monotonic()
            disk.fill()
            while any(s.missed('does not answer', begun) for s in shift.stations):
                assert time.monotonic() < begun + 40, [s.said[-1:] for s in shift.stations]
                time.sleep(0.05)
            # it tries to recover, cannot, and is down
            time.sleep(2)
            disk.free()
            server.come_back()
            shift.wait_for(10)
        with open(server.data + '.log', encoding='utf-8') as log:
            assert 'No space left on device' in log.read()
        assert shift.told('answers again') == len(shift.stations)
        return shift.end()


def went_offline(ground, options):
    """The server is away for long: provisional verdicts, and a journal that is received after."""
    server = Server(ground, 'a')
    with tempfile.TemporaryDirectory() as folder:
        shift = Shift(server, server_uri(server), options.stations, offline=folder)
        shift.wait_for(10)
        server.stop()
        shift.wait_for(40)
        server.start()
        said = [len(s.provisional) for s in shift.stations]
        assert min(said) > 0, said
        until = time.monotonic() + 60
        goals = [len(s.acknowledged) + 10 for s in shift.stations]
        while any(len(s.acknowledged) < goal for s, goal in zip(shift.stations, goals)):
            assert time.monotonic() < until, 'stations do not come back'
            time.sleep(0.05)
        assert shift.told('provisional') == len(shift.stations)
        assert shift.told('of the journal are received') == len(shift.stations)
        result = shift.end()
        print('# %d boxes came by the journal, %d verdicts changed'
              % (sum(len(s.provisional) for s in shift.stations),
                 sum(len(s.replayed) for s in shift.stations)), flush=True)
        return result


def clock_is_off(ground, _):
    """A station's clock is a day off: it says so at once, and what it records is at its time."""
    server = Server(ground, 'a')
    server.sql('CREATE DATABASE backhaul')
    uri = server_uri(server)
    ctl(uri, 'init')
    server.sql(AWAITED % {'n': 2}, 'backhaul')
    module = os.path.join(os.environ['BH_BUILD_ROOT'], 'tests/faults/libclock-off.so')
    for off, words, unit in ((86400, '1 d 0 h 0 min ahead of', 'SN-000001'),
                             (-7205, '2 h 0 min behind', 'SN-000002'), (5, None, 'SN-000003')):
        done = subprocess.run([CTL, '--store', uri, 'receive', unit], capture_output=True,
                              text=True, timeout=60, check=False,
                              env={**os.environ, 'LD_PRELOAD': module,
                                   'BH_TEST_CLOCK_OFF': str(off)})
        assert (words in done.stderr) if words else 'clock' not in done.stderr, done.stderr
    late = server.sql('SELECT count(*), max(abs(at_us - extract(epoch FROM now()) * 1000000))'
                      ' < 60000000 FROM audit', 'backhaul')
    assert late == '3|t', late
    return 3, 0


SCENES = [killed_and_started, stopped_and_started, connections_ended, packets_dropped,
          failed_over, standby_gone, pooled, disk_full, log_disk_full, went_offline,
          clock_is_off]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--stations', type=int, default=8)
    parser.add_argument('--rounds', type=int, default=1)
    parser.add_argument('scenes', nargs='*')
    options = parser.parse_args()
    scenes = [s for s in SCENES if not options.scenes or s.__name__ in options.scenes]
    failed = 0
    print('1..%d' % len(scenes), flush=True)
    for i, scene in enumerate(scenes):
        name = 'D15/%s: %s' % (scene.__name__.replace('_', '-'), scene.__doc__.splitlines()[0])
        try:
            with Ground() as ground:
                receipts, pause = scene(ground, options)
            print('ok %d %s' % (i + 1, name))
            print('# %d receipts acknowledged, longest pause of a station %.2f s'
                  % (receipts, pause), flush=True)
        except (Pooler.Missing, Disk.Missing) as why:
            print('ok %d %s # SKIP %s' % (i + 1, name, why), flush=True)
        except Exception:  # pylint: disable=broad-except
            failed += 1
            print('not ok %d %s' % (i + 1, name))
            print('# ' + traceback.format_exc().replace('\n', '\n# '), flush=True)
    return failed != 0


sys.exit(main())
