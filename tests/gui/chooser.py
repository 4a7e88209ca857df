# SPDX-License-Identifier: GPL-3.0-or-later
"""A file is chosen by typing its path into GTK's file chooser."""
import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402

from hands import key_in, press, until, walk, window  # noqa: E402


def is_open():
    top = window()  # none while one closes
    return top is not None and any(node.get_role() == Atspi.Role.FILE_CHOOSER for node in walk(top))


def field():
    """What has the keys in the file chooser."""
    for top in walk(window()):
        if top.get_role() == Atspi.Role.FILE_CHOOSER:
            for node in walk(top):
                states = node.get_state_set()
                if states.contains(Atspi.StateType.FOCUSED) and \
                        states.contains(Atspi.StateType.SHOWING):
                    return node
    return None


def choose(key, path):
    """By @key. The first "/" opens the chooser's field for the path. A key that comes while the
    chooser, or that field, is not on the screen yet is lost, and GTK warns of it, which ends a
    program under test."""
    press(key)
    until(lambda: field() is not None)
    press("slash")
    until(lambda: Atspi.Text.get_text(field(), 0, -1) == "/")
    key_in(path[1:])
    until(lambda: any(Atspi.Text.get_text(node, 0, -1) == path for node in walk(window())
                      if "Text" in node.get_interfaces()))
    for _ in range(5):  # the first Enter may only end the completion of the path
        press("Return")
        if until(lambda: not is_open(), 3):
            return
