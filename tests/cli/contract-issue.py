#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Issuing an RMA by CLI.md's letter (N1-N6, I1, I4, O4). Speaks TAP.

usage: contract-issue.py BACKHAULCTL
"""
import datetime

from harness import TIME, finish, place, rows, run, shown, write

CASE = "2026-1101-000001"
FILES = {
    "accounts": "account,name,country,language,email\nACME,Acme Networks,US,en,a@acme.example\n"
                "BLUE,Blue,DE,de,\n",
    "sites": "account,site,name,address,city,postal_code,country,time_zone\n"
             "ACME,HQ,Acme HQ,1 Road,SF,94000,US,America/Los_Angeles\n"
             "BLUE,B1,Blue One,2 Weg,Bonn,53000,DE,Europe/Berlin\n",
    "destinations": "destination,name,address,city,postal_code,country,time_zone,calendar,"
                    "contract_manufacturer\n"
                    "SJC,San Jose,1 Road,San Jose,95110,US,America/Los_Angeles,,Flex\n"
                    "SYD,Sydney,1 Road,Sydney,2000,AU,Australia/Sydney,,Flex\n",
    "products": "part,description,platform,list_price,currency,first_shipment,end_of_life,"
                "end_of_service,third_party,components\n"
                "PN-1,Router,MX,100.00,USD,2023-01-01,,,no,\n"
                "PN-3,Optic,MX,10.00,USD,2020-01-01,,,yes,\n"
                "PN-5,Switch,EX,10.00,USD,2020-02-29,2027-02-28,2027-12-31,no,\n",
    "units": "serial,part,account,site,shipped,registered,distributor,contract,contract_level,"
             "contract_until\n"
             "SAMEDAY001,PN-1,ACME,HQ,2024-01-01,,,C-1,Same-Day,2026-11-24\n"
             "COREPLUS01,PN-1,ACME,HQ,2024-01-01,,,C-2,Core Plus,2027-11-24\n"
             "COREONLY01,PN-1,ACME,HQ,2024-01-01,2024-01-02,,C-3,Core,2027-11-24\n"
             "COREWARR01,PN-1,ACME,HQ,2026-06-01,2026-06-02,,C-4,Core,2027-11-24\n"
             "WARRANTY01,PN-1,ACME,HQ,2025-11-25,2025-12-01,,,,\n"
             "RESOLD0001,PN-1,ACME,HQ,2025-06-01,2025-11-01,Bravo,,,\n"
             "NOTHING001,PN-1,ACME,HQ,2020-01-01,,,,,\n"
             "SPARE00001,PN-1,ACME,HQ,2026-06-01,2026-06-02,,,,\n"
             "SPARE00002,PN-1,ACME,HQ,2026-06-01,2026-06-02,,,,\n"
             "BLUEUNIT01,PN-1,BLUE,B1,2026-06-01,2026-06-02,,,,\n"
             "SWITCH0001,PN-5,ACME,HQ,2026-06-01,2026-06-02,,C-9,Same-Day,2027-11-24\n"
             "OPTIC00001,PN-3,ACME,HQ,2026-06-01,2026-06-02,,C-9,Same-Day,2027-11-24\n",
    "rmas": "rma,case,priority,account,site,contact,reference,serial,part,flag,destination,"
            "created,confirmed\n"
            f"R0000000041,{CASE},P2,ACME,HQ,Joe,PO 1,OLD0000001,PN-1,,SJC,2026-11-01T10:00:00Z,"
            "2026-11-01T10:00:00Z\n"
            "R0000000007,2026-1102-000001,P2,BLUE,B1,Joe,PO 2,OLD0000002,PN-1,,SJC,"
            "2026-11-01T10:00:00Z,2026-11-01T10:00:00Z\n",
}
# noon of that day in San Jose; Sydney has the next day by then
NOW = ("--at", "2026-11-24T20:00:00Z")


def new(*units, case=CASE, account="ACME", site="HQ", destination="SJC", more=NOW):
    words = [word for unit in units for word in ("--unit", unit)]
    return rows("rma", "new", "--case", case, "--account", account, "--site", site,
                "--destination", destination, *words, *more)


def error_of(answer):
    code, out = answer
    error = out[0].get("error", {}) if out else {}
    return code, error.get("code"), error.get("rule")


def fill():
    rows("init")
    for kind, text in FILES.items():
        code, out = rows("import", kind, write(kind + ".csv", text))
        shown(f"issue/import/{kind}", code == 0 and out[-1]["rejected"] == 0, out)


def usage():
    full = ["rma", "new", "--case", CASE, "--account", "ACME", "--site", "HQ", "--destination",
            "SJC", "--unit", "SPARE00001"]
    for missing in ("--case", "--account", "--site", "--destination", "--unit"):
        at = full.index(missing)
        code, out, error = run(*full[:at], *full[at + 2:])
        shown(f"issue/exit-2/new-without{missing}", code == 2 and out == "" and missing in error,
              code, error)
    for words in (["new", "--unit", "SPARE00001:xx", *full[2:-2]], ["confirm"], ["confirm", "R1", "R2"],
                  ["confirm", "R0000000041", "--override"],
                  ["confirm", "R0000000041", "--override", "--reason", "  "],
                  ["confirm", "R0000000041", "--reason", "x"], ["cancel", "R0000000041"],
                  ["cancel", "R0000000041", "--reason", ""], ["close", "R0000000041"],
                  ["flag", "R0000000041", "ra"], ["flag", "R0000000041", "--line", "1", "xa"],
                  ["edit", "R0000000041"], ["check"], ["queue", "x"]):
        code, out, error = run("rma", *words)
        shown("issue/exit-2/" + "-".join(words[:3]), code == 2 and out == "", code, out, error)


def drafts():
    code, out = new("sameday001:ra", "COREPLUS01", "WARRANTY01:fa", more=(
        "--reference", "PO 77 blue", "--contact", "Ann", *NOW))
    rma = out[0]
    shown("issue/N1/draft", code == 0 and (rma["status"], rma["state"], rma["issued"]) ==
          ("open", "draft", None) and rma["case"] == CASE and rma["reference"] == "PO 77 blue"
          and rma["contact"] == "Ann" and rma["advice"] == [] and rma["clocks"] == [], out)
    shown("issue/I1/after-the-highest-on-record", rma["rma"] == "R0000000042", rma["rma"])
    shown("issue/N6/flags", [(l["line"], l["serial"], l["flag"], l["state"]) for l in rma["lines"]]
          == [(1, "SAMEDAY001", "ra", "draft"), (2, "COREPLUS01", None, "draft"),
              (3, "WARRANTY01", "fa", "draft")], rma["lines"])
    code, out = rows("rma", "list", "--reference", "blue")
    shown("issue/I3/found-by-reference", [r["rma"] for r in out] == ["R0000000042"] * 3, out)
    shown("issue/N1/linked-from-the-case", "R0000000042" in
          {r["rma"] for r in rows("rma", "list", "--case", CASE)[1]})
    code, out = rows("receive", "R0000000042", "SAMEDAY001", *NOW)
    shown("issue/N1/a-draft-receives-nothing", code == 1 and out[0]["rule"] == "D9", out)
    # put back by hand: else the RMA is not done while the dock holds it
    rows("void", out[0]["receipt"], "--reason", "sent on", *NOW)
    code, out = new("NOTHING001")
    shown("issue/N2/no-coverage-is-advice-at-new", code == 0 and len(out[0]["advice"]) == 1
          and "(N2)" in out[0]["advice"][0], out)
    nothing = out[0]["rma"]
    shown("issue/I1/in-sequence", nothing == "R0000000043", nothing)
    code, out = rows("rma", "cancel", nothing, "--reason", "asked by mistake")
    shown("issue/N1/cancelled-draft", code == 0 and out[0]["state"] == "cancelled"
          and out[0]["status"] == "closed" and out[0]["cancel_reason"] == "asked by mistake"
          and out[0]["lines"][0]["state"] == "cancelled", out)
    number = new("NOTHING001")[1][0]["rma"]
    shown("issue/I1/never-used-again", number == "R0000000044", number)
    code, out = rows("rma", "queue")
    shown("issue/N1/logistics-queue", code == 0 and [r["rma"] for r in out] ==
          ["R0000000042", "R0000000044"], [r["rma"] for r in out])
    for path, answer, wanted in (
            ("I4/named-twice", new("SPARE00001", "spare00001"), (1, "refused", "I4")),
            ("I4/not-a-serial", new("X"), (3, "bad-input", "I4")),
            ("N3/third-party", new("SPARE00001", "OPTIC00001"), (1, "third-party", "N3")),
            ("unknown-serial", new("NOSUCH0001"), (1, "not-found", None)),
            ("N1/no-such-case", new("SPARE00001", case="2026-1109-000009"), (1, "not-found", "N1")),
            ("N1/case-of-another", new("SPARE00001", case="2026-1102-000001"), (1, "refused", "N1")),
            ("I2/not-a-case", new("SPARE00001", case="2026-0230-000001"), (3, "bad-input", "I2")),
            ("no-such-account", new("SPARE00001", account="NOBODY"), (1, "not-found", None)),
            ("no-such-site", new("SPARE00001", site="B1"), (1, "not-found", None)),
            ("no-such-destination", new("SPARE00001", destination="X"), (1, "not-found", None)),
            ("at-is-no-time", new("SPARE00001", more=("--at", "now")), (3, "bad-input", None))):
        shown("issue/" + path, error_of(answer) == wanted, answer)
    shown("issue/N1/a-refusal-takes-no-number", new("SPARE00001")[1][0]["rma"] == "R0000000045")
    code, out = new("BLUEUNIT01")
    shown("issue/advice/unit-of-another", code == 0 and "BLUE" in out[0]["advice"][0], out)


def confirm():
    code, out = rows("rma", "confirm", "r-0000 000 042", *NOW)
    rma = out[0]
    shown("issue/N1/confirmed", code == 0 and rma["state"] == "open" and TIME.match(rma["issued"])
          and rma["issued"].startswith("2026-11-24T12:00:00"), out)
    shown("issue/N2/coverage-on-each-line", [(l["state"], l["coverage"], l["level"]) for l in
                                             rma["lines"]] ==
          [("awaited", "contract", "Same-Day"), ("awaited", "contract", "Core Plus"),
           ("awaited", "warranty", None)], rma["lines"])
    clocks = [(c["line"], c["kind"], c["due"]) for c in rma["clocks"]]
    shown("issue/C1/ten-business-days", [c for c in clocks if c[1] == "C1"] ==
          [(n, "C1", "2026-12-08") for n in (1, 2, 3)] and rma["return_by"] == "2026-12-08", clocks)
    shown("issue/C5/by-level", [c for c in clocks if c[1] == "C5"] ==
          [(1, "C5", "2026-11-24T16:00:00-08:00")], clocks)
    mails = [(m["kind"], m["to"], m["state"]) for m in rows("mail", "list")[1]
             if m["rmas"] == ["R0000000042"]]
    shown("issue/N5/message", mails == [("confirmation", "a@acme.example", "queued")], mails)
    shown("issue/N1/confirmed-once", error_of(rows("rma", "confirm", "R0000000042")) ==
          (1, "refused", "N1"))
    code, out = rows("receive", "SAMEDAY001", "--at", "2026-11-25T20:00:00Z")
    shown("issue/D2/receives-once-confirmed", code == 0 and out[0]["rule"] == "D2", out)
    code, out = new("COREPLUS01")
    shown("issue/I4/awaited-is-advice-at-new", code == 0 and "(I4)" in out[0]["advice"][0], out)
    shown("issue/I4/awaited-refused-at-confirm",
          error_of(rows("rma", "confirm", out[0]["rma"], *NOW)) == (1, "already-awaited", "I4"))
    # Sydney's day is the one after the contract's last; San Jose's is its last
    code, out = new("SAMEDAY001", destination="SYD", more=("--at", "2026-11-25T20:00:00Z"))
    late = out[0]["rma"]
    shown("issue/N2/day-of-the-destination", error_of(
        rows("rma", "confirm", late, "--at", "2026-11-25T20:30:00Z")) == (1, "no-coverage", "N2"))
    for path, serial, at, wanted in (
            ("N2/core-alone", "COREONLY01", NOW[1], (1, "no-coverage", "N2")),
            ("N2/core-and-warranty", "COREWARR01", NOW[1], (0, None, None)),
            ("N2/resold-over", "RESOLD0001", NOW[1], (1, "no-coverage", "N2")),
            ("N2/nothing", "NOTHING001", NOW[1], (1, "no-coverage", "N2"))):
        number = new(serial, more=("--at", at))[1][0]["rma"]
        answer = rows("rma", "confirm", number, "--at", at)
        shown("issue/" + path, error_of(answer) == wanted, answer)
    code, out = rows("rma", "confirm", number, "--override", "--reason", "goodwill", *NOW)
    shown("issue/N2/override", code == 0 and out[0]["override_reason"] == "goodwill"
          and out[0]["override_by"] and out[0]["lines"][0]["coverage"] == "override"
          and out[0]["lines"][0]["level"] is None, out)
    shown("issue/at-before-the-draft", error_of(rows(
        "rma", "confirm", "R0000000045", "--at", "2026-11-01T00:00:00Z")) == (3, "bad-input", None))
    shown("issue/no-such-rma", error_of(rows("rma", "confirm", "R9999999999")) ==
          (1, "not-found", None))
    shown("issue/no-rma-number", error_of(rows("rma", "confirm", "hello")) == (3, "bad-input", "I1"))


def change():
    code, out = rows("rma", "edit", "R0000000045", "--reference", "green", "--contact", "Bob",
                     "--destination", "SYD", "--unit", "SPARE00002:ra", "--remove", "SPARE00001")
    shown("issue/edit/draft", code == 0 and out[0]["reference"] == "green"
          and out[0]["contact"] == "Bob" and out[0]["destination"] == "SYD"
          and [(l["serial"], l["state"]) for l in out[0]["lines"]] ==
          [("SPARE00001", "cancelled"), ("SPARE00002", "draft")], out)
    shown("issue/edit/found-by-the-new-reference",
          len(rows("rma", "list", "--reference", "green")[1]) == 2)
    shown("issue/edit/the-last-unit-stays", error_of(
        rows("rma", "edit", "R0000000045", "--remove", "SPARE00002")) == (1, "refused", "N1"))
    shown("issue/edit/N3-third-party", error_of(
        rows("rma", "edit", "R0000000045", "--unit", "OPTIC00001")) == (1, "third-party", "N3"))
    for option, value in (("--destination", "SYD"), ("--unit", "SPARE00001"),
                          ("--remove", "COREPLUS01")):
        shown(f"issue/edit/confirmed{option}", error_of(
            rows("rma", "edit", "R0000000042", option, value)) == (1, "refused", "N1"))
    code, out = rows("rma", "edit", "R0000000042", "--contact", "")
    shown("issue/edit/contact-of-an-open-one", code == 0 and out[0]["contact"] is None, out)
    code, out = rows("rma", "flag", "R0000000042", "--line", "2", "ra")
    shown("issue/N6/flagged-later", code == 0 and out[0]["lines"][1]["flag"] == "ra", out)
    code, out = rows("rma", "flag", "R0000000042", "--line", "2", "none")
    shown("issue/N6/flag-taken-off", code == 0 and out[0]["lines"][1]["flag"] is None, out)
    shown("issue/N6/no-such-line", error_of(
        rows("rma", "flag", "R0000000042", "--line", "9", "ra")) == (1, "not-found", None))


def repair():
    """N6: RA by the product's dates, FA by its flag"""
    for day, eligible, approval, rule in (
            ("2025-02-28", True, False, "RA5"), ("2025-03-01", False, True, "RA5"),
            ("2027-02-28", False, True, "RA5"), ("2027-03-01", False, False, "RA6")):
        out = rows("rma", "check", "SWITCH0001", "--on", day)[1][0]
        shown(f"issue/{rule}/check-on-{day}",
              (out["ra"]["eligible"], out["ra"]["approval"], out["ra"]["rule"]) ==
              (eligible, approval, rule) and out["ra"]["until"] == "2025-02-28", out["ra"])
        shown(f"issue/RA3/fa-on-{day}", out["fa"]["eligible"] and out["fa"]["rule"] == "RA3",
              out["fa"])
    said = run("rma", "check", "SWITCH0001", "--on", "2027-03-01")[1]
    shown("issue/RA6/check-in-words", "not-eligible (RA6)" in said and "2027-02-28" in said, said)
    at = ("--at", "2027-02-28T20:00:00Z")  # by then the unit's contract still runs
    code, out = new("SWITCH0001:ra", more=at)
    shown("issue/RA5/advice-of-approval", code == 0 and any(
        "SWITCH0001: RA (RA5)" in text for text in out[0]["advice"]), out)
    rma = out[0]["rma"]
    # midnight in San Jose is at 8 in UTC
    last, after = ("--at", "2027-03-01T07:59:59Z"), ("--at", "2027-03-01T08:00:00Z")
    code, out = rows("rma", "flag", rma, "--line", "1", "fa", *last)
    shown("issue/RA3/flagged-fa", code == 0 and out[0]["lines"][0]["flag"] == "fa", out)
    code, out = rows("rma", "flag", rma, "--line", "1", "ra", *last)
    shown("issue/RA5/flagged-on-the-last-day", code == 0 and "RA5" in out[0]["advice"][0], out)
    shown("issue/RA6/not-flagged-after-it", error_of(
        rows("rma", "flag", rma, "--line", "1", "ra", *after)) == (1, "refused", "RA6"))
    shown("issue/RA6/not-drafted-after-it",
          error_of(new("SWITCH0001:ra", more=after)) == (1, "refused", "RA6"))
    rows("rma", "cancel", rma, "--reason", "x", *after)


