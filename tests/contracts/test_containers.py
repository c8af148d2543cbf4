"""What a container runs, checked without one: the lock provides every import, and the program starts on it alone."""

import ast
import re
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.support.servers import ROOT
from tests.support.services import FILE, faults

# Tools of authors and developers that the program imports where they are used, and says so when they are missing.
OPTIONAL = {"app/content/reading_ease.py": {"textstat"}}
BLOCKED = """
import sys
from importlib.abc import MetaPathFinder

class OnlyLocked(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {refused!r}:
            raise ModuleNotFoundError(f"{{name}} is not in requirements/production.txt", name=name)

sys.meta_path.insert(0, OnlyLocked())
from app.cli import app as shell
from app.kernel.migrations import upgrade
from app.kernel.settings import settings
from app.main import create_app
from app.starting import prepare
import pkgutil, importlib, app
for module in pkgutil.walk_packages(app.__path__, "app."):
    if module.name != "app.__main__" and not module.name.endswith(".__main__"):
        importlib.import_module(module.name)
prepare(settings(), print)
create_app().state.unit.close()
print("started on the locked packages alone")
"""


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def locked() -> set[str]:
    """The distributions that production installs."""
    text = (ROOT / "requirements" / "production.txt").read_text()
    return {normal(name) for name in re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==", text, re.MULTILINE)}


def imported(path: Path) -> set[str]:
    """The top-level names that a file imports from outside the program."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module)
    return {name.partition(".")[0] for name in names} - set(sys.stdlib_module_names) - {"app"}


def test_the_lock_provides_every_import_of_the_program() -> None:
    provided = packages_distributions()
    files = [*(ROOT / "app").rglob("*.py"), *(ROOT / "migrations").rglob("*.py")]
    assert len(files) > 100
    for path in files:
        place = path.relative_to(ROOT).as_posix()
        for name in imported(path) - OPTIONAL.get(place, set()):
            owners = {normal(owner) for owner in provided.get(name, [])}
            assert owners & locked(), f"{place} imports {name}, which requirements/production.txt does not install"


def test_every_locked_package_carries_a_hash() -> None:
    for kind in ("production", "development"):
        entries = re.split(r"\n(?=[A-Za-z0-9])", (ROOT / "requirements" / f"{kind}.txt").read_text())
        unhashed = [entry.splitlines()[0] for entry in entries if "==" in entry.splitlines()[0] and "--hash=sha256:" not in entry]
        assert unhashed == []


def test_the_program_starts_with_the_locked_packages_alone(tmp_path: Path) -> None:
    refused = {name for name, owners in packages_distributions().items() if not {normal(owner) for owner in owners} & locked()}
    assert {"pytest", "playwright", "textstat"} <= refused
    for folder in ("app", "migrations", "templates", "static"):  # what the Dockerfile copies
        (tmp_path / folder).symlink_to(ROOT / folder)
    (tmp_path / "content").symlink_to(ROOT / "tests" / "fixtures" / "content")
    command = [sys.executable, "-c", BLOCKED.format(refused=refused)]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=200, check=False)
    assert result.stdout.rstrip().endswith("started on the locked packages alone"), result.stderr[-2000:]


def test_the_dockerfile_copies_everything_the_program_reads() -> None:
    text = (ROOT / "Dockerfile").read_text()
    copied = set(re.findall(r"^COPY ([a-z]+) [a-z]+$", text, re.MULTILINE))
    assert copied == {"app", "migrations", "templates", "static", "content"}
    assert "USER 10001" in text
    ignored = (ROOT / ".dockerignore").read_text().split()
    assert not copied & set(ignored)


def test_the_compose_file_is_as_described() -> None:
    assert faults(FILE.read_text()) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("services:", "services"),
        ("  database:\n    image", "  db:\n    image"),
        ("${TEQUIO_SECRET_KEY:?set it in .env}", "secret"),
        ("read_only: true", "read_only: false"),
        ("127.0.0.1:8000:8000", "8000:8000"),
        ("TEQUIO_MAIL_URL: ", "TEQUIO_POST_URL: "),
        ("condition: service_healthy", "condition: service_started"),
        ('volumes: ["files:/data"]', 'volumes: ["filez:/data"]'),
    ],
)
def test_a_faulty_compose_file_is_found(old: str, new: str) -> None:
    text = FILE.read_text()
    assert old in text
    assert faults(text.replace(old, new))
