# SPDX-License-Identifier: GPL-3.0-or-later
"""PostgreSQL servers on loopback that are really killed, and what stands between them and a
station: a gate that drops what it is given, PgBouncer."""
import errno
import glob
import os
import select
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time

BIN = sorted(glob.glob('/usr/lib/postgresql/*/bin'))[-1]


def free_port():
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


def as_postgres(command, folder):
    if os.getuid() != 0:
        return command
    return ['setpriv', '--reuid=postgres', '--regid=postgres', '--init-groups', 'env',
            'HOME=' + folder, *command]


def is_alive(process):
    try:
        with open('/proc/%d/stat' % process, encoding='utf-8') as file:
            return file.read().rpartition(') ')[2][0] != 'Z'
    except OSError:
        return False


class Ground:
    """A folder for servers, removed in the end with all that runs in it."""

    def __init__(self):
        self.path = tempfile.mkdtemp(prefix='bhfo.', dir='/tmp')
        os.chmod(self.path, 0o755)
        if os.getuid() == 0:
            shutil.chown(self.path, 'postgres', 'postgres')
        self.servers = []

    def run(self, *command, check=True):
        done = subprocess.run(as_postgres(list(command), self.path), cwd=self.path,
                              capture_output=True, text=True, timeout=120, check=False)
        assert not check or done.returncode == 0, '%s: %s%s' % (command, done.stdout, done.stderr)
        return done.stdout

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for server in self.servers:
            server.kill()
        shutil.rmtree(self.path, ignore_errors=True)


class Server:
    def __init__(self, ground, name, of=None, settings='', log=None):
        # log: a folder of its own for the write-ahead log, in small pieces
        self.ground, self.name, self.port = ground, name, free_port()
        self.data = os.path.join(ground.path, name)
        ground.servers.append(self)
        if of is None:
            ground.run(BIN + '/initdb', '-D', self.data, '-U', 'bh', '-A', 'trust', '-E', 'UTF8',
                       '--locale=C', '--no-sync',
                       *(['--waldir=' + log, '--wal-segsize=1'] if log else []))
        else:
            ground.run(BIN + '/pg_basebackup', '-h', '127.0.0.1', '-p', str(of.port), '-U', 'bh',
                       '-D', self.data, '-R', '-C', '-S', 'slot_' + name, '-X', 'stream',
                       '--checkpoint=fast', '--no-sync', '-d', 'application_name=' + name)
        # a process is killed, not the machine: what a server wrote is there without fsync
        with open(self.data + '/postgresql.conf', 'a', encoding='utf-8') as file:
            file.write("port=%d\nlisten_addresses='127.0.0.1'\nunix_socket_directories='%s'\n"
                       'fsync=off\nfull_page_writes=off\nmax_connections=120\n%s\n'
                       % (self.port, ground.path, settings))
        self.start()

    def start(self):
        try:
            self.ground.run(BIN + '/pg_ctl', '-D', self.data, '-l', self.data + '.log', '-w',
                            'start')
        except AssertionError as error:
            with open(self.data + '.log', encoding='utf-8') as log:
                raise AssertionError(log.read()[-1000:]) from error

    def come_back(self):
        """It may have stopped by itself, or be about to, or be recovering."""
        until = time.monotonic() + 60
        while True:
            try:
                if not [p for p in self.processes() if is_alive(p)]:
                    self.start()
                self.sql('SELECT 1')
                return
            except AssertionError:
                assert time.monotonic() < until, 'the server does not come back'
                time.sleep(0.1)

    def stop(self, mode='fast'):
        self.ground.run(BIN + '/pg_ctl', '-D', self.data, '-m', mode, '-w', 'stop')

    def promote(self):
        self.ground.run(BIN + '/pg_ctl', '-D', self.data, '-w', 'promote')
        # the names of the primary's standbys came with its copy
        self.sql('ALTER SYSTEM RESET synchronous_standby_names')
        self.sql('SELECT pg_reload_conf()')

    def processes(self):
        try:
            with open(self.data + '/postmaster.pid', encoding='ascii') as file:
                first = int(file.readline())
        except (OSError, ValueError):
            return []
        found = []
        for stat in glob.glob('/proc/[0-9]*/stat'):
            try:
                with open(stat, encoding='utf-8') as file:
                    words = file.read().rpartition(') ')[2].split()
            except OSError:
                continue
            if int(words[1]) == first:
                found.append(int(stat.split('/')[2]))
        return [first, *found]

    def kill(self):
        """As when the power goes: all of its processes, and no word to anybody."""
        processes = self.processes()
        if processes:
            os.kill(processes[0], signal.SIGSTOP)  # it starts no more of them meanwhile
            processes = self.processes()
        until = time.monotonic() + 30
        while processes:
            for process in processes:
                try:
                    os.kill(process, signal.SIGKILL)
                except OSError:
                    pass
            # until the last has let go of the memory that they share
            time.sleep(0.02)
            processes = [p for p in processes if is_alive(p)]
            assert time.monotonic() < until
        # its number may still stand in the table of processes: nobody waited for it
        for name in glob.glob(self.data + '/postmaster.pid') + glob.glob(
                '%s/.s.PGSQL.%d*' % (self.ground.path, self.port)):
            os.unlink(name)

    def sql(self, text, database='postgres'):
        return self.ground.run('psql', '-h', '127.0.0.1', '-p', str(self.port), '-U', 'bh', '-qAtX',
                               '-v', 'ON_ERROR_STOP=1', '-d', database, '-c', text).strip()