def end():
    shown("issue/O4/what-came-in-stays", error_of(
        rows("rma", "cancel", "R0000000042", "--reason", "x")) == (1, "refused", "O4"))
    code, out = rows("rma", "close", "R0000000042", "--reason", "done")
    shown("issue/close/says-what-is-missing", code == 1 and "COREPLUS01, has not come in"
          in out[0]["error"]["message"] and "WARRANTY01" in out[0]["error"]["message"], out)
    code, out = rows("rma", "cancel", "R0000000042", "--line", "2", "--reason", "kept",
                     "--purchase-order", "PO-9")
    shown("issue/O4/bought", code == 0 and out[0]["purchase_order"] == "PO-9"
          and out[0]["lines"][1]["state"] == "cancelled" and out[0]["state"] == "open"
          and {c["state"] for c in out[0]["clocks"] if c["line"] == 2} == {"void"}, out)
    shown("issue/O4/twice", error_of(rows("rma", "cancel", "R0000000042", "--line", "2", "--reason",
                                          "x")) == (1, "refused", "O4"))
    code, out = rows("rma", "cancel", "R0000000042", "--line", "3", "--reason", "kept")
    shown("issue/O4/the-rest-is-received", code == 0 and out[0]["state"] == "received", out)
    code, out = rows("rma", "close", "R0000000042", "--reason", "replaced")
    shown("issue/close/done", code == 0 and (out[0]["status"], out[0]["state"]) ==
          ("closed", "closed") and all(c["state"] in ("met", "missed", "void")
                                       for c in out[0]["clocks"]), out)
    shown("issue/close/twice", error_of(rows("rma", "close", "R0000000042", "--reason", "x")) ==
          (1, "refused", "N1"))
    shown("issue/N6/closed-is-not-flagged", error_of(
        rows("rma", "flag", "R0000000042", "--line", "1", "fa")) == (1, "refused", "N1"))


