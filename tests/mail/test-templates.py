#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every shipped template in every language, and what a site can do to one. TAP.

usage: test-templates.py POST
"""
import html.parser
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

POST = sys.argv[1]
SHIPPED = os.path.join(os.environ["BACKHAUL_DATA"], "data", "mail")
SITE = tempfile.mkdtemp(prefix="bh-templates-")
LANGUAGES = ("en", "de", "es", "ja")
KINDS = ("confirmation", "receipt", "refusal", "reminder", "overdue", "charge", "credit", "closing",
         "delivered", "analysis", "correction")
NUMBER = FAILED = 0
# what each kind must say, whatever the language (RULES N5, F4, O1-O3, K6)
MUST = {
    "confirmation": ["rma.number", "unit.serial", "unit.part", "address.line", "return_by",
                     "return_days"],
    "receipt": ["unit.rma", "unit.serial", "received", "unit.reference", "unit.replacement"],
    "refusal": ["unit.serial", "box.tracking", "received"],
    "reminder": ["unit.rma", "unit.serial", "unit.return_by"],
    "overdue": ["unit.rma", "unit.serial", "unit.was_due", "unit.return_by", "unit.price"],
    "charge": ["unit.rma", "unit.serial", "unit.amount", "total", "rma.closed"],
    "credit": ["unit.rma", "unit.serial", "unit.amount", "total"],
    "closing": ["rma.number", "unit.serial"],
    "correction": ["rma.number", "unit.serial", "unit.return_by", "unit.amount"],
    "delivered": ["rma.number", "unit.serial", "unit.replacement", "unit.return_by",
                  "survey.link"],
    "analysis": ["rma.number", "rma.case", "unit.serial", "analysis.kind", "analysis.result",
                 "analysis.next", "analysis.version"],
}
RULE = {"confirmation": "N5", "reminder": "O1", "overdue": "O1", "credit": "O3"}


def shown(path, ok, *what):
    global NUMBER, FAILED
    NUMBER += 1
    FAILED += not ok
    print(f"{'ok' if ok else 'not ok'} {NUMBER} /mail/template/{path}", flush=True)
    if not ok:
        print("# " + repr(what)[:900], flush=True)


def fill(kind, language="en", fields="sample", folder=SITE):
    given = fields if isinstance(fields, str) else json.dumps(fields)
    done = subprocess.run([POST, "template", folder, kind, language], input=given.encode() + b"\n",
                          capture_output=True, check=False)
    out = done.stdout.decode()
    return done.returncode, json.loads(out) if done.returncode == 0 else out


def site(path, text):
    full = os.path.join(SITE, path)
    os.makedirs(os.path.dirname(full), exist_ok=True)
    with open(full, "wb") as file:
        file.write(text if isinstance(text, bytes) else text.encode())
    return full


class Tags(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.tags, self.words = [], ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, attrs))

    def handle_data(self, data):
        self.words += data


def shipped():
    for kind in KINDS:
        sources = {}
        for language in LANGUAGES:
            with open(os.path.join(SHIPPED, language, kind + ".txt"), encoding="utf-8") as file:
                sources[language] = file.read()
            code, mail = fill(kind, language)
            good = (code == 0 and mail["language"] == language and mail["subject"]
                    and "{" not in mail["text"] + mail["subject"])
            said = set(re.findall(r"\{([a-z_.]+)\}", sources[language]))
            rule = RULE.get(kind, "F4")
            shown(f"{kind}/{rule}/{language}", good and not set(MUST[kind]) - said, mail,
                  set(MUST[kind]) - said)
            code, mail = fill(kind, language, {})
            shown(f"{kind}/nothing-known/{language}", code == 0 and mail["subject"]
                  and "{" not in mail["text"], mail)
        fields = {k: sorted(re.findall(r"\{[#/a-z_. ]+\}", s)) for k, s in sources.items()}
        shown(f"{kind}/same-fields", all(f == fields["en"] for f in fields.values()), fields)
    shown("dates", [fill("confirmation", k, {"return_by": "2026-12-08"})[1]["text"].find(v) > 0
                    for k, v in (("en", "8 December 2026"), ("de", "8. Dezember 2026"),
                                 ("es", "8 de diciembre de 2026"), ("ja", "2026年12月8日"))]
          == [True] * 4)
    shown("amounts", [fill("charge", k, {"total": "1234567.50"})[1]["text"].find(v) > 0
                      for k, v in (("en", "1,234,567.50 USD"), ("de", "1.234.567,50 USD"),
                                   ("es", "1.234.567,50 USD"), ("ja", "1,234,567.50 USD"))]
          == [True] * 4)
    _, mail = fill("confirmation", fields={"rma.number": "R0000000001", "units": [
        {"unit.serial": "S-1", "unit.part": "P-1"}, {"unit.serial": "S-2"}]})
    shown("rows", mail["text"].count("serial number") == 2 and "Your reference" not in mail["text"]
          and "- serial number S-2, part" in mail["text"], mail["text"])


def languages():
    for language, want in (("de-AT", "de"), ("JA_jp", "ja"), ("fr", "en"), ("", "en"),
                           ("../../etc", "en"), ("..", "en"), ("x" * 1000, "en")):
        code, mail = fill("receipt", language)
        shown(f"language/{language[:10] or 'none'}", code == 0 and mail["language"] == want, mail)
    for kind in ("nonsense", "../en/receipt", ""):
        code, out = fill(kind)
        shown(f"no-such-kind/{len(kind)}", code == 3 and "no template" in out, out)
    site("fr/receipt.txt", "Subject: Reçu {rma.number}\n\nBonjour {customer.name}, {received}\n")
    code, mail = fill("receipt", "fr")
    shown("language/a-site-adds-one", mail["language"] == "fr" and "2026-11-24" in mail["text"], mail)
    site("fr/language.ini", "[date]\nformat={day} {month} {year}\nmonths=" + ";".join(
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
        .split()) + "\n[amount]\nformat={amount} {currency}\ndecimal=,\ngroup=\\s\n")
    shown("language/its-forms", "24 novembre 2026" in fill("receipt", "fr")[1]["text"])
    site("fr/language.ini", "[date]\nmonths=a;b\n")
    code, out = fill("receipt", "fr")
    shown("language/broken-forms", code == 3 and "language.ini" in out, out)


def own():
    site("de/receipt.txt", "Subject: Eigenes {rma.number}\r\n\r\nZeile {{x}\r\n")
    code, mail = fill("receipt", "de")
    shown("site/before-shipped", mail["subject"] == "Eigenes R0000000042"
          and mail["text"] == "Zeile {x}\n", mail)
    shown("site/others-shipped", fill("refusal", "de")[0] == 0)
    site("de/receipt.html", "<style>p{color:red}</style>\n{#each units}\n<p>{unit.serial}</p>\n"
                            "{/each}\n<a href=\"{customer.name}\">x</a>\n")
    code, mail = fill("receipt", "de", {"customer.name": '"><script>x</script>', "units": [
        {"unit.serial": "<b>&"}]})
    tags = Tags(mail["html"])
    shown("site/html", [t for t, _ in tags.tags] == ["style", "p", "a"] and "color:red" in mail["html"]
          and "&lt;b&gt;&amp;" in mail["html"], mail["html"])
    for name, text, where in (
            ("no-subject", "Hello\n\nText\n", ":1:"),
            ("no-empty-line", "Subject: x\nText\n", ":2:"),
            ("unknown-field", "Subject: x\n\nA\n{rma.nubmer}\n", ":4:"),
            ("field-in-subject", "Subject: {unit.serial}\n\nA\n", ":1:"),
            ("row-outside", "Subject: x\n\n{unit.serial}\n", ":3:"),
            ("no-such-list", "Subject: x\n\n{#each boxes}\n{/each}\n", ":3:"),
            ("not-ended", "Subject: x\n\nA\n{#each units}\nB\n", ":4:"),
            ("ended-twice", "Subject: x\n\n{/each}\n", ":3:"),
            ("nested", "Subject: x\n\n{#each units}\n{#each units}\n{/each}\n{/each}\n", ":4:"),
            ("open-brace", "Subject: x\n\n\n\nA {rma.number\n", ":5:"),
            ("strange-tag", "Subject: x\n\n{#if x}\n", ":3:"),
            ("not-utf-8", b"Subject: x\n\n\xff\xfe\n", ""),
            ("empty", "", ":1:"), ("huge", "Subject: x\n\n" + "A" * 300000, "")):
        path = site("en/receipt.txt", text)
        code, out = fill("receipt")
        shown(f"broken/{name}", code == 3 and out.startswith(path + where) and out.count("\n") == 1,
              code, out)
    os.remove(path)
    os.makedirs(path)
    shown("broken/a-folder", fill("receipt")[0] == 3)


def hostile():
    bad = "Eve\r\nBcc: all@evil.example\u202e <script>alert(1)</script> {rma.number} &amp; \x1b[2J"
    fields = {"customer.name": bad, "rma.number": bad, "rma.reference": bad, "reason": bad,
              "units": [{"unit.serial": bad}], "address": [{"address.line": bad}]}
    for kind in KINDS:
        _, mail = fill(kind, "es", fields)
        tags = {t for t, _ in Tags(mail["html"]).tags}
        shown(f"hostile/{kind}", tags <= {"html", "head", "meta", "body", "p", "br"}
              and not re.search(r"[\x00-\x08\x0b-\x1f\u202e]", mail["text"] + mail["subject"])
              and "\n" not in mail["subject"] and "\nBcc:" not in mail["text"]
              and "{rma.number} &amp;" in mail["text"], mail)


shipped()
languages()
own()
hostile()
shutil.rmtree(SITE)
print(f"1..{NUMBER}")
sys.exit(1 if FAILED else 0)
