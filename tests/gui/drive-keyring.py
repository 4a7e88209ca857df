#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The password of a site's store is in the session's keyring, and nowhere else (DESIGN, Security).
TAP; run by run-gui."""
import os
import subprocess
import sys
import tempfile

from hands import CTL, finish, press, shown, showing, told, until
from starting import HOME, PASSFILE, is_at_work, settings, started, write

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../faults"))
from certificates import Authority, TlsServer  # noqa: E402
from cluster import Ground  # noqa: E402

PASSWORD = "kept-in-the-keyring"


def lies_in_a_file():
    """Whether it stands anywhere below the home folder, as it is."""
    return any(PASSWORD.encode() in open(os.path.join(folder, name), "rb").read()
               for folder, _, names in os.walk(HOME) for name in names
               if os.path.isfile(os.path.join(folder, name)))


subprocess.run(["gnome-keyring-daemon", "--unlock", "--components=secrets"], input="x", text=True,
               check=True, capture_output=True)
with tempfile.TemporaryDirectory(prefix="bhtls.", dir="/tmp") as crt, Ground() as ground:
    server = TlsServer(ground, "station", PASSWORD)
    server.sql("CREATE DATABASE backhaul")
    site = Authority(crt, "site")
    server.show(*site.sign("localhost", "good"))
    uri = f"postgresql://bh@127.0.0.1:{server.port}/backhaul"
    subprocess.run([CTL, "--store", uri, "init"], check=True, capture_output=True)
    with started():
        until(lambda: showing("first-go"))
        press("alt+i")
        until(lambda: showing("store-server"))
        write("s", f"postgresql://localhost:{server.port}?sslrootcert={site.root}")
        write("d", "backhaul")
        write("u", "station")
        write("p", PASSWORD)
        press("alt+b")
        shown("/gui/stations/keyring/begins-without-a-question", until(is_at_work))
    shown("/gui/stations/keyring/no-file-has-it", not os.path.exists(PASSFILE) and
          not lies_in_a_file() and "verify-full" in settings())
    with started():
        shown("/gui/stations/keyring/the-next-start-finds-it", until(is_at_work))
    server.sql("ALTER ROLE station PASSWORD 'another'")
    with started():
        shown("/gui/stations/keyring/another-password-is-said",
              until(lambda: "password is wrong" in (told("away-why") or "")))
finish()
