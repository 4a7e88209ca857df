#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A program that is not installed finds its labels and mails beside it. Speaks TAP.

usage: contract-data.py BACKHAULCTL
"""
import os
import shutil
import subprocess

from harness import CTL, STORE, WORK, finish, run, shown, write

SOURCE = os.environ["BH_SOURCE_ROOT"]
TREE = os.path.join(WORK, "tree")
PROGRAM = os.path.join(TREE, "_build", "src", "cli", "backhaulctl")
RMA = ("rma,case,priority,account,site,contact,reference,serial,part,flag,destination,created,"
       "confirmed\nR0000000001,,,A,,,,SERIAL0001,PN-1,,,2026-11-24,2026-11-24\n")


def label(program):
    env = {key: value for key, value in os.environ.items() if key != "BACKHAUL_DATA"}
    return subprocess.run([program, "--store", STORE, "label", "R0000000001", "-o",
                           WORK + "/label.pdf"], env=env, capture_output=True, check=False)


run("init")
run("import", "accounts", write("a.csv", "account,name,country,language,email\nA,Acme,US,en,\n"))
run("import", "products", write("p.csv", "part,description,platform,list_price,currency,"
                                "first_shipment,end_of_life,end_of_service,third_party,components\n"
                                "PN-1,Router,MX,1.00,USD,,,,no,\n"))
code, _, err = run("import", "rmas", write("r.csv", RMA))
shown("data/import", code == 0, err)
os.makedirs(os.path.dirname(PROGRAM))
shutil.copy(CTL, PROGRAM)
before = label(PROGRAM)
for part in ("labels", "data"):
    os.symlink(os.path.join(SOURCE, part), os.path.join(TREE, part))
after = label(PROGRAM)
shown("data/no-tree-no-label", before.returncode != 0 and b"template" in before.stderr,
      before.stderr)
shown("data/beside-the-program", after.returncode == 0 and
      open(WORK + "/label.pdf", "rb").read(4) == b"%PDF", after.stderr)
finish()
