# SPDX-License-Identifier: GPL-3.0-or-later
"""A scanner that types, set to a US keyboard: it sends the keys' places, whatever the layout
of the session makes of them (S7). By XTEST, as a keyboard on the bus would."""
import ctypes
import subprocess
import time

X11 = ctypes.CDLL("libX11.so.6")
XTST = ctypes.CDLL("libXtst.so.6")
X11.XOpenDisplay.restype = ctypes.c_void_p
X11.XSync.argtypes = [ctypes.c_void_p, ctypes.c_int]
XTST.XTestFakeKeyEvent.argtypes = [ctypes.c_void_p, ctypes.c_uint, ctypes.c_int, ctypes.c_ulong]
DISPLAY = ctypes.c_void_p(X11.XOpenDisplay(None))

# key codes of a US keyboard: first code, plain, with Shift (evdev + 8)
ROWS = ((10, "1234567890-=", "!@#$%^&*()_+"), (24, "qwertyuiop[]", "QWERTYUIOP{}"),
        (38, "asdfghjkl;'`", "ASDFGHJKL:\"~"), (51, "\\zxcvbnm,./", "|ZXCVBNM<>?"), (65, " ", ""))
PLACES = {c: (first + i, shift) for first, *rows in ROWS
          for shift, row in enumerate(rows) for i, c in enumerate(row)}
RETURN, SHIFT, CONTROL, CAPS = 36, 50, 37, 66


def layout(name):
    subprocess.run(["setxkbmap", name], check=True)
    time.sleep(0.7)  # GDK hears of it by the server


def key(code, down):
    XTST.XTestFakeKeyEvent(DISPLAY, code, down, 0)
    X11.XSync(DISPLAY, 0)


def send(character, gap):
    """One character: with Shift as it needs it, a control character with Ctrl (S8)."""
    control = ord(character) < 32
    code, shift = PLACES["^" if character == "\x1e" else
                         chr(ord(character) | 0x40).lower() if control else character]
    held = [SHIFT] * bool(shift) + [CONTROL] * control
    for modifier in held:
        key(modifier, 1)
    key(code, 1)
    key(code, 0)
    for modifier in reversed(held):
        key(modifier, 0)
    time.sleep(gap)


def us_scan(text, gap=0.003, end=True):
    for character in text:
        send(character, gap)
    if end:
        key(RETURN, 1)
        key(RETURN, 0)


def caps_lock():
    key(CAPS, 1)
    key(CAPS, 0)
    time.sleep(0.3)
