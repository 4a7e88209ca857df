#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`printer` and `print` by the letter (L2, L3, F6): labels wait, go once, come back. Speaks TAP.

usage: contract-print-queue.py BACKHAULCTL
"""
import os
import socket
import subprocess
import sys
import time

from harness import STORE, WORK, fill, finish, rows, run, shown
from printers import Sink, codes

BOXES = 12
RMAS = [f"R{number:010d}" for number in range(1, BOXES + 2)]
FILES = {
    "accounts": "account,name,country,language,email\nACME,Acme,US,en,a@acme.example\n",
    "destinations": "destination,name,address,city,postal_code,country,time_zone,calendar,"
                    "contract_manufacturer\nSJC,San Jose,1 Road,San Jose,95110,US,"
                    "America/Los_Angeles,,Flex\n",
    "products": "part,description,platform,list_price,currency,first_shipment,end_of_life,"
                "end_of_service,third_party,components\nPN-1,Router,MX,100.00,USD,2020-01-01,,,no,\n",
    "rmas": "rma,case,priority,account,site,contact,reference,serial,part,flag,destination,created,"
            "confirmed\n" + "".join(
                f"{rma},2026-1101-{number:06d},P2,ACME,,Joe,PO,SERIAL{number:04d},PN-1,,SJC,"
                "2026-11-10T10:00:00Z,2026-11-10T10:00:00Z\n" for number, rma in enumerate(RMAS, 1)),
}


def receive(*numbers):
    for number in numbers:
        rows("receive", f"SERIAL{number:04d}")


def queue(state=None):
    return rows("print", "queue", *(("--state", state) if state else ()))[1]


def send():
    """Everything that waits is put forward, and sent."""
    for job in queue("queued"):
        rows("print", "retry", job["job"])
    return rows("print", "send")


def printed(sink):
    return [text for zpl in sink.got for text in codes(zpl) if text.startswith("R")]


def printers():
    code, got = rows("printer", "set", "box-4x6", "tcp:127.0.0.1:9", "--dpi", "300", "--darkness",
                     "20")
    shown("printer/set", code == 0 and got[0]["language"] == "zpl" and got[0]["dpi"] == 300, got)
    shown("printer/list", rows("printer", "list")[1] == got)
    for name, arguments in (("target", ("any", "printer")), ("kind", ("a/b", "tcp:h:1")),
                            ("no-queue", ("any", "cups:")), ("no-port", ("any", "tcp:h:")),
                            ("dpi", ("any", "tcp:h:1", "--dpi", "99")),
                            ("language", ("any", "tcp:h:1", "--language", "epl")),
                            ("darkness", ("any", "tcp:h:1", "--darkness", "31")),
                            ("speed", ("any", "tcp:h:1", "--speed", "0")), ("word", ("any",))):
        shown("printer/bad/" + name, rows("printer", "set", *arguments)[0] == 2)
    shown("printer/L2/test/away", rows("printer", "test", "box-4x6")[0] == 4)
    good = Sink("good")
    rows("printer", "set", "any", good.target)
    rows("printer", "set", "box-4x6", good.target)
    code, got = rows("printer", "test", "hold-slip-4x6")
    shown("printer/L2/test/any", code == 0 and got[0]["printer"] == good.target and
          len(good.wait()) == 1, got)
    code, got = rows("printer", "test", "box-4x6")
    shown("printer/L2/test/is-no-rma", code == 0 and "R0000000000" in codes(good.wait(2)[1]), got)
    shown("printer/L2/test/waits-for-nothing", queue() == [])
    shown("printer/L2/test/no-such-label", rows("printer", "test", "no-such-label")[0] != 0 and
          len(good.got) == 2)
    rows("printer", "unset", "any")
    shown("printer/L2/test/none-set", rows("printer", "test", "hold-slip-4x6")[0] == 1)
    good.close()
    shown("printer/unset", rows("printer", "unset", "box-4x6")[0] == 0 and
          rows("printer", "list") == (0, []))
    shown("printer/unset/none", rows("printer", "unset", "box-4x6")[0] == 1)


def waits():
    receive(1)
    job = queue()[0]
    shown("print/queued-by-the-act", job["state"] == "queued" and job["template"] == "box-4x6" and
          job["rma"] == RMAS[0], job)
    code, _ = rows("print", "send")
    job = queue()[0]
    shown("print/L3/no-printer-set", code == 4 and job["state"] == "queued" and
          "no printer is set for box-4x6" in job["error"], job)
    with socket.create_server(("127.0.0.1", 0)) as none:
        port = none.getsockname()[1]
    rows("printer", "set", "any", f"tcp:127.0.0.1:{port}")
    code, _ = send()
    job = queue()[0]
    shown("print/L3/printer-away", code == 4 and job["state"] == "queued" and not job["copy"] and
          "nothing listens" in job["error"], job)
    shown("print/L3/not-before-its-time", rows("print", "send") == (0, []))
    out = os.path.join(WORK, "job.pdf")
    code, _ = rows("print", "save", job["job"], "-o", out)
    with open(out, "rb") as file:
        shown("print/L3/saved-as-pdf", code == 0 and file.read(5) == b"%PDF-" and
              queue()[0]["state"] == "queued")
    cut = Sink("cut")
    rows("printer", "set", "any", cut.target)
    send()
    job = queue()[0]
    shown("print/L3/broken-goes-again-as-a-copy", job["state"] == "queued" and job["copy"] and
          "mid-job" in job["error"], job)
    good = Sink("good")
    rows("printer", "set", "any", good.target)
    code, got = send()
    job = queue()[0]
    shown("print/L3/printed", code == 0 and job["state"] == "printed" and job["error"] is None and
          job["printed"] is not None and printed(good) == [RMAS[0]], got)
    shown("print/once", send() == (0, []) and len(good.got) == 1)
    shown("print/F6/recorded", "print:" + job["job"] in run("--json", "audit", "show")[1] and
          run("audit", "verify")[0] == 0)
    first = good.got[0]
    shown("print/L1/reprint", rows("print", "retry", job["job"])[1][0]["copy"] and
          rows("print", "send")[0] == 0 and printed(good) == [RMAS[0]] * 2 and
          good.got[1] == first, "both are copies: one broke before")
    receive(2)
    job = queue("queued")[0]
    code, got = rows("print", "cancel", job["job"])
    shown("print/cancelled", code == 0 and got[0]["state"] == "cancelled" and send() == (0, []), got)
    for word in ("retry", "cancel"):
        shown("print/cancelled/" + word, rows("print", word, job["job"])[0] == 1)
    shown("print/none", rows("print", "retry", "no-such-job")[0] == 1)
    shown("print/usage", rows("print", "sent")[0] == 2 and rows("print", "save", "x")[0] == 2)
    good.close()


def killed():
    """kill -9 of the sender: no label is lost, none that is on record as printed comes twice."""
    good = Sink("good")
    rows("printer", "set", "any", good.target)
    receive(*range(3, BOXES + 1))
    twice = []
    done = set()
    for stop in (1, 3, 6):
        before = len(good.got)
        with subprocess.Popen([sys.argv[1], "--store", STORE, "print", "send"],
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as sender:
            end = time.monotonic() + 20
            while len(good.got) < stop and time.monotonic() < end and sender.poll() is None:
                time.sleep(0.001)
            sender.kill()
        time.sleep(0.2)
        twice += [rma for zpl in good.got[before:] for rma in codes(zpl) if rma in done]
        done |= {job["rma"] for job in queue("printed")}
    before = len(good.got)
    code, _ = send()
    twice += [rma for zpl in good.got[before:] for rma in codes(zpl) if rma in done]
    labels = printed(good)
    states = {job["state"] for job in queue() if job["rma"] in RMAS[2:]}
    shown("print/killed/none-lost", code == 0 and states == {"printed"} and
          set(RMAS[2:BOXES]) <= set(labels), code, states, labels)
    shown("print/killed/none-twice-that-is-recorded", done - {RMAS[0]} and not twice, done, twice)
    shown("print/killed/doubled-is-a-copy", all(
        job["copy"] for job in queue("printed") if labels.count(job["rma"]) > 1), labels)


def killed_between():
    """kill -9 when the printer has the label and the store does not know it: it comes again, and
    says that it is a copy; a third time it does not come."""
    number = BOXES + 1
    receive(number)
    sender = []
    sink = Sink("good", lambda: sender[0].kill())
    rows("printer", "set", "any", sink.target)
    with subprocess.Popen([sys.argv[1], "--store", STORE, "print", "send"],
                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        sender.append(process)
        process.wait()
    job = next(job for job in queue() if job["rma"] == RMAS[number - 1])
    shown("print/killed/between/on-record-as-under-way", process.returncode == -9 and
          len(sink.wait()) == 1 and job["state"] != "printed", process.returncode, job)
    again = Sink("good")
    rows("printer", "set", "any", again.target)
    code, _ = send()
    job = next(job for job in queue() if job["rma"] == RMAS[number - 1])
    shown("print/killed/between/comes-as-a-copy", code == 0 and job["state"] == "printed" and
          job["copy"] and printed(again) == [RMAS[number - 1]] and again.got[0] != sink.got[0], job)
    shown("print/killed/between/then-no-more", send() == (0, []) and len(again.got) == 1)


fill(FILES)
printers()
waits()
killed()
killed_between()
finish()
