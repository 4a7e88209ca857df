#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Labels through CUPS to an IPP printer, which CUPS' own tool simulates (L2, L3). Speaks TAP.

usage: contract-print-ipp.py BACKHAULCTL
"""
import os

from harness import fill, finish, rows, shown
from printers import Cups, Ipp

ONE, TWO = "R0000000001", "R0000000002"
FILES = {
    "accounts": "account,name,country,language,email\nACME,Acme,US,en,a@acme.example\n",
    "destinations": "destination,name,address,city,postal_code,country,time_zone,calendar,"
                    "contract_manufacturer\nSJC,San Jose,1 Road,San Jose,95110,US,"
                    "America/Los_Angeles,,Flex\n",
    "products": "part,description,platform,list_price,currency,first_shipment,end_of_life,"
                "end_of_service,third_party,components\nPN-1,Router,MX,100.00,USD,2020-01-01,,,no,\n",
    "rmas": "rma,case,priority,account,site,contact,reference,serial,part,flag,destination,created,"
            "confirmed\n" + "".join(
                f"R{number:010d},2026-1101-{number:06d},P2,ACME,,Joe,PO,SERIAL{number:04d},PN-1,,"
                "SJC,2026-11-10T10:00:00Z,2026-11-10T10:00:00Z\n" for number in (1, 2)),
}


def reads(path, rma):
    """The page that the printer has: its codes are whole and say the same."""
    code, read = rows("label", "--verify", path, "--dpi", "203")
    return code == 0 and {row["symbology"] for row in read} == {"CODE-128", "QR-Code"} and all(
        rma in row["text"] for row in read), read


def prints(printer, env):
    code, got = rows("label", ONE, "--print", "label", env=env)
    pages = printer.wait(1)
    good, read = reads(pages[0], ONE) if pages else (False, printer.log())
    shown("print/ipp/L2", code == 0 and got[0]["language"] == "pdf" and len(pages) == 1 and good,
          got, read)
    rows("printer", "set", "any", "cups:label", "--language", "pdf")
    rows("receive", "SERIAL0002")
    code, _ = rows("print", "send", env=env)
    job = rows("print", "queue")[1][0]
    pages = printer.wait(2)
    good, read = reads(pages[1], TWO) if len(pages) == 2 else (False, printer.log())
    shown("print/ipp/L3/queue", code == 0 and job["state"] == "printed" and good, job, read)


def away(printer, env):
    """Switched off: the queue of CUPS keeps the label, and it comes once when it is back."""
    printer.switch_off()
    code, got = rows("label", TWO, "--print", "label", env=env)
    shown("print/ipp/L3/away-is-kept", code == 0, got)
    printer.switch_on()
    pages = printer.wait(3)
    good, read = reads(pages[2], TWO) if len(pages) == 3 else (False, pages)
    shown("print/ipp/L3/comes-once-when-it-is-back", good and len(pages) == 3, read)


def main():
    printer = Ipp()
    cups = Cups()
    try:
        if printer.address is None or cups.address is None:
            print("# no cupsd, ippeveprinter or avahi-daemon here: left out")
            return
        done = cups.admin("lpadmin", "-p", "label", "-E", "-v", printer.address, "-m", "everywhere")
        shown("print/ipp/queue-made", done.returncode == 0, done)
        env = {**os.environ, "CUPS_SERVER": cups.address}
        prints(printer, env)
        away(printer, env)
    finally:
        cups.close()
        printer.close()


fill(FILES)
main()
finish()
