#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a hostile or careless stranger gives the life of an RMA: records that contradict
themselves, days at the edge, zones and calendars that are none, customers without an address, and
two people who do the same thing at once. Speaks TAP.

usage: contract-bad-input.py BACKHAULCTL
"""
import json
import os
import subprocess
import threading
import time

from harness import CTL, STORE, WORK, error_of, fill, finish, rows, run, shown, write

CASE = "2024-0201-000001"
HOLIDAYS = ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\n"
            "DTSTART;VALUE=DATE:20200229\r\nRRULE:FREQ=YEARLY\r\nSUMMARY:Leap day\r\nEND:VEVENT\r\n"
            "END:VCALENDAR\r\n")
UNITS = (  # serial, shipped, registered, distributor, contract, level, until
    ("ENDSTODAY1", "2020-01-01,,,C-1,Next-Day Ship,2024-02-29"),
    ("ENDEDYDAY1", "2020-01-01,,,C-2,Next-Day Ship,2024-02-28"),
    ("LEAPWARR01", "2023-02-28,2023-02-28,,,,"),
    ("LEAPSHIP01", "2020-02-29,2020-02-29,,,,"),
    ("BEFORESHIP", "2023-06-01,2023-05-01,,,,"),
    ("CONBEFORE1", "2023-06-01,,,C-3,Core Plus,2023-01-01"),
    ("HALFCON001", "2020-01-01,,,C-4,,2030-01-01"),
    ("NOUNTIL001", "2020-01-01,,,C-5,Core Plus,"),
    ("FUTURE0001", "2024-06-01,2024-06-01,,,,"),
    ("GOODUNIT01", "2020-01-01,,,C-6,Core Plus,2030-01-01"),
)
HEAD = ("serial,part,account,site,shipped,registered,distributor,contract,contract_level,"
        "contract_until\n")
RMAS = ("rma,case,priority,account,site,contact,reference,serial,part,flag,destination,created,"
        "confirmed\n")
FILES = {
    "accounts": "account,name,country,language,email\nACME,Acme Networks,US,en,a@acme.example\n"
                "MUTE,Mute Networks,US,en,\n",
    "calendars": "",
    "sites": "account,site,name,address,city,postal_code,country,time_zone\n"
             "ACME,HQ,Acme HQ,1 Road,SF,94000,US,America/Los_Angeles\n"
             "MUTE,HQ,Mute HQ,1 Road,SF,94000,US,America/Los_Angeles\n",
    "destinations": "destination,name,address,city,postal_code,country,time_zone,calendar,"
                    "contract_manufacturer\nSJC,San Jose,1 Road,San Jose,95110,US,"
                    "America/Los_Angeles,leap,Flex\n",
    "products": "part,description,platform,list_price,currency,first_shipment,end_of_life,"
                "end_of_service,third_party,components\nPN-1,Router,MX,100.00,USD,2020-01-01,,,no,\n",
    "units": HEAD + "".join(f"{serial},PN-1,ACME,,{rest}\n" for serial, rest in UNITS),
}
NOON = "2024-02-29T20:00:00Z"  # at noon of the leap day in San Jose


def begin():
    rows("init")
    code, out = rows("calendar", "add", "leap", write("leap.ics", HOLIDAYS))
    shown("bad-input/begin", code == 0, out)
    del FILES["calendars"]
    fill(FILES)


def check(serial, on):
    code, out = rows("rma", "check", serial, "--on", on)
    cover = out[0]["coverage"]
    return code, cover["kind"], cover["until"], cover["doubt"] or ""


def coverage():
    for name, serial, on, kind, until, doubt in (
            ("contract-ends-today", "ENDSTODAY1", "2024-02-29", "contract", "2024-02-29", ""),
            ("contract-ended-yesterday", "ENDEDYDAY1", "2024-02-29", "none", "2024-02-28", ""),
            ("warranty-ends-before-a-leap-day", "LEAPWARR01", "2024-02-27", "warranty",
             "2024-02-27", ""),
            ("warranty-does-not-reach-the-leap-day", "LEAPWARR01", "2024-02-29", "none",
             "2024-02-27", ""),
            ("warranty-from-a-leap-day", "LEAPSHIP01", "2021-02-27", "warranty", "2021-02-27", ""),
            ("warranty-from-a-leap-day-is-over", "LEAPSHIP01", "2021-02-28", "none",
             "2021-02-27", ""),
            ("registered-before-it-was-shipped", "BEFORESHIP", "2023-12-01", "warranty",
             "2024-05-31", "before it was shipped"),
            ("contract-over-before-it-was-shipped", "CONBEFORE1", "2022-12-31", "none", None,
             "before the unit was shipped"),
            ("contract-without-a-level", "HALFCON001", "2024-02-29", "none", None, "has no level"),
            ("contract-without-an-end", "NOUNTIL001", "2024-02-29", "none", None,
             "has no end date"),
            ("shipped-in-the-future", "FUTURE0001", "2024-02-29", "none", None, "")):
        got = check(serial, on)
        shown(f"bad-input/N2/{name}", got[1:3] == (kind, until) and doubt in got[3]
              and got[0] == (0 if kind in ("contract", "warranty") else 1), got)
    # two contracts of one unit: in one file both rows cannot be right, in two the later one is
    both = write("both.csv", HEAD + "GOODUNIT01,PN-1,ACME,,2020-01-01,,,C-7,Core Plus,2023-01-01\n"
                 "GOODUNIT01,PN-1,ACME,,2020-01-01,,,C-8,Same-Day,2031-01-01\n")
    rejects = os.path.join(WORK, "rejects.csv")
    code, out = rows("import", "units", both, "--rejects", rejects)
    with open(rejects, encoding="utf-8") as file:
        said = file.read()
    shown("bad-input/N2/two-contracts-in-one-file", code == 3 and out[-1]["rejected"] == 1
          and "on line 2 of this file already" in said, out, said)
    shown("bad-input/N2/the-first-of-them-holds", check("GOODUNIT01", "2024-02-29")[1:3] ==
          ("none", "2023-01-01"), check("GOODUNIT01", "2024-02-29"))
    code, out = rows("import", "units", write("again.csv", FILES["units"]))
    shown("bad-input/N2/the-later-file-mends-it", code == 0 and out[-1]["changed"] == 1
          and check("GOODUNIT01", "2024-02-29")[1] == "contract", out)
    for name, row in (("30-february", "2020-02-30,,,,,"), ("29-february-2023", "2023-02-29,,,,,"),
                      ("no-such-level", "2020-01-01,,,C-1,Platinum,2030-01-01"),
                      ("a-date-in-words", "2020-01-01,,,C-1,Core Plus,for ever")):
        code, out = rows("import", "units", write("bad.csv", f"{HEAD}BADUNIT001,PN-1,ACME,,{row}\n"))
        shown(f"bad-input/import/{name}", code == 3 and out[-1]["rejected"] == 1, out)


def new(serial, account="ACME", at=NOON):
    code, out = rows("rma", "new", "--case", CASE if account == "ACME" else "2024-0201-000002",
                     "--account", account, "--site", "HQ", "--destination", "SJC", "--unit", serial,
                     "--at", at)
    return out[0].get("rma") if code == 0 else out


def leap_days():
    code, out = rows("case", "new", CASE, "--account", "ACME", "--priority", "P3", "--at",
                     "2024-02-01T20:00:00Z")
    shown("bad-input/I2/case", code == 0, out)
    shown("bad-input/I2/case-of-30-february", error_of(rows(
        "case", "new", "2024-0230-000001", "--account", "ACME", "--priority", "P3"))[0] == 3)
    shown("bad-input/I2/case-of-29-february-2023", error_of(rows(
        "case", "new", "2023-0229-000001", "--account", "ACME", "--priority", "P3"))[0] == 3)
    rma = new("ENDSTODAY1")
    code, out = rows("rma", "confirm", rma, "--at", NOON)
    # Thursday 29 February is no business day there, but day 0 all the same: ten follow it
    shown("bad-input/C1/confirmed-on-the-leap-day-and-the-contract-s-last",
          code == 0 and out[0]["return_by"] == "2024-03-14", out)
    rma = new("LEAPWARR01", at="2024-02-15T20:00:00Z")
    code, out = rows("rma", "confirm", rma, "--at", "2024-02-15T20:00:00Z")
    shown("bad-input/C1/over-the-leap-day", code == 0 and out[0]["return_by"] == "2024-03-01", out)
    # one second past midnight in San Jose the contract is over, though it is the day before there
    rma = new("ENDEDYDAY1", at="2024-02-29T07:59:59Z")
    code, out = rows("rma", "confirm", rma, "--at", "2024-02-29T08:00:00Z")
    shown("bad-input/N2/over-at-midnight-of-the-destination",
          error_of((code, out)) == (1, "no-coverage", "N2"), out)
    code, out = rows("rma", "confirm", rma, "--at", "2024-02-29T07:59:59Z")
    shown("bad-input/N2/covered-the-second-before", code == 0, out)
    code, out = rows("clock", "what-if", "--kind", "C2", "--destination", "SJC", "--from",
                     "2024-01-30T20:00:00Z")
    shown("bad-input/C2/due-on-the-leap-day", code == 0 and out[0]["due"] == "2024-02-29", out)
    code, out = rows("clock", "what-if", "--kind", "C1", "--destination", "SJC", "--from",
                     "2023-02-29T20:00:00Z")
    shown("bad-input/C1/from-29-february-2023", code == 3, out)
    shown("bad-input/due/on-30-february", rows("due", "--on", "2024-02-30")[0] in (2, 3))
    shown("bad-input/due/on-the-leap-day", rows("due", "--on", "2024-02-29")[0] == 0)


def zones():
    head = ("destination,name,address,city,postal_code,country,time_zone,calendar,"
            "contract_manufacturer\n")
    for number, zone in enumerate(("Mars/Olympus_Mons", "America/Nowhere", "../../etc/passwd", "",
                                   "Europe/Berlin ", "europe/berlin", "CEST+1:99")):
        code, out = rows("import", "destinations", write(
            "zone.csv", f"{head}ZZ{number},Zed,1 Road,Z,1,US,{zone},,Flex\n"))
        shown(f"bad-input/C7/no-such-zone/{number}", code == 3 and out[-1]["rejected"] == 1, out)
    code, out = rows("import", "destinations", write(
        "zone.csv", f"{head}ZZZ,Zed,1 Road,Z,1,US,UTC,nowhere,Flex\n"))
    shown("bad-input/C7/no-such-calendar", code == 3, out)
    code, out = rows("clock", "what-if", "--kind", "C1", "--destination", "ZZ0", "--from", NOON)
    shown("bad-input/C7/nothing-of-them-is-there", code == 1, out)


def calendars():
    before = rows("due")
    event = "BEGIN:VEVENT\r\nUID:2\r\n{}END:VEVENT\r\nEND:VCALENDAR"
    day = "DTSTART;VALUE=DATE:20240306\r\n"
    for name, text in (
            ("broken-rule", event.format(day + "RRULE:FREQ=SOMETIMES\r\n")),
            ("rule-of-seconds", event.format(day + "RRULE:FREQ=SECONDLY\r\n")),
            ("every-day-for-ever", event.format(day + "RRULE:FREQ=DAILY\r\n")),
            ("without-a-start", event.format("SUMMARY:Some day\r\n")),
            ("begins-on-30-february", event.format("DTSTART;VALUE=DATE:20240230\r\n")),
            ("ends-before-it-begins", event.format(day + "DTEND;VALUE=DATE:20240301\r\n"))):
        path = write("bad.ics", HOLIDAYS.replace("END:VCALENDAR", text))
        began = time.monotonic()
        code, out, error = run("--json", "calendar", "add", "leap", path)
        said = json.loads(out)["error"]["message"] if code == 3 else ""
        shown(f"bad-input/C11/{name}", said.startswith("leap: no day of" if name.startswith("every")
                                                       else "leap:10: event "),
              code, out, error, time.monotonic() - began)
    for name, raw in (("latin-1", HOLIDAYS.replace("Leap", "D\xeda").encode("latin-1")),
                      ("utf-16", HOLIDAYS.encode("utf-16")), ("nothing", b""),
                      ("ten-megabytes", HOLIDAYS.encode() + b"X" * 10_000_000),
                      ("nul", HOLIDAYS.replace("Leap", "L\0eap").encode()),
                      ("no-calendar", b"<html>404</html>")):
        path = os.path.join(WORK, "raw.ics")
        with open(path, "wb") as file:
            file.write(raw)
        code, out, error = run("calendar", "add", "leap", path)
        shown(f"bad-input/C11/{name}", code == 3 and out == ""
                  and error.splitlines()[-1].startswith("backhaulctl: leap"), code, out, error)
    for name in ("../leap", "a/b", "x" * 65, "", "\x1b[2J"):
        code, out, error = run("calendar", "add", name, os.path.join(WORK, "leap.ics"))
        shown(f"bad-input/C11/named-{name.encode()[:5].hex()}", code in (2, 3) and "\x1b" not in error,
              code, out, error)
    shown("bad-input/C11/nothing-moved", rows("due") == before)


def no_address():
    rows("import", "units", write("mute.csv", HEAD + "MUTEUNIT01,PN-1,MUTE,,2020-01-01,,,C-9,"
                                  "Core Plus,2030-01-01\n"))
    rows("case", "new", "2024-0201-000002", "--account", "MUTE", "--priority", "P3", "--at", NOON)
    rma = new("MUTEUNIT01", "MUTE")
    code, out = rows("rma", "confirm", rma, "--at", NOON)
    shown("bad-input/N5/confirmed-without-an-address", code == 0 and out[0]["state"] == "open", out)
    code, out = rows("mail", "list", "--state", "failed")
    shown("bad-input/N5/its-mail-is-shown-not-lost", len(out) == 1 and out[0]["account"] == "MUTE"
          and out[0]["to"] is None and "no e-mail address" in out[0]["error"], out)
    code, out = rows("chase", "--on", "2024-03-20")
    told = [row for row in out if row["rma"] == rma]
    shown("bad-input/O1/chased-all-the-same", [row["action"] for row in told] == ["overdue"]
          and told[0]["mail"] is not None, out)
    folder = os.path.join(WORK, "maildir")
    code, out, error = run("mail", "send", "--maildir", folder)
    sent = [name for _, _, names in os.walk(folder) for name in names]
    left = [(mail["account"], mail["state"]) for mail in rows("mail", "list")[1]]
    shown("bad-input/N5/the-others-are-sent", code == 0 and len(sent) > 0
          and all(state == ("failed" if account == "MUTE" else "sent") for account, state in left),
          code, error, left)
    return rma


def at_once(*commands):
    """Each as a process of its own, all begun together."""
    gate = threading.Barrier(len(commands))
    answers = [None] * len(commands)

    def one(number, words):
        gate.wait()
        done = subprocess.run([CTL, "--store", STORE, "--json", *words], capture_output=True,
                              check=False)
        answers[number] = done.returncode, [json.loads(line)
                                            for line in done.stdout.decode().splitlines()]

    threads = [threading.Thread(target=one, args=pair) for pair in enumerate(commands)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def races():
    count = 6
    names = [f"RACE{kind}{n:05d}" for kind in "AB" for n in range(count)]
    rows("import", "units", write("race.csv", HEAD + "".join(
        f"{name},PN-1,ACME,,2020-01-01,,,C-{name},Core Plus,2030-01-01\n" for name in names)))
    wrong = []
    for name in names[:count]:
        rma = new(name)
        first, second = at_once(*[("rma", "confirm", rma)] * 2)
        codes = sorted((first[0], second[0]))
        mails = [mail for mail in rows("mail", "list")[1]
                 if rma in mail["rmas"] and mail["kind"] == "confirmation"]
        clocks = [clock["kind"] for clock in rows("clock", "show", rma)[1]]
        if codes != [0, 1] or len(mails) != 1 or clocks != ["C1"]:
            wrong.append((rma, codes, mails, clocks, first[1], second[1]))
    shown("bad-input/N1/confirmed-twice-at-once-is-once", not wrong, wrong)
    # overdue, and in the same second it comes in: either the receipt wins, or what was charged
    # is shown for credit, or held before a CSR's eyes; never both in silence
    wrong = []
    seen = set()
    rows("import", "rmas", write("overdue.csv", RMAS + "".join(
        f"R00009{n:05d},{CASE},P3,ACME,,Joe,,{name},PN-1,,SJC,2024-01-05T20:00:00Z,"
        "2024-01-05T20:00:00Z\n" for n, name in enumerate(names[count:]))))
    for n, name in enumerate(names[count:]):
        rma = f"R00009{n:05d}"
        charge, receive = at_once(("charge", rma, "--reason", "never came"), ("receive", rma, name))
        credit = [row["serial"] for row in rows("charge", "list", "--to-credit")[1]]
        verdict = receive[1][0]["verdict"] if receive[1] else None
        told = " ".join(str(row.get("message", "")) for row in receive[1])
        state = rows("rma", "show", rma)[1][0]["state"]
        seen.add((charge[0], verdict))
        if charge[0] == 0:
            fine = name in credit if verdict == "accept" else verdict == "hold" and "100.00 USD" in told
        else:
            fine = charge[0] == 1 and verdict == "accept" and state == "received" and name not in credit
        if not fine:
            wrong.append((rma, charge, receive, state, credit))
    shown("bad-input/O3/charged-and-received-at-once-is-never-both-silent", not wrong, wrong, seen)
    shown("bad-input/check", rows("check")[0] == 0)
    shown("bad-input/F6/audit-verify", rows("audit", "verify")[0] == 0)


begin()
coverage()
leap_days()
zones()
calendars()
no_address()
races()
finish()
