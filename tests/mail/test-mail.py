#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Messages parsed back by Python's email package, a mail server by aiosmtpd, a Maildir. TAP.

usage: test-mail.py POST
"""
import email
import email.policy
import json
import mailbox
import os
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from sink import Sink, certificate  # noqa: E402

POST = sys.argv[1]
WORK = tempfile.mkdtemp(prefix="bh-mail-")
NUMBER = FAILED = 0
BASE = {"from": "returns@vendor.example", "to": "a@acme.example", "subject": "Hello",
        "text": "One\n.\n..two\nFrom here\n", "message_id": "0001@backhaul", "language": "de"}
# names that a customer, a site or a carrier could have
HOSTILE = {
    "crlf": "Eve\r\nBcc: all@evil.example\r\n\r\n<script>",
    "lf": "Eve\nSubject: other",
    "cr": "Eve\rSubject: other",
    "folded": "Eve\r\n Bcc: all@evil.example",
    "nul-like": "Eve\u2400\u0001\u001b[2J",
    "line-separator": "Eve\u2028Bcc: all@evil.example\u2029\u0085x: y",
    "bidi": "gpj.\u202eexe\u2066\u2069\u200f",
    "address": "Eve <all@evil.example>, Bob",
    "quote": 'Eve" <all@evil.example>, "',
    "encoded-word": "=?utf-8?q?Eve=0D=0ABcc:_all@evil.example?=",
    "comment": "Eve (all@evil.example)",
    "long": "Ü" * 5000,
    "japanese": "株式会社\u3000返品",
    "header": "Bcc: all@evil.example",
}
KNOWN = {"from", "to", "subject", "date", "message-id", "auto-submitted", "mime-version",
         "content-language", "content-type", "content-transfer-encoding"}


def shown(path, ok, *what):
    global NUMBER, FAILED
    NUMBER += 1
    FAILED += not ok
    print(f"{'ok' if ok else 'not ok'} {NUMBER} /mail/{path}", flush=True)
    if not ok:
        print("# " + repr(what)[:900], flush=True)


def post(*arguments, messages=(), **environment):
    lines = "".join(json.dumps({**BASE, **m}) + "\n" for m in messages)
    done = subprocess.run([POST, *arguments], input=lines.encode(), capture_output=True,
                          check=False, env={**os.environ, **environment})
    return done.returncode, done.stdout


def parsed(**members):
    code, out = post("bytes", messages=[members])
    assert code == 0, out
    return out, email.message_from_bytes(out, policy=email.policy.default)


def message():
    raw, mail = parsed(html="<p>Ein &amp; Zwei</p>", attached="R0000000001.pdf", text="Grüße 返品\n",
                       to_name="Ünal & Söhne", subject="Rückgabe R0000000001 返品")
    kinds = [part.get_content_type() for part in mail.walk()]
    shown("mime/N5-parts", kinds == ["multipart/mixed", "multipart/alternative", "text/plain",
                                     "text/html", "application/pdf"], kinds)
    shown("mime/text", mail.get_body(("plain",)).get_content() == "Grüße 返品\n")
    shown("mime/html", mail.get_body(("html",)).get_content().strip() == "<p>Ein &amp; Zwei</p>")
    attached = list(mail.iter_attachments())[0]
    shown("mime/attachment", attached.get_filename() == "R0000000001.pdf"
          and attached.get_content() == b"%PDF-\0\xff\r\n.\r\n", attached.get_content())
    shown("mime/headers", mail["subject"] == "Rückgabe R0000000001 返品"
          and mail["to"].addresses[0].display_name == "Ünal & Söhne"
          and mail["to"].addresses[0].addr_spec == "a@acme.example"
          and mail["message-id"] == "<0001@backhaul>" and mail["auto-submitted"] == "auto-generated"
          and mail["content-language"] == "de"
          and mail["date"].datetime.isoformat() == "2026-11-24T08:00:00+00:00", mail.items())
    shown("mime/seven-bits", max(raw) < 128 and max(map(len, raw.split(b"\n"))) < 999)
    shown("mime/same-bytes", raw == parsed(html="<p>Ein &amp; Zwei</p>", attached="R0000000001.pdf",
                                           text="Grüße 返品\n", to_name="Ünal & Söhne",
                                           subject="Rückgabe R0000000001 返品")[0])
    _, mail = parsed()
    shown("mime/text-alone", mail.get_content_type() == "text/plain"
          and mail.get_content() == BASE["text"], mail.get_content())


def hostile():
    for name, text in HOSTILE.items():
        raw, mail = parsed(to_name=text, from_name=text, subject=text, language=text,
                           attached=text, html="<p>x</p>")
        unknown = [k for k in mail.keys() if k.lower() not in KNOWN]
        addresses = [a.addr_spec for h in ("to", "from") for a in mail[h].addresses]
        shown(f"hostile/{name}", not unknown and len(mail.keys()) == len(set(mail.keys()))
              and addresses == ["a@acme.example", "returns@vendor.example"]
              and not mail.defects and not mail["subject"].defects
              and len(list(mail.iter_attachments())) == 1, unknown, addresses, raw[:500])
    shown("hostile/name-survives", parsed(to_name=HOSTILE["japanese"])[1]["to"].addresses[0]
          .display_name == HOSTILE["japanese"])
    for address in ("", "a", "a@", "@b", "a b@c.example", "a@b@c.example", "a@c.example\nBcc: x@y.example",
                    "a@c.example\r\nDATA", "<a@c.example>", "a@c.example,b@c.example", '"a b"@c.example',
                    "a@c..example", "ä@c.example", "a@-c.example", ".a@c.example", "a@c.example>",
                    "x" * 65 + "@c.example", "a@" + "c" * 260):
        code, out = post("bytes", messages=[{"to": address}])
        shown(f"address/{ascii(address)[1:20]}", code == 3 and b"not an e-mail address" in out
              and out.count(b"\n") == 1, code, out)
    _, mail = parsed(to="a@müller.example")
    shown("address/other-letters", mail["to"].addresses[0].addr_spec == "a@xn--mller-kva.example")
    for address in ("a@b", "first.last+tag@sub.acme.example", "o'hara_1@acme.example"):
        shown(f"address/good/{address}", post("address", address)[0] == 0)


def smtp():
    results = lambda out: [line.split()[0].decode() for line in out.splitlines()]
    with Sink() as sink:
        code, out = post("smtp", sink.url(), messages=[{"to": f"u{i}@acme.example"} for i in range(20)])
        shown("smtp/many-one-connection", results(out) == ["sent"] * 20 and len(sink.taken) == 20
              and len(sink.handler.sessions) == 1, out, len(sink.handler.sessions))
        content = email.message_from_bytes(sink.taken[0][1], policy=email.policy.default)
        shown("smtp/dots-survive", content.get_content().replace("\r\n", "\n") == BASE["text"],
              content.get_content())
        code, out = post("smtp", sink.url(), messages=[
            {"to": "later@acme.example"}, {"to": "no@acme.example"}, {"to": "full@acme.example"},
            {"to": "never@acme.example"}, {"to": "drop@acme.example"}, {"to": "cut@acme.example"},
            {"to": "bad address"}, {"to": "good@返品.example"}])
        shown("smtp/answers", results(out) == ["later", "refused", "later", "refused", "lost", "lost",
                                               "refused", "sent"], out)
        shown("smtp/domain-in-other-letters", sink.taken[-1][0] ==
              "good@" + "返品.example".encode("idna").decode(), sink.taken[-1][0])
        shown("smtp/their-words", b"451 4.7.1 greylisted, come again" in out
              and b"550 5.1.1 no such user" in out, out)
        url = sink.url()
    code, out = post("smtp", url, messages=[{}, {}])
    shown("smtp/unreachable", results(out) == ["unreachable"] * 2, out)
    for bad in ("mail.example", "http://mail.example", "smtp://", "smtp://u:secret@mail.example"):
        code, out = post("smtp", bad)
        shown(f"smtp/bad-url/{bad}", code == 3 and b"secret" not in out, out)


def tls():
    cert = certificate(WORK)
    password = os.path.join(WORK, "password")
    with open(password, "w", encoding="utf-8") as file:
        file.write("s3cret pass\nremark\n")
    with Sink(starttls=cert) as sink:
        _, out = post("smtp", sink.url(), messages=[{}])
        shown("tls/starttls-when-offered", out.startswith(b"sent") and sink.taken[0][2], out)
        _, out = post("smtp", sink.url(), messages=[{}], BACKHAUL_SMTP_CA_FILE="/etc/ssl/certs/none.pem")
        shown("tls/not-trusted", out.startswith(b"unreachable") and len(sink.taken) == 1, out)
        _, out = post("smtp", sink.url(), messages=[{}], BACKHAUL_SMTP_CA_FILE=cert[0])
        shown("tls/trusted", out.startswith(b"sent") and len(sink.taken) == 2, out)
    with Sink(tls=cert) as sink:
        _, out = post("smtp", sink.url(), messages=[{}])
        shown("tls/smtps", out.startswith(b"sent") and sink.taken[0][2], out)
    login = ("robot", "s3cret pass")
    with Sink(starttls=cert, login=login) as sink:
        _, out = post("smtp", sink.url("robot"), messages=[{}], BACKHAUL_SMTP_PASSWORD_FILE=password)
        shown("tls/login", out.startswith(b"sent") and sink.taken[0][2:] == (True, login[0]),
              out, sink.taken)
        _, out = post("smtp", sink.url("other"), messages=[{}], BACKHAUL_SMTP_PASSWORD_FILE=password)
        shown("tls/wrong-login-keeps-the-mail", out.startswith(b"unreachable 535")
              and b"s3cret" not in out, out)
        _, out = post("smtp", sink.url(), messages=[{}])
        shown("tls/login-wanted-keeps-the-mail", out.startswith(b"unreachable 530"), out)
        code, out = post("smtp", sink.url("robot"), messages=[{}],
                         BACKHAUL_SMTP_PASSWORD_FILE=password + "-none")
        shown("tls/no-password-file", code == 3 and b"password-none" in out, out)
    with Sink(login=login) as sink:
        _, out = post("smtp", sink.url("robot"), messages=[{}], BACKHAUL_SMTP_PASSWORD_FILE=password)
        shown("tls/loopback-may-be-clear", out.startswith(b"sent"), out)


def maildir():
    box = os.path.join(WORK, "box")
    new, tmp = os.path.join(box, "new"), os.path.join(box, "tmp")
    post("maildir", box, messages=[{}])
    name = os.listdir(new)[0]
    shown("maildir/one", len(os.listdir(new)) == 1 and os.listdir(tmp) == []
          and [m["subject"] for m in mailbox.Maildir(box)] == ["Hello"])
    _, out = post("maildir", box, messages=[{}, {}])
    shown("maildir/twice-is-one-file", os.listdir(new) == [name] and out.count(b"sent") == 2, out)
    os.rename(os.path.join(new, name), os.path.join(box, "cur", name + ":2,S"))
    post("maildir", box, messages=[{}])
    shown("maildir/read-already", os.listdir(new) == [])
    # what a crash before the rename leaves: half a file in tmp
    shutil.rmtree(box)
    os.makedirs(tmp)
    with open(os.path.join(tmp, name), "w", encoding="utf-8") as file:
        file.write("From: half a" * 1000)
    post("maildir", box, messages=[{}])
    with open(os.path.join(new, name), "rb") as file:
        shown("maildir/crash-before-rename", os.listdir(tmp) == []
              and file.read() == parsed()[0])
    post("maildir", box, messages=[{"message_id": f"{i}@backhaul"} for i in range(50)])
    shown("maildir/many", len(os.listdir(new)) == 51)
    if os.geteuid() != 0:
        os.chmod(new, 0o500)
        _, out = post("maildir", box, messages=[{"message_id": "x@backhaul"}])
        shown("maildir/cannot-write", out.startswith(b"unreachable"), out)
        os.chmod(new, 0o700)
    shutil.rmtree(new)
    with open(new, "w", encoding="utf-8"):
        pass
    code, out = post("maildir", box, messages=[{}])
    shown("maildir/no-folder", code == 3 and new.encode() in out, out)


def lines():
    for name, text, want in (("plain", "Ab c", "Ab c"), ("ends", " a\r\n\tb\n", "a b"),
                             ("turn", "a\u202eb\u2066c", "abc"), ("joiner", "نمی\u200cخواهم", None)):
        _, out = post("line", text)
        shown(f"line/{name}", out.decode() == (want or text) + "\n", out)


message()
hostile()
smtp()
tls()
maildir()
lines()
shutil.rmtree(WORK)
print(f"1..{NUMBER}")
sys.exit(1 if FAILED else 0)
