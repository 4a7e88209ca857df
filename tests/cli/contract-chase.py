#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Units that do not come back, by CLI.md's letter (O1-O5, D6, D13). Speaks TAP.

usage: contract-chase.py BACKHAULCTL
"""
import os

from harness import TIME, WORK, finish, rows, run, shown, write

CASE = "2026-1001-%06d"
# confirmed on Monday 5 October 2026 in San Jose: due on Monday 19 October
RMAS = [  # number, account, serial, part
    (1, "ACME", "CHASE00001", "PN-1"), (2, "ACME", "CHASE00002", "PN-1"),
    (3, "BLUE", "CHASE00003", "PN-1"), (4, "BLUE", "CHASE00004", "PN-1"),
    (5, "GREY", "CHASE00005", "PN-1"), (6, "GREY", "CHASE00006", "PN-2"),
    (7, "GREY", "CHASE00007", "PN-1"), (8, "LONE", "CHASE00008", "PN-1"),
    (9, "LONE", "CHASE00009", "PN-1"),
]
NUMBER = "R00000010%02d"


def rma_rows():
    text = ("rma,case,priority,account,site,contact,reference,serial,part,flag,destination,"
            "created,confirmed\n")
    for n, account, serial, part in RMAS:
        text += (f"{NUMBER % n},{CASE % n},P2,{account},,Joe,=PO {n},{serial},{part},,SJC,"
                 "2026-10-05T12:00:00-07:00,2026-10-05T12:00:00-07:00\n")
    # two lines of one RMA
    for serial in ("CHASE00010", "CHASE00011", "CHASE00012"):
        text += (f"{NUMBER % 10},{CASE % 10},P2,PAIR,,Joe,PO 10,{serial},PN-1,,SJC,"
                 "2026-10-05T12:00:00-07:00,2026-10-05T12:00:00-07:00\n")
    return text


FILES = {
    "accounts": "account,name,country,language,email\nACME,Acme,US,en,a@acme.example\n"
                "BLUE,Blue,DE,de,b@blue.example\nGREY,Grey,US,en,\nLONE,Lone,JP,ja,l@lone.example\n"
                "PAIR,Pair,US,en,p@pair.example\n",
    "destinations": "destination,name,address,city,postal_code,country,time_zone,calendar,"
                    "contract_manufacturer\n"
                    "SJC,San Jose,1 Road,San Jose,95110,US,America/Los_Angeles,,Flex\n",
    "products": "part,description,platform,list_price,currency,first_shipment,end_of_life,"
                "end_of_service,third_party,components\n"
                "PN-1,Router,MX,12500.50,USD,2020-01-01,,,no,\n"
                "PN-2,Shelf,MX,,,2020-01-01,,,no,\n",
    "rmas": rma_rows(),
}
LATE = ("--at", "2026-10-21T12:00:00-07:00")


def chase(day, *more):
    code, out = rows("chase", "--on", day, *more)
    return code, [(row["action"], int(row["rma"][-2:]), row["line"], row["account"]) for row in out
                  if "action" in row], out


def error_of(answer):
    code, out = answer
    error = out[0].get("error", {}) if out else {}
    return code, error.get("code"), error.get("rule")


def state_of(n):
    return rows("rma", "show", NUMBER % n)[1][0]


def fill():
    run("init")
    for kind, text in FILES.items():
        code, out, err = run("import", kind, write(kind + ".csv", text))
        shown(f"chase/import-{kind}", code == 0, out, err)


def stages():
    """O1: 3 business days before, on the day, after; once each; K5: one mail an account."""
    code, done, _ = chase("2026-10-13")
    shown("O1/too-early", code == 0 and not done, done)
    code, done, _ = chase("2026-10-14", "--dry-run")
    shown("O1/dry-run", code == 0 and len(done) == 12 and {row[0] for row in done} == {"remind"},
          done)
    code, done, out = chase("2026-10-14")
    shown("O1/three-business-days-before", code == 0 and len(done) == 12 and
          {row[0] for row in done} == {"remind"}, done)
    of_acme = {row["mail"] for row in out if row["account"] == "ACME"}
    shown("K5/one-mail-an-account", len(of_acme) == 1 and None not in of_acme and
          len({row["mail"] for row in out}) == 5, out)
    shown("O1/keys", all(set(row) >= {"action", "rma", "line", "account", "mail"} for row in out))
    shown("O1/twice-is-once", chase("2026-10-14")[1] == [])
    shown("O1/between-nothing", chase("2026-10-16")[1] == [])


def silent():
    """Paused and claimed lines are not chased."""
    code, out = rows("clock", "pause", NUMBER % 9, "--kind", "C1", "--reason", "customs", "--at",
                     "2026-10-16T12:00:00-07:00")
    shown("C9/pause", code == 0 and out[0]["state"] == "paused", out)
    code, out = rows("claim", "new", NUMBER % 7, "--carrier", "UPS", "--tracking",
                     "1Z 999 AA1 0123456784", "--delivered", "2026-10-12", "--signed-by", "Bob",
                     "--document", write("proof.txt", "signed by Bob"), "--at",
                     "2026-10-16T12:00:00-07:00")
    shown("O5/claim", code == 0 and out[0]["state"] == "pending" and out[0]["matches"] == [] and
          out[0]["document"] == "proof.txt", out)
    claim = out[0]["claim"]
    code, done, _ = chase("2026-10-19")
    shown("O1/on-the-day", code == 0 and len(done) == 10 and
          {row[0] for row in done} == {"remind"} and not {7, 9} & {row[1] for row in done}, done)
    code, _, _ = run("claim", "document", claim, "-o", WORK + "/back.txt")
    with open(WORK + "/back.txt", encoding="utf-8") as file:
        shown("O5/document-kept", code == 0 and file.read() == "signed by Bob")
    shown("O5/undecided-is-not-charged",
          error_of(rows("charge", NUMBER % 7, "--reason", "late", *LATE)) == (1, "refused", "O5"))
    return claim


def overdue():
    code, done, out = chase("2026-10-20")
    shown("O1/overdue-mailed-once", code == 0 and len(done) == 10 and
          {row[0] for row in done} == {"overdue"} and None not in {row["mail"] for row in out}, out)
    shown("O1/overdue-twice-is-once", chase("2026-10-20")[1] == [])
    code, done, out = chase("2026-10-21")
    shown("O2/then-decide-unmailed", code == 0 and len(done) == 10 and
          {row[0] for row in done} == {"decide"} and {row["mail"] for row in out} == {None}, out)
    shown("O2/decide-twice-is-once", chase("2026-10-21")[1] == [])
    _, late = rows("due", "--kind", "C1", "--state", "late", "--on", "2026-10-21")
    shown("O1/on-the-overdue-board", len(late) == 10, late)
    code, late = rows("due", "--kind", "C1", "--state", "late", "--on", "2026-10-21", "--account",
                      "ACME")
    shown("O1/the-board-of-one-account", code == 0 and len(late) == 2 and
          {row["account"] for row in late} == {"ACME"} and
          all("urgency" in row for row in late), late)
    shown("O1/the-board-of-no-account",
          rows("due", "--account", "NOBODY", "--exit-code") == (0, []))


def charge():
    """O2: at list price; D13, D6, O3: what comes in after it."""
    shown("O2/reason-needed", run("charge", NUMBER % 1)[0] == 2)
    shown("O2/not-overdue", error_of(rows("charge", NUMBER % 1, "--reason", "x", "--at",
                                          "2026-10-19T23:00:00-07:00")) == (1, "refused", "O1"))
    code, out = rows("charge", NUMBER % 1, "--reason", "no answer", *LATE)
    made = out[0].get("charge", {})
    shown("O2/list-price", code == 0 and made.get("amount") == 12500.5 and
          made.get("currency") == "USD" and TIME.match(made.get("at", "")), out)
    shown("O2/closed-as-charged", out[0]["state"] == "charged" and out[0]["status"] == "closed", out)
    shown("O2/once", error_of(rows("charge", NUMBER % 1, "--reason", "again", *LATE)) ==
          (1, "refused", "O2"))
    shown("O2/no-price", error_of(rows("charge", NUMBER % 6, "--reason", "x", *LATE)) ==
          (1, "refused", "O2"))
    code, out = rows("receive", "CHASE00001", NUMBER % 1, "--at", "2026-10-22T12:00:00-07:00")
    shown("D6/after-a-charge-closed", code == 1 and out[0]["verdict"] == "hold" and
          out[0]["rule"] == "D6", out)
    # one of three lines: the RMA stays open, so its unit comes in late
    code, out = rows("charge", NUMBER % 10, "--line", "2", "--reason", "no answer", *LATE)
    shown("O2/one-line", code == 0 and out[0]["state"] == "open" and
          [line["state"] for line in out[0]["lines"]] == ["awaited", "charged", "awaited"], out)
    code, done, _ = chase("2026-10-22")
    shown("O2/charged-is-silent", (10, 2) not in {row[1:3] for row in done} and
          1 not in {row[1] for row in done} and len(done) == 8, done)
    code, out = rows("receive", "CHASE00011", "--at", "2026-10-22T12:00:00-07:00")
    shown("D13/after-a-charge-open", code == 0 and out[0]["verdict"] == "accept" and
          out[0]["late"] is True and "credited" in out[0]["message"], out)
    receipt = out[0]["receipt"]
    _, to_credit = rows("charge", "list", "--to-credit")
    shown("O3/shown-for-credit", [row["serial"] for row in to_credit] == ["CHASE00011"], to_credit)
    # D16: a void puts the charge back as it was
    code, _ = rows("void", receipt, "--reason", "wrong box")
    shown("D16/charged-again", code == 0 and state_of(10)["lines"][1]["state"] == "charged" and
          rows("charge", "list", "--to-credit")[1] == [], state_of(10))
    rows("receive", "CHASE00011", "--at", "2026-10-23T12:00:00-07:00")
    code, _ = rows("charge", "credit", NUMBER % 10, "--line", "2", "--reason", "came late")
    shown("O3/credited", code == 0 and rows("charge", "list", "--to-credit")[1] == [])
    _, text, _ = run("charge", "export", "--format", "csv")
    shown("O2/export-csv", text.splitlines()[0].startswith("rma,line,serial,") and
          "12500.50,USD" in text and "'=PO 1" in text, text)
    code, out = rows("charge", "export", "--format", "jsonl")
    shown("O2/export-jsonl", code == 0 and len(out) == 2, out)


def waive_extend_buy():
    code, out = rows("waive", NUMBER % 2, "--reason", "goodwill", *LATE)
    shown("O2/waive", code == 0 and out[0]["state"] == "waived" and out[0]["status"] == "closed" and
          out[0]["lines"][0]["state"] == "waived", out)
    code, out = rows("extend", NUMBER % 3, "--days", "5", "--reason", "asked for it", *LATE)
    shown("O2/extend", code == 0 and out[0]["return_by"] == "2026-10-26", out)
    code, out = rows("rma", "cancel", NUMBER % 4, "--reason", "bought", "--purchase-order", "PO-77",
                     *LATE)
    shown("O4/bought", code == 0 and out[0]["state"] == "cancelled" and
          out[0]["purchase_order"] == "PO-77", out)
    _, done, _ = chase("2026-10-23")
    shown("O1/extended-begins-anew", ("remind", 3, 1, "BLUE") in done and
          not {2, 4} & {row[1] for row in done}, done)


def claims(claim):
    code, out = rows("claim", "decide", claim, "--reject", "--reason", "not our dock", *LATE)
    shown("O5/rejected-runs-on", code == 0 and out[0]["state"] == "rejected" and
          state_of(7)["clocks"][0]["state"] in ("open", "amber", "late"), out)
    shown("O5/decided-once", error_of(rows("claim", "decide", claim, "--accept", "--reason", "x")) ==
          (1, "refused", "O5"))
    run("receive", "--tracking", "1Z999AA10123456784", "UNKNOWN0001", "--no-number", "--at",
        "2026-10-12T12:00:00-07:00")
    run("receive", "--tracking", "1Z999AA10123456785", "UNKNOWN0002", "--no-number", "--at",
        "2026-10-12T12:00:00-07:00")
    code, out = rows("claim", "new", NUMBER % 8, "--carrier", "UPS", "--tracking",
                     "1Z999AA10123456784", "--delivered", "2026-10-12", "--signed-by", "Bob", *LATE)
    found = {match["match"] for match in out[0].get("matches", [])}
    shown("O5/refused-and-near", code == 0 and found == {"refused", "near"} and
          all(set(match) >= {"box", "receipt", "match", "at"} for match in out[0]["matches"]), out)
    claim = out[0]["claim"]
    code, out = rows("claim", "decide", claim, "--accept", "--reason", "signed at our dock", *LATE)
    shown("O5/accepted", code == 0 and out[0]["state"] == "accepted", out)
    shown("O5/accepted-bars-charging",
          error_of(rows("charge", NUMBER % 8, "--reason", "late", *LATE)) == (1, "refused", "O5"))
    _, done, _ = chase("2026-11-02")
    shown("O5/accepted-is-silent", 8 not in {row[1] for row in done}, done)
    shown("O5/resumed-is-chased", ("overdue", 7, 1, "GREY") in done, done)
    shown("O5/list", len(rows("claim", "list", "--state", "accepted")[1]) == 1)
    shown("O5/bad-date", run("claim", "new", NUMBER % 5, "--carrier", "U", "--tracking", "1",
                             "--delivered", "2026-02-30", "--signed-by", "B")[0] == 3)
    shown("O5/which-line", run("claim", "new", NUMBER % 10, "--carrier", "U", "--tracking", "1",
                               "--delivered", "2026-10-12", "--signed-by", "B")[0] == 3)


def forbidden():
    """RULES 2: a CSR chases and claims; only a supervisor charges or waives."""
    env = {"BACKHAUL_NEW_PIN": "1234"}
    run("import", "operators", write("operators.csv",
        "login,name,role,authorised_technician,email\nboss,Boss,supervisor,no,\n"
        "admin,Admin,administrator,no,\nann,Ann,csr,no,\nray,Ray,receiver,no,\n"), env=env)
    shown("role/csr-may-not-charge",
          run("--operator", "ann", "charge", NUMBER % 5, "--reason", "x")[0] == 5)
    shown("role/csr-may-not-waive",
          run("--operator", "ann", "waive", NUMBER % 5, "--reason", "x")[0] == 5)
    shown("role/csr-chases", run("--operator", "ann", "chase", "--on", "2026-11-03")[0] == 0)
    shown("role/receiver-may-not-chase", run("--operator", "ray", "chase")[0] == 5)
    shown("role/supervisor-charges",
          run("--operator", "boss", "charge", NUMBER % 5, "--reason", "x")[0] == 0)


def undone():
    """A waiver and a bought unit taken back, while nothing came after (O2, O4)"""
    case = "2026-1101-000900"
    rows("case", "new", case, "--account", "ACME", "--priority", "P3")
    text = FILES["rmas"].splitlines()[0] + "\n"
    for n in (70, 71):
        for k in (0, 1):
            text += (f"{NUMBER % n},{case},P2,ACME,,Joe,PO,UNDOUNIT{n}{k},PN-1,,SJC,"
                     "2026-10-05T12:00:00-07:00,2026-10-05T12:00:00-07:00\n")
    rows("import", "rmas", write("undo.csv", text))
    before = state_of(70)
    rows("waive", NUMBER % 70, "--reason", "goodwill", *LATE)
    shown("O2/waived-and-closed", state_of(70)["status"] == "closed", state_of(70))
    shown("O2/undo-needs-a-reason", run("waive", NUMBER % 70, "--undo")[0] == 2)
    code, out = rows("waive", NUMBER % 70, "--undo", "--reason", "wrong RMA", *LATE)
    shown("O2/undo-is-as-before", code == 0 and out[0]["state"] == "open" and
          out[0]["closed"] is None and out[0]["clocks"] == before["clocks"] and
          out[0]["lines"] == before["lines"] and out[0]["return_by"] == before["return_by"], out)
    shown("O2/its-end-is-not-mailed", [m["state"] for m in rows("mail", "list")[1] if
                                       m["rmas"] == [NUMBER % 70] and m["kind"] == "closing"] ==
          ["failed"])
    shown("O2/undone-once", error_of(rows("waive", NUMBER % 70, "--undo", "--reason", "x")) ==
          (1, "refused", "O2"))
    shown("O2/undo-no-such-line", error_of(rows(
        "waive", NUMBER % 70, "--line", "9", "--undo", "--reason", "x"))[:2] == (1, "not-found"))
    shown("O2/undone-comes-in", rows("receive", NUMBER % 70, "UNDOUNIT700", *LATE)[1][0]["verdict"]
          == "accept")
    # O4: one of two, then the other
    rows("rma", "cancel", NUMBER % 71, "--line", "1", "--reason", "kept", "--purchase-order", "P-1",
         *LATE)
    code, out = rows("rma", "cancel", NUMBER % 71, "--undo", "--reason", "it was not", *LATE)
    shown("O4/undo", code == 0 and out[0]["purchase_order"] is None and
          [line["state"] for line in out[0]["lines"]] == ["awaited", "awaited"], out)
    rows("rma", "cancel", NUMBER % 71, "--line", "1", "--reason", "kept", *LATE)
    text = FILES["rmas"].splitlines()[0] + (f"\n{NUMBER % 72},{case},P2,ACME,,Joe,PO,UNDOUNIT710,"
           "PN-1,,SJC,2026-10-06T12:00:00-07:00,2026-10-06T12:00:00-07:00\n")
    rows("import", "rmas", write("again.csv", text))
    shown("I4/undo-awaited-elsewhere", error_of(rows(
        "rma", "cancel", NUMBER % 71, "--undo", "--reason", "x")) == (1, "refused", "I4"))
    rows("rma", "cancel", NUMBER % 72, "--reason", "x")
    rows("rma", "cancel", NUMBER % 71, "--line", "2", "--reason", "kept", *LATE)
    rows("receive", NUMBER % 71, "UNDOUNIT711", *LATE)
    shown("D6/undo-of-what-is-held", error_of(rows(
        "rma", "cancel", NUMBER % 71, "--undo", "--reason", "x")) == (1, "refused", "D6"))


def undone_days_and_charges():
    """An extension and a charge taken back (O2, O3), and what was mailed already (F4)"""
    case = "2026-1101-000901"
    rows("case", "new", case, "--account", "ACME", "--priority", "P3")
    rows("import", "rmas", write("undo-2.csv", FILES["rmas"].splitlines()[0] + (
        f"\n{NUMBER % 73},{case},P2,ACME,,Joe,PO,UNDOUNIT730,PN-1,,SJC,"
        "2026-10-05T12:00:00-07:00,2026-10-05T12:00:00-07:00\n")))
    before = state_of(73)
    rows("extend", NUMBER % 73, "--days", "5", "--reason", "asked", *LATE)
    shown("O2/undo-extend-names-no-days", run("extend", NUMBER % 73, "--undo", "--days", "5",
                                              "--reason", "x")[0] == 2)
    shown("O2/undo-extend-needs-a-reason", run("extend", NUMBER % 73, "--undo")[0] == 2)
    code, out = rows("extend", NUMBER % 73, "--undo", "--reason", "wrong RMA", *LATE)
    shown("O2/undo-extend", code == 0 and out[0]["return_by"] == before["return_by"] and
          out[0]["clocks"] == before["clocks"], out)
    shown("O2/undo-extend-once", error_of(rows("extend", NUMBER % 73, "--undo", "--reason", "x")) ==
          (1, "refused", "O2"))
    rows("charge", NUMBER % 73, "--reason", "no answer", *LATE)
    rows("mail", "send", "--maildir", os.path.join(WORK, "undo-mail"))
    code, out = rows("charge", NUMBER % 73, "--undo", "--reason", "wrong RMA", *LATE)
    shown("O3/undo-charge", code == 0 and out[0]["state"] == "open" and
          out[0]["lines"] == before["lines"], out)
    shown("O3/undo-is-credited", [c["credited"] is not None for c in rows("charge", "list")[1]
                                  if c["rma"] == NUMBER % 73] == [True])
    shown("F4/undo-is-told", [m["kind"] for m in rows("mail", "list")[1] if
                              m["rmas"] == [NUMBER % 73] and m["state"] == "queued"] ==
          ["correction"])


def undone_claims_and_pauses():
    """A pause, a resumption, a claim and its decision taken back (C9, O5)"""
    case = "2026-1101-000903"
    rows("case", "new", case, "--account", "ACME", "--priority", "P3")
    rows("import", "rmas", write("undo-3.csv", FILES["rmas"].splitlines()[0] + (
        f"\n{NUMBER % 74},{case},P2,ACME,,Joe,PO,UNDOUNIT740,PN-1,,SJC,"
        "2026-10-05T12:00:00-07:00,2026-10-05T12:00:00-07:00\n")))
    before = state_of(74)

    def at(day):
        return "--at", f"2026-10-{day:02}T12:00:00-07:00"

    def clock(verb, day, *more):
        code, out = rows("clock", verb, NUMBER % 74, "--kind", "C1", "--reason", "customs",
                         *at(day), *more)
        return (code, out[0]["state"], out[0]["due"]) if code == 0 else error_of((code, out))

    shown("C9/paused", clock("pause", 6) == (0, "paused", None))
    shown("C9/undo-needs-a-reason",
          run("clock", "pause", NUMBER % 74, "--kind", "C1", "--undo")[0] == 2)
    shown("C9/undo-pause", clock("pause", 8, "--undo")[::2] == (0, before["return_by"]) and
          state_of(74)["lines"] == before["lines"])
    shown("C9/undo-pause-once", clock("pause", 8, "--undo") == (1, "refused", "C9"))
    clock("pause", 7)
    moved = clock("resume", 8)
    shown("C9/undo-resume", clock("resume", 9, "--undo") == (0, "paused", None))
    shown("C9/undo-resume-once", clock("resume", 9, "--undo") == (1, "refused", "C9"))
    shown("C9/resumed-anew", moved[::2] == (0, "2026-10-20") and
          clock("resume", 9)[::2] == (0, "2026-10-21"))
    proof = ("--carrier", "UPS", "--tracking", "1Z999AA10123456784", "--delivered", "2026-10-08",
             "--signed-by", "Bob")
    claim = rows("claim", "new", NUMBER % 74, *proof, *at(13))[1][0]["claim"]
    shown("O5/undo-claim-needs-a-reason", run("claim", "withdraw", claim)[0] == 2)
    shown("O5/undo-nothing-decided", error_of(rows(
        "claim", "decide", claim, "--undo", "--reason", "x")) == (1, "refused", "O5"))
    shown("O5/one-word-is-said", run("claim", "decide", claim, "--undo", "--accept", "--reason",
                                     "x")[0] == 2)
    for day, word in ((14, "accept"), (15, "reject")):
        rows("claim", "decide", claim, "--" + word, "--reason", "looked", *at(day))
        code, out = rows("claim", "decide", claim, "--undo", "--reason", "not that one", *at(day))
        shown(f"O5/undo-{word}", code == 0 and out[0]["state"] == "pending" and
              out[0]["decided"] is None and state_of(74)["return_by"] is None, out)
    code, out = rows("claim", "withdraw", claim, "--reason", "wrong RMA", *at(16))
    shown("O5/withdrawn", code == 0 and out[0]["state"] == "withdrawn" and
          out[0]["reason"] == "wrong RMA" and state_of(74)["return_by"] == "2026-10-21", out)
    shown("O5/withdrawn-once", error_of(rows("claim", "withdraw", claim, "--reason", "x")) ==
          (1, "refused", "O5"))
    shown("O5/withdrawn-listed", [c["claim"] for c in rows(
        "claim", "list", "--state", "withdrawn")[1]] == [claim] and claim not in [
            c["claim"] for c in rows("claim", "list", "--state", "rejected")[1]])
    shown("O5/undo-no-such-claim", error_of(rows(
        "claim", "withdraw", "nothing", "--reason", "x"))[:2] == (1, "not-found"))


def reminded():
    """chase RMA/LINE: chosen lines, once a day, withdrawn while the mail waits (O1, K5)"""
    case = "2026-1101-000902"
    rows("case", "new", case, "--account", "BLUE", "--priority", "P3")
    rows("import", "rmas", write("remind.csv", FILES["rmas"].splitlines()[0] + "".join(
        f"\n{NUMBER % n},{case},P2,BLUE,,Joe,PO,REMIND00{n},PN-1,,SJC,"
        "2026-10-05T12:00:00-07:00,2026-10-05T12:00:00-07:00" for n in (80, 81)) + "\n"))
    chosen = (f"{NUMBER % 80}/1", NUMBER % 81)
    code, out = rows("chase", *chosen, "--on", "2026-10-14", "--dry-run")
    shown("O1/remind-trial", code == 0 and [(r["action"], r["mail"]) for r in out] ==
          [("remind", None)] * 2, out)
    code, out = rows("chase", *chosen, "--on", "2026-10-14")
    shown("K5/remind-one-mail", code == 0 and len({r["mail"] for r in out}) == 1 and
          out[0]["mail"] is not None, out)
    mail = out[0]["mail"]
    code, out = rows("chase", *chosen, "--on", "2026-10-14")
    shown("K5/remind-once-a-day", code == 1 and [(r["action"], r["mail"], "K5" in r["why"])
                                                 for r in out] == [("none", None, True)] * 2, out)
    shown("K5/remind-not-by-the-run-too", not [r for r in rows("chase", "--on", "2026-10-14")[1]
                                               if r["rma"] in (NUMBER % 80, NUMBER % 81)])
    shown("O1/withdraw-needs-a-reason", run("chase", "--undo", mail)[0] == 2)
    code, out = rows("chase", "--undo", mail, "--reason", "wrong customer")
    shown("F4/withdrawn", code == 0 and out[0]["state"] == "failed" and
          "withdrawn" in out[0]["error"], out)
    mail = rows("chase", *chosen, "--on", "2026-10-14")[1][0]["mail"]
    rows("mail", "send", "--maildir", os.path.join(WORK, "remind-mail"))
    shown("F4/gone-is-gone", error_of(rows("chase", "--undo", mail, "--reason", "x")) ==
          (1, "refused", "F4"))
    shown("I1/remind-no-rma", rows("chase", "nonsense")[0] == 3)
    shown("O1/remind-no-line", run("chase", f"{NUMBER % 80}/x")[0] == 2 and
          error_of(rows("chase", f"{NUMBER % 80}/9"))[:2] == (1, "not-found"))


fill()
stages()
CLAIM = silent()
overdue()
charge()
waive_extend_buy()
claims(CLAIM)
undone()
undone_days_and_charges()
undone_claims_and_pauses()
reminded()
shown("chase/store-in-order", run("check")[0] == 0, run("check"))
forbidden()
finish()