def check():
    code, out = rows("rma", "check", "sameday001", "NOTHING001", "OPTIC00001", "NOSUCH0001", "--on",
                     "2026-11-24")
    shown("issue/N4/check", code == 1 and (out[0]["serial"], out[0]["coverage"]["level"],
                                           out[0]["coverage"]["replacement"],
                                           out[0]["coverage"]["hours"], out[0]["returns"]) ==
          ("SAMEDAY001", "Same-Day", "advance", 4, 1), out[0])
    shown("issue/N2/check-on-a-day", [r["coverage"]["kind"] for r in out] ==
          ["contract", "none", "third-party", "none"] and out[2]["third_party"]
          and not out[3]["known"] and out[1]["awaited_under"], out)
    code, out = rows("rma", "check", "SPARE00001", "--on", "2027-05-31")
    shown("issue/N2/warranty-last-day", code == 0 and out[0]["coverage"]["until"] == "2027-05-31")
    shown("issue/N2/warranty-anniversary",
          rows("rma", "check", "SPARE00001", "--on", "2027-06-01")[0] == 1)
    shown("issue/check/bad-date", rows("rma", "check", "SPARE00001", "--on", "x")[0] == 3)
    shown("issue/check/bad-serial", rows("rma", "check", "SPARE00001", "x")[0] == 3)
    code, out = rows("unit", "show", "COREPLUS01")
    shown("issue/unit-show/coverage", code == 0 and out[0]["coverage"]["kind"] == (
        "contract" if datetime.date.today() <= datetime.date(2027, 11, 24) else "none"), out)
    code, text, _ = run("rma", "check", "COREPLUS01", "--on", "2026-11-24")
    shown("issue/check/for-people", code == 0 and "return to factory" in text, text)


