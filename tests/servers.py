"""Real servers for tests, on loopback, each ended by its own process: PostgreSQL, and a Dask cluster."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

LOOPBACK = "127.0.0.1"
_PATIENCE = 60


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as one:
        one.bind((LOOPBACK, 0))
        return int(one.getsockname()[1])


def _postgresql(program: str) -> str:
    """Where Debian keeps a server's program: not on the path."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}")) or [Path(shutil.which(program) or program)]
    return str(found[-1])


@contextmanager
def postgresql() -> Iterator[str]:
    """The URL of an empty database of a server of its own."""
    folder = tempfile.mkdtemp(prefix="popravka-postgresql-")
    as_user = _unprivileged(folder)
    data, port = f"{folder}/data", free_port()
    try:
        made = [
            *as_user,
            _postgresql("initdb"),
            "-D",
            data,
            "-A",
            "trust",
            "-U",
            "popravka",
            "--no-sync",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
        ]
        subprocess.run(made, check=True, stdout=subprocess.DEVNULL, cwd=folder)
        command = [*as_user, _postgresql("postgres"), "-D", data, "-h", LOOPBACK, "-p", str(port), "-k", folder, "-F"]
        with open(f"{folder}/log", "wb") as log:
            server = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder)
        try:
            _wait_for(port, server)
            yield f"postgresql://popravka@{LOOPBACK}:{port}/postgres"
        finally:
            server.send_signal(signal.SIGINT)  # ends connections and goes
            server.wait(_PATIENCE)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _unprivileged(folder: str) -> list[str]:
    """PostgreSQL does not run as root: the folder is given to another user, and the server runs as him."""
    if os.getuid():
        return []
    user = pwd.getpwnam("postgres")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]


def _wait_for(port: int, server: "subprocess.Popen[bytes]") -> None:
    ends = time.monotonic() + _PATIENCE
    while server.poll() is None and time.monotonic() < ends:
        try:
            with socket.create_connection((LOOPBACK, port), timeout=1):
                time.sleep(0.5)  # it listens before it answers
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"the server on port {port} did not start")


class Dask(NamedTuple):
    """A cluster: its address, and its worker processes."""

    address: str
    workers: "list[subprocess.Popen[bytes]]"


@contextmanager
def dask(workers: int) -> Iterator[Dask]:
    """A scheduler and workers, each a process."""
    port = free_port()
    address = f"tcp://{LOOPBACK}:{port}"
    started: list[subprocess.Popen[bytes]] = []
    folder = tempfile.mkdtemp(prefix="popravka-dask-")
    environment = os.environ | {"DASK_DISTRIBUTED__WORKER__DAEMON": "False", "DASK_TEMPORARY_DIRECTORY": folder}

    def start(*arguments: str) -> None:
        command = [sys.executable, "-m", "distributed.cli.dask_" + arguments[0], *arguments[1:]]
        started.append(
            subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        )

    try:
        start("scheduler", "--host", LOOPBACK, "--port", str(port), "--no-dashboard", "--no-show")
        _wait_for(port, started[0])
        for _ in range(workers):
            start(
                "worker", address, "--host", LOOPBACK, "--nthreads", "1", "--nworkers", "1", "--no-dashboard", "--local-directory", folder
            )
        yield Dask(address, started[1:])
    finally:
        for process in reversed(started):
            kill(process)
        shutil.rmtree(folder, ignore_errors=True)


def kill(process: "subprocess.Popen[bytes]") -> None:
    """End a process that was started here, and what it has started in its session, at once."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
