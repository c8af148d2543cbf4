"""What `make serve` and a container run: the database made ready, the courses published, people to try it with, the server.

Each step ends with one line. Ctrl-C and SIGTERM end it cleanly: a step that was begun is undone, a request that was begun is
answered.
"""

import os
import shutil
import signal
import socket
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

import uvicorn
from sqlalchemy.engine import make_url
from uvicorn.supervisors import Multiprocess

from app.accounts.demonstration import create_demonstration_accounts
from app.catalog.commands import publish_folder
from app.kernel.database import Unit
from app.kernel.migrations import upgrade
from app.kernel.settings import Settings
from app.main import subscribe

Say = Callable[[str], None]
GRACE = 20  # seconds for the requests that run when the end is asked for


def prepare(chosen: Settings, say: Say) -> None:
    """Migrates the database, publishes what changed in the content folder, and lets people try it in development."""
    chosen.refuse_unsafe_production()
    upgrade(chosen.database_url)
    say(f"Database: ready ({make_url(chosen.database_url).render_as_string(hide_password=True)}).")
    subscribe()
    unit = Unit(chosen.database_url)
    try:
        _publish(unit, chosen, say)
        _demonstrate(unit, chosen, say)
    finally:
        unit.close()


def _publish(unit: Unit, chosen: Settings, say: Say) -> None:
    if chosen.content_dir.is_dir():
        publish_folder(unit, chosen.content_dir, say=lambda line: say(f"Courses: {line}"))
    else:
        say(f"Courses: there is no folder {chosen.content_dir}; nothing was published.")


def _demonstrate(unit: Unit, chosen: Settings, say: Say) -> None:
    if chosen.is_production:
        return
    accounts = unit.write_now(create_demonstration_accounts)
    if not accounts:
        return
    say("People: one demonstration account for each role, told this once:")
    rows = [("role", "username", "passphrase"), *accounts]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    for row in rows:
        say("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    say("  Staff are asked for a code as well: `.venv/bin/tequio code USERNAME` prints it.")


def serve(chosen: Settings, listener: socket.socket, workers: int, say: Say) -> None:
    """Serves on a port that was taken, until Ctrl-C or SIGTERM."""
    with _shared_numbers(workers):
        config = uvicorn.Config(
            "app.main:create_app",
            factory=True,
            workers=workers,
            access_log=False,
            log_config=None,
            proxy_headers=True,
            forwarded_allow_ips=chosen.trusted_proxies,
            timeout_graceful_shutdown=GRACE,
            server_header=False,
            date_header=True,
            loop="uvloop",
            http="httptools",
        )
        host, port = listener.getsockname()[:2]
        processes = "1 process" if workers == 1 else f"{workers} processes"
        say(f"Tequio: serving on http://{host}:{port} with {processes}. Ctrl-C ends it.")
        if workers == 1:
            uvicorn.Server(config).run(sockets=[listener])
        else:
            Multiprocess(config, sockets=[listener]).run()


@contextmanager
def ending_cleanly(say: Say) -> Iterator[None]:
    """Turns SIGTERM into what Ctrl-C is, and says that the end was a clean one."""

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    except KeyboardInterrupt:
        pass
    finally:
        signal.signal(signal.SIGTERM, before)
    say("Tequio: stopped; what had begun was finished, nothing was left half done.")


@contextmanager
def port_taken(host: str, port: int) -> Iterator[socket.socket]:
    """Takes the port before anything else is done. Raises SystemExit with a sentence when somebody else has it."""
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    with listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except OSError as error:
            raise SystemExit(
                f"Tequio cannot listen on {host}:{port} ({error.strerror}). Choose another port: make serve PORT=8001"
            ) from error
        listener.set_inheritable(True)
        yield listener


@contextmanager
def _shared_numbers(workers: int) -> Iterator[None]:
    """A folder where the workers add up the numbers of /metrics; one process needs none."""
    if workers == 1:
        yield
        return
    folder = tempfile.mkdtemp(prefix="tequio-metrics-")
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
    try:
        yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)
