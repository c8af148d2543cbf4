"""Sees to what the tests need of the machine: a browser and a PostgreSQL. Run before pytest by `make test`."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.support.postgresql import binaries

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
LINE = "apt-get update && apt-get install -y --no-install-recommends chromium"


def chromium() -> str | None:
    """The browser the tests drive: PLAYWRIGHT_CHROMIUM, else the first one in PATH."""
    if given := os.environ.get("PLAYWRIGHT_CHROMIUM"):
        return given if Path(given).exists() else None
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def main() -> None:
    if not os.environ.get("TEST_DATABASE_URL"):
        binaries()
    if chromium():
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        sys.exit(f"The tests drive a browser, and none was found. Run as root: {LINE}\n(or name one in PLAYWRIGHT_CHROMIUM)")
    sys.stderr.write("Installing Debian's chromium for the browser tests…\n")
    for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"]):
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})


if __name__ == "__main__":
    main()
