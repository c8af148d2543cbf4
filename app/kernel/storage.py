"""Files kept by the hash of their content. Folder today; the interface is what another store would offer."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from app.kernel.errors import NotFound
from app.kernel.settings import settings


class Storage:
    """A folder of files named by the SHA-256 of what is in them."""

    def __init__(self, url: str) -> None:
        scheme, _, path = url.partition(":")
        if scheme != "file" or not path:
            raise SystemExit(f"TEQUIO_STORAGE_URL must be file:FOLDER; it is {url!r}.")
        self.folder = Path(path)

    def put(self, content: bytes) -> str:
        """Stores content durably and returns its name. Storing it twice is storing it once."""
        name = hashlib.sha256(content).hexdigest()
        path = self._path(name)
        if path.exists():
            return name
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
        return name

    def get(self, name: str) -> bytes:
        """The content stored under `name`. Raises NotFound."""
        try:
            return self._path(name).read_bytes()
        except FileNotFoundError as error:
            raise NotFound from error

    def delete(self, name: str) -> None:
        self._path(name).unlink(missing_ok=True)

    def names(self) -> Iterator[str]:
        """The names of all files, in no particular order."""
        for path in self.folder.glob("??/" + "?" * 64):
            yield path.name

    def _path(self, name: str) -> Path:
        if len(name) != 64 or not name.isalnum():
            raise NotFound
        return self.folder / name[:2] / name


def storage() -> Storage:
    """The store that the settings name."""
    return Storage(settings().storage_url)
