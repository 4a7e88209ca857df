# SPDX-License-Identifier: GPL-3.0-or-later
"""scripts/bench camera: labels held into the picture of a camera, as JPEGs of 1280×720, 30 a
second."""
import json
import math
import os
import subprocess
import time
import urllib.parse

from windows import ms, on_screen

SHOTS, SECONDS = 24, 20


def shots(bench, store, rma):
    """A hand that moves: the same label in many places, a little turned and blurred."""
    folder = bench.path('shots')
    if os.path.exists(os.path.join(folder, 'shot-%02d.jpg' % (SHOTS - 1))):
        return folder
    os.makedirs(folder, exist_ok=True)
    label = os.path.join(folder, 'label.png')
    bench.run(bench.ctl, '--store', 'sqlite:' + store, 'label', rma, '--format', 'png', '-o', label)
    for i in range(SHOTS):
        turn = 2 * math.pi * i / SHOTS
        bench.run('convert', '-size', '1280x720', 'gradient:#b8a98c-#6d6354', '(', label, '-resize',
                  'x560', '-background', 'none', '-rotate', '%.1f' % (4 * math.sin(turn)), ')',
                  '-gravity', 'center', '-geometry',
                  '%+d%+d' % (220 * math.cos(turn), 60 * math.sin(turn)), '-composite', '-blur',
                  '0x%.1f' % (0.5 + 0.4 * math.sin(3 * turn)), '-seed', '1', '-attenuate', '0.2',
                  '+noise', 'Gaussian', '-quality', '88', os.path.join(folder, 'shot-%02d.jpg' % i))
    return folder


def camera(bench):
    path, files = bench.store(20000)
    with open(os.path.join(files, 'awaited.txt'), encoding='ascii') as file:
        rma = file.readline().split()[0]
    folder = shots(bench, path, rma)
    address = 'file://' + urllib.parse.quote(os.path.join(folder, 'shot-%02d.jpg'))
    names = [os.path.join(folder, 'shot-%02d.jpg' % i) for i in range(SHOTS)]
    got = json.loads(bench.run(bench.tool('bench-camera'), address, str(SECONDS), allowed=(0,))[1])
    started = time.monotonic()
    subprocess.run(['zbarimg', '-q', '--nodbus', '--raw', *names], check=False,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    beside = SHOTS / (time.monotonic() - started)
    rates = sorted(got['rates'])
    middle = rates[len(rates) // 2]
    yield ('frames of 1280×720 read a second of 30 sent, median of %d seconds' % SECONDS,
           '%d' % middle, 'zbarimg, one process: %.0f' % beside, '%.2f' % (middle / beside), '≥ 15')
    yield ('the same in the worst second', '%d' % rates[0], '', '', '≥ 15')
    yield ('scans of the label in that time', '%d' % got['scans'], 'frames: %d' % sum(rates), '',
           '2, a code each')
    yield ('processors used', '%.2f of %d' % (got['cpu'], os.cpu_count()), '', '', '')
    yield ('to the first frame', ms(got['first']), '', '', '')
    yield ('memory', '%d MiB' % got['memory'], '', '', '')
    seen = on_screen(bench, 'drive-camera', 'sqlite:' + bench.copy(path), address,
                     os.path.join(files, 'awaited.txt'))
    yield ('last key of a scan to its verdict on screen while the camera reads, 99th percentile of '
           '%d' % seen['scans'], ms(seen['open']), 'with the camera closed: ' + ms(seen['closed']),
           '%.2f' % (seen['open'] / seen['closed']), '< 100 ms')
    yield ('the same, median', ms(seen['open_median']),
           'with the camera closed: ' + ms(seen['closed_median']),
           '%.2f' % (seen['open_median'] / seen['closed_median']), '')
