#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`hold list`, `hold show`, `hold resolve` by the letter (D4-D6, D9-D11). Speaks TAP.

usage: contract-holds.py BACKHAULCTL
"""
import os
import struct
import zlib

from harness import TIME, WORK, error_of, fill, finish, rows, run, shown

FILES = {
    "accounts": "account,name,country,language,email\nACME,Acme Networks,US,en,a@acme.example\n",
    "destinations": "destination,name,address,city,postal_code,country,time_zone,calendar,"
                    "contract_manufacturer\nSJC,San Jose,1 Road,San Jose,95110,US,"
                    "America/Los_Angeles,,Flex\n",
    "products": "part,description,platform,list_price,currency,first_shipment,end_of_life,"
                "end_of_service,third_party,components\nPN-1,Router,MX,100.00,USD,2020-01-01,,,no,\n",
    "units": "serial,part,account,site,shipped,registered,distributor,contract,contract_level,"
             "contract_until\nSPARE0001,PN-1,ACME,,2025-01-01,,,,,\n"
             "SPARE0002,PN-1,ACME,,2025-01-01,,,,,\n",
    "rmas": "rma,case,priority,account,site,contact,reference,serial,part,flag,destination,created,"
            "confirmed\n" + "".join(
                f"R{number:010d},2026-1101-{number:06d},P2,ACME,,Joe,PO,{serial},PN-1,,SJC,"
                f"2026-11-10T10:00:00Z,{confirmed}\n"
                for number, serial, confirmed in (
                    (1, "SERIAL0001", "2026-11-10T10:00:00Z"),
                    (2, "SERIAL0002", "2026-11-10T10:00:00Z"),
                    (3, "SERIAL0003", ""), (4, "SERIAL0004", "2026-11-10T10:00:00Z"),
                    (4, "SERIAL0005", "2026-11-10T10:00:00Z"),
                    (5, "SERIAL0006", "2026-11-10T10:00:00Z"),
                    (6, "SERIAL0007", "2026-11-10T10:00:00Z"))),
}
KEYS = ["receipt", "box", "unit", "rule", "rma", "line", "serial", "part", "account", "at", "dock",
        "operator", "message", "discrepancy", "near", "resolutions", "charge", "scans", "photos"]


def picture(name):
    """A PNG without a barcode: one grey pixel."""
    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))
    data = (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(b"\0\x80")) + chunk(b"IEND", b""))
    path = os.path.join(WORK, name)
    with open(path, "wb") as file:
        file.write(data)
    return path, data


def held(*scans):
    code, out = rows("--dock", "north", "receive", *scans)
    assert code == 1 and out[-1]["verdict"] == "hold", out
    return out[-1]["receipt"]


def lists():
    path, data = picture("plate.png")
    first = held("R0000000001", "--unreadable", "--image", path)
    second = held("R0000000002", "SPARE0001")
    code, out = rows("hold", "list")
    shown("holds/list", code == 0 and [h["receipt"] for h in out] == [first, second], out)
    one = out[0]
    shown("holds/list/keys", all(key in one for key in KEYS), one)
    shown("holds/list/D11", (one["rule"], one["rma"], one["serial"], one["dock"]) ==
          ("D11", "R0000000001", None, "north") and TIME.match(one["at"])
          and one["resolutions"] == ["accept-swap", "refuse"], one)
    shown("holds/list/scans", {"text": "R0000000001", "kind": "rma"} in one["scans"], one)
    shown("holds/list/photos", [p["name"] for p in one["photos"]] == ["plate.png"], one)
    copy = os.path.join(WORK, "copy.png")
    code, out = rows("hold", "show", first, "--photo", "1", "-o", copy)
    with open(copy, "rb") as file:
        shown("holds/show/photo", code == 0 and file.read() == data, out)
    shown("holds/show/no-such-photo",
          rows("hold", "show", first, "--photo", "2", "-o", copy)[0] == 1)
    shown("holds/show/photo-goes-nowhere", rows("hold", "show", first, "--photo", "1")[0] == 2)
    shown("holds/show/no-such", error_of(rows("hold", "show", "no-such"))[:2] == (1, "not-found"))
    return first, second


def resolve(first, second):
    shown("holds/resolve/no-reason", rows("hold", "resolve", first, "--refuse")[0] == 2)
    shown("holds/resolve/no-way", rows("hold", "resolve", first, "--reason", "x")[0] == 2)
    shown("holds/resolve/two-ways", rows("hold", "resolve", first, "--refuse", "--accept-swap",
                                         "--reason", "x")[0] == 2)
    shown("holds/resolve/line-of-a-refusal",
          rows("hold", "resolve", first, "--refuse", "--line", "1", "--reason", "x")[0] == 2)
    answer = rows("hold", "resolve", first, "--under-serial", "--reason", "x")
    shown("holds/resolve/not-allowed-D11", error_of(answer) == (1, "refused", "D11"), answer)
    answer = rows("hold", "resolve", first, "--accept-swap", "--reason", "x",
                  "--at", "2026-11-01T10:00:00Z")
    shown("holds/resolve/before-the-hold", error_of(answer)[:2] == (3, "bad-input"), answer)
    code, out = rows("hold", "resolve", first, "--accept-swap", "--reason", "seen on the photo")
    shown("holds/resolve/D11", code == 0 and (out[0]["verdict"], out[0]["rule"], out[0]["serial"],
                                              out[0]["resolves"], out[0]["resolution"]) ==
          ("accept", "D11", "SERIAL0001", first, "accept-swap"), out)
    code, out = rows("hold", "resolve", second, "--accept-swap", "--reason", "agreed")
    one = out[0]
    shown("holds/resolve/D5-swap", code == 0 and (one["rma"], one["line"], one["serial"],
                                                  one["expected"], one["discrepancy"]) ==
          ("R0000000002", 1, "SPARE0001", "SERIAL0002", "serial mismatch")
          and one["labels"] == ["box-4x6"], out)
    answer = rows("hold", "resolve", second, "--refuse", "--reason", "agreed")
    shown("holds/resolve/twice", error_of(answer)[:2] == (1, "refused")
          and "decided already" in answer[1][0]["error"]["message"], answer)
    shown("holds/list/empty", rows("hold", "list") == (0, []))
    code, out = rows("hold", "show", second)
    shown("holds/show/decided", code == 0 and out[0]["resolved"] == "accept-swap"
          and out[0]["replaced_by"] == one["receipt"] and out[0]["reason"] == "agreed", out)
    code, out = rows("rma", "show", "R0000000002")
    shown("holds/resolve/line-received", out[0]["lines"][0]["state"] == "received"
          and out[0]["clocks"][0]["state"] in ("met", "missed"), out)
    code, out = rows("receive", "SPARE0001", "R0000000002")
    shown("holds/resolve/D8-by-the-swapped-serial", code == 1 and out[0]["rule"] == "D8", out)


def others():
    four = held("R0000000004", "SPARE0002")
    answer = rows("hold", "resolve", four, "--accept-swap", "--reason", "x")
    shown("holds/resolve/which-line-D5", error_of(answer) == (2, "usage", "D5"), answer)
    shown("holds/list/lines", [line["line"] for line in rows("hold", "show", four)[1][0]["lines"]]
          == [1, 2])
    code, out = rows("hold", "resolve", four, "--accept-swap", "--line", "2", "--reason", "x")
    shown("holds/resolve/this-line-D5", code == 0 and out[0]["line"] == 2, out)
    other = held("R0000000004", "SERIAL0006")
    answer = rows("hold", "resolve", other, "--accept-swap", "--reason", "x")
    shown("holds/resolve/not-allowed-D4", error_of(answer) == (1, "refused", "D4")
          and "--under-serial" in answer[1][0]["error"]["message"], answer)
    code, out = rows("hold", "resolve", other, "--under-serial", "--reason", "x")
    shown("holds/resolve/D4", code == 0 and out[0]["rma"] == "R0000000005"
          and out[0]["discrepancy"] == "other RMA", out)
    draft = held("R0000000003", "SERIAL0003")
    answer = rows("hold", "resolve", draft, "--under-serial", "--reason", "x")
    shown("holds/resolve/not-allowed-D9", error_of(answer) == (1, "refused", "D9"), answer)
    code, out, _ = run("hold", "resolve", draft, "--refuse", "--reason", "not ours")
    shown("holds/resolve/D9-refuse-as-text", code == 0 and out.startswith("[x] REFUSE (D9)"), out)
    shown("holds/audit", rows("audit", "verify")[0] == 0 and rows("check")[0] == 0)


def opens():
    """D6: what is taken in on a closed RMA opens it; void, it is closed as it was (D16)."""
    rma = "R0000000006"
    rows("rma", "cancel", rma, "--reason", "by mistake")
    before = rows("rma", "show", rma)[1][0]
    held_unit = held(rma, "SERIAL0007")
    shown("holds/show/opens-D6", rows("hold", "show", held_unit)[1][0]["opens"] == rma)
    shown("holds/show/opens-as-text", "taking the unit in opens it again" in
          run("hold", "show", held_unit)[1])
    code, out = rows("hold", "resolve", held_unit, "--under-serial", "--reason", "x")
    now = rows("rma", "show", rma)[1][0]
    shown("holds/resolve/opens-D6", code == 0 and (now["status"], now["state"], now["closed"]) ==
          ("open", "received", None) and "is open again" in out[0]["message"], out, now)
    shown("holds/resolve/D6-in-the-journal", "reopen" in
          [e["what"] for e in rows("audit", "show")[1] if e["entity"] == "rma:" + rma])
    rows("void", out[0]["receipt"], "--reason", "wrong unit")
    now = rows("rma", "show", rma)[1][0]
    shown("holds/void/closed-as-it-was", (now["status"], now["state"], now["closed"]) ==
          ("closed", "cancelled", before["closed"]), now)
    shown("holds/void/in-order", rows("audit", "verify")[0] == 0 and rows("check")[0] == 0)


fill(FILES)
FIRST, SECOND = lists()
resolve(FIRST, SECOND)
others()
opens()
finish()
