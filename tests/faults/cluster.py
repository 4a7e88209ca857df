# SPDX-License-Identifier: GPL-3.0-or-later
"""PostgreSQL servers of a test's own, which it may kill: a primary, and a standby of it."""
import glob
import os
import shutil
import signal
import subprocess
import tempfile
import time

BIN = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda p: int(p.split("/")[4]))[-1]


class Cluster:
    """Servers in one folder, each with its own port of the same socket's folder."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="bhpg.", dir="/tmp")
        self.ports = {}
        if os.getuid() == 0:
            shutil.chown(self.folder, "postgres")

    def run(self, *command, timeout=60):
        """As the one who owns the servers, which root may not be."""
        if os.getuid() == 0:
            command = ("setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "env",
                       "HOME=" + self.folder, *command)
        return subprocess.run(command, cwd=self.folder, capture_output=True, text=True,
                              timeout=timeout, check=True).stdout

    def configure(self, name, **settings):
        with open(f"{self.folder}/{name}/postgresql.conf", "a", encoding="utf-8") as file:
            file.write("".join(f"{key} = '{value}'\n" for key, value in settings.items()))

    def make(self, name="a"):
        self.run(BIN + "/initdb", "-D", name, "-U", "bh", "-A", "trust", "-E", "UTF8",
                 "--locale=C", "--no-sync")
        self.ports[name] = 5432
        self.configure(name, listen_addresses="", unix_socket_directories=self.folder)
        self.start(name)
        self.sql("CREATE DATABASE backhaul", database="postgres")

    def start(self, name="a"):
        self.run(BIN + "/pg_ctl", "-D", name, "-l", name + ".log", "-w", "start")

    def stop(self, name="a", how="immediate"):
        self.run(BIN + "/pg_ctl", "-D", name, "-m", how, "-w", "stop")

    def kill(self, name="a"):
        """As when the power goes: no process of it is asked."""
        with open(f"{self.folder}/{name}/postmaster.pid", encoding="utf-8") as file:
            master = int(file.readline())
        children = subprocess.run(["pgrep", "-P", str(master)], capture_output=True, text=True,
                                  check=False).stdout.split()
        for pid in [master, *map(int, children)]:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        # the socket of a killed server stays, and so would its memory
        end = time.monotonic() + 10
        while os.path.exists(f"/proc/{master}") and time.monotonic() < end:
            time.sleep(0.01)

    def standby(self, name="b", of="a"):
        """Synchronous: what the primary acknowledges is there too."""
        self.run(BIN + "/pg_basebackup", "-h", self.folder, "-p", str(self.ports[of]), "-U", "bh",
                 "-D", name, "-R", "-C", "-S", name + "_slot", "-X", "stream", "--checkpoint=fast",
                 "--no-sync", "-d", "application_name=" + name)
        self.ports[name] = 5433
        self.configure(name, port=5433)
        self.start(name)
        self.sql(f"ALTER SYSTEM SET synchronous_standby_names = 'FIRST 1 ({name})'", server=of)
        self.sql("SELECT pg_reload_conf()", server=of)
        end = time.monotonic() + 20
        while self.sql("SELECT sync_state FROM pg_stat_replication", server=of) != "sync":
            if time.monotonic() > end:
                raise SystemExit("cluster: the standby does not follow")
            time.sleep(0.05)

    def promote(self, name="b"):
        self.run(BIN + "/pg_ctl", "-D", name, "-w", "promote")

    def sql(self, text, server="a", database="backhaul"):
        return self.run(BIN + "/psql", "-h", self.folder, "-p", str(self.ports[server]), "-U", "bh",
                        "-d", database, "-At", "-c", text).strip()

    def uri(self):
        """All servers: who writes is found."""
        hosts = ",".join([self.folder] * len(self.ports))
        ports = ",".join(str(port) for port in self.ports.values())
        return f"postgresql://bh@/backhaul?host={hosts}&port={ports}"

    def close(self):
        for name in self.ports:
            try:
                self.stop(name)
            except subprocess.CalledProcessError:
                pass
        shutil.rmtree(self.folder, ignore_errors=True)
