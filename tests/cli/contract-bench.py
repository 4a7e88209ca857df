#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Custody and the bench by CLI.md's letter (RA1-RA10, C2, C3). Speaks TAP.

usage: contract-bench.py BACKHAULCTL
"""
import email
import email.policy
import os
import re
import struct
import subprocess
import zlib

import harness
from harness import WORK, error_of, fill, finish, rows, run, shown, write

CASE = "2026-0601-000001"
UNITS = {
    # serial: part, flag
    "CUSTODY001": ("PN-1", ""), "CUSTODY002": ("PN-1", "fa"), "CUSTODY003": ("PN-1", "ra"),
    "PALLET0001": ("PN-1", ""), "PALLET0002": ("PN-1", ""),
    "REPAIR0001": ("PN-1", "ra"), "REPAIR0002": ("PN-1", "ra"), "REPAIR0003": ("PN-1", "ra"),
    "FAILURE001": ("PN-2", "fa"), "INTAKE0001": ("PN-1", "ra"), "INTAKE0002": ("PN-1", "ra"),
    "LEAP000001": ("PN-L", ""), "ENDED00001": ("PN-E", ""), "SERVICE001": ("PN-S", ""),
    "DST0000001": ("PN-2", ""), "PHOTO00001": ("PN-2", ""), "TWO0000001": ("PN-2", ""),
    "BACK000001": ("PN-2", ""), "BACK000002": ("PN-2", ""), "BACK000003": ("PN-2", ""),
    "BACK000004": ("PN-2", "fa"),
    "SAME000001": ("PN-2", ""), "SAME000002": ("PN-2", ""), "SAME000003": ("PN-2", ""),
}
FILES = {
    "accounts": "account,name,country,language,email\nACME,Acme Networks,US,de,a@acme.example\n",
    "destinations": "destination,name,address,city,postal_code,country,time_zone,calendar,"
                    "contract_manufacturer\n"
                    "SJC,San Jose,1 Road,San Jose,95110,US,America/Los_Angeles,,Flex\n",
    "products": "part,description,platform,list_price,currency,first_shipment,end_of_life,"
                "end_of_service,third_party,components\n"
                "PN-1,Router,MX,100.00,USD,2024-01-01,,,no,chassis;psu;fan\n"
                "PN-2,Switch,EX,100.00,USD,2024-01-01,,,no,\n"
                "PN-L,Leap,EX,100.00,USD,2020-02-29,,,no,\n"
                "PN-E,Ended,EX,100.00,USD,2024-01-01,2026-02-28,,no,\n"
                "PN-S,Served,EX,100.00,USD,2015-01-01,,2026-02-28,no,\n",
    "units": "serial,part,account,site,shipped,registered,distributor,contract,contract_level,"
             "contract_until\n" +
             "".join(f"{s},{p},ACME,,2024-06-01,,,C-1,Core Plus,2036-01-01\n"
                     for s, (p, _) in UNITS.items()),
    "rmas": "rma,case,priority,account,site,contact,reference,serial,part,flag,destination,"
            "created,confirmed\n" +
            "".join(f"R{n:010},{CASE},P2,ACME,,Joe,PO 1,{s},{p},{f},SJC,2026-06-01T10:00:00Z,"
                    "2026-06-01T10:00:00Z\n" for n, (s, (p, f)) in enumerate(UNITS.items(), 100)),
    "operators": "login,name,role,authorised_technician,email\n"
                 "boss,Boss,supervisor,yes,\nchief,Chief,supervisor,no,\n"
                 "tina,Tina,technician,yes,\ntom,Tom,technician,no,\nrex,Rex,receiver,no,\n"
                 "csr,Cora,csr,no,\n",
}
AT = "2026-06-03T20:00:00Z"


def do(*words, who="boss", at=None):
    return rows(*words, "--operator", who, *(("--at", at) if at else ()))


def one(answer):
    return answer[0], answer[1][-1] if answer[1] else {}


def clocks(serial, kind):
    number = f"R{100 + list(UNITS).index(serial):010}"
    return [c for c in do("rma", "show", number)[1][0]["clocks"] if c["kind"] == kind]


def png(width=8, height=8, text=b""):
    def chunk(name, data):
        return (struct.pack(">I", len(data)) + name + data +
                struct.pack(">I", zlib.crc32(name + data)))
    rows_of = b"".join(b"\0" + bytes((x * 30 % 256 for x in range(width * 3)))
                       for _ in range(height))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
            + (chunk(b"tEXt", b"Comment\0" + text) if text else b"")
            + chunk(b"IDAT", zlib.compress(rows_of)) + chunk(b"IEND", b""))


def picture(name, data):
    path = os.path.join(WORK, name)
    with open(path, "wb") as file:
        file.write(data)
    return path


def receive_all():
    for n, serial in enumerate(UNITS, 100):
        code, out = do("receive", f"R{n:010}", serial, at="2026-06-02T20:00:00Z")
        shown(f"bench/receive/{serial}", code == 0 and out[0]["verdict"] == "accept", out)


def custody():
    shown("custody/C2/not-at-the-dock", clocks("CUSTODY001", "C2") == [])
    shown("custody/C4/at-the-dock", len(clocks("CUSTODY001", "C4")) == 1, clocks("CUSTODY001", "C4"))
    code, out = one(do("move", "CUSTODY001", "--to", "transit:TRUCK-7", at=AT))
    shown("custody/RA4/scan-out", code == 0 and out["from"] == "dock:main" and
          out["location"] == "transit:TRUCK-7" and out["clock"] is None, out)
    shown("custody/C2/not-on-the-way", clocks("CUSTODY001", "C2") == [])
    code, out = do("move", "list", "--in-transit")
    shown("custody/RA4/did-not-arrive", code == 0 and
          [(r["serial"], r["from"]) for r in out] == [("CUSTODY001", "dock:main")] and
          out[0]["hours"] > 24, out)
    code, out = one(do("move", "CUSTODY001", "--to", "repair:RC1", at="2026-06-04T20:00:00Z"))
    shown("custody/C2/scan-in", code == 0 and out["clock"] == "C2" and out["due"] == "2026-07-04",
          out)
    code, out = one(do("move", "CUSTODY002", "--to", "repair:RC1", at="2026-06-04T20:00:00Z"))
    shown("custody/C3/flagged-fa", code == 0 and out["clock"] == "C3" and out["due"] == "2026-06-19",
          out)
    for to in ("shelf:A", "repair:RC1", "repair:RC2"):
        do("move", "CUSTODY001", "--to", to, at="2026-06-05T20:00:00Z")
    shown("custody/C2/never-twice", len(clocks("CUSTODY001", "C2")) == 1,
          clocks("CUSTODY001", "C2"))
    code, out = do("move", "list", "--in-transit")
    shown("custody/RA4/arrived", code == 0 and out == [], out)
    code, out = do("move", "PALLET0001", "pallet0002", "--to", "dock:B", "--tote", "tote:P1", at=AT)
    shown("custody/RA4/onto-a-pallet", code == 0 and {r["tote"] for r in out} == {"tote:P1"}, out)
    code, out = do("move", "tote:P1", "--to", "repair:RC1", at=AT)
    shown("custody/RA4/by-pallet", code == 0 and len(out) == 2 and
          {r["clock"] for r in out} == {"C2"}, out)
    do("move", "PALLET0001", "--to", "bench:1", at=AT)
    code, out = do("move", "list", "--location", "tote:P1")
    shown("custody/RA4/alone-leaves-it", [r["serial"] for r in out] == ["PALLET0002"], out)
    life = do("unit", "show", "CUSTODY001")[1][0]
    shown("custody/RA4/unit-show", life["location"] == "repair:RC2" and
          sum(r["what"] == "move" for r in life["history"]) >= 4, life["history"])


def custody_refuses():
    for name, words, code in (
            ("no-place", ("CUSTODY001",), 2), ("unknown-place", ("CUSTODY001", "--to", "moon:1"), 2),
            ("no-code", ("CUSTODY001", "--to", "repair:"), 3), ("code-less", ("CUSTODY001", "--to", "repair"), 2),
            ("stock-with-code", ("CUSTODY001", "--to", "stock:1"), 2),
            ("bad-serial", ("x y", "--to", "stock"), 3), ("bad-code", ("CUSTODY001", "--to", "bench:a b"), 3),
            ("sql", ("CUSTODY001", "--to", "bench:';drop"), 3), ("rtl", ("CUSTODY001", "--to", "bench:\u202ex"), 3),
            ("long", ("CUSTODY001", "--to", "bench:" + "x" * 5000), 3),
            ("unknown", ("NOWHERE001", "--to", "repair:RC1"), 1),
            ("same-place", ("CUSTODY001", "--to", "repair:RC2"), 1),
            ("empty-tote", ("tote:NONE", "--to", "stock"), 1)):
        got, out, error = run("--json", "move", *words, "--operator", "boss")
        shown(f"custody/exit/{name}", got == code and error.count("\n") == 1 and '"error"' in out,
              got, error)
    before = do("unit", "show", "CUSTODY003")[1][0]["location"]
    code, _ = do("move", "CUSTODY003", "NOWHERE001", "--to", "shelf:A")
    shown("custody/RA4/all-or-none", code == 1 and
          do("unit", "show", "CUSTODY003")[1][0]["location"] == before)
    code, out = do("move", "CUSTODY001", "--to", "stock", at="2026-06-01T00:00:00Z")
    shown("custody/exit/before-record", error_of((code, out))[0] == 3, out)
    shown("custody/exit/receiver-to-stock", do("move", "CUSTODY001", "--to", "stock", who="rex")[0] == 5)
    shown("custody/exit/csr", do("move", "CUSTODY001", "--to", "shelf:A", who="csr")[0] == 5)
    shown("custody/exit/receiver-dock", do("move", "CUSTODY003", "--to", "shelf:A", who="rex")[0] == 0)


def eligible():
    for serial, kind, on, yes, rule in (
            ("LEAP000001", "ra", "2025-02-28", True, "RA5"),
            ("LEAP000001", "ra", "2025-03-01", False, "RA5"),
            ("REPAIR0001", "ra", "2029-01-01", True, "RA5"),
            ("REPAIR0001", "ra", "2029-01-02", False, "RA5"),
            ("ENDED00001", "ra", "2026-02-28", True, "RA5"),
            ("ENDED00001", "ra", "2026-03-01", False, "RA6"),
            ("SERVICE001", "ra", "2026-02-28", False, "RA5"),
            ("SERVICE001", "ra", "2026-03-01", False, "RA6"),
            ("FAILURE001", "fa", "2026-06-01", True, "RA3"),
            ("REPAIR0001", "fa", "2026-06-01", False, "RA3")):
        code, out = one(do("bench", "eligible", serial, "--kind", kind, "--on", on))
        shown(f"bench/{rule}/eligible-{serial}-{on}-{yes}", code == (0 if yes else 1) and
              out["eligible"] is yes and out["rule"] == rule and out["kind"] == kind and out["reason"],
              out)
    for name, words, code in (("kind", ("REPAIR0001",), 2), ("which", ("REPAIR0001", "--kind", "xa"), 2),
                              ("date", ("REPAIR0001", "--kind", "ra", "--on", "2026-02-30"), 3),
                              ("serial", ("\u202ex", "--kind", "ra"), 3),
                              ("unknown", ("NOWHERE001", "--kind", "ra"), 1)):
        shown(f"bench/exit/eligible-{name}", do("bench", "eligible", *words)[0] == code)


def start():
    shown("bench/RA6/no-approval-helps", error_of(do("bench", "start", "ENDED00001", "--kind", "ra",
          "--approve", "--reason", "x")) == (1, "refused", "RA6"))
    shown("bench/RA5/needs-approval", error_of(do("bench", "start", "LEAP000001", "--kind", "ra")) ==
          (1, "refused", "RA5"))
    shown("bench/RA5/by-a-supervisor", do("bench", "start", "LEAP000001", "--kind", "ra", "--approve",
          "--reason", "x", who="tina")[0] == 5)
    shown("bench/RA5/with-a-reason", do("bench", "start", "LEAP000001", "--kind", "ra",
          "--approve")[0] == 2)
    code, out = one(do("bench", "start", "LEAP000001", "--kind", "ra", "--approve", "--reason",
                       "last one", at="2026-06-06T10:00:00Z"))
    shown("bench/RA5/approved", code == 0 and out["approved_by"] == "boss" and
          out["approve_reason"] == "last one", out)
    shown("bench/RA3/no-flag", error_of(do("bench", "start", "REPAIR0001", "--kind", "fa")) ==
          (1, "refused", "RA3"))
    shown("bench/exit/never-received", do("bench", "start", "NOWHERE001", "--kind", "ra")[0] == 1)
    shown("bench/exit/receiver", do("bench", "start", "REPAIR0001", "--kind", "ra", who="rex")[0] == 5)


def intake():
    do("move", "INTAKE0001", "INTAKE0002", "--to", "repair:RC1", at=AT)
    job = one(do("bench", "start", "INTAKE0001", "--kind", "ra", who="tina"))[1]["job"]
    shown("bench/exit/intake-nothing", do("bench", "intake", job)[0] == 2)
    shown("bench/RA7/unknown-component", do("bench", "intake", job, "--present", "lid")[0] == 3)
    shown("bench/RA7/not-all-said", error_of(do("bench", "intake", job, "--present", "fan")) ==
          (1, "refused", "RA7"))
    shown("bench/RA7/said-twice", do("bench", "intake", job, "--present", "fan", "--missing", "fan",
                                     "--present", "psu", "--present", "chassis")[0] == 3)
    code, out = one(do("bench", "intake", "INTAKE0001", "--present", "CHASSIS", "--present",
                       "psu:PS-000123", "--present", "fan", who="tina"))
    shown("bench/RA7/whole", code == 0 and [e["name"] for e in out["entries"]] ==
          ["chassis", "psu", "fan"] and out["entries"][1]["value"] == "PS-000123", out)
    job = one(do("bench", "start", "INTAKE0002", "--kind", "ra", who="tina"))[1]["job"]
    answer = do("bench", "intake", job, "--present", "chassis", "--present", "psu", "--missing", "fan",
                who="tina")
    shown("bench/RA7/missing-voids", error_of(answer) == (1, "refused", "RA7"), answer)
    code, out = one(do("bench", "show", job))
    shown("bench/RA7/void", out["state"] == "void" and "fan" in out["void_reason"], out)
    page = do("rma", "list", "--serial", "INTAKE0002")[1][0]
    shown("bench/RA7/stays-received", page["state"] == "received" and page["received"], page)
    shown("bench/RA7/clock-void", [c["state"] for c in clocks("INTAKE0002", "C2")] == ["void"])
    shown("bench/RA7/no-post", error_of(do("bench", "post", job, "--disposition", "returned",
                                           who="tina")) == (1, "refused", "RA7"))


def ra():
    do("move", "REPAIR0001", "--to", "repair:RC1", at="2026-06-04T20:00:00Z")
    code, out = one(do("bench", "start", "REPAIR0001", "--kind", "ra", who="tom"))
    job = out["job"]
    shown("bench/RA1/start", code == 0 and out["state"] == "open" and out["due"] == "2026-07-04" and
          out["technician"] == "tom", out)
    shown("bench/RA1/again-is-mine", one(do("bench", "start", "REPAIR0001", "--kind", "ra",
                                            who="tom"))[1]["job"] == job)
    shown("bench/RA1/in-analysis", do("rma", "list", "--serial", "REPAIR0001")[1][0]["state"] ==
          "in-analysis")
    answer = do("bench", "log", job, "--symptom", "x", who="tina")
    shown("bench/RA8/held-by-another", answer[0] == 1 and "tom" in
          answer[1][0]["error"]["message"], answer)
    shown("bench/exit/take-without-reason", do("bench", "take", job, who="tina")[0] == 2)
    code, out = one(do("bench", "take", job, "--reason", "shift ends", who="tina"))
    shown("bench/RA8/taken", code == 0 and out["technician"] == "tina", out)
    do("bench", "take", job, "--reason", "back", who="tom")
    shown("bench/RA7/no-intake-no-post", error_of(do("bench", "post", job, "--disposition",
          "returned", who="tina")) == (1, "refused", "RA7"))
    do("bench", "intake", job, "--present", "chassis", "--present", "psu", "--present", "fan", who="tom")
    code, out = one(do("bench", "log", job, "--symptom", "no power", "--reproduced", "yes", "--fault",
                       "PSU", "--component", "U12", "--action", "replaced U12", "--part",
                       "pn-9:abc123", "--part", "PN-8", "--reading", "V12=12.1:11.4:12.6",
                       "--reading", "V5=4:4.75:5.25", "--reading", "I=-3e-3", "--firmware-before",
                       "21.4", "--firmware-after", "23.1", who="tom"))
    told = {(e["what"], e.get("name"), e["value"]) for e in out.get("entries", [])}
    shown("bench/RA10/log", code == 0 and ("part", "PN-9", "ABC123") in told and
          ("component", None, "U12") in told and out["fault"] == "PSU", out)
    passes = {e["name"]: e["pass"] for e in out["entries"] if e["what"] == "reading"}
    shown("bench/RA10/readings", passes == {"V12": True, "V5": False, "I": None}, passes)
    for name, words, want in (
            ("nothing", (), 2), ("no-number", ("--reading", "V=abc"), 3), ("nan", ("--reading", "V=nan"), 3),
            ("inf", ("--reading", "V=1e999"), 3), ("hex", ("--reading", "V=0x10"), 3),
            ("comma", ("--reading", "V=1,5"), 3), ("limits", ("--reading", "V=1:5:2"), 3),
            ("one-limit", ("--reading", "V=1:5"), 3), ("no-name", ("--reading", "=1"), 3),
            ("reproduced", ("--reproduced", "maybe"), 2), ("part", ("--part", "a b"), 3),
            ("part-serial", ("--part", "PN-1:x"), 3), ("empty", ("--symptom", " "), 3),
            ("control", ("--symptom", "a\x1b[2Jb"), 3), ("long", ("--symptom", "x" * 30000), 3),
            ("strike", ("--strike", "999999"), 3)):
        answer = do("bench", "log", job, *words, who="tom")
        shown(f"bench/exit/log-{name}", answer[0] == want, answer)
    shown("bench/RA2/ra-destroys-nothing", error_of(do("bench", "log", job, "--destructive",
          who="tom")) == (1, "refused", "RA2"))
    shown("bench/RA8/unauthorised", error_of(do("bench", "post", job, "--disposition", "returned",
          who="tom")) == (5, "forbidden", "RA8"))
    shown("bench/RA8/supervisor-unauthorised", do("bench", "post", job, "--disposition", "returned",
          who="chief")[0] == 5)
    shown("bench/exit/no-disposition", do("bench", "post", job, who="tina")[0] == 2)
    shown("bench/exit/disposition", do("bench", "post", job, "--disposition", "eaten", who="tina")[0] == 2)
    shown("bench/RA10/ra-has-no-interim", do("bench", "post", job, "--disposition", "returned",
          "--interim", who="tina")[0] == 1)
    code, out = one(do("bench", "post", job, "--disposition", "repaired-to-stock", who="tina"))
    shown("bench/RA8/posted", code == 0 and (out["job"], out["version"], out["next"]) == (job, 1, None)
          and out["missing"] == [], out)
    shown("bench/C2/missed", [c["state"] for c in clocks("REPAIR0001", "C2")] == ["missed"])
    shown("bench/RA1/received-again", do("rma", "list", "--serial", "REPAIR0001")[1][0]["state"] ==
          "received")
    number = do("bench", "show", job)[1][0]["rma"]
    told = {e["entity"] for e in do("audit", "show")[1] if e["what"] == "bench-post"}
    shown("bench/RA1/posted-to-rma-and-case", {"rma:" + number, "case:" + CASE} <= told, told)
    mails = [m for m in do("mail", "list")[1] if m["kind"] == "analysis"]
    shown("bench/F4/mail", len(mails) == 1 and mails[0]["to"] == "a@acme.example", mails)
    sent = do("mail", "show", mails[0]["mail"])
    shown("bench/F4/mail-text", sent[0] == 0 and "repaired-to-stock" in sent[1][0]["text"] and
          sent[1][0]["language"] == "de" and job in sent[1][0]["text"], sent)
    do("move", "REPAIR0001", "--to", "shelf:OUT")
    do("move", "REPAIR0001", "--to", "repair:RC1")
    shown("bench/C2/not-again-after-its-end", len(clocks("REPAIR0001", "C2")) == 1)
    corrections(job)


def corrections(job):
    shown("bench/RA9/not-again", error_of(do("bench", "post", job, "--disposition", "returned")) ==
          (1, "refused", "RA9"))
    shown("bench/RA9/reason", do("bench", "post", job, "--disposition", "returned", "--corrects",
                                 "1")[0] == 2)
    for version in ("2", "99"):
        shown(f"bench/RA9/no-version-{version}", error_of(do("bench", "post", job, "--disposition",
              "returned", "--corrects", version, "--reason", "x")) == (1, "refused", "RA9"))
    do("bench", "log", job, "--component", "U13")
    code, out = one(do("bench", "post", job, "--disposition", "returned", "--corrects", "1",
                       "--reason", "wrong component"))
    shown("bench/RA9/correction", code == 0 and (out["version"], out["corrects"]) == (2, 1), out)
    shown("bench/RA9/only-the-newest", error_of(do("bench", "post", job, "--disposition", "returned",
          "--corrects", "1", "--reason", "x")) == (1, "refused", "RA9"))
    versions = do("bench", "show", job)[1][0]["versions"]
    shown("bench/RA9/both-kept", [(v["version"], v["disposition"], v["reason"]) for v in versions] ==
          [(1, "repaired-to-stock", None), (2, "returned", "wrong component")], versions)
    texts = []
    for version in ("1", "2"):
        path = os.path.join(WORK, f"report-{version}.pdf")
        code, _ = do("bench", "report", job, "--version", version, "-o", path)
        text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=False)
        texts.append(text.stdout.decode())
        shown(f"bench/RA10/report-{version}", code == 0 and job in texts[-1] and "V12" in texts[-1],
              texts[-1][:300])
    shown("bench/RA9/both-printable", "U12" in texts[0] and "U13" not in texts[0] and
          "U13" in texts[1] and "wrong component" in texts[1], texts)
    shown("bench/RA10/in-their-language", "Reparaturanalyse" in texts[0], texts[0][:200])
    path = os.path.join(WORK, "8d.pdf")
    code, _ = do("bench", "report", job, "--layout", "8d", "--language", "en", "-o", path)
    text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=False,
                          text=True).stdout
    places = [text.find(f"D{n} ") for n in range(9)]
    shown("bench/RA10/8d-headings", code == 0 and -1 not in places and places == sorted(places), text)
    eight_d(job, "no power")
    shown("bench/exit/report-layout", do("bench", "report", job, "--layout", "9d", "-o", path)[0] == 2)
    shown("bench/exit/report-version", do("bench", "report", job, "--version", "9", "-o",
                                          os.path.join(WORK, "no.pdf"))[0] == 1)
    shown("bench/exit/report-file", do("bench", "report", job, "-o", "/nowhere/x.pdf")[0] == 4)


def eight_d(job, *told):
    """Nine headings in each language that a customer may have, each in its own words; D0 tells how
    it began: when, who leads it, and @told."""
    first = {}
    kept = one(do("bench", "show", job))[1]
    told += kept["started"][:10], kept["versions"][-1]["by"]
    for language in ("en", "de", "es", "ja"):
        path = os.path.join(WORK, f"8d-{language}.pdf")
        code, _ = do("bench", "report", job, "--layout", "8d", "--language", language, "-o", path)
        text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=False,
                              text=True).stdout
        heads = [re.search(rf"^\s*D{n} +(.+)$", text, re.M) for n in range(9)]
        shown(f"bench/RA10/8d-{language}", code == 0 and None not in heads and
              len({head.group(1) for head in heads}) == 9, text)
        first[language] = text[heads[0].start():heads[1].start()] if heads[0] and heads[1] else ""
        shown(f"bench/RA10/8d-{language}-D0", all(words in first[language] for words in
              told), first[language])
    shown("bench/RA10/8d-each-in-its-words", len(set(first.values())) == 4, first)


def fa():
    do("move", "REPAIR0002", "FAILURE001", "--to", "repair:RC1", at=AT)
    job = one(do("bench", "start", "REPAIR0002", "--kind", "ra", at="2026-06-05T20:00:00Z"))[1]["job"]
    shown("bench/exit/insufficient-names", do("bench", "insufficient", job, "--customer", "Joe",
                                              "--reason", "x")[0] == 2)
    code, out = one(do("bench", "insufficient", job, "--customer", "Joe", "--engineer", "Ann",
                       "--reason", "not explained", at="2026-06-10T20:00:00Z"))
    analysis = out.get("job")
    shown("bench/RA3/insufficient", code == 0 and out["kind"] == "fa" and out["follows"] == job and
          out["customer"] == "Joe" and out["due"] == "2026-06-25", out)
    shown("bench/RA3/eligible-now", do("bench", "eligible", "REPAIR0002", "--kind", "fa")[0] == 0)
    shown("bench/RA3/once", do("bench", "insufficient", job, "--customer", "J", "--engineer", "A",
                               "--reason", "x")[0] == 1)
    shown("bench/RA2/consent-first", error_of(do("bench", "log", analysis, "--destructive")) ==
          (1, "refused", "RA2"))
    shown("bench/exit/consent-date", do("bench", "consent", analysis, "--by", "Joe", "--on",
                                        "2026-02-30")[0] == 3)
    shown("bench/exit/consent-future", do("bench", "consent", analysis, "--by", "Joe", "--on",
                                          "2099-01-01")[0] == 3)
    shown("bench/exit/consent-name", do("bench", "consent", analysis, "--on", "2026-06-10")[0] == 2)
    shown("bench/RA2/consent", do("bench", "consent", analysis, "--by", "Joe", "--on", "2026-06-11",
                                  at="2026-06-12T10:00:00Z")[0] == 0)
    shown("bench/RA2/destructive", do("bench", "log", analysis, "--destructive",
                                      at="2026-06-12T11:00:00Z")[0] == 0)
    do("bench", "intake", analysis, "--present", "chassis", "--present", "psu", "--present", "fan",
       at="2026-06-12T12:00:00Z")
    code, out = one(do("bench", "post", analysis, "--disposition", "returned", "--interim",
                       at="2026-06-26T20:00:00Z"))
    shown("bench/C3/interim-sets-next", code == 0 and out["next"] == "2026-07-11" and
          out["state"] == "open", out)
    shown("bench/C3/first-missed", [c["state"] for c in clocks("REPAIR0002", "C3")] ==
          ["missed", "late"] or [c["state"] for c in clocks("REPAIR0002", "C3")][0] == "missed",
          clocks("REPAIR0002", "C3"))
    code, out = one(do("bench", "post", analysis, "--disposition", "returned", "--interim",
                       at="2026-07-11T20:00:00Z"))
    shown("bench/C3/second-interim", code == 0 and out["next"] == "2026-07-26" and
          out["version"] == 2, out)
    do("bench", "log", analysis, "--root-cause", "cracked ball", "--evidence", "x-ray",
       "--evidence-against", "no corrosion", "--corrective-action", "new underfill", "--hypothesis",
       "vibration", "--environment", "45 C", "--containment", "stock held", "--8d", "D2=what",
       at="2026-07-12T20:00:00Z")
    do("bench", "log", analysis, "--8d", "d2=how it shows", "--8d", "d0=stock blocked on day one",
       "--symptom", "smells", at="2026-07-12T21:00:00Z")
    shown("bench/RA10/8d-heading", [(e["name"], e["value"]) for e in one(
        do("bench", "show", analysis))[1]["entries"] if e["what"] == "8d" and not e["struck"]] ==
          [("D2", "how it shows"), ("D0", "stock blocked on day one")])
    for name in ("D9", "D", "D22", "2", "", "Team"):
        shown(f"bench/exit/8d-heading-{name}", do("bench", "log", analysis, "--8d", f"{name}=x",
                                                  at="2026-07-12T21:00:00Z")[0] in (2, 3))
    code, out = one(do("bench", "post", analysis, "--disposition", "scrapped",
                       at="2026-07-20T20:00:00Z"))
    shown("bench/C3/final-ends", code == 0 and out["next"] is None and out["state"] == "posted", out)
    eight_d(analysis, "stock blocked on day one", "smells", "Joe, Ann: not explained")
    states = [c["state"] for c in clocks("REPAIR0002", "C3")]
    shown("bench/C3/chain", states == ["missed", "met", "met"], states)
    shown("bench/RA10/to-fa-of-an-fa", do("bench", "post", analysis, "--disposition", "to-fa",
                                          "--corrects", "3", "--reason", "x")[0] == 1)
    code, out = one(do("bench", "start", "FAILURE001", "--kind", "fa"))
    shown("bench/RA3/flagged", code == 0 and out["kind"] == "fa" and out["due"] == "2026-06-18", out)


def photos():
    job = one(do("bench", "start", "PHOTO00001", "--kind", "ra"))[1]["job"]
    good = picture("front.png", png())
    code, out = one(do("bench", "log", job, "--photo", good, "--photo", good))
    found = [e for e in out.get("entries", []) if e["what"] == "photo"]
    shown("bench/RA10/photo", code == 0 and len(found) == 2 and found[0]["name"] == "front.png", out)
    for thumb in ((), ("--thumb",)):
        code, _ = do("bench", "attachment", found[0]["sha256"], *thumb, "-o",
                     os.path.join(WORK, "back.png"))
        shown(f"bench/RA10/photo-back{len(thumb)}", code == 0)
    huge = os.path.join(WORK, "huge.jpg")
    with open(huge, "wb") as file:
        file.truncate(300 * 1024 * 1024)
    bad = {"text": b"hello", "empty": b"", "cut": png()[:60], "svg": b"<svg onload='x()'/>",
           "html": b"<html><script>1</script>", "jpeg-head": b"\xff\xd8\xff\xe0\0\x10JFIF\0",
           "script": png(text=b"<script>alert(1)</script>"), "php": png() + b"<?php phpinfo();",
           "bomb": png()[:16] + struct.pack(">II", 60000, 60000) + png()[24:]}
    for name, path in [(k, picture(k + ".png", v)) for k, v in bad.items()] + [
            ("300-mb", huge), ("missing", "/nowhere.png"), ("folder", WORK), ("device", "/dev/zero")]:
        before = len(do("bench", "show", job)[1][0]["entries"])
        answer = do("bench", "log", job, "--symptom", "x", "--photo", path)
        shown(f"bench/exit/photo-{name}", answer[0] == 3 and
              len(do("bench", "show", job)[1][0]["entries"]) == before, answer)
    table = write("readings.csv", "name,value,low,high\nV1,1.5,1,2\nV2,2.5,1,2\n\n")
    code, out = one(do("bench", "log", job, "--readings", table))
    shown("bench/RA10/readings-file", code == 0 and
          sum(e["what"] == "reading" for e in out["entries"]) == 2, out)
    answer = do("bench", "log", job, "--readings", write("bad.csv", "V1,1\nV2,x\n"))
    shown("bench/exit/readings-line", answer[0] == 3 and "bad.csv:2:1" in
          answer[1][0]["error"]["message"], answer)
    pipe = os.path.join(WORK, "pipe.csv")
    os.mkfifo(pipe)
    for name, path in (("device", "/dev/zero"), ("pipe", pipe), ("300-mb", huge), ("folder", WORK),
                       ("missing", "/nowhere.csv"), ("no-text", write("zero.csv", "V1,1\0\n"))):
        shown(f"bench/exit/readings-{name}", do("bench", "log", job, "--readings", path)[0] == 3)
    shown("bench/RA10/check", do("check")[0] == 0)


def lists():
    rows("import", "tests", write("tests.csv", "part,test,low,high,unit\nPN-2,V5,4.75,5.25,V\n"),
         "--operator", "boss")
    code, out = one(do("bench", "log", "PHOTO00001", "--reading", "V5=5.5"))
    last = [e for e in out["entries"] if e["what"] == "reading"][-1]
    shown("bench/RA10/limits-of-product", code == 0 and last["pass"] is False and
          last["low"] == "4.75", last)
    answers = []
    for n, serial in enumerate(("SAME000001", "SAME000002", "SAME000003")):
        do("bench", "start", serial, "--kind", "ra")
        do("bench", "log", serial, "--fault", "FAN-STALL")
        answers.append(one(do("bench", "post", serial, "--disposition", "scrapped"))[1])
    shown("bench/RA3/same-fault-proposes-fa", [a["proposes_fa"] for a in answers] ==
          [False, False, True], answers)
    code, out = rows("import", "faults", write("faults.csv", "fault,parent,description\nPSU,,Power\n"
                     "PSU-FUSE,PSU,Fuse\nX,X,self\n"), "--operator", "boss")
    shown("bench/RA10/import-faults", code == 3 and out[-1]["added"] == 2, out)
    text = run("export", "faults", "--operator", "boss")[1]
    shown("bench/RA10/export-faults", "PSU-FUSE,PSU,Fuse" in text, text)
    shown("bench/exit/unknown-fault", do("bench", "log", "PHOTO00001", "--fault", "NOPE")[0] == 3)
    shown("bench/RA10/known-fault", do("bench", "log", "PHOTO00001", "--fault", "PSU-FUSE")[0] == 0)
    rows("import", "dispositions", write("d.csv", "disposition,description\nloaned,Out on loan\n"),
         "--operator", "boss")
    shown("bench/RA10/own-disposition", do("bench", "post", "PHOTO00001", "--disposition",
                                           "loaned")[0] == 0)


def listing():
    code, out = do("bench", "list", "--state", "open")
    dues = [r["due"] or "9999" for r in out]
    shown("bench/RA1/queue-by-date", code == 0 and out and dues == sorted(dues), dues)
    code, out = do("bench", "list", "--state", "open", "--mine", who="tina")
    shown("bench/RA1/mine", code == 0 and {r["technician"] for r in out} == {"tina"}, out)
    code, out = do("bench", "list", "--kind", "fa")
    shown("bench/RA1/kind", code == 0 and {r["kind"] for r in out} == {"fa"}, out)
    first = do("bench", "list", "--state", "posted", "--limit", "2")[1]
    rest = do("bench", "list", "--state", "posted", "--after", first[-1]["job"])[1]
    whole = [r["job"] for r in do("bench", "list", "--state", "posted")[1]]
    shown("bench/RA1/pages", [r["job"] for r in first + rest] == whole, first, rest, whole)
    waiting = [r["serial"] for r in do("bench", "list", "--state", "waiting")[1]]
    shown("bench/RA4/waiting", "CUSTODY001" in waiting and "REPAIR0002" not in waiting, waiting)
    shown("bench/exit/state", do("bench", "list", "--state", "odd")[0] == 2)
    shown("bench/exit/verb", do("bench", "fly")[0] == 2)
    shown("bench/exit/no-job", do("bench", "show", "J99999999")[0] == 1)
    shown("bench/exit/bad-job", do("bench", "show", "\u202e")[0] == 3)


def clock_change():
    # clocks go back on 1 November 2026 in San Jose: 30 days are 30 dates all the same (C7)
    do("move", "DST0000001", "--to", "repair:RC1", at="2026-10-15T06:30:00Z")
    shown("bench/C2/across-summer-time", [c["due"] for c in clocks("DST0000001", "C2")] ==
          ["2026-11-13"], clocks("DST0000001", "C2"))
    do("bench", "start", "DST0000001", "--kind", "ra", at="2026-10-15T07:30:00Z")
    do("bench", "post", "DST0000001", "--disposition", "no-fault-found", at="2026-11-14T07:59:00Z")
    shown("bench/C2/standard-midnight", [c["state"] for c in clocks("DST0000001", "C2")] == ["met"],
          clocks("DST0000001", "C2"))


def replacement():
    number = "R0000000100"
    shown("bench/RA10/replacement", do("rma", "replacement", number, "--unit", "new0000001",
                                       who="csr")[0] == 0)
    for name, words, code in (("itself", ("--unit", "CUSTODY001"), 1), ("line", ("--unit", "NEW0000001", "--line", "9"), 1),
                              ("bad", ("--unit", "x"), 3), ("none", (), 2)):
        shown(f"bench/exit/replacement-{name}", do("rma", "replacement", number, *words)[0] == code)


def rma_of(serial):
    return f"R{100 + list(UNITS).index(serial):010}"


def closing(serial):
    answer = do("rma", "close", rma_of(serial), "--reason", "done", who="csr")
    return answer[0], answer[1][-1].get("error", {}).get("message", "")


def back():
    """A unit leaves the bench: home with slip and label, or to stock."""
    one_of = "BACK000001"
    job = one(do("bench", "start", one_of, "--kind", "ra", who="tina"))[1]["job"]
    do("move", one_of, "--to", "bench:7")
    shown("bench/RA1/not-back-while-open", error_of(do("bench", "return", one_of)) ==
          (1, "refused", "RA1"))
    do("bench", "post", job, "--disposition", "no-fault-found", who="tina")
    told = closing(one_of)
    shown("bench/RA10/close-asks-for-the-unit", told[0] == 1 and "neither gone back nor to stock, it "
          "is at bench:7" in told[1], told)
    shown("bench/RA10/owed", "bench:7" in do("rma", "show", rma_of(one_of))[1][0]["owed"][0])
    shown("bench/exit/return-where", do("bench", "return", job, "--to", "moon")[0] == 2)
    shown("bench/exit/return-nothing", do("bench", "return")[0] == 2)
    shown("bench/exit/return-receiver", do("bench", "return", job, who="rex")[0] == 5)
    code, out = one(do("bench", "return", job, "--carrier", "UPS", "--tracking",
                       "1Z999AA10123456784", who="tina"))
    shown("bench/RA10/goes-back", code == 0 and out["location"] == "customer" and out["owed"] == []
          and out["labels"] == ["return-slip-a4", "return-to-customer-4x6"], out)
    life = do("unit", "show", one_of)[1][0]
    shown("bench/RA4/is-with-the-customer", life["location"] == "customer", life["location"])
    shown("bench/C4/met", [c["state"] for c in clocks(one_of, "C4")] in (["met"], ["missed"]),
          clocks(one_of, "C4"))
    shown("bench/RA10/back-once", error_of(do("bench", "return", job)) == (1, "refused", "RA4"))
    queued = [q["template"] for q in do("print", "queue")[1] if q["rma"] == rma_of(one_of)]
    shown("bench/RA10/papers-wait", {"return-slip-a4", "return-to-customer-4x6"} <= set(queued),
          queued)
    for paper in ("return-slip-a4", "return-to-customer-4x6"):
        path = os.path.join(WORK, paper + ".pdf")
        code, out, err = run("label", job, "--template", paper, "-o", path, "--operator", "boss")
        read = [r.get("text", "") for r in rows("scan", path)[1]]
        shown(f"bench/RA10/{paper}", code == 0 and rma_of(one_of) in read and
              any("S=" + one_of in text for text in read), err, read)
    shown("bench/RA10/then-closes", closing(one_of)[0] == 0)
    jobs = do("unit", "show", one_of)[1][0]["jobs"]
    shown("bench/RA10/unit-show-jobs", [(j["job"], j["kind"], j["state"], j["disposition"])
          for j in jobs] == [(job, "ra", "posted", "no-fault-found")] and jobs[0]["started"] and
          jobs[0]["posted"], jobs)


def to_stock():
    job = one(do("bench", "start", "BACK000002", "--kind", "ra", who="tina"))[1]["job"]
    do("bench", "post", job, "--disposition", "repaired-to-stock", who="tina")
    code, out = one(do("bench", "return", job, who="tina"))
    shown("bench/RA10/to-stock", code == 0 and out["location"] == "stock" and out["labels"] == [] and
          len(out["owed"]) == 1 and "C4" in out["owed"][0], out)
    shown("bench/C4/customer-has-nothing", [c["state"] for c in clocks("BACK000002", "C4")][0]
          not in ("met", "missed") and closing("BACK000002")[0] == 1)
    do("rma", "replacement", rma_of("BACK000002"), "--unit", "NEW0000002", who="csr")
    line = do("rma", "show", rma_of("BACK000002"))[1][0]
    shown("bench/RA10/both-serials", (line["lines"][0]["serial"], line["lines"][0]["replacement"]) ==
          ("BACK000002", "NEW0000002") and line["owed"] == [], line)
    shown("bench/RA10/one-unit-each", error_of(do("bench", "return", job, "--to", "customer")) ==
          (1, "refused", "R2"))
    shown("bench/C4/replaced-then-closes", closing("BACK000002")[0] == 0)
    job = one(do("bench", "start", "BACK000003", "--kind", "ra", who="tina"))[1]["job"]
    do("bench", "post", job, "--disposition", "scrapped", who="tina")
    shown("bench/RA10/scrap-does-not-go-back", error_of(do("bench", "return", job)) ==
          (1, "refused", "RA10"))
    do("move", "BACK000003", "--to", "scrap")
    shown("bench/RA10/scrapped-is-owed", "replacement" in closing("BACK000003")[1])


def milestone():
    do("move", "BACK000004", "--to", "repair:RC1", at=AT)
    do("bench", "start", "BACK000004", "--kind", "fa", at=AT)
    code, out = one(do("bench", "finding", "BACK000004", "--symptom", "hot", at=AT))
    shown("bench/RA10/finding", code == 0 and out["symptom"] == "hot", out)
    code, out = one(do("bench", "milestone", "BACK000004", "--disposition", "returned", at=AT))
    shown("bench/C3/milestone", code == 0 and out["interim"] and out["next"] == "2026-06-18", out)
    shown("bench/exit/milestone", do("bench", "milestone", "BACK000004")[0] == 2)


def void():
    receipt = do("unit", "show", "PALLET0001")[1][0]["receipts"][0]["receipt"]
    shown("bench/RA4/no-void-of-what-is-there", do("void", receipt, "--reason", "x")[0] == 1)


def mails():
    """F4: the customer's mail carries the version's report, in the customer's language."""
    box = os.path.join(WORK, "maildir")
    sent = do("mail", "send", "--maildir", box)
    shown("bench/F4/sent", sent[0] == 0, sent)
    reports = {}
    for name in os.listdir(os.path.join(box, "new")):
        with open(os.path.join(box, "new", name), "rb") as file:
            message = email.message_from_binary_file(file, policy=email.policy.default)
        for part in message.iter_attachments():
            if part.get_filename().startswith("J"):
                reports[part.get_filename()] = (message["Subject"], part.get_content())
    job = one(do("bench", "show", "REPAIR0001"))[1]["job"]
    texts = []
    for version in (1, 2):
        subject, pdf = reports.get(f"{job}-{version}.pdf", ("", b""))
        path = picture(f"mailed-{version}.pdf", pdf)
        texts.append(subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True,
                                    check=False, text=True).stdout)
        shown(f"bench/F4/report-{version}", "RA-Ergebnis" in subject and job in texts[-1] and
              "Reparaturanalyse" in texts[-1], subject, texts[-1], list(reports))
    shown("bench/RA9/each-its-own-version", texts[0] != texts[1])


