# SPDX-License-Identifier: GPL-3.0-or-later
"""Hands and eyes for the tests of the window: keys typed as a person or a scanner does,
answers read from the accessibility tree by the ids of docs/accessibility.md."""
import contextlib
import json
import os
import subprocess
import sys
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402

BACKHAUL, CTL = map(os.path.abspath, sys.argv[1:3])
STORE = sys.argv[3]
PICTURES = os.environ.get("BH_PICTURES")


def ctl(*arguments):
    """backhaulctl's answer as a list of objects."""
    done = subprocess.run([CTL, "--store", STORE, "--json", *arguments],
                          capture_output=True, text=True, check=False)
    return [json.loads(line) for line in done.stdout.splitlines()]


def other(*arguments):
    """The same, by another station."""
    return ctl("--station", "other", *arguments)


def put(kind, text, *words):
    """Imports rows of a table."""
    path = os.path.join(os.environ["HOME"], f"put-{kind}.csv")
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return ctl(*words, "import", kind, path)


def picture(name):
    """What is on screen goes into that folder, when scripts/screenshots asks for it."""
    if PICTURES:
        time.sleep(0.6)
        subprocess.run(["scrot", "-o", f"{PICTURES}/{name}.png"], check=True)


def scan(text):
    subprocess.run(["xdotool", "type", "--delay", "4", text + "\n"], check=True)


def press(*keys):
    subprocess.run(["xdotool", "key", "--delay", "60", *keys], check=True)


def walk(node):
    yield node
    if node.get_role() in (Atspi.Role.TABLE, Atspi.Role.TREE_TABLE):
        return  # thousands of cells; table() reads them
    for i in range(node.get_child_count()):
        child = node.get_child_at_index(i)
        if child is not None:
            yield from walk(child)


def window():
    desktop = Atspi.get_desktop(0)
    for i in range(desktop.get_child_count()):
        application = desktop.get_child_at_index(i)
        if application is not None and application.get_name() == "backhaul":
            return application
    return None


def told(what):
    """What the element with this accessible id says; None: not there."""
    top = window()
    for node in walk(top) if top is not None else ():
        if node.get_accessible_id() == what:
            if "Text" in node.get_interfaces():
                return Atspi.Text.get_text(node, 0, -1)
            return node.get_name()
    return None


def showing(what):
    """Whether the element with this accessible id is to be seen."""
    return any(node.get_accessible_id() == what and
               node.get_state_set().contains(Atspi.StateType.SHOWING)
               for node in walk(window()))


def texts(what):
    """All the texts within the element with this accessible id, joined."""
    for node in walk(window()):
        if node.get_accessible_id() == what:
            return "\n".join(n.get_name() or "" for n in walk(node))
    return ""


def table(what="returns-table"):
    """The texts of a table's first rows, a row a list."""
    for node in walk(window()):
        if node.get_accessible_id() == what:
            return [[Atspi.Table.get_accessible_at(node, r, c).get_name()
                     for c in range(Atspi.Table.get_n_columns(node))]
                    for r in range(min(Atspi.Table.get_n_rows(node), 20))]
    return []


def node(what):
    """The element with this accessible id."""
    return next(n for n in walk(window()) if n.get_accessible_id() == what)


def focused(what):
    return node(what).get_state_set().contains(Atspi.StateType.FOCUSED)


def chosen(what, column):
    """The cells of that column in the rows that are selected."""
    tree = node(what)
    return [Atspi.Table.get_accessible_at(tree, r, column).get_name()
            for r in Atspi.Table.get_selected_rows(tree)]


def soon(check):
    """Within a second of the other station's answer; where others wait for the processors, too, that
    much longer."""
    return until(check, max(1, os.getloadavg()[0] / os.cpu_count()))


def until(check, seconds=25):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if check():
                return True
        except Exception:  # the tree changes while it is read
            pass
        time.sleep(0.05)
    return False


NUMBER = 0
FAILED = 0


def shown(path, ok):
    global NUMBER, FAILED
    NUMBER += 1
    FAILED += not ok
    print(f"{'ok' if ok else 'not ok'} {NUMBER} {path}", flush=True)
    if not ok:
        print(f"# verdict {told('verdict')!r} {told('rule')!r} {told('advice')!r}", flush=True)


def verdict(word, rule):
    return until(lambda: told("verdict") == word and (told("rule") or "").startswith(f"Rule {rule}"))


def key_in(text):
    """As a person types: slower than any scanner."""
    subprocess.run(["xdotool", "type", "--delay", "90", text], check=True)


@contextlib.contextmanager
def running(*arguments, says="supervisor", **options):
    """The window, from its first picture to its end."""
    options = {"stderr": subprocess.DEVNULL, **options}
    with subprocess.Popen([BACKHAUL, "--store", STORE, "--dock", "north", *arguments],
                          **options) as process:
        shown("/gui/V9/says-who-acts", until(lambda: says in (told("signed-in-as") or ""),
                                             20))
        time.sleep(0.5)
        try:
            yield process
        finally:  # a test that fails by an error is not waited for
            process.terminate()


def finish():
    print(f"1..{NUMBER}")
    sys.exit(1 if FAILED else 0)
