#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Mail by CLI.md's letter (N5, F4, K5), against a mail server on the loopback. Speaks TAP.

usage: contract-mail.py BACKHAULCTL
"""
import email
import email.policy
import mailbox
import os
import signal
import subprocess
import sys
import threading

from harness import CTL, STORE, TIME, WORK, finish, rows, run, shown, write

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "mail"))
from sink import Sink, certificate, wait_for  # noqa: E402

KEYS = ["mail", "kind", "to", "account", "rmas", "message_id", "state", "tries", "error"]
HOSTILE = 'Eve\u202e <script>"x"</script>, Bcc: <all@evil.example>'
ACCOUNTS = {"ACME": ("Acme Networks", "US", "en", "a@acme.example"),
            "GRUEN": ("Grün & Söhne", "DE", "de-AT", "later1@gruen.example"),
            "ROJO": ("Rojo S.A.", "ES", "es", "no1@rojo.example"),
            "NIPPON": ("日本返品株式会社", "JP", "ja", "drop1@nippon.example"),
            "EVE": (HOSTILE, "US", "fr", "eve@evil.example"),
            "MUTE": ("Mute", "US", "en", "")}
SERIAL = "{0}-{1:04d}"


def csv(text):
    return '"' + text.replace('"', '""') + '"'


def fill():
    rows("init")
    files = {
        "accounts": "account,name,country,language,email\n" + "".join(
            ",".join([k, csv(v[0]), *v[1:]]) + "\n" for k, v in ACCOUNTS.items()),
        "sites": "account,site,name,address,city,postal_code,country,time_zone\n"
                 "NIPPON,TYO,Tokyo,,,,JP,Asia/Tokyo\n",
        "destinations": "destination,name,address,city,postal_code,country,time_zone,calendar,"
                        "contract_manufacturer\nSJC,San Jose Repair,1 Harbour Road,San Jose,95110,"
                        "US,America/Los_Angeles,,Flex\n",
        "products": "part,description,platform,list_price,currency,first_shipment,end_of_life,"
                    "end_of_service,third_party,components\n"
                    "PN-1,Router,MX,1234.50,USD,2020-01-01,,,no,\n",
        "rmas": "rma,case,priority,account,site,contact,reference,serial,part,flag,destination,"
                "created,confirmed\n" + "".join(
                    f"R{a:04d}{i:06d},2026-1101-{a:02d}{i:04d},P2,{name},"
                    f"{'TYO' if name == 'NIPPON' else ''},Jo,PO {i},{SERIAL.format(name, i)},PN-1,,"
                    "SJC,2024-11-10T10:00:00Z,2024-11-10T10:00:00Z\n"
                    for a, name in enumerate(ACCOUNTS) for i in range(1, 61)),
    }
    for kind, text in files.items():
        code, out = rows("import", kind, write(kind + ".csv", text))
        shown(f"import/{kind}", code == 0 and out[-1]["rejected"] == 0, out)
    shown("F4/import-queues-nothing", rows("mail", "list") == (0, []))


def serial(account, n):
    return SERIAL.format(account, n)


def mails(state=None):
    return rows("mail", "list", *(["--state", state] if state else []))[1]


def parse(content):
    return email.message_from_bytes(content, policy=email.policy.default)


def in_maildir(folder):
    return [parse(m.as_bytes()) for m in mailbox.Maildir(folder)]


def queue():
    for second, account in enumerate(ACCOUNTS):
        rows("receive", serial(account, 1), "--at", f"2024-11-24T20:00:0{second}Z")
    found = mails()
    one = found[0]
    shown("mail-list/keys", list(one)[:9] == KEYS and one["rmas"] == ["R0000000001"]
          and one["message_id"] == f"<{one['mail']}@backhaul>" and one["kind"] == "receipt"
          and (one["state"], one["tries"], one["error"]) == ("queued", 0, None)
          and TIME.match(one["queued"]), one)
    shown("mail-list/F4-order", [m["account"] for m in found] == list(ACCOUNTS), found)
    mute = mails("failed")
    shown("mail-list/no-address-is-failed", len(mute) == 1 and mute[0]["to"] is None
          and "no e-mail address" in mute[0]["error"], mute)
    shown("mail-list/state", len(mails("queued")) == 5 and mails("sent") == []
          and rows("mail", "list", "--state", "gone")[0] == 2)
    # K5: two units of one box are one mail; voiding one leaves the other told
    _, out = rows("receive", serial("ACME", 2), serial("ACME", 3), "--tracking", "1Z999AA10123456784")
    shown("mail-list/K5-one-a-box", [m["rmas"] for m in mails("queued")[5:]] ==
          [["R0000000002", "R0000000003"]], mails()[6:])
    rows("void", out[0]["receipt"], "--reason", "wrong unit")
    code, shown_mail = rows("mail", "show", mails("queued")[-1]["mail"])
    shown("mail-show/voided-unit-is-not-told", code == 0
          and serial("ACME", 3) in shown_mail[0]["text"]
          and serial("ACME", 2) not in shown_mail[0]["text"], shown_mail)
    rows("void", out[1]["receipt"], "--reason", "wrong unit")
    shown("mail-list/all-voided-is-not-sent", mails()[-1]["state"] == "failed"
          and "voided" in mails()[-1]["error"], mails()[-1])
    rows("receive", "NOWHERE-1", "R0000000009", "--no-number")
    code, out = rows("receive", "R0003000099", "NOWHERE-2")
    return mute[0]["mail"]


def words():
    by_account = {m["account"]: rows("mail", "show", m["mail"])[1][0] for m in mails("queued")}
    one = by_account["ACME"]
    shown("mail-show/F4-K6", all(t in one["text"] for t in (
        "Acme Networks", "24 November 2024", serial("ACME", 1), "PN-1", "R0000000001", "PO 1"))
        and one["subject"].startswith("We have received") and one["to"] == "a@acme.example", one)
    shown("mail-show/K3-languages", [by_account[a]["language"] for a in
                                     ("ACME", "GRUEN", "ROJO", "NIPPON", "EVE")] ==
          ["en", "de", "es", "ja", "en"], by_account)
    # the box came in on 24 November in San Jose and on the 25th in Tokyo
    shown("mail-show/K3-zone", "2024年11月25日" in by_account["NIPPON"]["text"],
          by_account["NIPPON"]["text"])
    eve = by_account["EVE"]
    shown("mail-show/hostile-name", "\u202e" not in eve["text"] and "<script>" not in eve["html"]
          and "&lt;script&gt;" in eve["html"], eve)
    shown("mail-show/no-such", rows("mail", "show", "nothing")[0] == 1)


def maildir():
    folder = os.path.join(WORK, "maildir")
    rows("receive", serial("ACME", 10))
    before = mails("queued")
    code, out = rows("mail", "send", "--maildir", folder)
    shown("mail-send/maildir", code == 0 and [m["mail"] for m in out] == [m["mail"] for m in before]
          and all(m["state"] == "sent" and m["tries"] == 1 and m["error"] is None for m in out),
          out)
    got = in_maildir(folder)
    shown("mail-send/F4-each-once", sorted(m["message-id"] for m in got) ==
          sorted(m["message_id"] for m in before), [m["message-id"] for m in got])
    eve = next(m for m in got if m["to"].addresses[0].addr_spec == "eve@evil.example")
    shown("mail-send/hostile-name", eve["bcc"] is None and len(eve["to"].addresses) == 1
          and not eve.defects, eve.items())
    shown("mail-send/nothing-left", rows("mail", "send", "--maildir", folder) == (0, [])
          and len(in_maildir(folder)) == len(before))
    shown("mail-send/audit-F6", sum(e["what"] == "mail" for e in rows("audit", "show")[1]) ==
          len(before) and rows("audit", "verify")[0] == 0)


def server():
    for account, n in (("ACME", 20), ("GRUEN", 20), ("ROJO", 20), ("NIPPON", 20), ("ACME", 21)):
        rows("receive", serial(account, n))
    with Sink() as sink:
        code, out = rows("mail", "send", "--smtp", sink.url())
        now = {m["account"]: m for m in out if "mail" in m}
        shown("mail-send/4xx-stays", now["GRUEN"]["state"] == "queued" and now["GRUEN"]["tries"] == 1
              and "451" in now["GRUEN"]["error"], out)
        shown("mail-send/5xx-failed", now["ROJO"]["state"] == "failed"
              and "550" in now["ROJO"]["error"], out)
        shown("mail-send/lost-stays", now["NIPPON"]["state"] == "queued"
              and now["NIPPON"]["tries"] == 1 and now["NIPPON"]["error"], out)
        shown("mail-send/others-go", now["ACME"]["state"] == "sent" and len(sink.taken) == 3, out)
        shown("mail-send/exit-4-when-lost", code == 4 and "error" in out[-1], code, out[-1])
        first = [c for t, c, *_ in sink.taken if t.startswith("drop")]
        code, out = rows("mail", "send", "--smtp", sink.url())
        second = [c for t, c, *_ in sink.taken if t.startswith("drop")]
        shown("mail-send/same-id-after-a-break", len(first) == 1 and len(second) == 2
              and second[0] == second[1], second)
        shown("mail-send/again", code == 1 and [(m["account"], m["state"], m["tries"]) for m in out] ==
              [("GRUEN", "queued", 2), ("NIPPON", "sent", 2)], out)
        failed = [m for m in mails("failed") if m["account"] == "ROJO"][0]
        shown("mail-send/5xx-is-not-tried-again", failed["tries"] == 1, failed)
        url = sink.url()
    code, out = rows("mail", "send", "--smtp", url)
    shown("mail-send/unreachable", code == 4 and out[-1]["error"]["code"] == "store"
          and mails("queued")[0]["account"] == "GRUEN", code, out)
    write("new.csv", "account,name,country,language,email\nROJO,Rojo S.A.,ES,es,good@rojo.example\n"
                     "GRUEN,Grün,DE,de,good@gruen.example\n")
    rows("import", "accounts", os.path.join(WORK, "new.csv"))
    code, out = rows("mail", "retry", failed["mail"])
    shown("mail-retry", code == 0 and out[0]["state"] == "queued" and out[0]["to"] ==
          "good@rojo.example" and out[0]["error"] is None, out)
    shown("mail-retry/no-address", rows("mail", "retry", failed["mail"], "--to", "a@b\nBcc: c")[0] == 3)
    shown("mail-retry/readdressed-while-it-waits", rows(
        "mail", "retry", failed["mail"], "--to", "other@rojo.example")[1][0]["to"] ==
          "other@rojo.example" and rows("mail", "retry", failed["mail"], "--to",
                                        "good@rojo.example")[0] == 0)
    shown("mail-retry/not-failed", rows("mail", "retry", failed["mail"])[0] == 1)
    with Sink() as sink:
        code, out = rows("mail", "send", "--smtp", sink.url())
        shown("mail-retry/goes", {"good@rojo.example"} <= {t for t, *_ in sink.taken}, out)
    rows("mail", "send", "--maildir", os.path.join(WORK, "rest"))


def tls():
    cert = certificate(WORK)
    password = write("password", "s3cret\n")
    with Sink(starttls=cert, login=("robot", "s3cret")) as sink:
        rows("receive", serial("ACME", 41))
        code, out, told = run("mail", "send", "--smtp", sink.url("robot"),
                              env={"BACKHAUL_SMTP_PASSWORD_FILE": password})
        shown("mail-send/starttls-and-login", code == 0 and len(sink.taken) == 1
              and sink.taken[-1][2:] == (True, "robot"), code, out, told)
        rows("receive", serial("ACME", 42))
        code, out = rows("mail", "send", "--smtp", sink.url("robot"),
                         env={"BACKHAUL_SMTP_PASSWORD_FILE": write("bad", "wrong\n")})
        shown("mail-send/wrong-password-loses-nothing", code == 4 and mails("queued")[-1]["account"]
              == "ACME" and "wrong" not in str(out), out)
        rows("mail", "send", "--smtp", sink.url("robot"),
             env={"BACKHAUL_SMTP_PASSWORD_FILE": password})
    code, out = rows("mail", "send", "--smtp", "smtp://u:hunter2@127.0.0.1")
    shown("mail-send/password-in-url", code == 2 and "hunter2" not in str(out), out)
    shown("mail-send/where", rows("mail", "send")[0] == 2)
    shown("mail-send/both", rows("mail", "send", "--smtp", "smtp://x", "--maildir", WORK)[0] == 2)
    shown("mail/no-word", rows("mail")[0] == 2 and rows("mail", "dance")[0] == 2)


def killed():
    """kill -9 in the middle, and again: none missing, doubles under one Message-ID."""
    for n in range(50, 58):
        rows("receive", serial("EVE", n))
    waiting = {m["message_id"] for m in mails("queued")}
    with Sink() as sink:
        sink.handler.slow = 0.05
        for _ in range(3):
            had = len(sink.taken)
            process = subprocess.Popen([CTL, "--store", STORE, "mail", "send", "--smtp", sink.url()],
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            wait_for(lambda: len(sink.taken) > had or process.poll() is not None)
            process.send_signal(signal.SIGKILL)
            process.wait()
        rows("mail", "send", "--smtp", sink.url())
        ids = [str(parse(c)["message-id"]) for _, c, *_ in sink.taken]
        doubles = {c for _, c, *_ in sink.taken}
        shown("mail-send/killed", waiting <= set(ids) and not mails("queued")
              and len(doubles) == len(set(ids)), len(waiting), ids, mails("queued"))


def two_at_once():
    for n in range(30, 45):
        rows("receive", serial("EVE", n))
    with Sink() as sink:
        sink.handler.slow = 0.01
        told = []
        threads = [threading.Thread(target=lambda: told.extend(
            rows("mail", "send", "--smtp", sink.url())[1])) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        ids = [str(parse(c)["message-id"]) for _, c, *_ in sink.taken]
        shown("mail-send/two-at-once", len(ids) == len(set(ids)) and len(ids) >= 15
              and len(told) == len({m["mail"] for m in told}), ids, told)


def templates():
    site = os.path.join(WORK, "site")
    os.makedirs(os.path.join(site, "en"))
    code, out = rows("mail", "preview")
    shown("mail-preview/all", code == 0 and len(out) == 44
          and {m["language"] for m in out} == {"en", "de", "es", "ja"}, len(out))
    code, out = rows("mail", "preview", "confirmation", "--language", "de")
    shown("mail-preview/N5", code == 0 and "8. Dezember 2026" in out[0]["text"]
          and "10 Arbeitstage" in out[0]["text"] and "vollen Listenpreis" in out[0]["text"], out)
    shown("mail-preview/html", run("mail", "preview", "receipt", "--html")[1].count("<p>") > 2)
    shown("mail-preview/no-such", rows("mail", "preview", "hat")[0] == 1)
    path = write("site/en/receipt.txt", "Subject: Got {rma.number}\n\nHello {custmer.name}\n")
    shown("mail-set", rows("mail", "set", "templates", site) ==
          (0, [{"setting": "templates", "value": site}]))
    code, out, error = run("mail", "preview", "receipt")
    shown("mail-preview/broken", code == 3 and f"{path}:3: " in error, code, error)
    code, out = rows("mail", "preview")
    shown("mail-preview/all-faults", code == 3 and sum("error" in m for m in out) == 1
          and len(out) == 44, out)
    rows("receive", serial("ACME", 55))
    folder = os.path.join(WORK, "site-mail")
    code, out = rows("mail", "send", "--maildir", folder)
    shown("mail-send/broken-template-keeps-the-mail", code == 3 and out[0]["state"] == "queued"
          and f"{path}:3: " in out[0]["error"] and in_maildir(folder) == [], out)
    write("site/en/receipt.txt", "Subject: Got {rma.number}\n\nHello {customer.name}\n{vendor.name}\n")
    rows("mail", "set", "vendor", "Vendor Ltd.")
    rows("mail", "set", "from", "desk@vendor.example")
    code, out = rows("mail", "send", "--maildir", folder)
    mail = in_maildir(folder)[0]
    shown("mail-send/site-template", code == 0 and mail["subject"] == "Got R0000000055"
          and mail.get_body(("plain",)).get_content() == "Hello Acme Networks\nVendor Ltd.\n"
          and mail["from"].addresses[0].addr_spec == "desk@vendor.example", mail.as_string()[:900])
    shown("mail-set/bad", rows("mail", "set", "from", "nobody")[0] == 3
          and rows("mail", "set", "hat", "x")[0] == 2
          and rows("mail", "set", "smtp", "smtp://u:p@x")[0] == 2)
    with Sink() as sink:
        rows("mail", "set", "smtp", sink.url())
        rows("receive", serial("ACME", 56))
        code, out = rows("mail", "send")
        shown("mail-send/server-of-the-site", code == 0 and len(sink.taken) == 1, out)


def bounced():
    """A delivery report (RFC 3464), as mail servers write them."""
    sent = [m for m in mails("sent") if m["account"] == "ACME"][-1]

    def report(message_id, action="failed", kind="message/rfc822", content=None):
        return write("report.eml", "From: MAILER-DAEMON@relay.example\r\nTo: desk@vendor.example\r\n"
                     "Subject: Undelivered Mail\r\nMIME-Version: 1.0\r\nContent-Type: "
                     "multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n\r\n"
                     "Sorry.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n"
                     "Reporting-MTA: dns; relay.example\r\n\r\nFinal-Recipient: rfc822; "
                     f"a@acme.example\r\nAction: {action}\r\nStatus: 5.1.1\r\n"
                     "Diagnostic-Code: smtp; 550 5.1.1\r\n no such user\u202e\r\n--b\r\n"
                     f"Content-Type: {kind}\r\n\r\n" + (
                         content or f"Subject: x\r\nMessage-ID: {message_id}\r\n\r\ntext\r\n")
                     + "\r\n--b--\r\n")

    code, out = rows("mail", "bounce", report(sent["message_id"], "delayed"))
    shown("mail-bounce/delay-changes-nothing", code == 0 and out[0]["state"] == "sent", out)
    code, out = rows("mail", "bounce", report(sent["message_id"], "failed", "text/rfc822-headers"))
    shown("mail-bounce/F4-failed", code == 0 and out[0]["mail"] == sent["mail"]
          and out[0]["state"] == "failed" and "550 5.1.1 no such user" in out[0]["error"]
          and "\u202e" not in out[0]["error"]
          and sent["mail"] in {m["mail"] for m in mails("failed")}, out)
    code, out = rows("mail", "bounce", "-",
                     given=open(report(sent["message_id"]), "rb").read())
    shown("mail-bounce/twice", code == 0 and out[0]["state"] == "failed", out)
    shown("mail-bounce/not-ours", rows("mail", "bounce", report("<x@y>"))[0] == 1)
    shown("mail-bounce/no-report", rows("mail", "bounce", write("x.eml", "Hello\n\nyou\n"))[0] == 3
          and rows("mail", "bounce", write("y.eml", ""))[0] == 3
          and rows("mail", "bounce", "/nowhere")[0] == 3)
    shown("mail-bounce/names-none", rows("mail", "bounce", report("", content="x\r\n"))[0] == 3)


fill()
MUTE = queue()
words()
maildir()
server()
tls()
killed()
two_at_once()
templates()
bounced()
shown("mail-retry/still-no-address", rows("mail", "retry", MUTE)[0] == 1
      and mails("failed")[0]["mail"] == MUTE)
shown("check", run("check")[0] == 0)
finish()
