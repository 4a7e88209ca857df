#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""CLI.md by its letter, on the engine that BH_TEST_PG names, else on SQLite. Speaks TAP.

usage: contract.py BACKHAULCTL
"""
import json
import os
import re
import select
import subprocess

from harness import CTL, ENGINE, STORE, TIME, WORK, finish, place, rows, run, shown, write

RECEIVE = ["box", "unit", "verdict", "rule", "rma", "line", "serial", "part", "account", "late",
           "return_by", "destination", "labels", "message", "receipt", "at"]

FILES = {
    "accounts": "account,name,country,language,email\nACME,Acme Networks,US,en,a@acme.example\n",
    "destinations": "destination,name,address,city,postal_code,country,time_zone,calendar,"
                    "contract_manufacturer\nSJC,San Jose,1 Road,San Jose,95110,US,"
                    "America/Los_Angeles,,Flex\n",
    "products": "part,description,platform,list_price,currency,first_shipment,end_of_life,"
                "end_of_service,third_party,components\nPN-1,Router,MX,100.00,USD,2020-01-01,,,no,\n",
    "rmas": "rma,case,priority,account,site,contact,reference,serial,part,flag,destination,created,"
            "confirmed\n" + "".join(
                f"R{i:010d},2026-1101-{i:06d},P2,ACME,,Joe,PO {i},SERIAL{i:04d},PN-1,,SJC,"
                f"2026-11-10T10:00:00Z,{'' if i == 9 else '2026-11-10T10:00:00Z'}\n"
                for i in range(1, 31)),
}


def usage():
    for arguments in ([], ["nonsense"], ["receive"], ["void", "x"], ["import", "hats", "x"],
                      ["rma", "list", "--sort", "hat"], ["label", "R0000000001"],
                      ["receive", "--nonsense", "X"], ["due", "--kind", "C9"]):
        code, out, error = run(*arguments)
        shown("exit-2/" + ("-".join(arguments) or "nothing"),
              code == 2 and out == "" and error.startswith("backhaulctl: ") and error.count("\n") <= 2,
              code, out, error)
    code, out, _ = run("--json", "nonsense")
    shown("exit-2/json", code == 2 and json.loads(out)["error"]["code"] == "usage", out)
    shown("help", all(run("help", c)[0] == 0 for c in
                      ("init", "import", "receive", "rma", "due", "label", "audit", "calendar")))
    code, _, error = run("check", store=f"sqlite:{WORK}/nowhere.db")
    shown("exit-4/no-store", code == 4 and "init" in error, code, error)
    code, _, error = run("check", store="mysql://x")
    shown("exit-2/no-such-engine", code == 2, code, error)


def fill():
    code, out = rows("init")
    shown("init", code == 0 and out[0]["engine"] == ENGINE, out)
    for kind, text in FILES.items():
        code, out = rows("import", kind, write(kind + ".csv", text))
        shown(f"import/{kind}", code == 0 and out[-1]["rejected"] == 0, out)
        code, out = rows("import", kind, os.path.join(WORK, kind + ".csv"))
        shown(f"import/{kind}/twice-is-once",
              code == 0 and out[-1]["added"] == 0 and out[-1]["changed"] == 0, out)
    rejects = os.path.join(WORK, "rejects")
    code, _, error = run("import", "accounts", "-", "--rejects", rejects,
                         given=b"account,name,country,language,email\nB1,Blue,US,en,\n,,,,\n")
    shown("import/bad-rows", code == 3 and re.search(r"-:3:\d+: ", error) is not None
          and os.path.getsize(rejects) > 0, code, error)
    code, out, _ = run("export", "rmas")
    shown("export/rmas", code == 0 and out.count("\n") == 31 and out.startswith("rma,case"), out[:80])


def stream():
    """Boxes that wait go by one commit; nobody waits for a box that is not there yet."""
    with subprocess.Popen([CTL, "--store", STORE, "--json", "receive", "-"], stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as one:
        said = []
        for serial in ("SERIAL0021", "SERIAL0022"):
            # part of the next scan is there already: it is no box yet
            one.stdin.write(f"{serial}\n\nSER".encode())
            one.stdin.flush()
            waits = not select.select([one.stdout], [], [], 60)[0]
            said.append("nothing" if waits else json.loads(one.stdout.readline())["rule"])
            one.stdin.write(b"IAL0021\n\n")
            one.stdin.flush()
            said.append(json.loads(one.stdout.readline())["rule"])
        one.stdin.close()
    shown("receive/stream/D15-each-box-at-once", said == ["D2", "D8", "D2", "D8"], said)
    names = [f"NOWHERE{i:04d}" for i in range(150)]
    code, out = rows("receive", "-", given="\n\n".join(names).encode())
    shown("receive/stream/D15-many-in-order", code == 1 and [r["serial"] for r in out] == names
          and len({r["box"] for r in out}) == 150, code, len(out))
    code, out = rows("receive", "-", "--at", "2026-11-01T10:00:00Z",
                     given=b"NOWHERE9001\n\nSERIAL0023\n\nNOWHERE9002\n")
    shown("receive/stream/those-before-a-bad-one-stay", code == 3 and out[0]["rule"] == "D3"
          and out[1]["error"]["code"] == "bad-input" and len(out) == 2, code, out)


def doctor():
    """S7: what a scanner makes of the sheet"""
    well = b"BHDOCTORBQWAZYMa-_/.:;+=@#[]|&\r\n000290417365\r\nBHDOCTORD\x1dL\x1eR\r\n"
    code, out = rows("doctor", "-", given=well)
    shown("doctor/well", code == 0 and [row["finding"] for row in out] == ["well"], out)
    code, out = rows("doctor", "-", given=well.replace(b"YM", b"ZM").replace(b"AZ", b"AY")
                     .replace(b"000290", b"290"))
    shown("doctor/S7", code == 1 and [row["finding"] for row in out] ==
          ["german-layout", "zeros-lost"] and all(row["cure"] for row in out), out)
    shown("doctor/nothing", rows("doctor", "-", given=b"")[1][0]["finding"] == "missing")
    shown("doctor/binary", rows("doctor", "-", given=bytes(range(256)) * 4000)[0] == 1)
    shown("doctor/usage", rows("doctor")[0] == 2)


def receive():
    code, out = rows("receive", "R0000000001", "SERIAL0001", "--at", "2026-11-20T10:00:00Z")
    one = out[0]
    shown("receive/keys", list(one)[:2] == ["box", "unit"] and all(k in one for k in RECEIVE), one)
    shown("receive/D1", code == 0 and (one["verdict"], one["rule"], one["rma"], one["line"]) ==
          ("accept", "D1", "R0000000001", 1) and TIME.match(one["at"]) and one["late"] is False, one)
    code, out = rows("receive", "SERIAL0001")
    shown("receive/D8", code == 1 and out[0]["verdict"] == "already-received"
          and out[0]["receipt"] == one["receipt"], out)
    code, out = rows("receive", "NOTHING1234")
    shown("receive/D3", code == 1 and out[0]["verdict"] == "refuse"
          and out[0]["labels"] == ["return-to-sender-4x6"], out)
    refused = out[0]["receipt"]
    code, out = rows("receive", "-", given=b"SERIAL0002\r\n\nSERIAL0003\nR0000000003\n\n\nSERIAL0009")
    shown("receive/stream", code == 1 and [r["rule"] for r in out] == ["D2", "D1", "D3"]
          or [r["rule"] for r in out][:2] == ["D2", "D1"], out)
    stream()
    # whatever a box is called, its name is told as it was given
    name = "".join(map(chr, range(1, 128))) + "é\u202e\U0001f4e6"
    code, out = rows("receive", "NOTHING1235", "--box", name)
    shown("receive/D14-any-text-is-told", code == 1 and out[0]["box"] == name, out)
    code, out = rows("receive", "R0000000009", "SERIAL0009")
    shown("receive/D9", code == 1 and out[0]["rule"] == "D9", out)
    code, out = rows("receive", "--box", "B-1", "R0000000004")
    code2, out2 = rows("receive", "--box", "B-1", "SERIAL0004")
    shown("receive/box-goes-on", out[0]["rule"] == "D11" and code2 == 0
          and out2[0]["rule"] == "D1" and out2[0]["box"] == "B-1", out, out2)
    code, out = rows("receive", "SERIAL0005", "--at", "2026-12-24T10:00:00Z")
    shown("receive/D13-late", code == 0 and out[0]["late"] is True, out)
    code, out = rows("receive", "SERIAL0006", "--at", "2026-01-01T10:00:00Z")
    shown("receive/at-before-the-record", code == 3 and out[0]["error"]["code"] == "bad-input", out)
    code, out = rows("receive", "SERIAL0006", "--at", "tomorrow")
    shown("receive/at-is-no-time", code == 3, out)
    code, out = rows("void", one["receipt"], "--reason", "wrong box")
    shown("void/D16", code == 0 and out[0]["void"] is True, out)
    code, out = rows("void", one["receipt"], "--reason", "again")
    shown("void/twice", code == 1 and out[0]["error"]["rule"] == "D16", out)
    shown("void/no-such", rows("void", "no-such", "--reason", "x")[0] == 1)
    shown("void/no-reason", rows("void", refused)[0] == 2)
    for name, text in (("1MB", b"A" * (1 << 20)), ("control", b"\x1b[2J\x07\x00x"),
                       ("rtl", "\u202eKCATTA".encode()), ("sql", b"'; DROP TABLE receipt; --"),
                       ("bytes", b"\xff\xfe\xfd"), ("formula", b"=cmd|' /C calc'!A0")):
        code, out = rows("receive", "-", given=text + b"\nNOTHING1234\n")
        shown(f"receive/hostile/{name}", code == 1 and out[0]["rule"] == "D3", code, out)
    return refused


def lists():
    code, out = rows("rma", "list", "--limit", "10")
    shown("rma-list/page", code == 0 and len(out) == 11 and "next" in out[10], out[-1])
    code, more = rows("rma", "list", "--limit", "100", "--after", out[10]["next"])
    shown("rma-list/next-page", [r["rma"] for r in out[:10]] + [r["rma"] for r in more] ==
          [f"R{i:010d}" for i in range(1, 31)], more[:2])
    shown("rma-list/F1", [k for k in out[0] if k in ("rma", "status", "account", "case", "serial",
                                                      "part", "created")] ==
          ["rma", "status", "account", "case", "serial", "part", "created"]
          and TIME.match(out[0]["created"]), out[0])
    shown("rma-list/bad-cursor", rows("rma", "list", "--after", "junk")[0] == 3)
    code, out = rows("rma", "show", "r-0000 0000 02")
    shown("rma-show", code == 0 and out[0]["lines"][0]["state"] == "received"
          and out[0]["clocks"][0]["kind"] == "C1", out)
    shown("rma-show/no-such", rows("rma", "show", "R9999999999")[0] == 1)
    shown("rma-show/no-number", rows("rma", "show", "hello")[0] == 3)
    code, out = rows("due", "--on", "2026-11-24")
    shown("due", code == 0 and all(r["days_left"] == 0 and r["state"] == "amber" for r in out
                                   if r["kind"] == "C1"), out[:2])
    shown("due/exit-code", rows("due", "--on", "2026-12-01", "--kind", "C1", "--exit-code")[0] == 1)
    code, out = rows("calendar", "business-days", "2026-11-24", "10")
    shown("calendar/business-days", code == 0 and out == [{"date": "2026-12-08"}], out)
    code, out = rows("calendar", "business-days", "-", given=b"2026-11-24 1\n2026-11-27 1\n")
    shown("calendar/lines", [r["date"] for r in out] == ["2026-11-25", "2026-11-30"], out)
    shown("calendar/bad-date", rows("calendar", "business-days", "2026-02-30", "1")[0] == 3)
    code, out = rows("unit", "show", "SERIAL0002")
    shown("unit-show", code == 0 and len(out[0]["receipts"]) == 1, out)
    code, out = rows("stats")
    shown("stats", code == 0 and out[0]["accepted"] >= 4 and out[0]["refused"] >= 1, out)


def care(refused):
    label = os.path.join(WORK, "label.pdf")
    code, out = rows("label", "R0000000002", "-o", label)
    shown("label", code == 0 and out[0]["pages"] == 1 and out[0]["verified"], out)
    code, out = rows("label", "--verify", label)
    shown("label/verify", code == 0 and all(r["ok"] for r in out) and
          {"R0000000002"} < {r["text"] for r in out}, out)
    shown("label/of-a-refusal", rows("label", refused, "-o", label)[0] == 0)
    shown("label/no-such-rma", rows("label", "R9999999999", "-o", label)[0] == 1)
    rows("label", "R0000000007", "-o", label)
    code, out = rows("scan", label)
    shown("scan/keys", code == 0 and all(k in out[0] for k in (
        "file", "page", "index", "text", "symbology", "identifier", "polygon", "kind", "fields"))
        and {r["symbology"] for r in out} == {"CODE-128", "QR-Code"}, out)
    code, out = rows("receive", "--image", label)
    shown("receive/image", code == 0 and out[0]["rule"] == "D1"
          and out[0]["serial"] == "SERIAL0007", out)
    code, out = rows("scan", "--explain", "--effort", "fast", "--profile", "code128", label)
    shown("scan/explain", code == 0 and out[0]["step"].startswith(("zbar", "bars")), out)
    code, out = rows("scan", "--profile", "QR-Code", label)
    shown("scan/profile-leaves-out", code == 0 and {r["symbology"] for r in out} == {"QR-Code"}, out)
    code, out = rows("scan", "--profile", "Data-Matrix", label)
    shown("scan/profile-without", code == 3 and out[0]["error"]["code"] == "no-symbol", out)
    shown("scan/no-such-profile", rows("scan", "--profile", "SEMAPHORE", label)[0] == 2)
    shown("scan/no-such-effort", rows("scan", "--effort", "most", label)[0] == 2)
    code, out = rows("scan", write("no.png", "not a picture"))
    shown("scan/no-picture", code == 3 and "error" in out[0], out)
    code, out = rows("audit", "verify")
    shown("audit-verify/F6", code == 0 and out[0]["ok"] and out[0]["entries"] > 5, out)
    shown("audit-show", len(rows("audit", "show")[1]) == out[0]["entries"])
    shown("check", rows("check") == (0, [{"ok": True, "faults": 0}]))
    backup = os.path.join(WORK, "copy.bak")
    shown("backup", rows("backup", backup)[0] == 0 and os.path.getsize(backup) > 10000)
    other = f"sqlite:{WORK}/other.db"
    code = run("restore", backup, store=other)[0]
    shown("restore", code == 0 and run("check", store=other)[0] == 0)
    shown("restore/not-a-backup", run("restore", write("x", "junk"), store=other)[0] == 4)
    shown("restore/nothing-lost", run("check", store=other)[0] == 0)
    code, _, said = run("restore", os.path.join(WORK, "none.bak"), store=other)
    shown("restore/no-such-file", code == 3 and "no backup here" in said, code, said)
    # into a database that is there and empty, of this engine, and back from there
    third = place("restored")
    code, _, said = run("rma", "list", store=third)
    shown("restore/empty-is-no-store", code == 4 and "backhaulctl init" in said, said)
    code, _, said = run("restore", backup, store=third)
    shown("restore/into-an-empty-database", code == 0, said)
    shown("restore/same-rows", rows("rma", "list", store=third) == rows("rma", "list")
          and rows("audit", "verify", store=third) == rows("audit", "verify")
          and run("check", store=third)[0] == 0)
    again = os.path.join(WORK, "again.bak")
    # keys that the database makes go on behind those that came in
    code, out = rows("receive", "R0000000020", "SERIAL0020", store=third)
    shown("restore/goes-on", code == 0 and out[0]["rule"] == "D1"
          and rows("audit", "verify", store=third)[1][0]["ok"], out)
    fourth = f"sqlite:{WORK}/fourth.db"
    shown("restore/and-back", run("backup", again, store=third)[0] == 0
          and run("restore", again, store=fourth)[0] == 0
          and rows("rma", "list", store=fourth) == rows("rma", "list", store=third))
    shown("restore/not-over-data", ENGINE == "sqlite"
          or run("restore", backup, store=third)[0] == 4)


usage()
fill()
doctor()
REFUSED = receive()
lists()
care(REFUSED)
finish()
