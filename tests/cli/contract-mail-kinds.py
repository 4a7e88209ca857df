#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the mails of an RMA's life tell (N5, F4, O1-O3, K5, K6), as they arrive. Speaks TAP.

usage: contract-mail-kinds.py BACKHAULCTL
"""
import email
import email.policy
import mailbox
import os

from harness import WORK, finish, rows, shown, write

BOX = os.path.join(WORK, "maildir")
NUMBER = "R00000020%02d"
CASE = "2020-1005-%06d"
SEEN = set()
FILES = {
    "accounts": "account,name,country,language,email\nACME,Acme Networks,US,en,a@acme.example\n"
                "GRUEN,Grün & Söhne,DE,de,b@gruen.example\n",
    "sites": "account,site,name,address,city,postal_code,country,time_zone\n"
             "ACME,HQ,Acme East,,,,US,America/New_York\n",
    "destinations": "destination,name,address,city,postal_code,country,time_zone,calendar,"
                    "contract_manufacturer\nSJC,San Jose Repair,1 Harbour Road,San Jose,95110,US,"
                    "America/Los_Angeles,,Flex\n",
    "products": "part,description,platform,list_price,currency,first_shipment,end_of_life,"
                "end_of_service,third_party,components\n"
                "PN-1,Router,MX,12500.50,USD,2020-01-01,,,no,\n",
    "units": "serial,part,account,site,shipped,registered,distributor,contract,contract_level,"
             "contract_until\n" + "".join(
                 f"NEWUNIT{n:03d},PN-1,ACME,HQ,2020-06-01,2020-06-02,,,,\n" for n in range(3)),
    # confirmed on Monday 5 October 2020: due on Monday the 19th
    "rmas": "rma,case,priority,account,site,contact,reference,serial,part,flag,destination,"
            "created,confirmed\n" + "".join(
                f"{NUMBER % n},{CASE % n},P2,{a},,Jo,PO {n},LATEUNIT{n:02d},PN-1,,SJC,"
                "2020-10-05T12:00:00-07:00,2020-10-05T12:00:00-07:00\n"
                for n, a in ((1, "ACME"), (2, "ACME"), (3, "GRUEN"), (4, "GRUEN"), (5, "ACME"))),
}


def send():
    """Sends what waits; (exit, its rows, the mail that came of each, as parsed)."""
    code, out = rows("mail", "send", "--maildir", BOX)
    fresh = {}
    for key, mail in mailbox.Maildir(BOX).items():
        if key not in SEEN:
            parsed = email.message_from_bytes(mail.as_bytes(), policy=email.policy.default)
            fresh[str(parsed["message-id"])] = parsed
        SEEN.add(key)
    sent = [m["message_id"] for m in out if m.get("state") == "sent"]
    shown("mail/F4/what-is-sent-came", sorted(sent) == sorted(fresh), sent, list(fresh))
    return code, out, [fresh[m] for m in sent]


def text(mail):
    return mail.get_body(("plain",)).get_content()


def confirmation():
    rows("case", "new", CASE % 77, "--account", "ACME", "--site", "HQ", "--priority", "P2")
    code, out = rows("rma", "new", "--case", CASE % 1, "--account", "ACME", "--site", "HQ",
                     "--destination", "SJC", "--unit", "NEWUNIT000", "--unit", "NEWUNIT001",
                     "--reference", "PO 4711", "--at", "2020-10-06T20:00:00Z")
    rma = out[0].get("rma")
    shown("mail/N1/draft-tells-nobody", rows("mail", "list")[1] == [], out)
    code, out = rows("rma", "confirm", str(rma), "--at", "2020-10-06T20:00:00Z")
    code, out, mails = send()
    shown("mail/N5/sent", code == 0 and len(mails) == 1 and out[0]["kind"] == "confirmation"
          and out[0]["rmas"] == [rma], out)
    mail = mails[0]
    shown("mail/N5/text", all(t in text(mail) for t in (
        rma, "NEWUNIT000", "NEWUNIT001", "PN-1", "PO 4711", "San Jose Repair", "1 Harbour Road",
        "95110", "20 October 2020", "10 business days", "full list price")), text(mail))
    attached = list(mail.iter_attachments())
    label = os.path.join(WORK, "label.pdf")
    with open(label, "wb") as file:
        file.write(attached[0].get_content())
    code, out = rows("scan", label)
    read = {s["text"] for s in out}
    shown("mail/N5/label", len(attached) == 1 and attached[0].get_content_type() == "application/pdf"
          and attached[0].get_filename() == f"{rma}-label.pdf" and rma in read
          and {s["page"] for s in out} == {1, 2} and any("NEWUNIT001" in t for t in read), out)
    return rma


def refusal():
    code, out = rows("receive", "NEWUNIT002", "--no-number", "--tracking", "1Z999AA10123456784",
                     "--carrier", "UPS", "--at", "2020-10-07T20:00:00Z")
    code, sent, mails = send()
    shown("mail/F4/refusal", len(mails) == 1 and sent[0]["kind"] == "refusal" and all(
        t in text(mails[0]) for t in ("NEWUNIT002", "1Z999AA10123456784", "UPS", "7 October 2020",
                                      "sender's cost")), out, sent, mails and text(mails[0]))


def reminders():
    rows("chase", "--on", "2020-10-19")
    rows("receive", NUMBER % 2, "LATEUNIT02", "--at", "2020-10-19T21:00:00Z")
    code, out, mails = send()
    by_kind = {(m["kind"], m["account"]): mails[i] for i, m in enumerate(out)}
    german = text(by_kind["reminder", "GRUEN"])
    english = text(by_kind["reminder", "ACME"])
    shown("mail/O1/K5-one-an-account", sorted(by_kind) == [
        ("receipt", "ACME"), ("reminder", "ACME"), ("reminder", "GRUEN")], out)
    shown("mail/O1/reminder", "LATEUNIT03" in german and "LATEUNIT04" in german
          and "19. Oktober 2020" in german and NUMBER % 3 in german, german)
    shown("mail/O1/came-in-meanwhile", "LATEUNIT01" in english and "LATEUNIT02" not in english,
          english)
    rows("chase", "--on", "2020-10-20")
    rows("receive", NUMBER % 3, "LATEUNIT03", "--at", "2020-10-20T21:00:00Z")
    rows("receive", NUMBER % 4, "LATEUNIT04", "--at", "2020-10-20T21:00:00Z")
    code, out, mails = send()
    overdue = [m for m in out if m["kind"] == "overdue"]
    shown("mail/O1/overdue", sorted((m["account"], m["state"]) for m in overdue) ==
          [("ACME", "sent"), ("GRUEN", "failed")] and any(
              m["error"] and "so any more" in m["error"] for m in overdue), out)
    told = next(text(m) for m in mails if "Overdue" in m["subject"])
    shown("mail/O1/overdue-text", "LATEUNIT01" in told and "Was due: 19 October 2020" in told
          and "12,500.50 USD" in told, told)


def money():
    at = ("--at", "2020-10-21T21:00:00Z")
    rows("charge", NUMBER % 1, "--reason", "not returned", *at)
    code, out, mails = send()
    told = "".join(text(m) for m in mails if "Charge" in m["subject"])
    shown("mail/O2/F4/one-mail-tells-its-end", "closing" not in [m["kind"] for m in out]
          and f"RMA {NUMBER % 1} is closed" in told, out, told)
    shown("mail/O2/charge", "charge" in [m["kind"] for m in out] and all(
        t in told for t in ("LATEUNIT01", "Total: 12,500.50 USD", "not returned",
                            "Was due: 19 October 2020")), out, told)
    rows("charge", "credit", NUMBER % 1, "--reason", "found", "--at", "2020-10-22T21:00:00Z")
    code, out, mails = send()
    shown("mail/O3/credit", [m["kind"] for m in out] == ["credit"]
          and "12,500.50 USD" in text(mails[0]), out)


def delivered(rma):
    """F4: proof of delivery, with the survey's link where the site has one"""
    for bad in ("javascript:alert(1)", "https://", "ftp://x.example/a", "http:" + "//a b.example/",
                "https:" + "//u:p@x.example/", "survey", "https://x.example/\"><b>", "https://x.example/é",
                "https://x.example/\nBcc: a@b.example", "https://x.example/" + "a" * 1000):
        shown(f"mail/F4/no-link/{bad[:20]!r}", rows("mail", "set", "survey", bad)[0] == 3)
    rows("rma", "delivered", rma, "--line", "1")
    code, out, mails = send()
    shown("mail/F4/delivered-without-a-survey", [m["kind"] for m in out] == ["delivered"] and
          "NEWUNIT000" in text(mails[0]) and "How did we do" not in text(mails[0]), out)
    shown("mail/F4/survey-is-set", rows("mail", "set", "survey",
                                        "https://x.example/s?r={rma}&a={rma}")[0] == 0)
    rows("rma", "delivered", rma, "--line", "2")
    code, out, mails = send()
    html = mails[0].get_body(("html",)).get_content()
    shown("mail/F4/delivered-with-the-survey", f"https://x.example/s?r={rma}&a={rma}\n" in
          text(mails[0]) and f"https://x.example/s?r={rma}&amp;a={rma}" in html, text(mails[0]), html)


def closing(rma):
    rows("rma", "cancel", rma, "--reason", "not needed")
    code, out, mails = send()
    shown("mail/F4/closing", [m["kind"] for m in out] == ["closing"] and rma in mails[0]["subject"],
          out)
    code, out, _ = send()
    shown("mail/F4/each-once", (code, out) == (0, []), out)


rows("init")
for kind, content in FILES.items():
    answer = rows("import", kind, write(kind + ".csv", content))
    shown(f"mail/import/{kind}", answer[0] == 0 and answer[1][-1]["rejected"] == 0, answer)
RMA = confirmation()
refusal()
reminders()
money()
delivered(RMA)
closing(RMA)
finish()
