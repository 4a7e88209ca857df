#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Clocks and calendars by CLI.md's letter (C1-C11, O2, K1). Speaks TAP.

usage: contract-clocks.py BACKHAULCTL
"""
import os

from harness import TIME, WORK, finish, rows, run, shown, write

CASE = "2026-1101-000001"
ICS = ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\n"
       "DTSTART;VALUE=DATE:20261126\r\nSUMMARY:Thanksgiving\r\nEND:VEVENT\r\n{}END:VCALENDAR\r\n")
FRIDAY = ("BEGIN:VEVENT\r\nUID:2\r\nDTSTART;VALUE=DATE:20261127\r\nSUMMARY:The day after\r\n"
          "END:VEVENT\r\n")
LEVELS = {"PLUS000001": "Core Plus", "PLUS000002": "Core Plus", "SHIP000001": "Next-Day Ship",
          "TWOHOURS01": "Same-Day 2-Hour", "DEUNIT0001": "Core Plus", "DEUNIT0002": "Next-Day Ship",
          "DEUNIT0003": "Core Plus", "ADVANCE001": "Next-Day Ship", "FACTORY001": "Core Plus"}
FILES = {
    "accounts": "account,name,country,language,email\nACME,Acme Networks,US,en,a@acme.example\n",
    "sites": "account,site,name,address,city,postal_code,country,time_zone\n"
             "ACME,HQ,Acme HQ,1 Road,SF,94000,US,America/Los_Angeles\n"
             "ACME,BN,Acme Bonn,2 Weg,Bonn,53000,DE,Europe/Berlin\n",
    "destinations": "destination,name,address,city,postal_code,country,time_zone,calendar,"
                    "contract_manufacturer\n"
                    "SJC,San Jose,1 Road,San Jose,95110,US,America/Los_Angeles,sjc,Flex\n",
    "products": "part,description,platform,list_price,currency,first_shipment,end_of_life,"
                "end_of_service,third_party,components\nPN-1,Router,MX,100.00,USD,2020-01-01,,,no,\n",
    "units": "serial,part,account,site,shipped,registered,distributor,contract,contract_level,"
             "contract_until\n" + "".join(
                 f"{serial},PN-1,ACME,HQ,2024-01-01,,,C-{serial},{level},2029-11-24\n"
                 for serial, level in LEVELS.items()),
    "rmas": "rma,case,priority,account,site,contact,reference,serial,part,flag,destination,"
            f"created,confirmed\nR0000000001,{CASE},P2,ACME,HQ,Joe,PO 1,OLD0000001,PN-1,,SJC,"
            "2026-11-16T18:00:00Z,2026-11-16T18:00:00Z\n",
}
# Monday, 16 November 2026, ten in the morning in San Jose
AT = ("--at", "2026-11-16T18:00:00Z")
CLOCK = ["kind", "state", "started", "due", "zone", "calendar", "days"]


def error_of(answer):
    code, out = answer
    error = out[0].get("error", {}) if out else {}
    return code, error.get("code"), error.get("rule")


def issue(site, *serials):
    words = [word for serial in serials for word in ("--unit", serial)]
    _, out = rows("rma", "new", "--case", CASE, "--account", "ACME", "--site", site,
                  "--destination", "SJC", *words, *AT)
    rma = out[0]["rma"]
    code, out = rows("rma", "confirm", rma, *AT)
    shown(f"clocks/N1/confirm/{serials[0]}", code == 0, out)
    return rma


def fill():
    rows("init")
    code, out = rows("calendar", "add", "sjc", write("sjc.ics", ICS.format("")))
    shown("clocks/C11/add-of-a-new-one-moves-nothing", (code, out) == (0, []), code, out)
    for kind, text in FILES.items():
        code, out = rows("import", kind, write(kind + ".csv", text))
        shown(f"clocks/import/{kind}", code == 0 and out[-1]["rejected"] == 0, out)
    return issue("HQ", "PLUS000001", "PLUS000002"), issue("HQ", "SHIP000001"), \
        issue("HQ", "TWOHOURS01")


def one(rma, line=1, kind="C1"):
    _, out = rows("clock", "show", rma, "--line", str(line))
    return [clock for clock in out if clock["kind"] == kind][-1]


def show(rma, ship, two):
    code, out = rows("clock", "show", rma)
    shown("clocks/C10/show-keys", code == 0 and len(out) == 2
          and all(key in clock for clock in out for key in CLOCK), out)
    clock = out[0]
    days = {day["date"]: day for day in clock["days"]}
    shown("clocks/C10/working", clock["due"] == "2026-12-01" and TIME.match(clock["started"])
          and clock["days"][0] == {"date": "2026-11-16", "counted": False, "why": "day 0"}
          and clock["days"][-1] == {"date": "2026-12-01", "counted": True, "why": None}
          and days["2026-11-26"] == {"date": "2026-11-26", "counted": False, "why": "Thanksgiving"}
          and days["2026-11-28"]["why"] == "Saturday" and len(days) == 16
          and sum(day["counted"] for day in clock["days"]) == 10, clock)
    shown("clocks/C7/zone-and-calendar", (clock["zone"], clock["calendar"]) ==
          ("America/Los_Angeles", "sjc"), clock)
    code, out = rows("clock", "show", rma, "--line", "2")
    shown("clocks/C10/show-of-a-line", code == 0 and [c["line"] for c in out] == [2], out)
    shown("clocks/C5/next-day", one(ship, kind="C5")["due"] == "2026-11-17T23:59:59-08:00")
    shown("clocks/C5/two-hours", one(two, kind="C5")["due"] == "2026-11-16T12:00:00-08:00")
    code, out, _ = run("clock", "show", rma)
    shown("clocks/C10/for-people", code == 0 and "2026-11-26  Thanksgiving" in out
          and "due 2026-12-01" in out, out)


def due(rma, ship, two):
    code, out = rows("due", "--on", "2026-11-16")
    keys = ["kind", "state", "due", "rma", "line", "serial", "account", "days_left"]
    shown("clocks/due/keys", code == 0 and len(out) == 7
          and all(key in row for row in out for key in keys), out)
    shown("clocks/due/soonest-first", [(row["kind"], row["rma"], row["due"]) for row in out[:2]] ==
          [("C5", two, "2026-11-16T12:00:00-08:00"), ("C5", ship, "2026-11-17T23:59:59-08:00")]
          and [row["due"] for row in out[2:]] == ["2026-12-01"] * 5, out)
    shown("clocks/C10/lights", [(on, {row["state"] for row in
                                      rows("due", "--kind", "C1", "--on", on)[1]})
                                for on in ("2026-11-25", "2026-11-27", "2026-12-01", "2026-12-02")]
          == [("2026-11-25", {"open"}), ("2026-11-27", {"amber"}), ("2026-12-01", {"amber"}),
              ("2026-12-02", {"late"})])
    # Thanksgiving is none of the clock's days
    shown("clocks/C10/days-left-in-the-clock-s-own", [
        rows("due", "--kind", "C1", "--on", on)[1][0]["days_left"]
        for on in ("2026-11-25", "2026-11-26", "2026-12-01", "2026-12-03")] == [3, 3, 0, -2])
    shown("clocks/due/exit-code", run("due", "--on", "2026-12-02", "--exit-code")[0] == 1
          and run("due", "--on", "2026-11-16", "--exit-code", "--kind", "C1")[0] == 0)
    code, out = rows("clock", "pause", rma, "--kind", "C1", "--line", "1", "--reason", "customs",
                     "--at", "2026-11-18T20:00:00Z")
    shown("clocks/C9/pause", code == 0 and len(out) == 1 and out[0]["state"] == "paused"
          and out[0]["due"] is None and out[0]["pauses"][0]["reason"] == "customs"
          and out[0]["pauses"][0]["to"] is None, out)
    code, out = rows("due", "--on", "2026-12-02")
    shown("clocks/C9/due-shows-paused-last", out[-1]["state"] == "paused" and out[-1]["due"] is None
          and out[-1]["days_left"] is None and (out[-1]["rma"], out[-1]["line"]) == (rma, 1), out)
    shown("clocks/C9/due-state-paused", len(rows("due", "--state", "paused")[1]) == 1)
    shown("clocks/C9/return-by-is-none", [line["return_by"] for line in
                                          rows("rma", "show", rma)[1][0]["lines"]] ==
          [None, "2026-12-01"])
    code, out = rows("clock", "resume", rma, "--kind", "C1", "--reason", "cleared",
                     "--at", "2026-11-20T20:00:00Z")
    # the 19th and the 20th began in the pause
    shown("clocks/C9/resume", code == 0 and one(rma)["due"] == "2026-12-03"
          and one(rma, 2)["due"] == "2026-12-01", out)
    days = {day["date"]: day["why"] for day in one(rma)["days"]}
    shown("clocks/C9/working-says-paused", (days["2026-11-18"], days["2026-11-19"],
                                            days["2026-11-20"]) == (None, "paused", "paused"), days)
    code, out = rows("extend", rma, "--line", "2", "--days", "2", "--reason", "asked")
    shown("clocks/O2/extend", code == 0 and [line["return_by"] for line in out[0]["lines"]] ==
          ["2026-12-03", "2026-12-03"], out)


def what_if():
    def asked(*words):
        return rows("clock", "what-if", "--destination", "SJC", "--from", "2026-11-24T23:30:00Z",
                    *words)
    for words, answer in (
            (("C1",), "2026-12-09"), (("C2",), "2026-12-24"), (("C3",), "2026-12-09"),
            (("C4",), "2026-12-23"), (("C1", "--extra-days", "1"), "2026-12-10"),
            (("C5", "--level", "Next-Day Ship"), "2026-11-27T23:59:59-08:00"),
            (("C5", "--level", "Same-Day 2-Hour"), "2026-11-24T17:30:00-08:00"),
            (("C6", "--priority", "P1"), "2026-11-24T16:30:00-08:00"),
            (("C6", "--priority", "P2", "--stage", "update"), "2026-11-25T23:59:59-08:00"),
            (("C6", "--priority", "P4", "--stage", "update"), "2026-12-01T23:59:59-08:00")):
        code, out = asked("--kind", *words)
        shown("clocks/K1/what-if-" + "-".join(words).replace(" ", "-"), code == 0
              and out[0]["due"] == answer and all(key in out[0] for key in CLOCK), out)
    shown("clocks/C5/no-level", asked("--kind", "C5")[0] == 2)
    shown("clocks/C5/nothing-promised", error_of(asked("--kind", "C5", "--level", "Core"))[:2] ==
          (1, "refused"))
    shown("clocks/K1/no-destination", error_of(rows(
        "clock", "what-if", "--kind", "C1", "--destination", "NOPE", "--from", "2026-01-01"))[0] == 1)
    shown("clocks/K1/no-time", rows("clock", "what-if", "--kind", "C1", "--destination", "SJC",
                                    "--from", "2026-02-30")[0] == 3)


def errors(rma):
    two = (["clock"], ["clock", "show"], ["clock", "jump", rma], ["clock", "pause", rma],
           ["clock", "pause", rma, "--kind", "C1"],
           ["clock", "pause", rma, "--kind", "C1", "--reason", " "],
           ["clock", "pause", rma, "--kind", "C9", "--reason", "x"],
           ["clock", "what-if", "--kind", "C1"], ["extend", rma, "--days", "1"],
           ["extend", rma, "--reason", "x"], ["policy"], ["policy", "set", "x"],
           ["policy", "set", "clock.c9.days", "1"], ["export-policy", "set", "DE"],
           ["export-policy", "set", "DE", "--days", "1", "--impossible"], ["calendar"],
           ["calendar", "show", "sjc", "--year", "1066"], ["calendar", "add", "x"],
           ["calendar", "business-days", "2026-01-01"], ["due", "--state", "red"])
    for words in two:
        code, out, error = run(*words)
        shown("clocks/exit-2/" + "-".join(words[:3]), code == 2 and out == "", code, out, error)
    answers = (
        (["clock", "show", "hello"], (3, "bad-input", "I1")),
        (["clock", "show", "R9999999999"], (1, "not-found", None)),
        (["clock", "pause", rma, "--kind", "C2", "--reason", "x"], (1, "refused", "C9")),
        (["clock", "resume", rma, "--kind", "C1", "--reason", "x"], (1, "refused", "C9")),
        (["clock", "pause", rma, "--kind", "C1", "--reason", "x", "--at",
          "2026-11-01T00:00:00Z"], (3, "bad-input", None)),
        (["extend", rma, "--days", "-1", "--reason", "x"], (3, "bad-input", None)),
        (["extend", "R9999999999", "--days", "1", "--reason", "x"], (1, "not-found", None)),
        (["policy", "set", "clock.c1.business-days", "0"], (3, "bad-input", None)),
        (["export-policy", "set", "Germany", "--days", "1"], (3, "bad-input", None)),
        (["export-policy", "remove", "FR"], (1, "not-found", None)),
        (["calendar", "show", "nope"], (1, "not-found", None)),
        (["calendar", "add", "x", "/nowhere.ics"], (3, "bad-input", None)),
        (["calendar", "business-days", "2026-02-30", "1"], (3, "bad-input", None)),
        (["calendar", "business-days", "2026-01-01", "0"], (3, "bad-input", None)),
        (["calendar", "business-days", "2026-01-01", "1", "--calendar", "nope"],
         (1, "not-found", None)))
    for words, expected in answers:
        got = error_of(rows(*words))
        shown("clocks/error/" + "-".join(words[:3]), got == expected, words, got, expected)


def calendars(rma):
    code, out = rows("calendar", "list")
    shown("clocks/calendar/list", code == 0 and {"calendar": "sjc"} in out, out)
    code, out = rows("calendar", "show", "sjc", "--year", "2026")
    shown("clocks/calendar/show", (code, out) == (0, [
        {"calendar": "sjc", "date": "2026-11-26", "holiday": "Thanksgiving"}]), out)
    shown("clocks/calendar/another-year", rows("calendar", "show", "sjc", "--year", "2027") == (0, []))
    for text in ("", "no calendar", ICS.format("").replace("20261126", "20260229"),
                 ICS.format("").replace("END:VCALENDAR", ""),
                 ICS.format("").replace("SUMMARY", "RRULE:FREQ=SOMETIMES\r\nSUMMARY")):
        got = error_of(rows("calendar", "add", "sjc", write("bad.ics", text)))
        shown("clocks/C11/bad-calendar", got[:2] == (3, "bad-input"), text, got)
    shown("clocks/C11/bad-ones-changed-nothing", one(rma)["due"] == "2026-12-03")
    code, out = rows("calendar", "add", "sjc", write("sjc.ics", ICS.format(FRIDAY)))
    moved = sorted((row["rma"], row.get("line"), row["kind"], row["from"], row["to"]) for row in out)
    shown("clocks/C11/moved", code == 0 and moved == sorted(
        [("R0000000001", 1, "C1", "2026-12-01", "2026-12-02")]
        + [(f"R{n:010d}", line, "C1", was, now) for n, line, was, now in (
            (2, 1, "2026-12-03", "2026-12-04"), (2, 2, "2026-12-03", "2026-12-04"),
            (3, 1, "2026-12-01", "2026-12-02"), (4, 1, "2026-12-01", "2026-12-02"))]), out)
    code, out = rows("calendar", "add", "sjc", os.path.join(WORK, "sjc.ics"))
    shown("clocks/C11/twice-is-once", (code, out) == (0, []), out)
    code, out = rows("calendar", "business-days", "2026-11-24", "3", "--calendar", "sjc")
    shown("clocks/calendar/business-days", (code, out) == (0, [{"date": "2026-12-01"}]), out)
    code, out, error = run("--json", "calendar", "business-days", "-", given=(
        b"2026-11-24 1 sjc\n2026-11-24 x\n\n2028-02-28 1\nnonsense\n2026-11-24 3\n"))
    dates = [line for line in out.splitlines() if '"date"' in line]
    shown("clocks/calendar/a-bad-line-stops-nothing", code == 3 and len(dates) == 3
          and "2028-02-29" in dates[1] and "-:2:1: x: " in error and "-:5:1: nonsense: " in error,
          code, out, error)


def policies():
    code, out = rows("policy", "list")
    keys = {row["policy"]: row for row in out}
    shown("clocks/policy/list", code == 0 and keys["clock.c1.business-days"]["value"] == "10"
          and keys["clock.c1.business-days"]["rule"] == "C1", out)
    code, out = rows("policy", "set", "clock.c1.business-days", "11")
    shown("clocks/C11/policy-moves", code == 0 and len(out) == 5
          and {row["kind"] for row in out} == {"C1"}, out)
    code, out = rows("policy", "set", "clock.c1.business-days", "10")
    shown("clocks/C11/policy-moves-back", code == 0 and len(out) == 5, out)
    code, out = rows("policy", "set", "clock.c5.cut-off", "09:00")
    shown("clocks/C11/cut-off-moves-C5", code == 0 and [(r["kind"], r["from"], r["to"]) for r in out]
          == [("C5", "2026-11-17T23:59:59-08:00", "2026-11-18T23:59:59-08:00")], out)


def delivery():
    code, out = rows("policy", "set", "clock.c1.starts", "delivery")
    shown("clocks/C1/starts-moves-nothing-that-runs", (code, out) == (0, []), out)
    rma = issue("HQ", "ADVANCE001", "FACTORY001")
    lines = rows("rma", "show", rma)[1][0]["lines"]
    # what goes back to the factory has no replacement to wait for
    shown("clocks/C1/not-before-the-delivery", [line["return_by"] for line in lines] ==
          [None, "2026-12-02"] and {c["kind"] for c in rows("clock", "show", rma, "--line", "1")[1]}
          == {"C5"}, lines)
    shown("clocks/C1/not-closed-before-it-came", error_of(rows("rma", "close", rma, "--reason", "x"))
          [:2] == (1, "refused"))
    code, out = rows("rma", "delivered", rma, "--line", "1", "--at", "2026-11-18T18:00:00Z")
    shown("clocks/C1/from-the-delivery-on", code == 0 and one(rma)["due"] == "2026-12-04"
          and one(rma)["started"] == "2026-11-18T10:00:00-08:00"
          and out[0]["lines"][0]["return_by"] == "2026-12-04", out)
    shown("clocks/C5/met-by-the-delivery", one(rma, kind="C5")["state"] == "met")
    mails = [mail for mail in rows("mail", "list")[1] if mail["kind"] == "delivered"]
    shown("clocks/F4/delivered", len(mails) == 1 and mails[0]["rmas"] in (rma, [rma]), mails)
    shown("clocks/C1/delivered-once", error_of(rows("rma", "delivered", rma, "--line", "1")) ==
          (1, "refused", "C1"))
    code, out = rows("rma", "delivered", rma)
    shown("clocks/C1/the-others", code == 0 and one(rma, 2)["due"] == "2026-12-02", out)
    shown("clocks/C1/no-such-line", rows("rma", "delivered", rma, "--line", "9")[0] == 1)
    shown("clocks/exit-2/delivered", run("rma", "delivered")[0] == 2)
    rows("policy", "set", "clock.c1.starts", "confirmation")


def export(plus):
    german = issue("BN", "DEUNIT0001", "DEUNIT0003")
    code, out = rows("export-policy", "set", "DE", "--days", "5", "--note", "licence")
    shown("clocks/C8/days", code == 0 and sorted((r["rma"], r["line"], r["from"], r["to"])
                                                 for r in out) ==
          [(german, 1, "2026-12-02", "2026-12-09"), (german, 2, "2026-12-02", "2026-12-09")], out)
    shown("clocks/C8/list", rows("export-policy", "list")[1] == [
        {"country": "DE", "days": 5, "possible": True, "note": "licence"}])
    shown("clocks/C8/shown", one(german)["export_days"] == 5)
    code, out = rows("clock", "what-if", "--kind", "C1", "--destination", "SJC", "--from",
                     "2026-11-16T18:00:00Z", "--country", "DE")
    shown("clocks/C8/what-if", code == 0 and out[0]["due"] == "2026-12-09", out)
    paper = write("certificate.txt", "destroyed, signed\n")
    destroy = ("rma", "destroy", german, "--certificate", paper, "--reason", "no export")
    shown("clocks/C8/destroy-where-export-is-possible", error_of(rows(*destroy)) ==
          (1, "refused", "C8"))
    code, out = rows("export-policy", "set", "DE", "--impossible")
    shown("clocks/C8/impossible", code == 0 and {row["to"] for row in out} == {None}
          and len(out) == 2, out)
    shown("clocks/C8/no-return-is-expected", one(german)["state"] == "void"
          and rows("rma", "show", german)[1][0]["return_by"] is None)
    return german, destroy, paper


def certificates(german, destroy, paper, plus):
    got = error_of(rows("rma", "close", german, "--reason", "done"))
    shown("clocks/C8/not-closed-without-a-certificate", got[:2] == (1, "refused"), got)
    for words in (destroy[:3], destroy[:-2], (*destroy[:-1], " "), (*destroy, "--line", "-1")):
        shown("clocks/exit-2/destroy", run(*words)[0] == 2, words)
    shown("clocks/C8/empty-file", rows(*destroy[:3], "--certificate", write("empty", ""), "--reason",
                                       "x")[0] == 3)
    shown("clocks/C8/no-file", rows(*destroy[:3], "--certificate", "/nowhere", "--reason", "x")[0]
          == 3)
    shown("clocks/C8/no-line", error_of(rows(*destroy, "--line", "7"))[1] == "not-found")
    code, out = rows(*destroy, "--line", "2")
    shown("clocks/C8/destroy-a-line", code == 0 and out[0]["state"] == "open"
          and [line["state"] for line in out[0]["lines"]] == ["awaited", "closed"]
          and out[0]["certificates"][0]["lines"] == [2], out)
    shown("clocks/C8/once", error_of(rows(*destroy, "--line", "2")) == (1, "refused", "C8"))
    code, out = rows(*destroy)
    kept = out[0]["certificates"]
    shown("clocks/C8/destroy-the-rest-closes", code == 0 and (out[0]["status"], out[0]["state"]) ==
          ("closed", "closed") and [one["lines"] for one in kept] == [[2], [1]]
          and kept[1]["document"] == "certificate.txt" and len(kept[1]["sha256"]) == 64, out)
    copy = os.path.join(WORK, "copy")
    code, _, error = run("rma", "certificate", kept[1]["certificate"], "-o", copy)
    with open(paper, "rb") as given, open(copy, "rb") as back:
        shown("clocks/C8/the-document-is-kept", code == 0 and given.read() == back.read(), error)
    shown("clocks/C8/no-such-certificate", run("rma", "certificate", "x", "-o", copy)[0] == 1)
    _, out, _ = run("rma", "show", german)
    shown("clocks/C8/show-tells", "certificate.txt" in out and "Destroyed DEUNIT0001" in out, out)
    code, out = rows("receive", german, "DEUNIT0001")
    shown("clocks/C8/one-that-comes-all-the-same-is-held", out[0]["rule"] == "D6", out)
    # a replacement is owed still: the RMA stays open until it went out
    owed = issue("BN", "DEUNIT0002")
    code, out = rows("rma", "destroy", owed, "--certificate", paper, "--reason", "no export")
    shown("clocks/C8/C5-goes-on", code == 0 and out[0]["status"] == "open"
          and [(c["kind"], c["state"] in ("open", "amber", "late")) for c in out[0]["clocks"]] ==
          [("C5", True)], out)
    code, out = rows("rma", "close", owed, "--reason", "replacement sent")
    shown("clocks/C8/closed-when-it-went-out", code == 0 and out[0]["status"] == "closed", out)
    rows("receive", plus, "PLUS000001", "--at", "2026-11-25T18:00:00Z")
    rows("export-policy", "set", "US", "--impossible")
    got = error_of(rows("rma", "destroy", plus, "--line", "1", "--certificate", paper, "--reason",
                        "x"))
    shown("clocks/C8/not-for-a-received-line", got == (1, "refused", "C8"), got)
    code, out = rows("rma", "destroy", plus, "--certificate", paper, "--reason", "x", "--at",
                     "2026-11-26T18:00:00Z")
    shown("clocks/C8/the-others-of-it", code == 0 and out[0]["state"] == "received"
          and [line["state"] for line in out[0]["lines"]] == ["received", "closed"], out)
    code, _, error = run("check")
    shown("clocks/check", code == 0, error)
    shown("clocks/F6/audit-verify", run("audit", "verify")[0] == 0)


def main():
    plus, ship, two = fill()
    show(plus, ship, two)
    due(plus, ship, two)
    what_if()
    errors(plus)
    calendars(plus)
    policies()
    delivery()
    german, destroy, paper = export(plus)
    certificates(german, destroy, paper, plus)


main()
finish()
