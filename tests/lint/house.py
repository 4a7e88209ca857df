"""The rules of the house that a machine can read (CONTRIBUTING.md says why).

A rule is a row of RULES: its name, what it looks at, and a function that yields
findings (path, line, reason). Each row has planted samples in test-house, so no
rule can fall silent unnoticed.
"""
import os
import re
import shutil
import subprocess

# layer -> what it may include; every layer may include itself
LAYERS = {
    'core': [],
    'store': ['core'],
    'scan': ['core'],
    'label': ['core'],
    'mail': ['core'],
    'chart': ['core'],
    'desk': ['core', 'store', 'scan', 'label', 'mail', 'chart'],
    'gui': ['core', 'store', 'scan', 'label', 'mail', 'chart', 'desk'],
    'cli': ['core', 'store', 'scan', 'label', 'mail', 'chart', 'desk'],
}
LONGEST_SOURCE = 500  # lines; one room a file
SKIPPED_FOLDERS = re.compile(r'^(_build.*|build.*|obj-.*|\.git|__pycache__|\.debhelper)$')
TABS_MEANT = re.compile(r'^(debian/rules|LICENSE)$|Makefile|\.(po|pot|csv|tsv|xpm|expected)$')
TEXT_AS_IS = re.compile(r'^(LICENSE|po/.*\.pot?)$|\.(csv|ics|expected|patch)$')
HOSTS = re.compile(r'(^|\.)(example(\.(com|org|net))?|test|invalid|localhost|w3\.org|gnu\.org|'
                   r'gnome\.org|freedesktop\.org|debian\.org|inkscape\.org|fsf\.org|'
                   r'keepachangelog\.com|semver\.org|sourceforge\.net)$|^(127\.0\.0\.1|\[::1\])$')
LEVEL = re.compile(r'"?(Core Plus|Next-Day (Delivery|Ship|Onsite)|Same-Day( 2-Hour| Onsite)?)"?$')


class Tree:
    """A source tree, read once: texts by path; C with comments and strings blanked out."""

    def __init__(self, root):
        self.root = root
        self.texts = {}
        self._code = {}
        for folder, folders, names in os.walk(root):
            folders[:] = sorted(f for f in folders if not SKIPPED_FOLDERS.match(f))
            for name in sorted(n for n in names if n != '.git'):
                full = os.path.join(folder, name)
                path = os.path.relpath(full, root)
                if re.match(r'debian/[^/]+/', path) and not path.startswith('debian/source/'):
                    continue  # what a package build leaves there
                try:
                    with open(full, encoding='utf-8', newline='') as file:
                        text = file.read()
                except (UnicodeDecodeError, OSError):
                    continue  # a picture, a dangling link
                if '\0' not in text:
                    self.texts[path] = text

    def paths(self, pattern):
        return [p for p in self.texts if re.search(pattern, p)]

    def code(self, path, strings=False):
        """The C of @path, comments blanked, and strings too unless @strings."""
        key = (path, strings)
        if key not in self._code:
            self._code[key] = blank(self.texts[path], strings)
        return self._code[key]


def blank(text, keep_strings):
    def repl(match):
        part = match.group(0)
        if part[0] in '"\'' and keep_strings:
            return part
        kept = part[0] + part[-1] if part[0] in '"\'' else ''
        inner = re.sub(r'[^\n]', ' ', part[1:-1] if kept else part)
        return part[0] + inner + part[-1] if kept else inner
    return re.sub(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'', repl, text,
                  flags=re.S)


def strings_of(tree, path):
    """(offset, text) of each literal; neighbours that C would join are joined."""
    code = tree.code(path, strings=True)
    for match in re.finditer(r'"(?:\\.|[^"\\\n])*"(?:[\s\\]*"(?:\\.|[^"\\\n])*")*', code):
        yield match.start(), re.sub(r'"[\s\\]*"', '', match.group(0))


def line_at(text, offset):
    return text.count('\n', 0, offset) + 1


def search(tree, paths, pattern, reason, code=True, flags=0):
    for path in paths:
        text = tree.code(path) if code else tree.texts[path]
        for match in re.finditer(pattern, text, flags):
            yield path, line_at(text, match.start()), reason % match.group(0).strip()


def layer_of(path):
    match = re.match(r'src/(\w+)/', path)
    return match.group(1) if match else None


