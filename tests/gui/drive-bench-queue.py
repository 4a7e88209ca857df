#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The bench with more units than it reads at once (RA4, C2). Speaks TAP; run by run-gui."""
import datetime
import subprocess

from hands import (CTL, STORE, Atspi, ctl, finish, press, put, running, shown, told, until, walk,
                   window)

MANY = 400


def rows():
    for node in walk(window()):
        if node.get_accessible_id() == "bench-table":
            return Atspi.Table.get_n_rows(node)
    return 0


now = datetime.datetime.utcnow().strftime("%Y-%m-%dT%H:%M:%SZ")
put("rmas", "rma,case,priority,account,site,contact,reference,serial,part,flag,destination,created,"
    "confirmed\n" + "".join(
        f"R9{i:09d},2026-1102-{i:06d},P2,ACME,,Joe,,MANY{i:05d},PN-1,,SJC,{now},{now}\n"
        for i in range(MANY)))
serials = [f"MANY{i:05d}" for i in range(MANY)]
subprocess.run([CTL, "--store", STORE, "receive", "-"], input="\n\n".join(serials), text=True,
               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
ctl("move", *serials, "--to", "repair:RC1")
with running("--page", "bench"):
    shown("/gui/RA4/the-first-ones-at-once", until(lambda: rows() == 300) and
          told("bench-rows").endswith("more below"))
    press("End")
    shown("/gui/RA4/more-as-one-goes-down", until(lambda: rows() == MANY) and
          until(lambda: told("bench-rows").startswith(f"{MANY} units")) and
          "below" not in told("bench-rows"))
    press("End", "Return")
    shown("/gui/RA4/the-last-one-opens", until(lambda: serials[-1] in told("bench-unit")))
finish()
