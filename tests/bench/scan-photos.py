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
        ours = {(os.path.basename(line["file"]), line["text"]) for line in lines if "text" in line}
        theirs = set()
        for name in names:
            read = subprocess.run(["zbarimg", "-q", "--nodbus", "--raw", os.path.join(folder, name)],
                                  check=False, capture_output=True, text=True)
            theirs |= {(name, text) for text in read.stdout.split()}
    theirs &= truth
    print("1..3")
    for number, (what, ok, told) in enumerate((
            ("I5/nothing-wrong", ours <= truth, ours - truth),
            ("I5/all-that-zbarimg-reads", theirs <= ours, theirs - ours),
            ("I5/most-of-all", len(ours) >= 0.9 * len(truth), (len(ours), len(truth)))), 1):
        print("ok" if ok else "not ok", number, "/scan/photos/" + what)
        if not ok:
            print("#", told)
    sys.exit(0 if ours <= truth and theirs <= ours and len(ours) >= 0.9 * len(truth) else 1)


main()
