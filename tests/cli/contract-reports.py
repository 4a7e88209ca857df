#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reports on the command line (K3, K6). Speaks TAP.

usage: contract-reports.py BACKHAULCTL
"""
import csv
import io
import os

from harness import WORK, finish, rows, run, shown, write

FILES = {
    "accounts": "account,name,country,language,email\nACME,=1+1,US,en,a@acme.example\n"
                "BLUE,Blue,DE,de,b@blue.example\n",
    "destinations": "destination,name,address,city,postal_code,country,time_zone,calendar,"
                    "contract_manufacturer\n"
                    "SJC,San Jose,1 Road,San Jose,95110,US,America/Los_Angeles,,Flex\n",
    "products": "part,description,platform,list_price,currency,first_shipment,end_of_life,"
                "end_of_service,third_party,components\nPN-1,Router,MX,100,USD,2020-01-01,,,no,\n",
    "rmas": "rma,case,priority,account,site,contact,reference,serial,part,flag,destination,"
            "created,confirmed\n"
            "R0000000001,2026-1001-000001,P2,ACME,,Joe,,REPORT0001,PN-1,,SJC,"
            "2026-10-05T12:00:00-07:00,2026-10-05T12:00:00-07:00\n"
            "R0000000002,2026-1001-000002,P2,BLUE,,Joe,,REPORT0002,PN-1,,SJC,"
            "2026-10-05T12:00:00-07:00,2026-10-05T12:00:00-07:00\n",
}


def fill():
    run("init")
    for kind, text in FILES.items():
        code, out, err = run("import", kind, write(kind + ".csv", text))
        shown(f"reports/import-{kind}", code == 0, out, err)
    run("chase", "--on", "2026-10-20")


def read_csv(text):
    return list(csv.reader(io.StringIO(text)))


def lists():
    code, known = rows("report", "list")
    shown("reports/list", code == 0 and {"not-back", "reminders", "turn-round", "dock-days",
                                         "tl9000", "ages", "on-time", "repair-on-time",
                                         "faults", "first-pass", "no-fault-found"} <=
          {row["report"] for row in known}, known)
    for row in known:
        if row["report"] == "carrier-count":
            continue
        code, out, err = run("report", row["report"], "--format", "csv")
        shown(f"reports/{row['report']}/columns", code == 0 and
              read_csv(out)[0] == row["columns"], out, err)


def not_back():
    code, out = rows("report", "not-back")
    shown("K3/not-back", code == 0 and [row["serial"] for row in out] ==
          ["REPORT0001", "REPORT0002"] and all(row["return_by"] == "2026-10-19" and
                                               isinstance(row["days_late"], int) and
                                               row["last_reminder"] for row in out), out)
    code, text, _ = run("report", "not-back", "--account", "BLUE", "--format", "csv")
    shown("K3/of-one-account", code == 0 and [row[4] for row in read_csv(text)[1:]] ==
          ["REPORT0002"], text)
    _, text, _ = run("report", "not-back", "--format", "csv")
    shown("reports/formulas-neutralised", ",'=1+1," in text, text)
    path = os.path.join(WORK, "not-back.csv")
    code, out, _ = run("report", "not-back", "--format", "csv", "-o", path)
    with open(path, encoding="utf-8") as file:
        shown("reports/into-a-file", code == 0 and out == "" and file.read() == text)
    code, out, _ = run("report", "not-back")
    shown("reports/for-people", code == 0 and out.startswith("Account ") and
          "REPORT0001" in out, out)


def reminders():
    code, out = rows("report", "reminders")
    shown("K3/reminders", code == 0 and sorted(row["account"] for row in out) ==
          ["ACME", "BLUE"] and {row["kind"] for row in out} == {"overdue"} and
          {row["state"] for row in out} == {"queued"} and
          {row["rmas"] for row in out} == {"R0000000001", "R0000000002"}, out)
    code, out = rows("report", "reminders", "--from", "2026-01-01", "--to", "2026-01-02")
    shown("reports/outside-its-days", code == 0 and out == [], out)


def dock():
    run("receive", "REPORT0001", "R0000000001", "--at", "2026-10-22T22:00:00-07:00")
    code, out = rows("report", "dock-days", "--from", "2026-10-22", "--to", "2026-10-22")
    shown("reports/dock-days-of-the-dock", code == 0 and len(out) == 1 and
          out[0] == {"day": "2026-10-22", "rule": "D1", "units": 1, "accepted": 1, "held": 0,
                     "refused": 0, "late": 1, "voided": 0}, out)
    code, out = rows("report", "on-time", "--from", "2026-10-01", "--to", "2026-10-31")
    shown("C10/on-time-missed", code == 0 and [(row["kind"], row["met"], row["missed"])
                                               for row in out] == [("C1", 0, 1)], out)


def carrier():
    run("receive", "--tracking", "1Z999AA10123456784", "REPORT0002", "R0000000002", "--at",
        "2026-10-22T09:00:00-07:00")
    path = write("ups.csv", "tracking,delivered\n1Z999AA10123456784,2026-10-22\n"
                            "1Z999AA10100000001,2026-10-22\n")
    code, out = rows("report", "carrier-count", path)
    shown("reports/carrier-count", code == 0 and [row["result"] for row in out] ==
          ["both", "not-scanned", "no-number"], out)
    path = write("bad.csv", "tracking,delivered\n\"1Z,2026-10-22\n,2026-10-22\n")
    code, out, err = run("report", "carrier-count", path)
    shown("V10/hostile-list", code == 3 and f"{path}:2:1: " in err and f"{path}:3:1: " in err, err)
    code, out = rows("report", "carrier-count", path)
    shown("V10/hostile-list-json", code == 3 and
          [row["error"]["code"] for row in out if "error" in row] == ["bad-input"] * 2, out)
    shown("reports/list-from-a-pipe", run("report", "carrier-count", "-",
                                          given=b"tracking\n1Z999AA10123456784\n")[0] == 0)
    shown("reports/which-list", run("report", "carrier-count")[0] == 2)
    shown("reports/no-such-list", run("report", "carrier-count", WORK + "/none.csv")[0] == 3)
    shown("reports/takes-no-file", run("report", "ages", path)[0] == 2)


def morning():
    code, out = rows("morning", "--role", "csr")
    shown("morning/keys", code == 0 and out and
          all(set(row) >= {"figure", "count", "alarm", "text", "page", "filter", "command"}
              for row in out), out)
    shown("morning/late-by-age", {"late-5", "late-10", "late-over-10"} <=
          {row["figure"] for row in out}, out)
    code, text, _ = run("morning")
    shown("morning/for-people", code == 0 and "logistics queue" in text, text)
    shown("morning/no-such-role", run("morning", "--role", "boss")[0] == 2)
    run("import", "operators", write("operators.csv",
        "login,name,role,authorised_technician,email\nadmin,Admin,administrator,no,\n"
        "ray,Ray,receiver,no,\n"), env={"BACKHAUL_NEW_PIN": "1234"})
    code, out = rows("--operator", "ray", "morning")
    shown("V9/a-receivers-own", code == 0 and "expected-today" in
          {row["figure"] for row in out} and "claims" not in {row["figure"] for row in out}, out)
    shown("V9/not-the-supervisors",
          run("--operator", "ray", "morning", "--role", "supervisor")[0] == 5)


def charts():
    for name, magic in (("chart.pdf", b"%PDF-"), ("chart.png", b"\x89PNG")):
        path = os.path.join(WORK, name)
        code, out, err = run("report", "ages", "--chart", path)
        with open(path, "rb") as file:
            shown(f"reports/{name}", code == 0 and out == "" and file.read().startswith(magic), err)
    shown("reports/no-such-picture", run("report", "ages", "--chart", WORK + "/chart.svg")[0] == 2)
    shown("reports/chart-nowhere", run("report", "ages", "--chart", WORK + "/no/a.pdf")[0] == 4)


def faults():
    shown("reports/which", run("report")[0] == 2)
    shown("reports/no-such", run("report", "no-such")[0] == 2)
    shown("reports/no-such-format", run("report", "ages", "--format", "xls")[0] == 2)
    shown("reports/no-such-date", run("report", "dock-days", "--from", "2026-02-30")[0] == 3)
    shown("reports/about-now", run("report", "ages", "--from", "2026-02-01")[0] == 2)
    shown("reports/no-such-account", run("report", "not-back", "--account", "NOBODY")[0] == 1)
    shown("reports/no-such-folder", run("report", "ages", "-o", WORK + "/none/x.csv")[0] == 4)
    shown("stats/from-a-day", run("stats", "--from", "2026-10-22", "--to", "2026-10-22")[0] == 0)


fill()
lists()
not_back()
reminders()
dock()
carrier()
charts()
faults()
morning()
finish()