def header_layers(tree):
    """Public header -> the layer that defines what it declares; types alone belong to the
    highest layer that the header itself includes."""
    homes = {}
    for path in tree.paths(r'^src/\w+/.*\.c$'):
        for name in re.findall(r'^(bh_\w+) \(', tree.code(path), re.M):
            homes.setdefault(name, layer_of(path))
    found = {}

    def find(header):
        if header in found:
            return found[header]
        found[header] = 'core'
        code = tree.code(header, strings=True)
        layers = [homes[n] for n in re.findall(r'\b(bh_\w+) \(', code) if n in homes]
        if not layers:
            order = list(LAYERS)
            for name in re.findall(r'#include "(?:backhaul/)?([\w-]+\.h)"', code):
                if 'include/backhaul/' + name in tree.texts:
                    layers.append(find('include/backhaul/' + name))
            layers = [max(layers, key=order.index)] if layers else ['core']
        found[header] = max(set(layers), key=layers.count)
        return found[header]

    for header in tree.paths(r'^include/backhaul/.*\.h$'):
        find(header)
    return found


def layer_includes(tree):
    homes = header_layers(tree)
    for path in tree.paths(r'^(src/\w+/.*|include/backhaul/.*)\.[ch]$'):
        mine = layer_of(path) or homes.get(path)
        text = tree.code(path, strings=True)
        for match in re.finditer(r'#\s*include "([^"]+)"', text):
            name = match.group(1)
            public = 'include/backhaul/' + name.replace('backhaul/', '', 1)
            other = None
            if name.startswith('backhaul/') or not layer_of(path):
                other = homes.get(public)
            elif '/' in name:
                other = next((w for w in name.split('/') if w in LAYERS), None)
            if other and mine in LAYERS and other != mine and other not in LAYERS[mine]:
                yield (path, line_at(text, match.start()),
                       '%s is of layer %s, which %s must not know' % (name, other, mine))


def gtk_outside(tree):
    return search(tree, [p for p in tree.paths(r'^(src|include|tests)/.*\.[ch]$')
                         if not re.match(r'(src|tests)/gui/|tests/bench/window', p)],
                  r'#\s*include <((gtk|gdk)/|libhandy|handy\.h)[^>]*>',
                  '%s outside src/gui')


SQL = re.compile(r'\b(SELECT\b.*\bFROM\b|INSERT INTO\b|UPDATE \w+ SET\b|DELETE FROM\b|'
                 r'CREATE (TABLE|INDEX|UNIQUE)|ALTER TABLE|DROP TABLE|PRAGMA )', re.S)


def sql_outside(tree):
    for path in tree.paths(r'^src/.*\.[ch]$'):
        if path.startswith('src/store/'):
            continue
        for offset, text in strings_of(tree, path):
            if SQL.search(text):
                yield (path, line_at(tree.texts[path], offset),
                       'SQL outside src/store: ' + text[:50])


def begins_elsewhere(tree):
    """An act counts by the policy and calendars of now (C11): bh_desk_begin() sees to it."""
    return search(tree, [p for p in tree.paths(r'^src/(desk|gui|cli)/.*\.c$')
                         if p != 'src/desk/rules.c'],
                  r'\bbh_store_begin_write\b', '%s: an act begins with bh_desk_begin ()')


def database_outside(tree):
    return search(tree, [p for p in tree.paths(r'^(src|include)/.*\.[ch]$')
                         if not p.startswith(('src/store/sqlite', 'src/store/postgres'))],
                  r'\bsqlite3\w*|#\s*include <libpq[^>]*>|\bPQ[a-z]\w+|\bPG(conn|result)\b',
                  '%s: only src/store/sqlite*.c and postgres*.c name a database library')


def levels_elsewhere(tree):
    """The guide's table 5 is one table (N4): a second list of its levels goes its own way."""
    for path in tree.paths(r'^src/.*\.[ch]$'):
        for offset, text in strings_of(tree, path):
            if path != 'src/core/entitlement.c' and LEVEL.match(text):
                yield (path, line_at(tree.texts[path], offset),
                       'a contract level by name, ask bh_levels (): ' + text)


def sql_shapes(tree):
    """What one of the two engines takes otherwise than it reads."""
    shapes = [
        (r'\$\d+::|\w::\w', '"::" makes another parameter name in SQLite; CAST (… AS …)'),
        (r'\$\d+ IS (NOT )?NULL', 'PostgreSQL cannot type a bare parameter here; CAST it'),
        (r'\bOFFSET\b', 'OFFSET walks all it skips; page by key'),
        (r'\bSELECT \* FROM \w', 'name the columns'),
        (r'\bLIKE \$\d+ ?\|\|', 'scans the whole table; a range by key'),
    ]
    for path in tree.paths(r'^src/store/.*\.[ch]$'):
        if re.search(r'/(sqlite|postgres)\.c$', path):
            continue
        for offset, text in strings_of(tree, path):
            for pattern, reason in shapes:
                if re.search(pattern, text):
                    yield path, line_at(tree.texts[path], offset), '%s: %s' % (text[:50], reason)