class Disk:
    """A small disk of its own below a ground, which can be filled."""

    class Missing(Exception):
        """None can be made here."""

    def __init__(self, ground, megabytes):
        self.path = os.path.join(ground.path, 'disk')
        self.stuffing = os.path.join(self.path, 'stuffing')
        os.mkdir(self.path)
        done = subprocess.run(['mount', '-t', 'tmpfs', '-o', 'size=%dm' % megabytes, 'tmpfs',
                               self.path], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise Disk.Missing('no disk can be made: ' + done.stderr.strip())
        if os.getuid() == 0:
            shutil.chown(self.path, 'postgres', 'postgres')

    def fill(self):
        with open(self.stuffing, 'wb', buffering=0) as file:
            at, size = 0, 1 << 40
            # at once: who writes in the meantime would find the last page before we do
            while size >= 1 << 12:
                size = min(size, os.fstatvfs(file.fileno()).f_bavail << 12) or 1 << 12
                try:
                    os.posix_fallocate(file.fileno(), at, size)
                    at += size
                except OSError as error:
                    assert error.errno == errno.ENOSPC, error
                    size >>= 1

    def free(self):
        os.unlink(self.stuffing)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        subprocess.run(['umount', '-l', self.path], check=False)


def standby(ground, primary, name='b'):
    """A second server that each commit of @primary waits for."""
    second = Server(ground, name, of=primary)
    primary.sql("ALTER SYSTEM SET synchronous_standby_names = 'FIRST 1 (%s)'" % name)
    primary.sql('SELECT pg_reload_conf()')
    until = time.monotonic() + 30
    while primary.sql("SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'") != '1':
        assert time.monotonic() < until
        time.sleep(0.05)
    return second


class Gate:
    """Passes bytes between a station and a server, until it is closed: then it takes them and
    passes nothing on, and lets nobody know."""

    def __init__(self, port):
        self.to, self.closed = port, False
        self.listener = socket.create_server(('127.0.0.1', 0), backlog=128)
        self.port = self.listener.getsockname()[1]
        self.pairs = {}
        self.lost = []
        threading.Thread(target=self.work, daemon=True).start()

    def work(self):
        while True:
            if self.closed:
                # what came through before is as a cable that was pulled: never answered again
                self.lost += list(self.pairs)
                self.pairs = {}
                time.sleep(0.02)
                continue
            ready = select.select([self.listener, *self.pairs], [], [], 0.05)[0]
            if self.closed:
                continue
            for one in ready:
                if one is self.listener:
                    self.admit()
                elif one in self.pairs:
                    self.carry(one)

    def admit(self):
        near = self.listener.accept()[0]
        try:
            far = socket.create_connection(('127.0.0.1', self.to))
        except OSError:
            near.close()
            return
        for one in (near, far):
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.pairs[near], self.pairs[far] = far, near

    def carry(self, one):
        other = self.pairs[one]
        try:
            data = one.recv(65536)
            if data:
                other.sendall(data)
                return
        except OSError:
            pass
        for end in (one, other):
            self.pairs.pop(end, None)
            end.close()


class Pooler:
    """PgBouncer before a server."""

    class Missing(Exception):
        """It is not installed."""

    def __init__(self, ground, server):
        program = shutil.which('pgbouncer', path='/usr/sbin:/usr/bin')
        if program is None:
            raise Pooler.Missing('no pgbouncer')
        self.port = free_port()
        users, settings = ground.path + '/users', ground.path + '/pgbouncer.ini'
        with open(users, 'w', encoding='utf-8') as file:
            file.write('"bh" ""\n')
        with open(settings, 'w', encoding='utf-8') as file:
            file.write('[databases]\n* = host=127.0.0.1 port=%d user=bh\n[pgbouncer]\n'
                       'listen_addr=127.0.0.1\nlisten_port=%d\nunix_socket_dir=\n'
                       'auth_type=any\nauth_file=%s\npool_mode=session\nmax_client_conn=200\n'
                       'default_pool_size=100\nserver_login_retry=1\n'
                       'ignore_startup_parameters=extra_float_digits\n'
                       % (server.port, self.port, users))
        self.process = subprocess.Popen(as_postgres([program, '-q', settings], ground.path),
                                        cwd=ground.path, stderr=subprocess.DEVNULL)
        until = time.monotonic() + 20
        while True:
            try:
                socket.create_connection(('127.0.0.1', self.port)).close()
                return
            except OSError:
                assert time.monotonic() < until and self.process.poll() is None
                time.sleep(0.05)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