def rights():
    """RULES §2, on a store of its own: once one is enrolled, nobody is a supervisor by default."""
    other = place("rights")
    rows("init", store=other)
    operators = ("login,name,role,authorised_technician,email\nsam,Sam,supervisor,no,\n"
                 "carl,Carl,csr,no,\nrita,Rita,receiver,no,\n")
    for kind, text in {**FILES, "operators": operators}.items():
        rows("import", kind, write("rights-" + kind + ".csv", text), store=other)

    def by(login, *words):
        return error_of(rows("--operator", login, *words, store=other, env={"BACKHAUL_PIN": "0000"}))

    make = ("rma", "new", "--case", CASE, "--account", "ACME", "--site", "HQ", "--destination",
            "SJC", "--unit", "NOTHING001")
    shown("issue/rights/N1-receiver", by("rita", *make)[0] == 5)
    shown("issue/rights/N1-csr", by("carl", *make)[0] == 0)
    shown("issue/rights/at-is-a-supervisors", by("carl", *make, *NOW)[0] == 5)
    shown("issue/rights/N2-override-is-a-supervisors",
          by("carl", "rma", "confirm", "R0000000042", "--override", "--reason", "x")[0] == 5)
    shown("issue/rights/N2-override",
          by("sam", "rma", "confirm", "R0000000042", "--override", "--reason", "x")[0] == 0)


