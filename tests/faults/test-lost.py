#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Stations stream boxes while their server is killed, ends their sessions, or another takes its
place: what was acknowledged is there, nothing twice, and all go on (D15). Speaks TAP.

usage: test-lost.py BACKHAULCTL [ROUNDS]
"""
import json
import subprocess
import sys
import threading
import time

from cluster import Cluster

CTL = sys.argv[1]
ROUNDS = int(sys.argv[2]) if len(sys.argv) > 2 else 2
STATIONS = 8
EACH = 60  # boxes of a station
NUMBER = 0
FAILED = 0


def shown(path, ok, why=""):
    global NUMBER, FAILED
    NUMBER += 1
    FAILED += not ok
    print(f"{'ok' if ok else 'not ok'} {NUMBER} {path}", flush=True)
    if not ok:
        print("# " + str(why)[:600].replace("\n", " | "), flush=True)


def ctl(uri, *arguments, feed=None):
    return subprocess.run([CTL, "--store", uri, "--json", *arguments], input=feed, text=True,
                          capture_output=True, timeout=120, check=False)


def serial(lap, station, box):
    return f"LOST{lap:02d}X{station:02d}X{box:04d}"


def fill(uri, lap):
    rows = "".join(
        f"R{lap:02d}{station:02d}{box:06d},2026-1101-{box:06d},P2,ACME,,Joe,,"
        f"{serial(lap, station, box)},PN-1,,SJC,2026-11-10T10:00:00Z,2026-11-10T10:00:00Z\n"
        for station in range(STATIONS) for box in range(EACH))
    done = ctl(uri, "import", "rmas", "-", feed="rma,case,priority,account,site,contact,reference,"
               "serial,part,flag,destination,created,confirmed\n" + rows)
    if done.returncode != 0:
        raise SystemExit("rmas: " + done.stderr)


class Station(threading.Thread):
    """Feeds a stream of boxes, one after the other, and keeps what was acknowledged and when."""

    def __init__(self, uri, lap, number):
        super().__init__()
        self.lap, self.number = lap, number
        self.said = []
        self.times = []
        self.process = subprocess.Popen(
            [CTL, "--store", uri, "--json", "--station", f"dock-{number}", "receive", "-"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.errors = ""

    def run(self):
        for box in range(EACH):
            self.process.stdin.write(serial(self.lap, self.number, box) + "\n\n")
            self.process.stdin.flush()
            line = self.process.stdout.readline()
            if line == "":
                break
            self.said.append(json.loads(line))
            self.times.append(time.monotonic())
            time.sleep(0.02)
        self.process.stdin.close()
        self.errors = self.process.stderr.read()
        self.process.wait()

    def longest_pause(self):
        return max(b - a for a, b in zip(self.times, self.times[1:]))


def stream(uri, lap, harm):
    """All stations at once; @harm is done when they are in the middle of it."""
    fill(uri, lap)
    stations = [Station(uri, lap, number) for number in range(STATIONS)]
    for station in stations:
        station.start()
    while min(len(s.said) for s in stations) < 10 and all(s.is_alive() for s in stations):
        time.sleep(0.01)
    harm()
    for station in stations:
        station.join(timeout=100)
    return stations


def judge(name, uri, lap, stations):
    errors = [s.errors for s in stations if s.process.returncode != 0]
    shown(f"/lost/{name}/all-stations-go-on", not errors, errors)
    said = [line for s in stations for line in s.said]
    shown(f"/lost/{name}/each-box-was-judged",
          [line.get("verdict") for line in said] == ["accept"] * (STATIONS * EACH),
          [line for line in said if line.get("verdict") != "accept"][:3])
    kept = [json.loads(line) for line in ctl(uri, "export", "rmas", "--format", "jsonl").stdout
            .splitlines()]
    awaited = [row for row in kept if row["serial"].startswith(f"LOST{lap:02d}") and
               not row.get("received")]
    shown(f"/lost/{name}/what-was-said-done-is", not awaited, awaited[:3])
    return said


def prove(name, uri, said, sql):
    """None twice, and each acknowledged receipt is on record."""
    receipts = {line["receipt"] for line in said}
    count = sql("SELECT count(*) || ' ' || count(DISTINCT serial) FROM receipt WHERE void = 0")
    kept = set(sql("SELECT receipt FROM receipt").split())
    shown(f"/lost/{name}/none-is-missing", receipts <= kept, receipts - kept)
    shown(f"/lost/{name}/none-is-twice", len(set(count.split())) == 1, count)
    for what in (("check",), ("audit", "verify")):
        done = ctl(uri, *what)
        shown(f"/lost/{name}/{what[0]}-is-clean", done.returncode == 0, done.stdout + done.stderr)


def begin(cluster):
    cluster.make()
    uri = cluster.uri()
    for arguments, feed in (
            (("init",), None),
            (("import", "accounts", "-"), "account,name,country,language,email\nACME,Acme,US,en,\n"),
            (("import", "products", "-"),
             "part,description,platform,list_price,currency,first_shipment,end_of_life,"
             "end_of_service,third_party,components\nPN-1,Router,MX,1.00,USD,2020-01-01,,,no,\n"),
            (("import", "destinations", "-"),
             "destination,name,address,city,postal_code,country,time_zone,calendar,"
             "contract_manufacturer\nSJC,San Jose,1 Road,San Jose,95110,US,America/Los_Angeles,,F\n")):
        done = ctl(uri, *arguments, feed=feed)
        if done.returncode != 0:
            raise SystemExit(" ".join(arguments) + ": " + done.stderr)


def one_server():
    cluster = Cluster()
    try:
        begin(cluster)
        uri = cluster.uri()
        said = []

        def killed():
            cluster.kill()
            time.sleep(0.5)
            cluster.start()

        def restarted():
            cluster.stop(how="fast")
            time.sleep(0.5)
            cluster.start()

        def sessions_end():
            for _ in range(5):
                cluster.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                            " WHERE application_name LIKE 'backhaul %'")
                time.sleep(0.1)

        for lap in range(ROUNDS):
            for number, (name, harm) in enumerate((("server-killed", killed),
                                                   ("server-restarted", restarted),
                                                   ("sessions-ended", sessions_end))):
                stations = stream(uri, lap * 3 + number, harm)
                said += judge(name, uri, lap * 3 + number, stations)
                print(f"# {name}: longest pause {max(s.longest_pause() for s in stations):.2f} s")
        prove("one-server", uri, said, cluster.sql)
    finally:
        cluster.close()


def failover():
    cluster = Cluster()
    try:
        begin(cluster)
        cluster.standby()
        uri = cluster.uri()
        took = []

        def primary_dies():
            start = time.monotonic()
            cluster.kill("a")
            cluster.promote("b")
            cluster.sql("ALTER SYSTEM RESET synchronous_standby_names", server="b")
            cluster.sql("SELECT pg_reload_conf()", server="b")
            took.append(time.monotonic() - start)

        stations = stream(uri, 50, primary_dies)
        said = judge("failover", uri, 50, stations)
        pause = max(s.longest_pause() for s in stations)
        print(f"# failover took {took[0]:.2f} s, longest pause of a station {pause:.2f} s")
        prove("failover", uri, said, lambda text: cluster.sql(text, server="b"))
    finally:
        cluster.close()


one_server()
for _ in range(max(1, ROUNDS // 2)):
    failover()
print(f"1..{NUMBER}")
sys.exit(FAILED > 0)
