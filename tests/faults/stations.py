# SPDX-License-Identifier: GPL-3.0-or-later
"""Stations that receive box after box while their server is taken away, and what must be true
afterwards: every acknowledged receipt is there, none twice, none lost (D8, D15)."""
import json
import os
import subprocess
import threading
import time

CTL = os.path.join(os.environ['BH_BUILD_ROOT'], 'src/cli/backhaulctl')
AWAITED = '''
INSERT INTO rma (id, rma, state, status, account, created_us, confirmed_us)
  SELECT n, 'R' || lpad(n::text, 10, '0'), 'open', 'open', 'A1', 1, 1
  FROM generate_series(1, %(n)d) n;
INSERT INTO rma_line (rma_id, line, serial, state, awaited, rma, status, account, account_name,
                      created_us)
  SELECT n, 1, 'SN-' || lpad(n::text, 6, '0'), 'awaited', 1, 'R' || lpad(n::text, 10, '0'),
         'open', 'A1', 'Acme', 1 FROM generate_series(1, %(n)d) n;
ANALYZE;'''


def ctl(uri, *command, code=0):
    done = subprocess.run([CTL, '--store', uri, *command], capture_output=True, text=True,
                          timeout=120, check=False)
    assert done.returncode == code, '%s: %d: %s' % (command, done.returncode, done.stderr)
    return done.stdout


class Station:
    """Gives @together boxes, reads their verdicts, gives the next ones."""

    def __init__(self, uri, number, serials, together, offline=None):
        self.serials, self.together = serials, together
        self.acknowledged, self.times, self.said = [], [], []
        self.stopping = False
        self.provisional, self.replayed = [], []
        more = ['--offline', '%s/station%d' % (offline, number)] if offline else []
        self.process = subprocess.Popen(
            [CTL, '--store', uri, '--json', '--station', 'station%d' % number, 'receive', '-',
             *more],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.threads = [threading.Thread(target=work) for work in (self.work, self.listen)]
        for thread in self.threads:
            thread.start()

    def listen(self):
        for line in self.process.stderr:
            self.said.append((time.monotonic(), line.strip()))

    def work(self):
        at = 0
        while at < len(self.serials) and not self.stopping:
            some = self.serials[at:at + self.together]
            try:
                self.process.stdin.write(''.join(serial + '\n\n' for serial in some))
                self.process.stdin.flush()
            except OSError:
                break
            for _ in some:
                said = self.hear()
                if said is None:
                    return
                (self.provisional if said['provisional'] else self.acknowledged).append(said)
                if said['provisional']:
                    # without a server a program is faster than its boxes: they must not run out
                    time.sleep(0.02)
            self.times.append(time.monotonic())
            at += len(some)
        self.process.stdin.close()
        self.hear()

    def hear(self):
        """The next verdict; what was replayed may stand before it."""
        for line in self.process.stdout:
            if line.startswith('{"replayed"'):
                self.replayed.append(json.loads(line))
            else:
                return json.loads(line) if line.startswith('{"box"') else None
        return None

    def end(self):
        self.stopping = True
        for thread in self.threads:
            thread.join(120)
            assert not thread.is_alive(), 'a station hangs: %s' % self.said[-2:]
        self.code = self.process.wait(60)

    def n_said(self):
        return len(self.acknowledged) + len(self.provisional)

    def heard(self, words, since):
        return any(words in line for at, line in self.said if at > since)

    def missed(self, words, since):
        """It has boxes left, and has not said so."""
        return self.threads[0].is_alive() and not self.heard(words, since)

    def pause(self, since=0):
        """The longest time between two verdicts, of which the second came after @since."""
        return max((b - a for a, b in zip(self.times, self.times[1:]) if b > since), default=0)


class Desk:
    """A station with a journal: what it said provisionally, and when the store was back."""

    def __init__(self, number, uri, folder, units, operator=None):
        self.command = [CTL, '--store', uri, '--json', '--station', 'station%d' % number,
                        *(['--operator', operator] if operator else []),
                        'receive', '-', '--offline', os.path.join(folder, 'station%d' % number)]
        self.name, self.folder, self.units = 'station%d' % number, self.command[-1], units
        self.said, self.replayed, self.process = [], [], None

    def start(self):
        # in a file: nobody reads while it is waited for
        with open(self.folder + '.said', 'ab') as log:
            self.process = subprocess.Popen(self.command, stdin=subprocess.PIPE, stderr=log,
                                            stdout=subprocess.PIPE, text=True)

    def feed(self):
        def write():
            try:
                self.process.stdin.write(''.join(unit + '\n\n' for unit in self.units))
                self.process.stdin.flush()
            except OSError:
                pass
        writer = threading.Thread(target=write)
        writer.start()
        while len(self.said) < len(self.units):
            line = self.process.stdout.readline()
            assert line, self.errors()
            self.said.append(json.loads(line))
        writer.join()

    def errors(self):
        with open(self.folder + '.said', encoding='utf-8') as log:
            return log.read()[-500:]

    def receive(self, kill_after=None):
        """The journal, to its end or until it is killed."""
        self.start()
        self.process.stdin.close()
        if kill_after is not None:
            threading.Timer(kill_after, self.process.kill).start()
        for line in self.process.stdout:
            if line.startswith('{"replayed"') and line.endswith('}\n'):
                self.replayed.append(json.loads(line))
        return self.process.wait()


def together(works):
    """All at once; what fails in one fails the whole."""
    failed = []

    def run(work):
        try:
            work()
        except Exception as why:  # pylint: disable=broad-except
            failed.append(why)
    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]


