#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A station's first start, and a start while the store is away (DESIGN, Stations). TAP; run by
run-gui."""
import glob
import os
import stat
import subprocess
import sys
import tempfile

from hands import CTL, Atspi, finish, press, shown, showing, told, until, walk, window
from starting import HOME, PASSFILE, is_at_work, settings, started, write

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../faults"))
from certificates import Authority, TlsServer  # noqa: E402
from cluster import Ground  # noqa: E402

PASSWORD = "a:b secret"
EMBEDDED = os.path.join(HOME, ".local/share/backhaul/backhaul.db")


def this_computer():
    with started("--page", "returns"):
        shown("/gui/stations/first-start/asks", until(lambda: showing("first-go")) and
              told("first-title") == "Where are the returns kept?" and not showing("store-server"))
        press("alt+o", "alt+b")
        shown("/gui/stations/first-start/makes-the-store", until(is_at_work, 60) and
              os.path.exists(EMBEDDED))
        shown("/gui/stations/first-start/with-the-sample",
              until(lambda: "rows" in (told("rows") or "")))
        shown("/gui/stations/first-start/goes-away", not showing("first-go"))
    shown("/gui/stations/first-start/is-kept", "store='sqlite:" + EMBEDDED in settings())
    with started():
        shown("/gui/stations/first-start/once", until(is_at_work) and told("first-title") is None)


def tested(word):
    press("alt+t")
    return until(lambda: word in (told("store-told") or ""), 15)


def a_site(server, site, thief):
    for path in glob.glob(os.path.join(HOME, "glib-2.0/settings/*")) + [EMBEDDED]:
        os.unlink(path)
    with started():
        until(lambda: showing("first-go"))
        press("alt+i")
        until(lambda: showing("store-server"))
        shown("/gui/stations/site/checks-the-certificate-unless-told",
              Atspi.StateType.CHECKED in [
                  s for n in walk(window()) if n.get_accessible_id() == "store-check"
                  for s in n.get_state_set().get_states()])
        press("alt+b")
        shown("/gui/stations/site/says-what-is-missing",
              until(lambda: "name is missing" in told("store-told")))
        write("s", f"localhost:{server.port}")
        write("d", "backhaul")
        write("u", "station")
        write("p", PASSWORD)
        server.show(*site.sign("localhost", "good"))
        shown("/gui/stations/site/unknown-root", tested("not signed by whom this station trusts"))
        write("s", f"postgresql://localhost:{server.port}?sslrootcert={site.root}")
        shown("/gui/stations/site/empty", tested("backhaulctl init"))
        uri = f"postgresql://bh@127.0.0.1:{server.port}/backhaul"
        subprocess.run([CTL, "--store", uri, "init"], check=True, capture_output=True)
        shown("/gui/stations/site/good", tested("It answers: a store of Backhaul"))
        write("p", "guess")
        shown("/gui/stations/site/wrong-password", tested("password is wrong"))
        write("p", PASSWORD)
        server.show(*thief.sign("localhost", "forged"))
        shown("/gui/stations/site/forged", tested("not signed by whom this station trusts"))
        server.show(*site.sign("localhost", "old", days=-1))
        shown("/gui/stations/site/expired", tested("was valid until 2020-02-01"))
        press("alt+b")
        shown("/gui/stations/site/does-not-begin-with-it",
              until(lambda: "was valid until" in told("store-told")) and showing("first-go"))
        server.show(*site.sign("db.example.com", "other"))
        shown("/gui/stations/site/another-host", tested("another host's"))
        server.stop()
        shown("/gui/stations/site/unreachable", tested("takes no call on port"))
        server.start()
        server.show(*site.sign("localhost", "good"))
        press("alt+b")
        shown("/gui/stations/site/no-keyring-is-said",
              until(lambda: "keyring" in told("first-told") and showing("first-in-file")) and
              not os.path.exists(PASSFILE))
        press("space", "alt+b")
        shown("/gui/stations/site/begins", until(is_at_work))
    shown("/gui/stations/site/the-password-is-in-a-file-of-ones-own",
          stat.S_IMODE(os.stat(PASSFILE).st_mode) == 0o600)
    shown("/gui/stations/site/and-not-in-the-settings",
          "sslmode=verify-full" in settings() and PASSWORD not in settings() and
          PASSWORD.replace(":", "%3A").replace(" ", "%20") not in settings())


def away(server):
    # as a station that nobody has worked at: who was here before may begin (drive-start-away.py)
    for path in glob.glob(os.path.join(HOME, ".local/state/backhaul/*/station")):
        os.unlink(path)
    server.stop()
    with started("--page", "returns") as process:
        shown("/gui/stations/away/the-window-opens", until(lambda: showing("away-again")))
        shown("/gui/stations/away/says-what-is-missing",
              until(lambda: "takes no call on port" in told("away-why") and
                    "nobody has worked at this station yet" in told("away-why")) and
              told("signed-in-as") == "The store is not there")
        subprocess.run(["xdotool", "type", "--delay", "4", "R0000000001\n"], check=True)
        shown("/gui/stations/away/a-scan-is-not-lost-in-silence",
              until(lambda: "not taken" in told("away-told")))
        shown("/gui/stations/away/it-stays", process.poll() is None)
        server.start()
        shown("/gui/stations/away/goes-on-by-itself", until(is_at_work) and
              not showing("away-again"))
        shown("/gui/stations/away/the-page-is-read-then",
              until(lambda: "Nothing on record" in told("rows")))


this_computer()
with tempfile.TemporaryDirectory(prefix="bhtls.", dir="/tmp") as folder, Ground() as ground:
    tls = TlsServer(ground, "station", PASSWORD)
    tls.sql("CREATE DATABASE backhaul")
    a_site(tls, Authority(folder, "site"), Authority(folder, "thief"))
    away(tls)
finish()
