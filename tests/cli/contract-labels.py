#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`label` by the letter: lists, sheets, templates, verification (L6, S7). Speaks TAP.

usage: contract-labels.py BACKHAULCTL
"""
import os
import signal
import stat
import subprocess
import sys
import time

from harness import WORK, fill, finish, place, rows, shown

UNITS = 43
FILES = {
    "accounts": "account,name,country,language,email\nACME,日本ネットワーク,JP,en,a@acme.example\n",
    "destinations": "destination,name,address,city,postal_code,country,time_zone,calendar,"
                    "contract_manufacturer\nSJC,San Jose,1 Road,San Jose,95110,US,"
                    "America/Los_Angeles,,Flex\n",
    "products": "part,description,platform,list_price,currency,first_shipment,end_of_life,"
                "end_of_service,third_party,components\nPN-1,Router,MX,100.00,USD,2020-01-01,,,no,\n",
    "rmas": "rma,case,priority,account,site,contact,reference,serial,part,flag,destination,created,"
            "confirmed\n" + "".join(
                f"R{number:010d},2026-1101-{number:06d},P2,ACME,,Joe,PO,SERIAL{unit:04d},PN-1,,SJC,"
                "2026-11-10T10:00:00Z,2026-11-10T10:00:00Z\n"
                for number, unit in [(1, 1), (2, 2)] + [(3, 100 + n) for n in range(UNITS)]),
}
HEAD = "<svg xmlns='http://www.w3.org/2000/svg' width='100mm' height='60mm' viewBox='0 0 100 60'>\n"


def where(name):
    return os.path.join(WORK, name)


def pages(path):
    done = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True)
    return int(done.stdout.split("Pages:")[1].split()[0])


def labels(*words, text=None):
    """Exit code and rows of `label` with @text on standard input."""
    return rows("label", *words, given=(text or "").encode("utf-8", "surrogateescape"))


def read_of(path):
    code, out = labels("--verify", path)
    return code, [(row["page"], row["text"]) for row in out]


def lists():
    out = where("list.pdf")
    code, got = labels("-", "-o", out, text="R0000000002\n\nr1 \nR0000000001\n")
    shown("labels/list/bad-row-costs-that-row", code == 3 and got[0]["error"]["label"] == "-:3:1"
          and got[1]["pages"] == 2 and got[1]["failed"] == 1, got)
    code, read = read_of(out)
    shown("labels/L6/order", code == 0 and [t for _, t in read if t[0] == "R"] ==
          ["R0000000002", "R0000000001"], read)
    code, got = labels("-", "-o", out, text="x,rma\n1,R0000000001\n2,R0000000002\n")
    shown("labels/list/column-rma", code == 0 and got[-1]["pages"] == 2, got)
    code, got = labels("-", "-o", out, text="rma.number,unit.serial,account.name\n"
                       "R0000009999,FOC2231N0AB,\"Müller, \"\"<b>\"\" & Co\"\n")
    shown("labels/list/fields-without-a-store", code == 0 and got[-1]["pages"] == 1, got)
    code, got = labels("-", "-o", out, text="rma.number,unit.serial,account.name\n"
                       "R0000009998,FOC2231N0AB,Joe\nR0000009999,FOC2231N0AC,M\udcfcller\n"
                       "R0000009997,FOC2231N0AD,\"Two\nlines\"\n")
    shown("labels/list/row-of-another-charset", code == 3 and got[0]["error"]["label"] == "-:3:1"
          and "UTF-8" in got[0]["error"]["message"] and got[1]["pages"] == 2, got)
    code, got = labels("-", "-o", out, text="rma.number,unit.serial,destination.address\n"
                       "\"R0000009998\n\",FOC2231N0AB,\"\n\n1 Main St\r\n \n\nBoston\n\n\n\n\"\n")
    told = subprocess.run(["pdftotext", out, "-"], capture_output=True, text=True, check=True)
    shown("labels/list/empty-lines", code == 0 and got[0]["pages"] == 1 and
          "1 Main St\nBoston\n" in told.stdout, (got, told.stdout))
    head = "rma.number,unit.serial,unit.payload\n"
    code, got = labels("-", "-o", out, text=head +
                       "R0000009997,FOC2231N0AB,BH1|R=R0000009997|S=FOC2231N0AB|P=MX\n"
                       "R0000009998,FOC2231N0AB,BH1|R=R0000009999|S=FOC2231N0AB|P=MX\n"
                       "R0000009999,FOC2231N0AC,BH1|R=R0000009999|S=FOC2231N0AB|P=MX\n")
    shown("labels/L4/QR-of-another", code == 3 and got[2]["pages"] == 1 and
          [row["error"]["message"].split(":")[0] for row in got[:2]] ==
          ["rma.number", "unit.serial"] and read_of(out)[0] == 0, got)
    for name, text in (("no-such-field", "rma.number,colour\nR1,red\n"),
                       ("short-row", "rma.number,unit.serial\nR0000009999\n"),
                       ("nul", "R00000\0001\n"), ("not-text", "rma.number\n\udcff\n"),
                       ("quote", "rma.number\n\"R1\n"), ("only-bad", "R9999999999\n")):
        target = where("bad.pdf")
        code, got = labels("-", "-o", target, text=text)
        shown("labels/list/" + name, code == 3 and "error" in got[0] and not os.path.exists(target)
              and not os.path.exists(target + ".part"), (code, got))
    shown("labels/list/empty", labels("-", "-o", out, text="")[0] == 2)


def one_picture():
    """A picture is one label: what has several is not cut short in silence."""
    for name, words in (("units", ["R0000000003"]), ("copies", ["R0000000001", "--copies", "2"])):
        for kind in ("png", "svg"):
            target = where("one." + kind)
            code, got = labels(*words, "--format", kind, "-o", target)
            shown("labels/%s/one-label/%s" % (kind, name), code == 2 and not os.path.exists(target)
                  and got[0]["error"]["code"] == "usage", (code, got))
    # a device or a pipe would be replaced by the file
    pipe = where("pipe")
    os.mkfifo(pipe)
    for words in (["R0000000001"], ["R0000000001", "--format", "png"],
                  ["R0000000001", "--format", "zpl"], ["--kind", "command-sheet"]):
        code, got = labels(*words, "-o", pipe)
        shown("labels/output/no-file/" + words[-1], code == 2 and
              stat.S_ISFIFO(os.lstat(pipe).st_mode), (code, got))


def slips():
    out = where("slip.pdf")
    code, got = labels("R0000000003", "--template", "packing-slip-a4", "-o", out)
    shown("labels/packing-slip/pages", code == 0 and got[0]["pages"] == 3 == pages(out), got)
    text = subprocess.run(["pdftotext", "-layout", out, "-"], capture_output=True, text=True,
                          check=True).stdout
    missing = [n for n in range(UNITS) if "SERIAL%04d" % (100 + n) not in text]
    shown("labels/packing-slip/every-unit", not missing, missing)
    for template in ("box-a6", "unit-plate-50x25", "bench-traveller-4x6", "packing-slip-letter"):
        code, got = labels("R0000000001", "--template", template, "-o", out)
        read = read_of(out)
        shown("labels/template/" + template, code == 0 and read[0] == 0, (got, read))
    for form, begin in (("svg", b"<?xml"), ("png", b"\x89PNG")):
        code, got = labels("R0000000001", "--format", form, "-o", out)
        with open(out, "rb") as file:
            shown("labels/format/" + form, code == 0 and file.read(5).startswith(begin[:4]), got)


def sheets():
    for kind, wanted in (("command-sheet", "BH!NEXT-BOX"), ("scanner-doctor", "000290417365"),
                         ("practice-boxes", "BH!NO-NUMBER")):
        out = where(kind + ".pdf")
        store = place("practice") if kind == "practice-boxes" else None
        if store:
            rows("init", "--demo", store=store)
        code, _ = rows("label", "--kind", kind, "-o", out, store=store)
        read = [text for _, text in read_of(out)[1]] if code == 0 else []
        shown("labels/S7/" + kind, code == 0 and wanted in read, (code, read))
    shown("labels/kind/none", labels("--kind", "poster", "-o", where("x.pdf"))[0] == 2)
    shown("labels/kind/whose-badge", labels("--kind", "operator-badge", "-o", where("x.pdf"))[0] == 2)
    code, got = labels("--kind", "operator-badge", "nobody", "-o", where("x.pdf"))
    shown("labels/kind/badge-of-nobody", code == 1 and got[0]["error"]["code"] == "not-found", got)


def templates():
    own = where("own.svg")
    with open(own, "w", encoding="utf-8") as file:
        file.write(HEAD + "<rect id='code128:rma.number' x='2' y='2' width='96' height='20'/></svg>")
    code, got = labels("--check-template", own)
    shown("labels/check-template/good", code == 0 and got[0]["fields"] == ["code128:rma.number"]
          and round(got[0]["width_mm"]) == 100, got)
    code, got = labels("R0000000001", "--template", own, "-o", where("own.pdf"))
    shown("labels/template/own-file", code == 0 and read_of(where("own.pdf"))[1] ==
          [(1, "R0000000001")], got)
    os.rename(own, where("box-4x6.svg"))
    os.environ["BACKHAUL_LABELS"] = WORK
    code, got = labels("R0000000001", "-o", where("own.pdf"))
    del os.environ["BACKHAUL_LABELS"]
    shown("labels/template/own-folder", code == 0 and read_of(where("own.pdf"))[1] ==
          [(1, "R0000000001")], got)
    with open(own, "w", encoding="utf-8") as file:
        file.write(HEAD + "<script/></svg>")
    code, got = labels("--check-template", own)
    shown("labels/check-template/script", code == 3 and "own.svg:2:" in got[0]["error"]["message"],
          got)
    shown("labels/check-template/none", labels("--check-template", where("none.svg"))[0] == 1)


def fonts():
    """A script that no installed font has is said; nobody gets a label of boxes (L4)."""
    conf = where("fonts.conf")
    with open(conf, "w", encoding="utf-8") as file:
        file.write("<fontconfig><dir>/usr/share/fonts/truetype/dejavu</dir>"
                   f"<cachedir>{WORK}/fonts</cachedir></fontconfig>")
    few = {"FONTCONFIG_FILE": conf}
    out = where("fonts.pdf")
    code, got = rows("label", "R0000000001", "-o", out, env=few)
    said = got[0]["error"]["message"] if "error" in got[0] else ""
    shown("labels/L4/no-font", code == 3 and said.startswith("account.name: no font here has the "
          "character U+65E5 (script Hani)") and "install a font" in said
          and not os.path.exists(out), (code, got))
    code, got = rows("label", "-", "-o", out, env=few, given="rma.number,unit.serial,account.name\n"
                     "R0000009999,S12345,\u65e5\nR0000009998,S12346,Ελλάδα\n".encode())
    shown("labels/L4/no-font/costs-that-row", code == 3 and got[-1]["pages"] == 1 and
          "U+65E5" in got[0]["error"]["message"], got)
    code, got = labels("R0000000001", "-o", out)
    shown("labels/L4/with-the-font", code == 0 and got[0]["pages"] == 1, got)
    own = where("words.svg")
    for name, text in (("words", "返品"), ("field", "{account.name}")):
        with open(own, "w", encoding="utf-8") as file:
            file.write(HEAD + f"<text x='5' y='20' font-size='8'>{text}</text></svg>")
        code, got = rows("label", "R0000000001", "--template", own, "-o", out, env=few)
        shown("labels/L4/no-font/template-" + name, code == 3 and
              "no font here has the character" in got[0]["error"]["message"], got)


def cancelled():
    """Ctrl+C in the middle of a list: no file, no half of one."""
    out = where("cancelled.pdf")
    with subprocess.Popen([sys.argv[1], "label", "-", "-o", out], stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE) as made:
        made.stdin.write(b"rma.number,unit.serial\n")
        made.stdin.write(b"R0000000001,SERIAL0001\n" * 100)
        made.stdin.flush()
        while not os.path.exists(out + ".part"):
            time.sleep(0.01)
        made.send_signal(signal.SIGINT)
        made.stdin.write(b"R0000000001,SERIAL0001\n" * 100)
        made.stdin.close()
        made.stdin = None
        said = made.communicate()[1]
    shown("labels/L6/cancelled", made.returncode != 0 and not os.path.exists(out)
          and not os.path.exists(out + ".part"), (made.returncode, said))


fill(FILES)
lists()
one_picture()
slips()
templates()
fonts()
cancelled()
sheets()
finish()