BANNED = ('strcpy|strncpy|stpcpy|strcat|strncat|sprintf|vsprintf|gets|strtok|localtime|gmtime|'
          'asctime|ctime|atoi|atol|atoll|atof|strtod|strtof|strtol|strtoul|sscanf|fscanf|scanf|'
          'tmpnam|mktemp|tempnam|alloca|g_alloca|system|popen|rand|srand|setjmp|longjmp')


def banned_functions(tree):
    yield from search(tree, tree.paths(r'^(src|include|tests)/.*\.[ch]$'),
                      r'(?<![\w.>])(%s) ?\(' % BANNED, 'banned: %s')
    yield from search(tree, tree.paths(r'^(src|include)/.*\.[ch]$'),
                      r'\bgoto \w+', '%s: let g_autoptr clean up')


def library_prints(tree):
    paths = [p for p in tree.paths(r'^src/\w+/.*\.[ch]$') if layer_of(p) not in ('cli', 'gui')]
    return search(tree, paths,
                  r'(?<![\w.>])(printf|fprintf|puts|fputs|putchar|perror|g_print|g_printerr|exit|'
                  r'_exit) ?\(', 'the library neither prints nor exits: %s')


def glib_names(tree):
    return search(tree, tree.paths(r'^(src|include|tests)/.*\.[ch]$'),
                  r'\bg(char|int|short|float|double)\b', "%s: C has a word for it")


def functions_with_error(code):
    """(start, body) of each function definition that takes GError **error."""
    for match in re.finditer(r'^\w[\w ]* ?\([^;{}]*GError \*\*error\)\s*\n\{\n(.*?)^\}', code,
                             re.M | re.S):
        yield match.start(1), match.group(1)


def silent_false(tree):
    """`return FALSE` where nothing since the last return (for a function's last one: in all
    of it) has to do with @error."""
    for path in tree.paths(r'^src/.*\.c$'):
        code = tree.code(path)
        for start, body in functions_with_error(code):
            last = 0
            for match in re.finditer(r'\breturn ([^;]*);', body):
                final = body[:match.start()].endswith('\n  ')
                before = body[0 if final else last:match.start()]
                if match.group(1).strip() == 'FALSE' and 'error' not in before.lower():
                    yield (path, line_at(code, start + match.start()),
                           'FALSE returned and no error set')
                last = match.end()


def spdx(tree):
    want = '/* SPDX-License-Identifier: GPL-3.0-or-later */\n'
    for path in tree.paths(r'^(src|include|tests)/.*\.[ch]$'):
        if not tree.texts[path].startswith(want):
            yield path, 1, 'first line is not ' + want.strip()


def log_domain(tree):
    for path in tree.paths(r'^src/(?!cli/)\w+/.*\.c$'):  # backhaulctl prints, it does not log
        want = '#define G_LOG_DOMAIN "bh-%s"' % layer_of(path)
        if want not in tree.texts[path].split('\n')[1:3]:
            yield path, 2, 'second line is not ' + want


def pragma_once(tree):
    for path in tree.paths(r'^(src|include|tests)/.*\.h$'):
        if not re.search(r'^#pragma once$', tree.texts[path], re.M):
            yield path, 2, 'no #pragma once'


def long_files(tree):
    for path in tree.paths(r'^src/.*\.[ch]$'):
        lines = tree.texts[path].count('\n')
        if lines > LONGEST_SOURCE:
            yield path, lines, '%d lines, at most %d: two rooms' % (lines, LONGEST_SOURCE)


def blanks(tree):
    for path, text in tree.texts.items():
        if TEXT_AS_IS.search(path):
            continue
        for number, line in enumerate(text.split('\n'), 1):
            if re.search(r'[ \t\r]$', line):
                yield path, number, 'blank or CR at the end of the line'
            if '\t' in line and not TABS_MEANT.search(path):
                yield path, number, 'tab'
        if text and not text.endswith('\n'):
            yield path, line_at(text, len(text)), 'no newline at the end'


def left_open(tree):
    paths = [p for p in tree.texts if not p.startswith('tests/lint/') and not TEXT_AS_IS.search(p)]
    return search(tree, paths, r'\b(TO' r'DO|FIX' r'ME|XX' r'X|HA' r'CK|not imple' r'mented)\b',
                  '%s: finish it or say it in docs/roadmap.md', code=False)


def machine_paths(tree):
    paths = [p for p in tree.texts if not p.startswith('tests/lint/')]
    yield from search(tree, paths, r'(?<![\w.$}])/(root|work)/\w[\w./-]*|/home/[a-z][\w./-]*|'
                      r'/tmp/(wt|b-|land)[\w./-]*', '%s: a path of one machine', code=False)
    for path in paths:
        text = tree.texts[path]
        for match in re.finditer(r'\b(?:https?|ftp|git)://([\w.\[\]-]+|\[::1\])', text):
            if not HOSTS.search(match.group(1)):
                yield (path, line_at(text, match.start()),
                       '%s: a host that readers may not reach; name the thing instead' %
                       match.group(0))


