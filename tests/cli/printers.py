# SPDX-License-Identifier: GPL-3.0-or-later
"""Printers for the tests: ports that behave and misbehave, a CUPS of their own, and a reader of
ZPL that did not write it."""
import base64
import binascii
import os
import re
import shutil
import socket
import subprocess
import threading
import time
import zlib

from harness import WORK

FIELD = re.compile(rb"\^GFA,(\d+),(\d+),(\d+),:Z64:([A-Za-z0-9+/=]+):([0-9A-F]{4})\^FS")


def pictures(zpl):
    """Each label's (width, height, bits) unpacked again; all else must be known commands."""
    found = []
    for match in FIELD.finditer(zpl):
        total, _, row = (int(match[n]) for n in (1, 2, 3))
        bits = zlib.decompress(base64.b64decode(match[4], validate=True))
        if len(bits) != total or binascii.crc_hqx(match[4], 0) != int(match[5], 16):
            raise ValueError("size or checksum")
        found.append((row * 8, total // row, bits))
    rest = FIELD.sub(b"", zpl)
    if not re.fullmatch(rb"(?:(?:~SD\d\d\n)?\^XA\^PW\d+\^LL\d+\^LH0,0(?:\^PR\d+)?\^FO0,0\^PQ\d+"
                        rb"\^XZ\n)*", rest):
        raise ValueError(rest[:200])
    return found


def codes(zpl):
    """What zbarimg reads on the labels, sorted."""
    read = []
    for number, (width, height, bits) in enumerate(pictures(zpl)):
        path = os.path.join(WORK, f"label-{number}.pbm")
        with open(path, "wb") as file:
            file.write(b"P4\n%d %d\n" % (width, height) + bits)
        done = subprocess.run(["zbarimg", "-q", "--raw", path], capture_output=True, check=False)
        read += done.stdout.decode().split("\n")[:-1]
    return sorted(read)


class Sink:
    """A port: "good" takes all; "cut" closes after 100 bytes; "hold" takes all and never closes;
    "http" answers as a web server, "smtp" greets as a mail server. @taken is called when the last
    byte of a label is there and the sender does not know it yet."""

    def __init__(self, manner, taken=None):
        self.manner = manner
        self.taken = taken
        self.got = []
        self.held = []
        self.server = socket.create_server(("127.0.0.1", 0))
        self.target = "tcp:127.0.0.1:%d" % self.server.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                talk, _ = self.server.accept()
            except OSError:
                return
            threading.Thread(target=self.take, args=(talk,), daemon=True).start()

    def take(self, talk):
        data = b""
        if self.manner == "smtp":
            talk.sendall(b"220 mail.example ESMTP\r\n")
        while True:
            some = talk.recv(100 if self.manner == "cut" else 65536)
            data += some
            if self.manner == "cut":
                talk.close()
                return
            if self.manner == "http" and b"\n" in data:
                talk.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                break
            if not some:
                break
        if data.endswith(b"^XZ\n") or self.manner != "good":  # a label without its end is none
            self.got.append(data)
        if self.taken:
            self.taken()
        if self.manner == "hold":
            self.held.append(talk)
        else:
            talk.close()

    def wait(self, number=1):
        """The jobs, when so many are there."""
        end = time.monotonic() + 20
        while len(self.got) < number and time.monotonic() < end:
            time.sleep(0.01)
        return self.got

    def close(self):
        self.server.shutdown(socket.SHUT_RDWR)  # else the port listens on while accept() waits
        self.server.close()


class Ipp:
    """CUPS' own simulated printer, `ippeveprinter`, with a D-Bus and an Avahi of its own, without
    which it does not start. None as address: it cannot be had here."""

    def __init__(self):
        self.place = os.path.join(WORK, "ipp")
        self.spool = os.path.join(self.place, "spool")
        self.address = None
        self.running = []
        programs = [shutil.which(name) or "/usr/sbin/" + name
                    for name in ("dbus-daemon", "avahi-daemon", "ippeveprinter")]
        if os.getuid() != 0 or not all(os.path.exists(program) for program in programs):
            return
        os.makedirs(self.spool)
        bus = os.path.join(self.place, "bus")
        allow = "".join(f"<allow {rule}/>" for rule in (
            "user='*'", "own='*'", "send_type='method_call'", "send_type='signal'",
            "send_destination='*' eavesdrop='true'", "receive_type='method_call'",
            "receive_type='method_return'", "receive_type='error'", "receive_type='signal'"))
        self.env = {**os.environ, "DBUS_SYSTEM_BUS_ADDRESS": "unix:path=" + bus}
        self.write("bus.conf", "<busconfig><type>system</type>"
                   f"<listen>unix:path={bus}</listen><auth>EXTERNAL</auth>"
                   f"<policy context='default'>{allow}</policy></busconfig>")
        self.write("avahi.conf", "[server]\nuse-ipv6=no\nallow-interfaces=lo\n[wide-area]\n"
                   "enable-wide-area=no\n[publish]\npublish-hinfo=no\npublish-workstation=no\n")
        self.start([programs[0], "--config-file=" + self.place + "/bus.conf", "--nofork",
                    "--nopidfile"])
        self.await_(lambda: os.path.exists(bus))
        # there is one Avahi a machine: another test's ends soon
        self.await_(lambda: subprocess.run([programs[1], "--check"], check=False).returncode != 0)
        self.start([programs[1], "-f", self.place + "/avahi.conf", "--no-drop-root", "--no-chroot",
                    "--no-rlimits"])
        self.await_(lambda: "Server startup complete" in self.log())
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.program = programs[2]
        self.await_(self.switch_on)
        self.address = f"ipp://localhost:{self.port}/ipp/print"

    def write(self, name, text):
        with open(os.path.join(self.place, name), "w", encoding="utf-8") as file:
            file.write(text)

    def log(self):
        with open(os.path.join(self.place, "log"), encoding="utf-8") as file:
            return file.read()

    def start(self, command):
        with open(os.path.join(self.place, "log"), "ab") as log:
            self.running.append(subprocess.Popen(  # pylint: disable=consider-using-with
                command, env=self.env, stdout=log, stderr=log))

    @staticmethod
    def await_(done):
        end = time.monotonic() + 60
        while not done() and time.monotonic() < end:
            time.sleep(0.05)

    def switch_on(self):
        """Whether it answers."""
        self.start([self.program, "-p", str(self.port), "-n", "localhost", "-d", self.spool, "-k",
                    "-f", "application/pdf", "Label"])
        while self.running[-1].poll() is None:
            try:
                socket.create_connection(("localhost", self.port), 1).close()
                return True
            except OSError:
                time.sleep(0.02)
        self.running.pop()
        return False

    def switch_off(self):
        printer = self.running.pop()
        printer.terminate()
        printer.wait()

    def wait(self, number):
        """Paths of what was printed, when so many are there and whole."""
        def whole():
            self.got = [os.path.join(self.spool, name) for name in sorted(os.listdir(self.spool))]
            return len(self.got) >= number and all(
                open(path, "rb").read().rstrip().endswith(b"%%EOF") for path in self.got)
        self.got = []
        self.await_(whole)
        return self.got

    def close(self):
        while self.running:
            self.switch_off()


class Cups:
    """A private cupsd; None as address: it cannot be had here."""

    def __init__(self):
        self.process = None
        self.place = os.path.join(WORK, "cups")
        self.address = os.path.join(self.place, "s")
        program = shutil.which("cupsd") or "/usr/sbin/cupsd"
        if not os.path.exists(program) or os.getuid() != 0:
            self.address = None
            return
        os.makedirs(self.place)
        self.write("cupsd.conf", f"Listen {self.address}\nDefaultAuthType None\n<Location />\n"
                   "Allow all\n</Location>\n<Policy default>\n<Limit All>\nAllow all\n</Limit>\n"
                   "</Policy>\n")
        folders = ("ServerRoot", "RequestRoot", "TempDir", "CacheDir", "StateDir")
        for folder in folders:
            os.makedirs(os.path.join(self.place, folder))
        self.write("cups-files.conf", "".join(
            f"{folder} {self.place}/{folder}\n" for folder in folders) +
            f"ErrorLog {self.place}/error\nAccessLog {self.place}/access\n")
        subprocess.run(["chgrp", "-R", "lp", self.place], check=True)
        os.chmod(WORK, 0o755)
        self.process = subprocess.Popen(  # pylint: disable=consider-using-with
            [program, "-f", "-c", self.place + "/cupsd.conf", "-s",
             self.place + "/cups-files.conf"], stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        end = time.monotonic() + 20
        while not os.path.exists(self.address) and time.monotonic() < end:
            time.sleep(0.02)

    def write(self, name, text):
        with open(os.path.join(self.place, name), "w", encoding="utf-8") as file:
            file.write(text)

    def admin(self, *command):
        env = {**os.environ, "CUPS_SERVER": self.address}
        program = shutil.which(command[0]) or "/usr/sbin/" + command[0]
        return subprocess.run([program, *command[1:]], env=env, capture_output=True, check=False)

    def close(self):
        if self.process is not None:
            self.process.terminate()
            self.process.wait()
