# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading codes, beside zbarimg, ZXing-C++ and zxing-wasm, each as it comes, for the same four
symbologies, on the same pictures: scenes of a seed that chose nothing, and pictures without codes."""
import base64
import json
import os
import re
import shutil
import subprocess
import time

# the ladder was ordered on seeds 1 and 2 and tried on 5
SEED, SCENES, EMPTY = 4711, 16, 500
LEVELS = ('clean', 'easy', 'fair', 'hard', 'awful')
ZBARIMG = ['zbarimg', '-q', '--nodbus', '-Sdisable', '-Scode128.enable', '-Scode39.enable',
           '-Sqrcode.enable', '-Sqrcode.binary']
ZXING = ['ZXingReader', '-format', 'Code128,Code39,QRCode,DataMatrix']


def spent(command):
    """Seconds of processor that a command takes, and what it prints: load of others counts not."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        out = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_utime + usage.ru_stime, out, process.returncode


def zbarimg(path):
    _, out, _ = spent(ZBARIMG + ['--xml', path])
    return {base64.b64decode(text) if coded else text for coded, text in re.findall(
        rb"<data( format='base64'[^>]*)?><!\[CDATA\[(.*?)\]\]></data>", out, re.S)}


def zxing(path):
    """None: it ended by an assertion of its own, as it does on some pictures."""
    _, out, code = spent(ZXING + [path])
    if code < 0:
        return None
    return {bytes.fromhex(line) for line in re.findall(
        '^Bytes: +([0-9A-F ]+)$', out.decode(errors='replace'), re.M)}


def wasm_folder(bench):
    folder = bench.path('npm')
    if not os.path.isdir(os.path.join(folder, 'node_modules/zxing-wasm')):
        if shutil.which('npm') is None or shutil.which('node') is None:
            raise SystemExit('bench: decode: npm or node is missing; install both (npm gets '
                             'zxing-wasm, which the figures stand beside)')
        os.makedirs(folder, exist_ok=True)
        bench.run('npm', 'install', '--prefix', folder, '--no-audit', '--no-fund',
                  '--ignore-scripts', 'zxing-wasm')
    with open(os.path.join(folder, 'node_modules/zxing-wasm/package.json'), encoding='utf-8') as file:
        return folder, json.load(file)['version']


def wasm(bench, folder, paths):
    script = os.path.join(bench.source, 'tests/bench/wasm-reader.mjs')
    _, out, code = spent(['node', script, folder] + paths)
    if code != 0:
        raise SystemExit('bench: decode: zxing-wasm: exit %d' % code)
    return {line['file']: {base64.b64decode(text) for text in line['texts']}
            for line in map(json.loads, out.splitlines())}


def ours(bench, paths, *more):
    _, out, _ = spent([bench.ctl, '--json', 'scan', *more] + paths)
    read = {path: set() for path in paths}
    for line in map(json.loads, out.splitlines()):
        if 'error' not in line:
            read[line['file']].add(base64.b64decode(line['bytes']) if 'bytes' in line
                                   else line['text'].encode())
    return read


def seconds_each(command, paths):
    """Of one process that reads all: the middle of three runs, divided."""
    return sorted(spent(command + paths)[0] for _ in range(3))[1] / len(paths)


def scenes(bench):
    """{path: (level, symbology, text)}; level 9: nothing to read."""
    folder = bench.path('scenes-%d-%d-%d' % (SEED, SCENES, EMPTY))
    if not os.path.exists(os.path.join(folder, 'truth.txt')):
        os.makedirs(folder, exist_ok=True)
        bench.run(os.path.join(bench.build, 'tests/scan/make-scenes'), folder, str(SEED),
                  str(SCENES), str(EMPTY))
    truth = {}
    with open(os.path.join(folder, 'truth.txt'), encoding='ascii') as file:
        for line in file:
            name, level, kind, text = line.split()
            truth[os.path.join(folder, name)] = (
                int(level), kind, base64.b64decode(text) if kind != 'none' else None)
    return truth


def ms(seconds):
    return '%.1f ms' % (seconds * 1e3)


def beside(counts):
    return ', '.join('%s %s' % (name, count) for name, count in counts.items())


def reads(truth, engines):
    """A row a level, and one a symbology: who reads how many."""
    def count(read, wanted):
        return sum(1 for path, (level, kind, text) in truth.items()
                   if text is not None and wanted(level, kind) and text in (read[path] or ()))

    groups = [('%s scenes' % name, lambda l, k, n=n: l == n) for n, name in enumerate(LEVELS)]
    groups += [(kind + ', all scenes', lambda l, k, kind=kind: k == kind)
               for kind in sorted({k for _, k, text in truth.values() if text is not None})]
    for what, wanted in groups:
        all_of = sum(1 for l, k, text in truth.values() if text is not None and wanted(l, k))
        counts = {name: count(read, wanted) for name, read in engines.items()}
        here = counts.pop('here')
        yield ('codes read, %s, of %d' % (what, all_of), str(here), beside(counts),
               '%.2f' % (here / max(1, max(counts.values()))),
               'more than the best, or all' if what.endswith(' scenes') and ',' not in what else '')


