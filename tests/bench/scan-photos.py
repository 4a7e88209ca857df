#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: scan-photos.py BENCH-PHOTOS BACKHAULCTL

Of photos with two codes, whatever zbarimg reads is read, and nothing else (I5); TAP."""
import json
import os
import subprocess
import sys
import tempfile

PHOTOS = 24


def main():
    with tempfile.TemporaryDirectory(prefix="bh-photos-") as folder:
        subprocess.run([sys.argv[1], folder, str(PHOTOS)], check=True)
        with open(os.path.join(folder, "truth.txt"), encoding="ascii") as file:
            truth = {tuple(line.split()) for line in file}
        names = sorted({name for name, _ in truth})
        done = subprocess.run([sys.argv[2], "--json", "scan"] +
                              [os.path.join(folder, name) for name in names],
                              check=False, capture_output=True, text=True)
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        told = [(os.path.basename(line["file"]), line["text"]) for line in lines if "text" in line]
        ours = set(told)
        theirs = set()
        for name in names:
            read = subprocess.run(["zbarimg", "-q", "--nodbus", "--raw", os.path.join(folder, name)],
                                  check=False, capture_output=True, text=True)
            theirs |= {(name, text) for text in read.stdout.split()}
    theirs &= truth
    checks = (
        ("nothing-wrong", ours <= truth, ours - truth),
        ("each-once", len(told) == len(ours), sorted(one for one in ours if told.count(one) > 1)),
        ("all-that-zbarimg-reads", theirs <= ours, theirs - ours),
        ("most-of-all", len(ours) >= 0.9 * len(truth), (len(ours), len(truth))))
    print("1..%d" % len(checks))
    for number, (what, ok, why) in enumerate(checks, 1):
        print("ok" if ok else "not ok", number, "/scan/photos/I5/" + what)
        if not ok:
            print("#", why)
    sys.exit(not all(ok for _, ok, _ in checks))


main()
