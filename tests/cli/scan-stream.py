#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: scan-stream.py BACKHAULCTL MAKE-SCENES

A folder is told in its order, each picture as soon as it and those before it are read, by the
profile that is asked for (I5); TAP."""
import json
import os
import select
import subprocess
import sys
import tempfile

CTL, SCENES = sys.argv[1:]
CHECKS = []


def shown(path, ok, told=""):
    CHECKS.append(ok)
    print("ok" if ok else "not ok", len(CHECKS), "/cli/scan/I5/" + path)
    if not ok:
        print("#", told)


def scan(*words):
    done = subprocess.run([CTL, "--json", "scan", *words], check=False, capture_output=True, text=True)
    return [json.loads(line) for line in done.stdout.splitlines()], done


def folder(path):
    lines, done = scan(path)
    names = [line["file"] for line in lines]
    shown("a-folder-is-told-in-order", names == sorted(names) and
          sorted(set(names)) == sorted(entry.path for entry in os.scandir(path)), names)
    shown("a-picture-that-is-none-stops-no-other", done.returncode == 3 and any("error" in line
          for line in lines) and any("text" in line for line in lines), done.returncode)


def profile(path):
    lines, _ = scan("--profile", "QR-Code", path)
    kinds = {line["symbology"] for line in lines if "text" in line}
    shown("only-what-the-profile-has", kinds == {"QR-Code"}, kinds)
    _, done = scan("--profile", "QR-Codex", path)
    shown("what-is-no-profile-is-said", done.returncode != 0 and "QR-Codex" in done.stderr and
          "Data-Matrix" in done.stderr, done.stderr)


def site(path, work):
    """Which codes a site's labels have is its policy: nobody has to say it each time."""
    store = "sqlite:" + os.path.join(work, "site.db")
    everywhere = {**os.environ, "BACKHAUL_STORE": store, "BACKHAUL_PIN": ""}

    def ctl(*words, env=None):
        done = subprocess.run([CTL, "--json", *words], check=False, capture_output=True, text=True, env=env)
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        return {line["symbology"] for line in lines if "text" in line}, done

    for words in (["init"], ["policy", "set", "scan.symbologies", "QR-Code"]):
        subprocess.run([CTL, "--store", store, *words], check=True, capture_output=True)
    usual, _ = ctl("scan", path)
    shown("no-store-is-looked-for", len(usual) > 1, usual)
    kinds, _ = ctl("--store", store, "scan", path)
    shown("the-site-s-profile", kinds == {"QR-Code"}, kinds)
    kinds, _ = ctl("scan", path, env=everywhere)
    shown("the-profile-of-the-station-s-store", kinds == {"QR-Code"}, kinds)
    kinds, _ = ctl("--store", store, "scan", "--profile", "default", path)
    shown("unless-another-is-named", kinds == usual, kinds)
    enrolled = {**os.environ, "BACKHAUL_NEW_PIN": "4711"}
    subprocess.run([CTL, "--store", store, "operator", "add", "ada", "--name", "Ada", "--role", "administrator"],
                   check=True, capture_output=True, env=enrolled)
    kinds, done = ctl("scan", path, env=everywhere)
    shown("and-nobody-signs-in-for-it", kinds == {"QR-Code"}, done.stderr)
    _, done = ctl("--store", store + ".none", "scan", path)
    shown("a-store-that-is-named-and-not-there", done.returncode == 4 and not done.stdout.startswith('{"file"'),
          done.stderr)
    kinds, done = ctl("scan", path, env={**everywhere, "BACKHAUL_STORE": store + ".none"})
    shown("away-it-keeps-nothing-from-being-read", kinds == usual and "usual profile" in done.stderr, done.stderr)


def effort(path):
    counts = {word: sum("text" in line for line in scan("--effort", word, path)[0])
              for word in ("fast", "normal", "hard")}
    shown("more-effort-reads-no-less", counts["fast"] <= counts["normal"] <= counts["hard"], counts)
    lines, _ = scan("--explain", path)
    shown("explain-names-the-step", all(line["step"] for line in lines if "text" in line))


def stream(path):
    """The last file is a pipe that nobody writes yet: what comes before it is told already."""
    first = sorted(entry.path for entry in os.scandir(path) if entry.name.startswith("0-"))
    late = os.path.join(os.path.dirname(path), "late.jpg")
    os.mkfifo(late)
    with subprocess.Popen([CTL, "--json", "scan", *first, late], stdout=subprocess.PIPE) as process:
        told = b""
        while told.count(b"\n") < len(first) and select.select([process.stdout], [], [], 60)[0]:
            told += os.read(process.stdout.fileno(), 65536)
        shown("what-is-read-is-told-at-once", told.count(b"\n") == len(first), told)
        with open(late, "wb") as pipe, open(first[0], "rb") as picture:
            pipe.write(picture.read())
        rest = process.stdout.read()
        shown("and-the-rest-when-it-comes", rest.count(b"late.jpg") == 1 and
              process.wait() == 0, rest)


def names(path, work):
    """A file's name may be any bytes: a line stays a line, JSON stays UTF-8."""
    odd = os.path.join(work.encode(), b"odd")
    os.mkdir(odd)
    first = min(entry.path for entry in os.scandir(path) if entry.name.startswith("0-"))
    for name in (b"a\nb\x1b[2J.jpg", b"\xff.jpg"):
        os.symlink(first, os.path.join(odd, name))
    done = subprocess.run([CTL, "--json", "scan", odd], check=False, capture_output=True)
    told = {json.loads(line.decode("utf-8", "replace"))["file"] for line in done.stdout.splitlines()}
    shown("names-of-any-bytes-are-utf-8-in-json", len(told) == 2 and
          done.stdout == done.stdout.decode("utf-8", "replace").encode(), told)
    done = subprocess.run([CTL, "scan", odd], check=False, capture_output=True)
    shown("a-line-of-a-name-with-line-ends-is-one", b"\x1b" not in done.stdout and
          all(b"odd/" in line for line in done.stdout.splitlines()), done.stdout)
    done = subprocess.run([CTL, "scan", odd + b"/c\nd\x1b.jpg"], check=False, capture_output=True)
    shown("and-so-it-is-where-it-is-not-read", done.stderr.count(b"\n") == 1 and
          b"\x1b" not in done.stderr, done.stderr)


def main():
    with tempfile.TemporaryDirectory(prefix="bh-stream-") as work:
        path = os.path.join(work, "pictures")
        os.mkdir(path)
        subprocess.run([SCENES, path, "3", "1", "0"], check=True)
        stream(path)
        folder(path)
        profile(path)
        site(path, work)
        effort(path)
        names(path, work)
    print("1..%d" % len(CHECKS))
    sys.exit(not all(CHECKS))


main()
