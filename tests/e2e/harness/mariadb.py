"""A MariaDB server of the test's own: a private directory, a private socket, no network."""

import os
import pwd
import shutil
import subprocess
from contextlib import contextmanager

from harness.secrets import known_secrets
from harness.waiting import eventually

USER = "dontgoback"
INSTALLATIONS = 10


class MariaDb:
    def __init__(self, folder, *options):
        self._options = options
        self._folder = folder
        self._data = folder / "data"
        self.socket = folder / "s"  # a socket's path may have 107 bytes
        self.password_file = folder / "password"
        self._process = None

    def start(self):
        if not self._data.exists():
            self._install()
        with open(self._folder / "mariadbd.log", "ab") as log:
            self._process = subprocess.Popen(
                ["/usr/sbin/mariadbd", "--no-defaults", f"--datadir={self._data}", f"--socket={self.socket}",
                 f"--pid-file={self._folder / 'pid'}", "--skip-networking", "--innodb-buffer-pool-size=32M",
                 "--innodb-log-file-size=16M", "--performance-schema=OFF", *self._user(), *self._options],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        eventually(self._answers, "mariadbd answers", limit=60, step=0.05)
        return self

    def create_database(self, name):
        """An empty database; its URL for the program."""
        password = self.password_file.read_text().strip()
        self.sql(f"CREATE DATABASE `{name}`;"
                 f"CREATE USER IF NOT EXISTS '{USER}'@'localhost' IDENTIFIED BY '{password}';"
                 f"GRANT ALL ON `{name}`.* TO '{USER}'@'localhost';")
        return f"mysql:///{name}?socket={self.socket}&user={USER}"

    def sql(self, statement, database=""):
        done = subprocess.run(self._client(database), input=statement.encode(), capture_output=True, timeout=60)
        assert done.returncode == 0, done.stderr.decode(errors="replace")
        return [line.split("\t") for line in done.stdout.decode().splitlines()]

    @contextmanager
    def locked(self, database, table):
        """Whoever asks for that table waits."""
        with subprocess.Popen(self._client(database), stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
            holder.stdin.write(f"LOCK TABLES `{table}` WRITE; SELECT 'locked';\n".encode())
            holder.stdin.flush()
            assert holder.stdout.readline() == b"locked\n"
            yield

    @property
    def pid(self):
        return self._process.pid

    def kill(self):
        process, self._process = self._process, None
        process.kill()
        process.wait()

    def stop(self):
        if self._process is None:
            return
        process, self._process = self._process, None
        process.terminate()
        try:
            process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise

    def _install(self):
        self._folder.mkdir(parents=True, exist_ok=True)
        known_secrets.make_file(self.password_file)
        # mariadb-install-db of 10.11 sometimes trips over its own temporary tables ("Unknown table 'mysql.tmp_user_sys'").
        for _ in range(INSTALLATIONS):
            done = self._try_to_install()
            if done.returncode == 0:
                return
        raise AssertionError(done.stdout.decode() + done.stderr.decode())

    def _try_to_install(self):
        shutil.rmtree(self._data, ignore_errors=True)
        self._data.mkdir()
        if os.geteuid() == 0:
            owner = pwd.getpwnam("mysql")
            for folder in (self._folder, self._data):
                os.chown(folder, owner.pw_uid, owner.pw_gid)
            for folder in self._folder.parents:  # the server is another user: it must be able to walk here
                if folder.stat().st_mode & 0o001 == 0:
                    folder.chmod(folder.stat().st_mode | 0o011)
        return subprocess.run(
            [shutil.which("mariadb-install-db"), "--no-defaults", f"--datadir={self._data}", "--skip-test-db",
             "--auth-root-authentication-method=normal", "--skip-name-resolve", *self._user()],
            stdin=subprocess.DEVNULL, capture_output=True, timeout=120)

    def _client(self, database):
        return ["/usr/bin/mariadb", "--no-defaults", f"--socket={self.socket}", "--user=root", "--batch",
                "--skip-column-names", "--unbuffered", database]

    def _user(self):
        return ["--user=mysql"] if os.geteuid() == 0 else []

    def _answers(self):
        assert self._process.poll() is None, (self._folder / "mariadbd.log").read_text(errors="replace")[-4000:]
        done = subprocess.run(["/usr/bin/mariadb", "--no-defaults", f"--socket={self.socket}", "--user=root", "-e",
                               "SELECT 1"], stdin=subprocess.DEVNULL, capture_output=True, timeout=30)
        return done.returncode == 0
