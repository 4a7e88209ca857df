# SPDX-License-Identifier: GPL-3.0-or-later
"""A script for pgbench out of what a station says to its server while it receives one box.

The server is asked to tell each statement with its values; in the last transaction whatever is
of this box (its unit, its numbers in the store, the names of its records, the times, the place in
the journal) is put in terms of pgbench's variables, so that each of its transactions is a
box of its own. Nothing is typed in: another program says other statements.
"""
import os
import re
import subprocess

# the server's LOG lines come to the station as notices, and these into its own log
TELLING = {'PGOPTIONS': '-c log_statement=all -c client_min_messages=log'
                        ' -c log_parameter_max_length=-1', 'G_MESSAGES_DEBUG': 'bh-store'}
STATEMENT = re.compile(r'LOG:  (?:statement|execute [^:]*): (.*?)\n(?:DETAIL:  parameters: (.*?)\n)?'
                       r'(?=\n)', re.S)
PARAMETER = re.compile(r"\$(\d+) = (NULL|'(?:[^']|'')*')")
UUID = re.compile(r'[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}')
BEFORE = 96  # boxes of the station before the one that is taken
# as tests/bench/fill makes them; k: the how many-th of awaited.txt
HEAD = r'''\set t :t + 1
\set k %(skip)d + :client_id + %(clients)d * (:t - 1)
\set n %(first)d + (:k * %(step)d) %% %(open)d
\set s (:n * 2654435761) %% 8589934592
'''


def quoted(text):
    """A literal in which pgbench finds no variable."""
    text = text.replace('\\', '\\\\').replace("'", "''").replace(':', '\\x3a')
    return ("E'%s'" if '\\' in text else "'%s'") % text


class Unit:
    """The unit of the box that is taken, and what stands for it."""

    def __init__(self, rma, serial, line_id, rma_id, station):
        number = int(rma[1:])
        self.numbers = {line_id: '(:n + %d)' % (line_id - number),
                        rma_id: '(:n + %d)' % (rma_id - number), BEFORE + 1: '(:t + 0)'}
        self.texts = [(re.escape(rma), lambda _: "'R' || lpad(CAST(:n AS text), 10, '0')"),
                      (re.escape(serial), lambda _: "'FX' || lpad(CAST(:s AS text), 10, '0')"),
                      (re.escape(station), lambda _: "'pgbench' || CAST(:client_id AS text)"),
                      (UUID.pattern, lambda uuid: "'%s' || lpad(CAST(:k AS text), 12, '0')"
                       % uuid[:-12])]

    def text(self, value):
        """SQL for a text in which the unit may stand."""
        parts, at = [], 0
        pattern = '|'.join('(%s)' % text for text, _ in self.texts)
        for found in re.finditer(pattern, value):
            if found.start() > at:
                parts.append(quoted(value[at:found.start()]))
            parts.append(self.texts[found.lastindex - 1][1](found.group()))
            at = found.end()
        if at < len(value) or not parts:
            parts.append(quoted(value[at:]))
        return parts[0] if len(parts) == 1 and at == 0 else '(%s)' % ' || '.join(parts)

    def value(self, value):
        """SQL for a value as the server told it."""
        if value == 'NULL':
            return value
        value = value[1:-1].replace("''", "'")
        if re.fullmatch(r'\d+', value):
            if int(value) in self.numbers:
                return self.numbers[int(value)]
            # microseconds since 1970: of no two boxes the same
            return '(%s + :k)' % value if re.fullmatch(r'1[78]\d{14}', value) else value
        if value.startswith('\\x'):
            text = bytes.fromhex(value[2:]).decode('utf-8', 'replace')
            sql = self.text(text)
            return "convert_to(%s, 'UTF8')" % sql if sql != quoted(text) else quoted(value)
        return self.text(value)


def statements(ctl, store, boxes, station):
    """(SQL, values) of the last transaction of a station that receives @boxes one by one."""
    with subprocess.Popen([ctl, '--store', store, '--json', '--station', station, 'receive', '-'],
                          stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                          stderr=subprocess.DEVNULL, env=dict(os.environ, **TELLING)) as process:
        said = ''
        for box in boxes:
            process.stdin.write(box)
            process.stdin.flush()
            said = ''
            for line in process.stdout:
                said += line
                if line.startswith('{"box"'):
                    break
        process.stdin.close()
        process.stdout.read()
    said = said[said.rindex('LOG:  statement: BEGIN'):]
    for sql, values in STATEMENT.findall(said):
        yield ' '.join(sql.split('\n')), dict(PARAMETER.findall(values))
        if sql == 'COMMIT':
            return
    raise SystemExit('bench: the statements of a box do not end in a COMMIT')


def script(told, unit, **layout):
    """The text of a pgbench script."""
    lines = [HEAD % layout]
    for sql, values in told:
        sql = re.sub(r'\$(\d+)', lambda one, values=values: unit.value(values[one.group(1)]), sql)
        lines.append(sql + ';\n')
    return ''.join(lines)
