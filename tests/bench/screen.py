# SPDX-License-Identifier: GPL-3.0-or-later
"""The screen as a user has it, for what times a window: keys go in through XTest, the picture is
read back from the X server."""
import ctypes
import subprocess
import time

import gi

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi  # noqa: E402

x11 = ctypes.CDLL('libX11.so.6')
xtst = ctypes.CDLL('libXtst.so.6')
for name in ('XOpenDisplay', 'XGetImage'):
    getattr(x11, name).restype = ctypes.c_void_p
x11.XDefaultRootWindow.restype = ctypes.c_ulong
x11.XStringToKeysym.restype = ctypes.c_ulong
x11.XKeysymToKeycode.restype = ctypes.c_ubyte
DISPLAY = ctypes.c_void_p(x11.XOpenDisplay(None))
ROOT = ctypes.c_ulong(x11.XDefaultRootWindow(DISPLAY))
NAMES = {'\n': 'Return', '!': 'exclam', '-': 'minus'}
CONTROL, SHIFT, ALT = 0xffe3, 0xffe1, 0xffe9


class Image(ctypes.Structure):  # the head of XImage
    _fields_ = [('width', ctypes.c_int), ('height', ctypes.c_int), ('xoffset', ctypes.c_int),
                ('format', ctypes.c_int), ('data', ctypes.c_void_p)] + \
               [(f'int{i}', ctypes.c_int) for i in range(5)] + [('stride', ctypes.c_int)]


def key(character, held=None):
    """Types one character, with the key @held (a keysym) kept down."""
    keysym = ctypes.c_ulong(x11.XStringToKeysym(NAMES.get(character, character).encode()))
    code = x11.XKeysymToKeycode(DISPLAY, keysym)
    if held is None and (len(character) == 1 and character.isupper() or character == '!'):
        held = SHIFT
    holding = x11.XKeysymToKeycode(DISPLAY, ctypes.c_ulong(held)) if held is not None else None
    for what, down in ([(holding, 1)] if holding else []) + [(code, 1), (code, 0)] + \
            ([(holding, 0)] if holding else []):
        xtst.XTestFakeKeyEvent(DISPLAY, what, down, ctypes.c_ulong(0))
    x11.XFlush(DISPLAY)


def scan(text):
    """As a scanner types. Returns when the last key went out."""
    for character in text:
        key(character)
        time.sleep(0.003)
    last = time.monotonic()
    key('\n')
    return last


def look(area):
    image = x11.XGetImage(DISPLAY, ROOT, *area, ctypes.c_ulong(0xffffffff), 2)
    head = Image.from_address(image)
    pixels = ctypes.string_at(head.data, head.stride * head.height)
    x11.XDestroyImage(ctypes.c_void_p(image))
    return pixels


def settled(area, last, rest=0.6):
    """Seconds from @last until what is seen in @area looked as it does @rest seconds after it: the
    last change counts, what shows first may be less than the whole. None: nothing changed."""
    before, drawn = look(area), None
    while time.monotonic() < last + rest:
        now = look(area)
        if now != before:
            before, drawn = now, time.monotonic()
        time.sleep(0.001)
    return drawn - last if drawn is not None else None


def find(node, name):
    if node.get_accessible_id() == name:
        return node
    for i in range(node.get_child_count()):
        child = node.get_child_at_index(i)
        found = find(child, name) if child is not None else None
        if found is not None:
            return found
    return None


def described(pid, name):
    """The widget of that identifier in the program; None: not there, or not to be had just now."""
    desktop = Atspi.get_desktop(0)
    for i in range(desktop.get_child_count()):
        application = desktop.get_child_at_index(i)
        try:
            if application is not None and application.get_process_id() == pid:
                return find(application, name)
        except Exception:  # it is just coming or going
            pass
    return None


def wait_for(pid, name):
    until = time.monotonic() + 30
    while time.monotonic() < until:
        node = described(pid, name)
        if node is not None:
            return node
        time.sleep(0.1)
    raise SystemExit('bench: %s is nowhere' % name)


def says(node):
    try:
        return Atspi.Text.get_text(node, 0, -1)
    except Exception:
        return node.get_name()


def start(command, text):
    """The process, and its verdict once it says @text."""
    started = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while time.monotonic() < started + 30:
        node = described(process.pid, 'verdict')
        if node is not None and says(node) == text and \
                node.get_state_set().contains(Atspi.StateType.SHOWING):
            return process, node
        time.sleep(0.002)
    raise SystemExit('bench: %s never said %s' % (command[0], text))


def end(process):
    process.terminate()
    process.wait()
    time.sleep(0.3)


def area_of(node):
    box = node.get_extents(Atspi.CoordType.SCREEN)
    return (max(0, box.x), max(0, box.y), max(1, box.width), max(1, box.height))


def picture(node):
    """Where @node stands, and how that looks once all is at rest."""
    time.sleep(1.5)
    area = area_of(node)
    return area, look(area)


def until_drawn(area, pixels, started):
    """Seconds from @started until the screen looks so. Asking for it by the accessibility tree
    would cost a call a node, and windows differ in nodes."""
    while look(area) != pixels:
        if time.monotonic() > started + 30:
            raise SystemExit('bench: the window never looked as at rest')
        time.sleep(0.001)
    return time.monotonic() - started
