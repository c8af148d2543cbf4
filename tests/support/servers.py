"""Real servers in processes of their own, for what a test client cannot show."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2

ROOT = Path(__file__).parents[2]
QUIET = {"TEQUIO_LOG_LEVEL": "CRITICAL"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(factory: str, environment: dict[str, str], workers: int = 1) -> Iterator[str]:
    """Serves an application factory (module:function) with uvicorn; yields its address once it answers."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "uvicorn", factory, "--factory", "--port", str(port), "--workers", str(workers), "--no-access-log"]
    command += ["--loop", "uvloop", "--http", "httptools", "--log-level", "critical"]
    variables = {**os.environ, **QUIET, "TEQUIO_BASE_URL": address, **environment}
    process = subprocess.Popen(command, cwd=ROOT, env=variables)
    try:
        wait_until_ready(address, process)
        yield address
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_until_ready(address: str, process: subprocess.Popen[bytes], seconds: float = 120) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with status {process.returncode}")
        try:
            if httpx2.get(f"{address}/healthz", timeout=5).status_code == 200:
                return
        except httpx2.TransportError:
            time.sleep(0.05)
    raise RuntimeError("the server did not answer in time")
