# SPDX-License-Identifier: GPL-3.0-or-later
"""scripts/bench label: labels a second, verified, beside glabels-3-batch with the same label."""
import csv
import io
import os
import statistics

from windows import ms, on_screen

TEXTS = ('rma.number', 'destination.name', 'destination.address', 'unit.serial', 'unit.part',
         'rma.return_by', 'account.name', 'rma.case')
BARCODES = (('Code128', 'rma.number', 6, 108, 276, 72), ('IEC18004', 'unit.payload', 164, 298, 106,
                                                        106))

GLABELS = '''<?xml version="1.0"?>
<Glabels-document xmlns="%s">
  <Template brand="Bench" part="box" size="Other" width="288pt" height="432pt" description="box">
    <Label-rectangle id="0" width="288pt" height="432pt" round="0pt" x_waste="0pt" y_waste="0pt">
      <Layout nx="1" ny="1" x0="0pt" y0="0pt" dx="288pt" dy="432pt"/>
    </Label-rectangle>
  </Template>
  <Objects id="0" rotate="False">
%s  </Objects>
  <Merge type="Text/Comma/Line1Keys" src="%s"/>
  <Data/>
</Glabels-document>
'''
PLACE = 'a0="1" a1="0" a2="0" a3="1" a4="0" a5="0" x="%gpt" y="%gpt" w="%gpt" h="%gpt"'
TEXT = '''    <Object-text %s justify="left" valign="top" auto_shrink="False"><Span font_family="Sans"
      font_size="12" font_weight="normal" font_italic="False" underline="False" color="0x000000ff"
      line_spacing="1" justify="left"><Field name="%s"/></Span></Object-text>
'''
BARCODE = '''    <Object-barcode %s style="%s" text="False" checksum="True" color="0x000000ff" field="%s"
      backend="%s" format="11"/>
'''


def values(bench, count, first=0):
    """A CSV of so many labels, each another."""
    path = bench.path('labels-%d-%d.csv' % (first, count))
    with open(os.path.join(bench.source, 'tests/label/values/usual.csv'), encoding='utf-8') as file:
        head, row = list(csv.reader(io.StringIO(file.read())))
    row[head.index('destination.address')] = 'Dock 4, 2200 Mission Blvd, San Jose CA 95110, US'
    at = {name: i for i, name in enumerate(head)}
    with open(path, 'w', newline='', encoding='utf-8') as file:
        out = csv.writer(file, lineterminator='\n')
        out.writerow(head)
        for n in range(first, first + count):
            rma, serial = 'R%010d' % (n * 7919), 'FOC%08dAB' % n
            row[at['rma.number']], row[at['unit.serial']] = rma, serial
            row[at['unit.payload']] = 'BH1|R=%s|S=%s|P=MX-100-48T|D=2026-12-08' % (rma, serial)
            out.writerow(row)
    return path


def glabels(bench, path):
    """The same label for glabels: its template names columns as fields."""
    parts = [TEXT % (PLACE % (12, 184 + 26 * i, 150, 24), name) for i, name in enumerate(TEXTS)]
    for style, field, *place in BARCODES:
        parts.append(BARCODE % (PLACE % tuple(place), style, field, 'libqrencode'
                                if style == 'IEC18004' else 'gnu-barcode'))
    template = bench.path('box.glabels')
    with open(template, 'w', encoding='utf-8') as file:
        file.write(GLABELS % ('http:' + '//glabels.org/xmlns/3.0/', ''.join(parts), path))
    return template


def timed(bench, *command, source=None):
    with open(source or os.devnull, encoding='utf-8') as file:
        return bench.run(*command, stdin=file)[0]


def pages(bench, path):
    return int(bench.run('pdfinfo', path)[1].split('Pages:')[1].split()[0])


def from_store(bench):
    """`label` for 1,000 RMAs of a store, by their numbers on standard input."""
    path, _ = bench.store(20000)
    numbers = bench.path('rmas.txt')
    with open(numbers, 'w', encoding='ascii') as file:
        rows = bench.run('sqlite3', path, 'SELECT rma FROM rma ORDER BY rma LIMIT 1000')[1]
        file.write(rows)
    out = bench.path('store.pdf')
    taken = [timed(bench, bench.ctl, '--store', 'sqlite:' + path, 'label', '-', '-o', out,
                   source=numbers) for _ in range(3)]
    return statistics.median(taken), pages(bench, out)


def beside_glabels(bench, many):
    """Seconds a label: ours, and glabels' of the same; by turns, what a start costs is in both."""
    mine, theirs = bench.path('mine.pdf'), bench.path('theirs.pdf')
    source = values(bench, many)
    ours, others = [], []
    for _ in range(3):
        ours.append(timed(bench, bench.ctl, 'label', '-', '-o', mine, source=source))
        others.append(timed(bench, 'glabels-3-batch', '-o', theirs, '-i', source,
                            glabels(bench, source)))
    made = pages(bench, mine), pages(bench, theirs)
    if made != (many, many):
        raise SystemExit('bench: label: %d and %d pages' % made)
    return statistics.median(ours) / many, statistics.median(others) / many


def label(bench):
    # glabels takes more than twice as long for twice as many: both are told
    for many, wanted in ((1000, '≥ 10'), (200, '')):
        one, other = beside_glabels(bench, many)
        yield ('labels a second, each verified: Code 128, QR, eight texts, %s of a CSV' %
               format(many, ','), '%.0f' % (1 / one),
               'glabels-3-batch, not verified: %.0f' % (1 / other),
               '%.1f' % (other / one), wanted)
    seconds, made = from_store(bench)
    yield ('`label -` for 1,000 RMAs of a store, %d labels' % made,
           '%.2f s, %.0f a second' % (seconds, made / seconds), '', '%.1f' % (
               made / seconds / 100), '≥ 100 a second')
    path, _ = bench.store(20000)
    got = on_screen(bench, 'drive-print', bench.ctl, 'sqlite:' + bench.copy(path))
    yield ('Ctrl+P on a row to the first byte at a raw printer, 99th percentile of %d, warm' %
           got['labels'], ms(got['p99']), 'median %s, the first since the start %s' %
           (ms(got['median']), ms(got['first'])), '', '< 100 ms')
    low = memory(bench, values(bench, 1000))
    high = memory(bench, values(bench, 100000))
    yield ('memory at 100,000 labels', '%.0f MiB' % high, 'at 1,000: %.0f MiB' % low,
           '%.2f' % (high / low), 'flat')


def memory(bench, source):
    """Largest resident size in MiB while a batch runs."""
    pid = os.fork()
    if pid == 0:
        os.dup2(os.open(source, os.O_RDONLY), 0)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.execv(bench.ctl, [bench.ctl, 'label', '-', '-o', bench.path('many.pdf')])
    used = os.wait4(pid, 0)[2].ru_maxrss / 1024
    os.remove(bench.path('many.pdf'))
    return used
