#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Stations that are offline for many boxes, with units that two of them had, are killed, and receive
their journals at once; the store must be as if all had come on line in their order (D8, D15). TAP.
usage: offline-many.py [--stations N] [--each N]"""
import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
import traceback

from cluster import Ground, Server
from stations import AWAITED, CTL, Desk, ctl, server_uri, together

PICTURE = ("SELECT count(*) || ' ' || serial || ' ' || verdict || ' ' || rule || ' ' || coalesce(rma, '-') FROM receipt"
           " WHERE void = 0 GROUP BY serial, verdict, rule, rma")
LINES = "SELECT serial || ' ' || state || ' ' || awaited FROM rma_line"


def units_of(number, stations, each):
    """Its own, of which a twentieth the next station has too, and some that nobody awaits."""
    shared = each // 20
    own = ['SN-%06d' % (number * each + i + 1) for i in range(each)]
    others = ['SN-%06d' % ((number + 1) % stations * each + i + 1) for i in range(shared)]
    for i, unit in enumerate(others):
        own.insert(i * 17 % each, unit)
    return own + ['STRANGE-%d-%d' % (number, i) for i in range(max(each // 100, 1))]


def went(ground, folder, stations, each):
    server = Server(ground, 'a')
    server.sql('CREATE DATABASE backhaul')
    uri = server_uri(server)
    ctl(uri, 'init')
    server.sql(AWAITED % {'n': stations * each}, 'backhaul')
    reference = 'sqlite:' + os.path.join(folder, 'reference.db')
    ctl(uri, 'backup', reference.partition(':')[2])
    desks = [Desk(i, uri, folder, units_of(i, stations, each)) for i in range(stations)]
    for desk in desks:
        desk.start()
    until = time.monotonic() + 60
    while not all(os.path.exists(desk.folder + '/awaited') for desk in desks):
        assert time.monotonic() < until, [desk.errors() for desk in desks]
        time.sleep(0.05)
    time.sleep(1)
    server.stop()
    together([desk.feed for desk in desks])
    for desk in desks:
        assert all(said['provisional'] for said in desk.said)
        desk.process.kill()  # as when the power goes
        desk.process.wait()
    server.start()
    begun = time.monotonic()
    # two are killed in the middle of it, and begin again while the others are at it
    together([lambda desk=desk, i=i: (desk.receive(2), desk.receive()) if i < 2 else desk.receive()
              for i, desk in enumerate(desks)])
    codes = []
    together([lambda desk=desk: codes.append(desk.receive()) for desk in desks])
    assert codes == [0] * stations, (codes, [desk.errors() for desk in desks])
    boxes = sum(len(desk.units) for desk in desks)
    print('# %d boxes of %d stations received in %.1f s'
          % (boxes, stations, time.monotonic() - begun), flush=True)
    return server, uri, reference, desks


def compare(server, uri, reference, desks, folder):
    scans = sorted(((said['box'], said, desk) for desk in desks for said in desk.said),
                   key=lambda scan: scan[0])
    serials = os.path.join(folder, 'scans')
    with open(serials, 'w', encoding='ascii') as file:
        for _, said, _ in scans:
            file.write(said['serial'] + '\n\n')
    with open(serials, encoding='ascii') as file:
        subprocess.run([CTL, '--store', reference, 'receive', '-'], stdin=file, check=False,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for what in (PICTURE, LINES):
        done = subprocess.run(['sqlite3', reference.partition(':')[2], what], check=True,
                              capture_output=True, text=True)
        ours, theirs = (set(text.splitlines()) for text in (server.sql(what, 'backhaul'),
                                                            done.stdout))
        assert ours == theirs, 'not as on line: %s: %s; %s' % (
            what, sorted(ours - theirs)[:5], sorted(theirs - ours)[:5])
    acts = dict(line.split('|') for line in server.sql(
        'SELECT act, serial FROM receipt', 'backhaul').splitlines())
    first = {}
    for box, said, _ in scans:
        first.setdefault(said['serial'], box)
    for desk in desks:
        told = {said['replayed'] for said in desk.replayed}
        changed = {said['box'] for said in desk.said
                   if (said['verdict'] == 'accept' and said['box'] not in acts) or
                   said['serial'].startswith('STRANGE')}
        assert told == changed, '%s: %d told, %d changed' % (desk.name, len(told), len(changed))
    # who was later took it: then the earlier one was told
    swapped = sum(box not in acts for serial, box in first.items() if serial.startswith('SN-'))
    doubles = len(scans) - len(first)
    assert doubles > 0
    entries = int(server.sql("SELECT count(*) FROM audit WHERE what = 'replay'", 'backhaul'))
    assert entries == sum(len({s['replayed'] for s in desk.replayed}) for desk in desks)
    ctl(uri, 'check')
    ctl(uri, 'audit', 'verify')
    print('# %d units at two stations, each received once and told once; the later scan was'
          ' received first of %d' % (doubles, swapped), flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--stations', type=int, default=8)
    parser.add_argument('--each', type=int, default=200)
    options = parser.parse_args()
    print('1..1', flush=True)
    try:
        with Ground() as ground, tempfile.TemporaryDirectory() as folder:
            compare(*went(ground, folder, options.stations, options.each), folder)
        print('ok 1 D15/offline-equals-on-line')
    except Exception:  # pylint: disable=broad-except
        print('not ok 1 D15/offline-equals-on-line')
        print('# ' + traceback.format_exc().replace('\n', '\n# '), flush=True)
        return 1
    return 0


sys.exit(main())