class Shift:
    """@n stations at work on @uri; the store is made on @server."""

    def __init__(self, server, uri, n=8, each=4000, offline=None):
        self.uri, self.server = uri, server
        server.sql('CREATE DATABASE backhaul')
        ctl(server_uri(server), 'init')
        # a station begins with what its neighbour goes on with
        shared = each // 40
        units = n * each
        server.sql(AWAITED % {'n': units + shared}, 'backhaul')
        self.stations = []
        for i in range(n):
            own = [*range((i + 1) * each, (i + 1) * each + shared),
                   *range(i * each, (i + 1) * each)]
            self.stations.append(Station(uri, i, ['SN-%06d' % (u + 1) for u in own],
                                         1 if i % 2 == 0 else 5, offline))

    def wait_for(self, more, seconds=60):
        """Until every station has received @more boxes from now."""
        goals = [s.n_said() + more for s in self.stations]
        until = time.monotonic() + seconds
        while any(s.n_said() < goal and s.threads[0].is_alive()
                  for s, goal in zip(self.stations, goals)):
            assert time.monotonic() < until, 'stations stand still: %s' % [
                (len(s.acknowledged), s.said[-1:]) for s in self.stations]
            time.sleep(0.01)

    def end(self, server=None, since=0):
        """What was promised; @server: where the store is now."""
        for station in self.stations:
            station.end()
        server = server or self.server
        for station in self.stations:
            assert station.code in (0, 1), station.said
        receipts = dict(line.split('|') for line in server.sql(
            "SELECT receipt, serial FROM receipt WHERE void = 0", 'backhaul').splitlines())
        acknowledged = {}
        for station in self.stations:
            for said in station.acknowledged:
                assert said['verdict'] in ('accept', 'already-received'), said
                acknowledged.setdefault(said['receipt'], said['serial'])
        lost = [r for r, serial in acknowledged.items() if receipts.get(r) != serial]
        assert not lost, '%d of %d acknowledged receipts are lost' % (len(lost), len(acknowledged))
        twice = len(receipts) - len(set(receipts.values()))
        assert twice == 0, '%d units are received twice' % twice
        acts = dict(line.split('|') for line in server.sql(
            'SELECT act, serial FROM receipt WHERE void = 0', 'backhaul').splitlines())
        for station in self.stations:
            changed = {said['replayed'] for said in station.replayed}
            for said in station.provisional:
                if said['verdict'] != 'accept' or acts.get(said['box']) == said['serial']:
                    continue
                # another was quicker, and this station was told
                assert said['box'] in changed and said['serial'] in acts.values(), said
        # what was not acknowledged to the very end may be there, a few boxes a station
        provisional = sum(len(s.provisional) for s in self.stations)
        assert len(receipts) - len(acknowledged) <= 5 * len(self.stations) + provisional
        entries = server.sql("SELECT count(*) FROM audit WHERE what = 'receive'", 'backhaul')
        everything = server.sql('SELECT count(*) FROM receipt', 'backhaul')
        assert entries == everything, (entries, everything)
        ctl(server_uri(server), 'check')
        ctl(server_uri(server), 'audit', 'verify')
        return len(acknowledged), max(s.pause(since) for s in self.stations)

    def told(self, words):
        return sum(any(words in line for _, line in s.said) for s in self.stations)


def server_uri(*servers, port=None):
    ports = [port] if port is not None else [s.port for s in servers]
    return 'postgresql://bh@%s/backhaul' % ','.join('127.0.0.1:%d' % p for p in ports)
