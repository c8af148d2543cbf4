"""The program as `make serve` starts it, in a folder of its own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.servers import ROOT, free_port

CONTENT = str(ROOT / "content")
SECONDS = 120  # until it answers, on a machine that is busy with other tests


@contextmanager
def started(folder: Path, *options: str, port: int = 0, **environment: str) -> Iterator[tuple[str, subprocess.Popen[bytes], Path]]:
    """The program run from an empty folder; (address, process, what it printed)."""
    port = port or free_port()
    address, printed = f"http://127.0.0.1:{port}", folder / "printed.txt"
    variables = {name: value for name, value in os.environ.items() if not name.startswith("TEQUIO_")}
    variables |= {"PYTHONPATH": str(ROOT), "TEQUIO_CONTENT_DIR": str(folder), **environment}
    command = [sys.executable, "-m", "app", "start", "--port", str(port), *options]
    with printed.open("ab") as output:
        process = subprocess.Popen(command, cwd=folder, env=variables, stdout=output, stderr=output)
    try:
        yield address, process, printed
    finally:
        process.terminate()
        process.wait(SECONDS)