def factory():
    """C4 starts at the dock, under warranty or Core Plus, for what an import brought too."""
    other = place("factory")
    rows("init", store=other)
    text = FILES["rmas"].splitlines()[0] + "\n"
    for n, serial in enumerate(("COREWARR01", "NOTHING001", "COREPLUS01", "SAMEDAY001"), 60):
        text += (f"R00000000{n},{CASE},P2,ACME,HQ,Joe,PO,{serial},PN-1,,SJC,2026-11-20T10:00:00Z,"
                 "2026-11-20T10:00:00Z\n")
    for kind, rest in {**FILES, "rmas": text}.items():
        rows("import", kind, write("factory-" + kind + ".csv", rest), store=other)
    for serial, kinds in (("COREWARR01", ["C1", "C4"]), ("NOTHING001", ["C1"]),
                          ("COREPLUS01", ["C1", "C4"]), ("SAMEDAY001", ["C1"])):
        _, out = rows("receive", serial, "--no-number", "--at", "2026-11-23T20:00:00Z", store=other)
        _, page = rows("rma", "show", out[0]["rma"], store=other)
        shown("issue/C4/" + serial, [clock["kind"] for clock in page[0]["clocks"]] == kinds,
              page[0]["clocks"])


fill()
usage()
drafts()
confirm()
change()
repair()
end()
check()
rights()
factory()
shown("issue/F6/journal", rows("audit", "verify")[1][0]["ok"] and rows("check")[0] == 0)
finish()
