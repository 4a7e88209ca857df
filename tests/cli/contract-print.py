#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`label` to printers, by the letter (L2, L3): ZPL, ports, devices, CUPS. Speaks TAP.

usage: contract-print.py BACKHAULCTL
"""
import os
import socket
import tty

from harness import WORK, fill, finish, rows, run, shown
from printers import Cups, Sink, codes, pictures

EVIL = '"^XZ^XA^FDhacked^FS <svg onload=x> ../../etc/passwd ~JA"'
FILES = {
    "accounts": f"account,name,country,language,email\nACME,{EVIL},US,en,a@acme.example\n",
    "destinations": "destination,name,address,city,postal_code,country,time_zone,calendar,"
                    "contract_manufacturer\nSJC,San Jose,1 Road,San Jose,95110,US,"
                    "America/Los_Angeles,,Flex\n",
    "products": "part,description,platform,list_price,currency,first_shipment,end_of_life,"
                "end_of_service,third_party,components\nPN-1,Router,MX,100.00,USD,2020-01-01,,,no,\n",
    "rmas": "rma,case,priority,account,site,contact,reference,serial,part,flag,destination,created,"
            "confirmed\n" + "".join(
                f"R{number:010d},2026-1101-{number:06d},P2,ACME,,^XA~JA,PO,SERIAL{number:04d},PN-1,,"
                "SJC,2026-11-10T10:00:00Z,2026-11-10T10:00:00Z\n" for number in (1, 2)),
}
ONE = "R0000000001"


def label(*arguments, env=None):
    return rows("label", *arguments, env=env)


def refused(path, arguments, code, word, env=None):
    """An error in words, and nothing else."""
    got = label(*arguments, env=env)
    said = got[1][0]["error"]["message"] if got[1] and "error" in got[1][0] else ""
    shown(path, got[0] == code and word in said, got)


def language():
    out = os.path.join(WORK, "label.zpl")
    for dpi, size in ((203, (816, 1218)), (300, (1200, 1800))):
        code, got = label(ONE, "--format", "zpl", "--dpi", str(dpi), "-o", out)
        with open(out, "rb") as file:
            zpl = file.read()
        read = codes(zpl)
        shown(f"print/zpl/{dpi}", code == 0 and got[0]["language"] == "zpl" and
              [p[:2] for p in pictures(zpl)] == [size] and ONE in read and
              any(text.startswith("BH1|") and "S=SERIAL0001" in text for text in read), got, read)
        shown(f"print/zpl/{dpi}/no-data-is-a-command", b"hacked" not in zpl and b"~JA" not in zpl and
              zpl.count(b"^XA") == 1 == zpl.count(b"^XZ"))
    label(ONE, "--format", "zpl", "-o", out, "--copies", "7", "--darkness", "25", "--speed", "4")
    with open(out, "rb") as file:
        zpl = file.read()
    shown("print/zpl/settings", zpl.startswith(b"~SD25\n^XA") and b"^PR4^" in zpl and
          b"^PQ7^XZ" in zpl, zpl[:80])
    plain = pictures(zpl)
    label(ONE, "--format", "zpl", "-o", out, "--reprint")
    with open(out, "rb") as file:
        shown("print/L1/reprint-is-marked", pictures(file.read()) != plain)
    for name, more in (("darkness", ("--darkness", "31")), ("speed", ("--speed", "0"))):
        refused("print/zpl/bad-" + name, (ONE, "--format", "zpl", "-o", out + "x", *more), 3, name)
        shown(f"print/zpl/bad-{name}/no-file", not os.path.exists(out + "x"))
    for name, arguments in (("nowhere", (ONE,)), ("both", (ONE, "-o", out, "--to", "tcp:h:1")),
                            ("darkness-of-pdf", (ONE, "-o", out, "--darkness", "3")),
                            ("format-to", (ONE, "--to", "tcp:h:1", "--format", "pdf")),
                            ("copies", (ONE, "--to", "tcp:h:1", "--copies", "1000"))):
        shown("print/usage/" + name, label(*arguments)[0] == 2)
    for name, target in (("word", "printer"), ("port", "tcp:host:"), ("letters", "tcp:host:91x0"),
                         ("far-port", "tcp:host:99999"), ("no-host", "tcp::9100"), ("usb", "usb:"),
                         ("file", "/etc/passwd"), ("many", "tcp:a b:9100")):
        shown("print/address/" + name, label(ONE, "--to", target)[0] in (2, 4))


def ports():
    good = Sink("good")
    code, got = label(ONE, "R0000000002", "--to", good.target)
    shown("print/tcp/L2", code == 0 and got[0]["printer"] == good.target and got[0]["labels"] == 2
          and [t for t in codes(good.wait()[0]) if t.startswith("R")] == [ONE, "R0000000002"], got)
    told = run("--json", "audit", "show")[1]
    shown("print/F6/recorded", told.count(good.target) == 2 and run("audit", "verify")[0] == 0, told)
    hold = Sink("hold")
    shown("print/tcp/stays-open", label(ONE, "--to", hold.target)[0] == 0)
    refused("print/tcp/cut", (ONE, "--to", Sink("cut").target), 4, "in mid-job")
    refused("print/tcp/http", (ONE, "--to", Sink("http").target), 4, "a web service answers")
    refused("print/tcp/smtp", (ONE, "--to", Sink("smtp").target), 4, "another service answers")
    with socket.create_server(("127.0.0.1", 0)) as none:
        port = none.getsockname()[1]
    refused("print/tcp/no-listener", (ONE, "--to", f"tcp:127.0.0.1:{port}"), 4, "nothing listens")
    refused("print/tcp/no-such-host", (ONE, "--to", "tcp:no-such-host.invalid:9100"), 4,
            "no-such-host")
    quiet = Sink("good")
    refused("print/tcp/no-such-rma", ("R0000000009", "--to", quiet.target), 1, "R0000000009")
    shown("print/tcp/bad-label-sends-nothing", not quiet.got)


def devices():
    ours, theirs = os.openpty()
    tty.setraw(ours)
    tty.setraw(theirs)
    code, got = label("R0000000002", "--to", "usb:" + os.ttyname(theirs), "--dpi", "152")
    # a terminal's buffer is small: what it cannot take is told, in time
    shown("print/usb/told", code in (0, 4), got)
    code, got = label(ONE, "--to", "usb:/dev/null")
    shown("print/usb/device", code == 0 and got[0]["labels"] == 1, got)
    refused("print/usb/full", (ONE, "--to", "usb:/dev/full"), 4, "out of paper")
    refused("print/usb/unplugged", (ONE, "--to", f"usb:{WORK}/lp9"), 4, "no printer is plugged in")
    shown("print/usb/unplugged/no-file", not os.path.exists(f"{WORK}/lp9"))
    path = os.path.join(WORK, "plain")
    with open(path, "w", encoding="utf-8") as file:
        file.write("mine")
    refused("print/usb/plain-file", (ONE, "--to", "usb:" + path), 4, "no device file")
    refused("print/usb/folder", (ONE, "--to", "usb:" + WORK), 4, "")
    with open(path, encoding="utf-8") as file:
        shown("print/usb/plain-file/untouched", file.read() == "mine")


def queues():
    nowhere = {"CUPS_SERVER": os.path.join(WORK, "no-cups")}
    refused("print/cups/none-runs", (ONE, "--print", "zebra"), 4, "no print service", nowhere)
    cups = Cups()
    if cups.address is None:
        print("# no cupsd here: its tests are left out")
        return
    env = {"CUPS_SERVER": cups.address}
    try:
        refused("print/cups/no-queues", (ONE, "--print", "zebra"), 1, "no queue", env)
        sink = Sink("good")
        cups.admin("lpadmin", "-p", "zebra", "-E", "-v", sink.target.replace("tcp:", "socket://"),
                   "-m", "raw")
        code, got = label(ONE, "--print", "zebra", "--copies", "2", env=env)
        data = sink.wait()
        shown("print/cups/raw-gets-zpl", code == 0 and got[0]["language"] == "zpl" and data and
              ONE in codes(data[0]) and b"^PQ2" in data[0], got, data)
        refused("print/cups/unknown-names-known", (ONE, "--print", "zebbra"), 1, "zebra", env)
        cups.admin("cupsdisable", "zebra")
        refused("print/cups/stopped", (ONE, "--print", "zebra"), 4, "stopped: paused", env)
        cups.admin("cupsenable", "zebra")
        cups.admin("cupsreject", "zebra")
        refused("print/cups/rejecting", (ONE, "--print", "zebra"), 4, "takes no jobs", env)
        shown("print/cups/nothing-more-came", len(sink.got) == 1, len(sink.got))
    finally:
        cups.close()


fill(FILES)
language()
ports()
devices()
queues()
finish()
