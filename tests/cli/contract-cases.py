#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`case new|update|close|escalate|show|list` by the letter (I2, N1, C6, F2, F5). Speaks TAP.

usage: contract-cases.py BACKHAULCTL
"""
from harness import TIME, error_of, fill, finish, rows, run, shown

CASE = "2026-1101-000777"
FILES = {
    "accounts": "account,name,country,language,email\nACME,Acme Networks,US,en,a@acme.example\n"
                "BLUE,Blue Sky,JP,ja,b@blue.example\n",
    "sites": "account,site,name,address,city,postal_code,country,time_zone\n"
             "ACME,NYC,Acme East,1 Road,New York,10001,US,America/New_York\n"
             "BLUE,TYO,Tower,2 Road,Tokyo,100,JP,Asia/Tokyo\n",
    "destinations": "destination,name,address,city,postal_code,country,time_zone,calendar,"
                    "contract_manufacturer\nSJC,San Jose,1 Road,San Jose,95110,US,"
                    "America/Los_Angeles,,Flex\n",
    "products": "part,description,platform,list_price,currency,first_shipment,end_of_life,"
                "end_of_service,third_party,components\nPN-1,Router,MX,100.00,USD,2020-01-01,,,no,\n",
    "units": "serial,part,account,site,shipped,registered,distributor,contract,contract_level,"
             "contract_until\nSERIAL9001,PN-1,ACME,NYC,2025-01-01,,,C-1,Next-Day Delivery,2030-01-01\n",
    "rmas": "rma,case,priority,account,site,contact,reference,serial,part,flag,destination,created,"
            "confirmed\n" + "".join(
                f"R{i:010d},2026-1101-{i:06d},P{i % 4 + 1},ACME,NYC,Joe,PO {i},SERIAL{i:04d},PN-1,,"
                "SJC,2026-11-10T10:00:00Z,2026-11-10T10:00:00Z\n" for i in range(1, 13)),
}


def new():
    shown("cases/new/no-account", rows("case", "new", CASE, "--priority", "P1")[0] == 2)
    shown("cases/new/no-number", rows("case", "new")[0] == 2)
    shown("cases/no-word", rows("case")[0] == 2 and rows("case", "hat", CASE)[0] == 2)
    shown("cases/new/no-such-priority", rows("case", "new", CASE, "--account", "ACME",
                                             "--priority", "P7")[0] == 2)
    answer = rows("case", "new", "2026-1301-000777", "--account", "ACME", "--site", "NYC",
                  "--priority", "P1")
    shown("cases/new/I2-no-such-date", error_of(answer) == (3, "bad-input", "I2"), answer)
    answer = rows("case", "new", CASE, "--account", "ACME", "--site", "TYO", "--priority", "P1")
    shown("cases/new/no-such-site", error_of(answer)[:2] == (1, "not-found"), answer)
    code, out = rows("case", "new", "20261101000777#", "--account", "ACME", "--site", "NYC",
                     "--priority", "P1", "--contact", "Ann", "--platform", "MX",
                     "--at", "2026-11-20T10:00:00Z")
    one = out[0]
    shown("cases/new", code == 0 and (one["case"], one["status"], one["priority"], one["account"],
                                      one["site"], one["site_name"], one["contact"],
                                      one["platform"]) ==
          (CASE, "open", "P1", "ACME", "NYC", "Acme East", "Ann", "MX")
          and TIME.match(one["opened"]) is not None, out)
    clock = one["clocks"][0]
    shown("cases/new/C6-response", (clock["kind"], clock["stage"], clock["due"]) ==
          ("C6", "response", "2026-11-20T06:00:00-05:00"), one["clocks"])
    answer = rows("case", "new", CASE, "--account", "ACME", "--site", "NYC", "--priority", "P1")
    shown("cases/new/twice", error_of(answer) == (1, "refused", "I2"), answer)
    code, out = rows("due", "--kind", "C6", "--on", "2026-11-20")
    shown("cases/due/C6", code == 0 and [r["case"] for r in out] == [CASE]
          and TIME.match(out[0]["due"]) is not None, out)


def update():
    code, out = rows("case", "update", CASE, "--message", "on it", "--at", "2026-11-20T10:30:00Z")
    states = [(c["stage"], c["state"]) for c in out[0]["clocks"]]
    shown("cases/update/C6", code == 0 and states[0] == ("response", "met")
          and states[1][0] == "update" and out[0]["clocks"][1]["due"].startswith(
              "2026-11-20T09:30:00"), out[0]["clocks"])
    shown("cases/update/modified", out[0]["modified"] == "2026-11-20T05:30:00-05:00", out)
    code, out = rows("case", "update", CASE, "--at", "2026-11-20T16:00:00Z")
    shown("cases/update/without-words", code == 0 and out[0]["clocks"][1]["state"] == "missed", out)
    code, out = rows("case", "update", CASE, "--priority", "P3", "--internal",
                     "--at", "2026-11-20T16:30:00Z")
    shown("cases/update/internal", code == 0 and out[0]["priority"] == "P3"
          and out[0]["clocks"][2]["state"] == "void" and len(out[0]["clocks"]) == 4, out)
    answer = rows("case", "update", CASE, "--at", "2026-11-19T16:00:00Z")
    shown("cases/update/before-the-record", error_of(answer)[:2] == (3, "bad-input"), answer)
    shown("cases/update/no-such",
          error_of(rows("case", "update", "2026-1101-999999"))[:2] == (1, "not-found"))


def escalate():
    answer = rows("case", "escalate", CASE, "--kind", "hat", "--owner", "anna")
    shown("cases/escalate/no-such-kind", error_of(answer) == (2, "usage", "F5")
          and "faster-rma-progress" in answer[1][0]["error"]["message"], answer)
    shown("cases/escalate/no-owner", rows("case", "escalate", CASE, "--kind", "rma")[0] == 2)
    code, out = rows("rma", "new", "--case", CASE, "--account", "ACME", "--site", "NYC",
                     "--destination", "SJC", "--unit", "SERIAL9001")
    rma = out[0]["rma"]
    shown("cases/rma/N1", code == 0 and out[0]["case"] == CASE and out[0]["urgency"] == 0, out)
    code, out = rows("case", "escalate", CASE, "--kind", "Faster RMA progress", "--owner", "anna",
                     "--reason", "network down")
    one = out[0]
    shown("cases/escalate/F5", code == 0 and [(e["kind"], e["owner"], e["reason"])
                                              for e in one["escalations"]] ==
          [("faster-rma-progress", "anna", "network down")]
          and TIME.match(one["escalations"][0]["at"]) is not None, out)
    shown("cases/show/linked-N1", [(r["rma"], r["urgency"], r["lines"][0]["serial"])
                                   for r in one["rmas"]] == [(rma, 2, "SERIAL9001")], one)
    code, out = rows("rma", "list", "--sort", "urgency", "--descending", "--limit", "2")
    shown("cases/rma-list/F5", out[0]["rma"] == rma and out[0]["urgency"] == 2, out)
    shown("cases/rma-show/F5", rows("rma", "show", rma)[1][0]["urgency"] == 2)
    code, out = rows("case", "show", CASE)
    shown("cases/show/history", code == 0 and [h["what"] for h in out[0]["history"]] ==
          ["open", "update", "update", "change", "rma", "escalate"], out[0]["history"])


def lists():
    code, out = rows("case", "list", "--limit", "5")
    shown("cases/list/page", code == 0 and len(out) == 6 and "next" in out[5], out[-1])
    code, more = rows("case", "list", "--limit", "50", "--after", out[5]["next"])
    shown("cases/list/next-page", [r["case"] for r in out[:5] + more] ==
          [f"2026-1101-{i:06d}" for i in range(1, 13)] + [CASE], more)
    shown("cases/list/F2", [k for k in more[-1]][:8] ==
          ["status", "case", "site_name", "site", "contact", "modified", "platform", "priority"],
          more[-1])
    shown("cases/list/all", len(rows("case", "list")[1]) == 13)
    shown("cases/list/priority", len(rows("case", "list", "--priority", "p1")[1]) == 3)
    shown("cases/list/account", rows("case", "list", "--account", "BLUE") == (0, []))
    for text, found in (("R0000000003", 1), ("serial0004", 1), ("acme", 13), ("Ann", 1),
                        ("PO", 12), ("nothing", 0)):
        code, out = rows("case", "list", "--search", text)
        shown(f"cases/list/F3-search/{text}", code == 0 and len(out) == found, len(out))
    code, out = rows("case", "list", "--sort", "modified", "--descending", "--limit", "1")
    shown("cases/list/sort", out[0]["case"] == CASE, out)
    shown("cases/list/bad-sort", rows("case", "list", "--sort", "hat")[0] == 2)
    shown("cases/list/bad-status", rows("case", "list", "--status", "hat")[0] == 2)
    shown("cases/list/bad-cursor", rows("case", "list", "--after", "junk")[0] == 3)
    code, out, _ = run("case", "list", "--search", "Ann")
    shown("cases/list/text", code == 0 and out.startswith("open") and "Acme East" in out, out)
    shown("cases/show/no-such", rows("case", "show", "2026-1101-999999")[0] == 1)
    shown("cases/show/I2", error_of(rows("case", "show", "hello")) == (3, "bad-input", "I2"))
    code, out, _ = run("case", "show", CASE)
    shown("cases/show/text", code == 0 and "network down" in out and "C6" in out, out)


def close():
    code, out = rows("case", "close", CASE, "--reason", "solved")
    shown("cases/close/C6", code == 0 and out[0]["status"] == "closed"
          and out[0]["clocks"][-1]["state"] in ("met", "missed")
          and TIME.match(out[0]["closed"]) is not None and out[0]["rmas"][0]["urgency"] == 0, out)
    answer = rows("case", "update", CASE)
    shown("cases/close/stays-so", error_of(answer) == (1, "refused", "C6"), answer)
    shown("cases/reopen/a-reason", run("case", "reopen", CASE)[0] == 2 and
          run("case", "reopen", CASE, "--reason", " ")[0] == 2)
    shown("cases/reopen/not-before-its-end", error_of(rows(
        "case", "reopen", CASE, "--reason", "x", "--at", "2020-01-01T00:00:00Z"))[0] == 3)
    code, out = rows("case", "reopen", CASE, "--reason", "it came back")
    shown("cases/reopen/C6-runs", code == 0 and out[0]["status"] == "open" and out[0]["closed"] is
          None and [c["stage"] for c in rows("clock", "show", CASE)[1] if c["state"] in
                    ("open", "amber", "late")] == ["update"], out)
    shown("cases/reopen/twice", error_of(rows("case", "reopen", CASE, "--reason", "x")) ==
          (1, "refused", "C6"))
    shown("cases/reopen/no-such", error_of(rows("case", "reopen", "2026-0101-999999", "--reason",
                                                "x"))[:2] == (1, "not-found"))
    shown("cases/reopen/closed-again", rows("case", "close", CASE)[0] == 0)
    shown("cases/list/closed", [r["case"] for r in rows("case", "list", "--status", "closed")[1]]
          == [CASE])
    shown("cases/due/none", rows("due", "--kind", "C6") == (0, []))
    shown("cases/audit", rows("audit", "verify")[0] == 0 and rows("check")[0] == 0)


fill(FILES)
new()
update()
escalate()
lists()
close()
finish()
