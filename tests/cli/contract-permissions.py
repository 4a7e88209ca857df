#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""RULES 2: every role tries every act of `backhaulctl permissions`. Who may is told another thing
than "may not", or is obeyed; who may not is told so before anything is looked at, and the store is
as it was. Speaks TAP."""
import os
import re
import sqlite3
import subprocess

from harness import CTL, ENGINE, STORE, WORK, finish, fill, rows, run, shown, write

CASE, CLOSED = "2026-1101-000001", "2026-1103-000003"
FILES = {
    "accounts": "account,name,country,language,email\nACME,Acme,US,en,a@acme.example\n",
    "sites": "account,site,name,address,city,postal_code,country,time_zone\n"
             "ACME,HQ,Acme HQ,1 Road,SF,94000,US,America/Los_Angeles\n",
    "destinations": "destination,name,address,city,postal_code,country,time_zone,calendar,"
                    "contract_manufacturer\nSJC,San Jose,1 Road,SJ,95110,US,America/Los_Angeles,,F\n",
    "products": "part,description,platform,list_price,currency,first_shipment,end_of_life,"
                "end_of_service,third_party,components\n"
                "PN-1,Router,MX,100.00,USD,2010-01-01,,,no,\n",
    "units": "serial,part,account,site,shipped,registered,distributor,contract,contract_level,"
             "contract_until\n" + "".join(
                 f"SERIAL00{n:02},PN-1,ACME,HQ,2026-06-01,2026-06-02,,,,\n" for n in range(20)),
    "rmas": "rma,case,priority,account,site,contact,reference,serial,part,flag,destination,"
            "created,confirmed\n"
            f"R0000000001,{CASE},P2,ACME,HQ,Joe,,SERIAL0001,PN-1,,SJC,2026-11-01T10:00:00Z,"
            "2026-11-01T10:00:00Z\n"
            f"R0000000002,{CASE},P2,ACME,HQ,Joe,,SERIAL0002,PN-1,,SJC,2026-11-01T10:00:00Z,\n",
}
ROLES = ("receiver", "technician", "csr", "supervisor", "administrator")
PEOPLE = "login,name,role,authorised_technician,email\n" + "".join(
    f"{role},{role},{role},no,\n" for role in reversed(ROLES)) + "extra,Extra,csr,no,\n"
NONE = "00000000-0000-4000-8000-000000000000"


def why(*words):
    return (*words, "--reason", "a test")


def acts(csv, ics, mail, backup):
    """What each act of the table is as a command; a list: several ways to the same act."""
    return {
        "read": [("rma", "list"), ("case", "list"), ("due",), ("hold", "list"), ("mail", "list"),
                 ("unit", "show", "SERIAL0001"), ("audit", "verify"), ("operator", "list"),
                 ("policy", "list"), ("stats",), ("morning",), ("printer", "list"),
                 ("calendar", "list"), ("bench", "list"), ("export", "accounts"),
                 ("rma", "check", "SERIAL0001"), ("charge", "list"), ("claim", "list")],
        "receive": [("receive", "SERIAL0009"), ("receive", "--box", NONE, "SERIAL0001")],
        "void": [why("void", NONE)],
        "import": [("import", "accounts", csv), ("import", "accounts", csv, "--dry-run")],
        "state-time": [why("rma", "cancel", "R0000009999") + ("--at", "2026-11-20T10:00:00Z"),
                       ("receive", "SERIAL0009", "--at", "2026-11-20T10:00:00Z"),
                       ("move", "SERIAL0009", "--to", "dock:a", "--at", "2026-11-20T10:00:00Z"),
                       ("bench", "start", "SERIAL0009", "--kind", "ra", "--at",
                        "2026-11-20T10:00:00Z")][:2],
        "policy-set": [("policy", "set", "clock.amber-days", "2")],
        "export-policy": [("export-policy", "set", "CN", "--days", "5"),
                          ("export-policy", "remove", "CN")],
        "mail-set": [("mail", "set", "from", "desk@vendor.example")],
        "backup": [("backup", backup)],
        "restore": [("restore", backup + ".none")],
        "calendar-add": [("calendar", "add", "SITE", ics)],
        "case-new": [("case", "new", CLOSED, "--account", "ACME", "--site", "HQ", "--priority", "P3")],
        "case-update": [("case", "update", CASE, "--message", "hello")],
        "case-close": [("case", "close", CLOSED)],
        "case-reopen": [why("case", "reopen", CLOSED)],
        "case-escalate": [("case", "escalate", CASE, "--kind", "faster-rma-progress", "--owner",
                           "csr")],
        "rma-new": [("rma", "new", "--case", CASE, "--account", "ACME", "--site", "HQ",
                     "--destination", "SJC", "--unit", "SERIAL0003")],
        "rma-edit": [("rma", "edit", "R0000000002", "--reference", "PO 1")],
        "rma-confirm": [("rma", "confirm", "R0000000002")],
        "rma-override": [why("rma", "confirm", "R0000000002", "--override")],
        "rma-flag": [("rma", "flag", "R0000000001", "--line", "1", "ra")],
        "rma-cancel": [why("rma", "cancel", "R0000009999")],
        "rma-close": [why("rma", "close", "R0000009999")],
        "rma-delivered": [("rma", "delivered", "R0000000001")],
        "rma-replacement": [("rma", "replacement", "R0000000001", "--unit", "SERIAL0008")],
        "chase": [("chase",), ("chase", "--dry-run")],
        "remind": [("chase", "R0000009999"), why("chase", "--undo", NONE)],
        "clock-pause": [why("clock", "pause", "R0000000001", "--kind", "C1")],
        "clock-resume": [why("clock", "resume", "R0000000001", "--kind", "C1")],
        "extend": [why("extend", "R0000000001", "--days", "1"),
                   why("extend", "R0000000001", "--undo")],
        "sold": [why("rma", "cancel", "R0000009999", "--purchase-order", "PO 2")],
        "claim-new": [("claim", "new", "R0000009999", "--carrier", "UPS", "--tracking", "1Z1",
                       "--delivered", "2026-11-20", "--signed-by", "Joe")],
        "claim-decide": [why("claim", "decide", NONE, "--accept"),
                         why("claim", "decide", NONE, "--undo"), why("claim", "withdraw", NONE)],
        "destroy": [why("rma", "destroy", "R0000009999", "--certificate", csv)],
        "mail-send": [("mail", "send", "--maildir", mail)],
        "mail-retry": [("mail", "retry", NONE)],
        "mail-bounce": [("mail", "bounce", REPORT)],
        "charge": [why("charge", "R0000009999"), why("charge", "R0000009999", "--undo")],
        "credit": [why("charge", "credit", "R0000009999")],
        "waive": [why("waive", "R0000009999"), why("waive", "R0000009999", "--undo")],
        "hold-resolve": [why("hold", "resolve", NONE, "--refuse"),
                         why("hold", "resolve", NONE, "--accept-swap"),
                         why("hold", "resolve", NONE, "--under-serial")],
        "operator-add": [("operator", "add", "eve", "--name", "Eve", "--role", "receiver")],
        "operator-import": [("import", "operators", os.path.join(WORK, "eve.csv"))],
        "operator-pin": [("operator", "pin", "extra")],
        "operator-change": [("operator", "change", "extra", "--name", "Xtra")],
        "operator-badge": [("operator", "badge", "extra", "-o", os.path.join(WORK, "badge.pdf")),
                           ("label", "--kind", "operator-badge", "extra", "-o",
                            os.path.join(WORK, "badge.pdf")),
                           ("operator", "badge", "extra", "--withdraw")],
        "operator-disable": [("operator", "disable", "extra")],
        "operator-enable": [("operator", "enable", "extra")],
        "operator-database": [("operator", "database", "--sql")],
        # RA4: where to is a matter of its own
        "move": [("move", "NOSUCH0001", "--to", "transit:t1")],
        "bench-start": [("bench", "start", "SERIAL0001", "--kind", "ra")],
        "bench-take": [why("bench", "take", NONE)],
        "bench-intake": [("bench", "intake", NONE, "--present", "fan")],
        "bench-log": [("bench", "log", NONE, "--symptom", "dead")],
        "bench-consent": [("bench", "consent", NONE, "--by", "Joe", "--on", "2026-11-20")],
        "bench-insufficient": [why("bench", "insufficient", NONE, "--customer", "Joe",
                                   "--engineer", "Ann")],
        "bench-post": [("bench", "post", NONE, "--disposition", "scrapped")],
        "bench-return": [("bench", "return", NONE)],
        "bench-approve": [why("bench", "start", "SERIAL0001", "--kind", "ra", "--approve")],
        "print": [("label", "R0000000001", "--to", "tcp:127.0.0.1:9")],
        "print-send": [("print", "send"), ("print", "retry", NONE), ("print", "cancel", NONE)],
        "reprint": [("label", "R0000000001", "--to", "tcp:127.0.0.1:9", "--reprint")],
        "printer-set": [("printer", "set", "any", "tcp:127.0.0.1:9")],
        "printer-unset": [("printer", "unset", "any")],
        "printer-test": [("printer", "test", "any")],
        "station-key": [why("audit", "key", "--new")],
    }


def dump():
    """All that the store holds, as text."""
    if ENGINE == "sqlite":
        with sqlite3.connect(STORE.partition(":")[2]) as store:
            return "\n".join(store.iterdump())
    done = subprocess.run(["pg_dump", "--inserts", "-d", STORE], capture_output=True, check=True,
                          text=True)
    # a number of each dump's own
    return re.sub(r"^\\(un)?restrict .*$", "", done.stdout, flags=re.MULTILINE)


REPORT = write("report.eml", "From: m@x.example\nTo: d@y.example\nMIME-Version: 1.0\n"
               "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
               "--b\nContent-Type: text/plain\n\nno\n--b\nContent-Type: message/delivery-status"
               "\n\nReporting-MTA: dns; x.example\n\nFinal-Recipient: rfc822; a@acme.example\n"
               "Action: failed\nStatus: 5.1.1\n\n--b\nContent-Type: message/rfc822\n\n"
               "Message-ID: <nosuch@y.example>\nSubject: x\n\nx\n--b--\n")
fill(FILES)
rows("import", "operators", write("people.csv", PEOPLE))
write("eve.csv", "login,name,role,authorised_technician,email\nmallory,M,csr,no,\n")
ACTS = acts(write("accounts2.csv", FILES["accounts"]),
            write("SITE.ics", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nEND:VCALENDAR\r\n"),
            os.path.join(WORK, "mail"), os.path.join(WORK, "copy"))
code, TABLE = rows("permissions")
shown("permissions/2/every-act-is-tried",
      [row["act"] for row in TABLE if row["act"] not in ACTS] == []
      and len(TABLE) == len(ACTS), set(ACTS) ^ {row["act"] for row in TABLE})
before = dump()
# first all that may not: the store is the same throughout
for row in TABLE:
    for role in ROLES:
        if role in row["roles"]:
            continue
        for n, words in enumerate(ACTS[row["act"]]):
            code, out, said = run("--operator", role, *words, env={"BACKHAUL_NEW_PIN": "4711"})
            after = dump()
            # a right to the act itself may be missing besides the one that is tried
            shown(f"permissions/2/{row['act']}/{n}/{role}-may-not",
                  code == 5 and f"the role {role} may not" in said and after == before, words, code,
                  said)
            before = after
# PINs would make everybody sign in: those acts are tried last
LATE = ("operator-add", "operator-pin", "operator-disable", "operator-enable", "restore")
for row in sorted(TABLE, key=lambda row: row["act"] in LATE):
    for role in row["roles"]:
        for n, words in enumerate(ACTS[row["act"]]):
            # PINs stay out, as nobody could go on without one: the act ends at its own refusal
            code, out, said = run("--operator", role, *words, env={"BACKHAUL_NEW_PIN": "x"})
            shown(f"permissions/2/{row['act']}/{n}/{role}-may",
                  "may not" not in said and (code != 5 or row["act"] == "bench-post"), words, code,
                  said)
# and what it is named for: the page is the print of the table
page = subprocess.run([CTL, "permissions", "--markdown"], capture_output=True, check=True).stdout
with open(os.path.join(os.environ["BH_SOURCE_ROOT"], "docs/permissions.md"), "rb") as file:
    shown("permissions/2/page-is-generated", file.read() == page, "run: backhaulctl permissions "
          "--markdown >docs/permissions.md")
finish()
