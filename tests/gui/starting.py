# SPDX-License-Identifier: GPL-3.0-or-later
"""A start without a store that is named: what it asks, and what it keeps."""
import contextlib
import glob
import os
import subprocess

from hands import BACKHAUL, press, told, until, window

HOME = os.environ["HOME"]
PASSFILE = os.path.join(HOME, "backhaul/pgpass")


def settings():
    """All that is in the station's settings."""
    found = ""
    for path in glob.glob(os.path.join(HOME, "glib-2.0/settings/*")):
        with open(path, encoding="utf-8") as file:
            found += file.read()
    return found


@contextlib.contextmanager
def started(*arguments):
    env = {k: v for k, v in os.environ.items() if not k.startswith(("BACKHAUL_STORE", "PG"))}
    with subprocess.Popen([BACKHAUL, *arguments], env=env, stderr=subprocess.DEVNULL) as process:
        until(lambda: window() is not None)
        try:
            yield process
        finally:
            process.terminate()
    until(lambda: window() is None)


def write(key, text):
    press("alt+" + key, "ctrl+a", "BackSpace")
    subprocess.run(["xdotool", "type", "--delay", "8", text], check=True)


def is_at_work():
    return "supervisor" in (told("signed-in-as") or "")
