# SPDX-License-Identifier: GPL-3.0-or-later
"""A site whose server can be taken away, its people, and what a dock is asked meanwhile."""
import os
import subprocess
import sys
import time

import hands
from hands import CTL, ctl, key_in, press, scan, showing, told, until

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../faults"))
from cluster import Ground, Server  # noqa: E402

FOLDERS = os.path.join(os.environ["HOME"], ".local/state/backhaul/*")
PIN = "60718293"


class Site:
    """The sample of run-gui on a server of its own, which hands.STORE names from now on."""

    def __init__(self):
        self.ground = Ground()
        self.server = Server(self.ground, "a")
        self.copy = os.path.join(os.path.dirname(hands.STORE.partition(":")[2]), "copy.db")
        ctl("backup", self.copy)
        self.direct = hands.STORE = f"postgresql://bh@127.0.0.1:{self.server.port}/backhaul"
        self.restore("backhaul")

    def restore(self, name):
        self.server.sql("CREATE DATABASE " + name)
        subprocess.run([CTL, "--store", self.direct.replace("/backhaul", "/" + name), "restore",
                        self.copy], check=True, capture_output=True)

    def sql(self, text):
        return self.server.sql(text, "backhaul")

    def operator(self, *words, by="adam"):
        return subprocess.run([CTL, "--store", self.direct] + (["--operator", by] if by else []) +
                              ["operator", *words], check=False, capture_output=True,
                              env={**os.environ, "BACKHAUL_PIN": PIN,
                                   "BACKHAUL_NEW_PIN": PIN}).returncode == 0

    def enrol(self, **roles):
        """An administrator, adam, and people, each with PIN; from now on commands need it, too."""
        os.environ["BACKHAUL_PIN"] = PIN
        self.operator("add", "adam", "--name", "Adam", "--role", "administrator", by=None)
        for person, role in roles.items():
            self.operator("add", person, "--name", person.title(), "--role", role)

    def receipts(self, columns="serial || ' ' || verdict"):
        return sorted(self.sql(f"SELECT {columns} FROM receipt WHERE void = 0").splitlines())

    def is_whole(self, *who):
        return not any("error" in row for row in ctl(*who, "check") + ctl(*who, "audit", "verify"))


def works(login, seconds=25):
    return until(lambda: (told("signed-in-as") or "").startswith(login + " at dock"), seconds)


def locked():
    return until(lambda: showing("sign-in-login")) and not showing("verdict")


def sign_in(login, pin, *before):
    time.sleep(0.5)  # what is typed at once would be a scanner's
    press(*before, "ctrl+a")
    key_in(login)
    press("Return")
    key_in(pin)
    press("Return")


def says(word):
    return until(lambda: told("verdict") == word, 40)


def next_box(*codes):
    scan("BH!NEXT-BOX")
    for code in codes:
        scan(code)