def database():
    """RA8, RA9 by hand-written statements, too."""
    statements = ("UPDATE job_post SET disposition = 'eaten'", "DELETE FROM job_post",
                  "UPDATE job_entry SET value = 'x'", "DELETE FROM job_entry", "DELETE FROM blob",
                  "INSERT INTO job_post (job, version, interim, disposition, upto, at_us, operator)"
                  " VALUES ((SELECT max(job) FROM job), 77, 0, 'returned', 0, 0, 'tom')")
    for n, sql in enumerate(statements):
        if harness.ENGINE == "sqlite":
            words = ["sqlite3", harness.STORE[len("sqlite:"):], sql]
        else:
            words = ["psql", "-q", "-v", "ON_ERROR_STOP=1", harness.STORE, "-c", sql]
        done = subprocess.run(words, capture_output=True, check=False)
        shown(f"bench/{'RA8' if n == 5 else 'RA9'}/statement-{n}", done.returncode != 0 and
              (b"RA9" in done.stderr or b"RA8" in done.stderr), done.stderr)
    copy = os.path.join(WORK, "copy.db")
    shown("bench/RA9/backup", do("backup", copy)[0] == 0)
    # into a new store of SQLite, whatever the engine: what restore does on PostgreSQL the desk tests
    back = f"sqlite:{WORK}/back.db"
    shown("bench/RA9/restore", run("restore", copy, "--operator", "boss", store=back)[0] == 0)
    _, out, _ = run("--json", "bench", "list", "--operator", "boss", store=back)
    shown("bench/RA9/restored", out.count("\n") == len(do("bench", "list")[1]), out[:200])
    shown("bench/RA9/check", do("check")[0] == 0 and do("audit", "verify")[0] == 0)


fill(FILES)
receive_all()
custody()
custody_refuses()
eligible()
start()
intake()
ra()
fa()
photos()
lists()
listing()
clock_change()
replacement()
back()
to_stock()
milestone()
mails()
void()
database()
finish()