def union(truth, engines):
    others = {name: read for name, read in engines.items() if name != 'here'}
    any_one = {path for path, (_, _, text) in truth.items()
               if text is not None and any(text in (read[path] or ()) for read in others.values())}
    missed = sorted(path for path in any_one if truth[path][2] not in engines['here'][path])
    yield ('of what any one of the three reads', '%d of %d' % (len(any_one) - len(missed),
                                                              len(any_one)),
           'missed: ' + (', '.join(os.path.basename(path) for path in missed) or 'none'),
           '%.1f %%' % (100 * (1 - len(missed) / max(1, len(any_one)))), '≥ 98 %')


def wrong(truth, engines):
    for what, empty in (('on the scenes', False), ('on %d pictures without codes' % EMPTY, True)):
        counts = {name: sum(len(set(read[path] or ()) - {text})
                            for path, (_, _, text) in truth.items() if (text is None) == empty)
                  for name, read in engines.items()}
        here = counts.pop('here')
        yield ('texts read wrongly ' + what, str(here), beside(counts), '', '0')


def timing(bench, truth, alive):
    scan = [bench.ctl, 'scan']
    clean = [path for path, (level, _, _) in truth.items() if level == 0]
    coded = [path for path in alive if truth[path][2] is not None]
    one, other = seconds_each(scan, clean), seconds_each(ZBARIMG, clean)
    yield ('processor time a clean picture of 1 megapixel', ms(one), 'zbarimg ' + ms(other),
           '%.2f' % (one / other), '≤ 1.0')
    other = seconds_each(ZXING, coded)
    for what, words, wanted in (('processor time a scene', [], '≤ 3'),
                                ('the same, --effort fast', ['--effort', 'fast'], '≤ 1')):
        one = seconds_each(scan + words, coded)
        yield (what, ms(one), 'ZXing-C++ ' + ms(other), '%.2f' % (one / other), wanted)
    fast = ours(bench, list(truth), '--effort', 'fast')
    yield ('codes read and texts wrong at --effort fast',
           '%d, %d' % (sum(1 for path, (_, _, text) in truth.items() if text in fast[path]),
                       sum(len(fast[path] - {text}) for path, (_, _, text) in truth.items())),
           '', '', ', 0')


def photos(bench):
    """Box labels with two codes, a picture a process, as at a dock."""
    folder = bench.path('photos')
    if not os.path.exists(os.path.join(folder, 'truth.txt')):
        os.makedirs(folder, exist_ok=True)
        bench.run(bench.tool('bench-photos'), folder, '100')
    with open(os.path.join(folder, 'truth.txt'), encoding='ascii') as file:
        truth = {tuple(line.split()) for line in file}
    names = sorted({name for name, _ in truth})
    times, read = ([], []), ([], [])
    for _ in range(3):
        for name in names:  # by turns
            for i, command in enumerate(([bench.ctl, '--json', 'scan'], ZBARIMG + ['--raw'])):
                began = time.monotonic()
                _, out, _ = spent(command + [os.path.join(folder, name)])
                times[i].append(time.monotonic() - began)
                out = out.decode(errors='replace')
                read[i].extend((name, text) for text in (
                    re.findall('"text":"([^"]*)"', out) if i == 0 else out.split()))
    here, there = set(read[0]), set(read[1])
    yield ('codes read on %d photos with %d codes' % (len(names), len(truth)),
           '%d' % len(here & truth), 'zbarimg %d' % len(there & truth),
           '%.2f' % (len(here & truth) / max(1, len(there & truth))), '≥ 1')
    yield ('misread, or told twice', '%d' % (len(here - truth) + len(read[0]) // 3 - len(here)),
           'zbarimg %d' % len(there - truth), '', '0')
    one, other = (sum(each) / len(each) for each in times)
    yield ('time a photo, a process each, mean', ms(one), 'zbarimg ' + ms(other),
           '%.2f' % (one / other), '≤ 1.2')


def decode(bench):
    folder, version = wasm_folder(bench)
    truth = scenes(bench)
    paths = list(truth)
    engines = {'here': ours(bench, paths), 'zbarimg': {path: zbarimg(path) for path in paths},
               'ZXing-C++': {path: zxing(path) for path in paths},
               'zxing-wasm ' + version: wasm(bench, folder, paths)}
    alive = [path for path in paths if engines['ZXing-C++'][path] is not None]
    yield from reads(truth, engines)
    yield from union(truth, engines)
    yield from wrong(truth, engines)
    yield ('pictures on which it ended by an assertion', '0',
           'ZXing-C++ %d of %d' % (len(paths) - len(alive), len(paths)), '', '0')
    yield from timing(bench, truth, alive)
    yield from photos(bench)
