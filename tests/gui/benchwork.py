# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of the Bench page share: a job as it is on record, questions, files, a viewer."""
import os
import struct
import tempfile
import zlib

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402

from hands import ctl, key_in, press, showing, told, until, walk, window  # noqa: E402

FILES = tempfile.mkdtemp()


def job(name):
    return (ctl("bench", "show", name) or [{}])[0]


def values(name, what):
    return [e["value"] for e in job(name).get("entries", []) if e["what"] == what and not e["struck"]]


def enter(text):
    key_in(text)
    press("Return")


def focus():
    """What has the keys, and within what: accessible ids, the innermost first, and its name."""
    for node in walk(window()):
        # a link says so of itself long after the keys have gone on
        if node.get_state_set().contains(Atspi.StateType.FOCUSED) and \
                node.get_role() != Atspi.Role.LINK:
            found = [node.get_name()]
            while node is not None:
                found.append(node.get_accessible_id())
                node = node.get_parent()
            return found
    return []


def ask(key):
    press(key)
    until(lambda: showing("bench-ask") and any((what or "").startswith("bench-ask-")
                                               for what in focus()))


def tab_to(what):
    """Tab by Tab until the keys are within the element with this accessible id."""
    for _ in range(60):
        before = focus()
        if what in before:
            return True
        press("Tab")
        until(lambda: focus() not in ([], before), 5)
    return False


def post(says):
    ask("alt+p")
    press("Return")
    return until(lambda: says in told("bench-told"))


def make_viewer():
    """What opens PDF files here: it keeps a copy."""
    for name, text in ((".local/share/applications/viewer.desktop",
                        "[Desktop Entry]\nType=Application\nName=Viewer\nMimeType=application/pdf;\n"
                        f"Exec=cp %f {FILES}/shown.pdf\n"),
                       ("mimeapps.list",
                        "[Default Applications]\napplication/pdf=viewer.desktop\n")):
        path = os.path.join(FILES, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)


def picture(path):
    def chunk(kind, data):
        return (struct.pack(">I", len(data)) + kind + data +
                struct.pack(">I", zlib.crc32(kind + data)))
    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 64, 48, 8, 0, 0,
                                                                        0, 0)) +
                   chunk(b"IDAT", zlib.compress((b"\0" + b"\x80" * 64) * 48)) + chunk(b"IEND", b""))