def header_docs(tree):
    for path in tree.paths(r'^include/backhaul/.*\.h$'):
        text = tree.texts[path]
        if '/*' not in text.partition('\n')[2]:
            yield path, 1, 'nothing in it is documented'


def every_source_built(tree):
    for path in tree.paths(r'^(src|tests)/\w+/[^/]*\.c$'):
        folder, name = os.path.split(path)
        lists = [t for p, t in tree.texts.items()
                 if p.endswith('meson.build') and (p == 'meson.build' or
                                                   os.path.dirname(p) == folder or
                                                   path.startswith('tests/'))]
        base = name[:-2]
        short = re.sub(r'^(test|bench|fuzz)-', '', base)
        words = (name, "'%s'" % base, "'%s'" % short)
        if not any(word in text for text in lists for word in words):
            yield path, 1, 'no meson.build of its folder names it'


def run_tool(command, tree, paths, pattern):
    if shutil.which(command[0]) is None:
        return None
    result = subprocess.run(command + paths, cwd=tree.root, capture_output=True, text=True)
    findings = []
    for line in (result.stdout + result.stderr).splitlines():
        match = re.match(pattern, line)
        if match:
            findings.append((match.group(1), int(match.group(2)), match.group(3)))
    if result.returncode != 0 and not findings:
        findings.append((command[0], 0, 'exit %d: %s' % (result.returncode,
                                                         result.stderr[-300:].strip())))
    return findings


def clang_format(tree):
    paths = tree.paths(r'^(src|include|tests)/.*\.[ch]$')
    if not paths:
        return []
    return run_tool(['clang-format', '--dry-run', '-Werror'], tree, paths,
                    r'(.*?):(\d+):\d+: (?:error|warning): (.*)')


def shell_scripts(tree):
    paths = [p for p, text in tree.texts.items()
             if re.match(r'#! ?/(usr/)?bin/(env )?(ba|da)?sh\b', text) or
             (p.startswith('data/completions/') and not p.endswith('.build'))]
    if not paths:
        return []
    return run_tool(['shellcheck', '-f', 'gcc'], tree, paths,
                    r'(.*?):(\d+):\d+: (?:error|warning|note): (.*)')


def packages_agree(tree):
    """What scripts/packages installs to compile is what the Debian package asks for."""
    if 'debian/control' not in tree.texts or 'scripts/packages' not in tree.texts:
        return
    match = re.search(r'^build="(.*?)"', tree.texts['scripts/packages'], re.M | re.S)
    listed = set(match.group(1).split()) - {'build-essential'}
    match = re.search(r'^Build-Depends:(.*?)^\S', tree.texts['debian/control'], re.M | re.S)
    asked = re.sub(r'<!nocheck>|\([^)]*\)|\[[^]]*\]', lambda m: '!' if '!' in m.group(0) else '',
                   match.group(1))
    words = [w.strip() for w in asked.split(',') if w.strip()]
    needed = {w for w in words if not w.endswith('!')} - {'debhelper-compat'}
    for name in sorted(listed - needed):
        yield 'debian/control', 1, name + ' is in scripts/packages, not in Build-Depends'
    for name in sorted(needed - listed):
        yield 'scripts/packages', 1, name + ' is in Build-Depends, not in scripts/packages'


def executables(tree):
    for path, text in tree.texts.items():
        mode = os.stat(os.path.join(tree.root, path)).st_mode
        if text.startswith('#!') and not mode & 0o100:
            yield path, 1, 'has #! but is not executable'


RULES = [
    ('layer-includes', layer_includes),
    ('gtk-in-gui-only', gtk_outside),
    ('sql-in-store-only', sql_outside),
    ('database-in-its-driver', database_outside),
    ('acts-begin-at-the-desk', begins_elsewhere),
    ('levels-in-one-table', levels_elsewhere),
    ('sql-for-both-engines', sql_shapes),
    ('banned-functions', banned_functions),
    ('library-does-not-print', library_prints),
    ('plain-c-types', glib_names),
    ('no-silent-false', silent_false),
    ('licence-line', spdx),
    ('log-domain', log_domain),
    ('pragma-once', pragma_once),
    ('file-length', long_files),
    ('tabs-and-blanks', blanks),
    ('nothing-left-open', left_open),
    ('no-machine-paths', machine_paths),
    ('header-docs', header_docs),
    ('every-source-built', every_source_built),
    ('scripts-executable', executables),
    ('clang-format', clang_format),
    ('shellcheck', shell_scripts),
    ('packages-agree', packages_agree),
]
