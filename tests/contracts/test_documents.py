"""What the documents say is there, is there."""

import re
from pathlib import Path

import pytest

from app.kernel.settings import Settings
from tests.support.documents import OPERATORS, ROOT, documents, links, with_table

NAMES = [path.relative_to(ROOT).as_posix() for path in documents()]
FOR_PEOPLE = ("learners", "mentors", "coordinators", "authors")


def slug_of(heading: str) -> str:
    """The anchor that Git hosts give a heading."""
    words = re.sub(r"[^\w\- ]", "", heading.strip().lower())
    return words.replace(" ", "-")


def anchors(path: Path) -> set[str]:
    return {slug_of(heading) for heading in re.findall(r"^#+ (.+)$", path.read_text(), re.MULTILINE)}


def test_the_papers_of_a_newcomer_are_there() -> None:
    expected = {"README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "docs/operators.md", "docs/decisions.md"}
    expected |= {f"docs/{language}/{reader}.md" for language in ("es", "en") for reader in FOR_PEOPLE}
    assert expected <= set(NAMES)
    assert (ROOT / "LICENSE").read_text().count("Apache License") > 3
    assert "Attribution-ShareAlike 4.0 International" in (ROOT / "content" / "LICENSE").read_text()
    assert (ROOT / "NOTICE").exists()


@pytest.mark.parametrize("name", NAMES)
def test_every_link_leads_somewhere(name: str) -> None:
    path = ROOT / name
    for link in links(path):
        if link.startswith(("https://", "http://127.0.0.1", "mailto:")):
            continue
        target, _, anchor = link.partition("#")
        place = (path.parent / target).resolve() if target else path
        assert place.exists(), f"{name} leads to {link}"
        assert place.is_relative_to(ROOT)
        if anchor:
            assert anchor in anchors(place), f"{name} leads to {link}"


@pytest.mark.parametrize("name", NAMES)
def test_no_document_speaks_of_a_place_or_a_person_of_the_workshop(name: str) -> None:
    text = (ROOT / name).read_text()
    for found in re.findall(r"(?<![\w./-])/(?:work|tmp|root|home)/[\w.-]+", text):
        pytest.fail(f"{name} names {found}")
    assert not re.search(r"\bTODO\b|\bFIXME\b|Lorem ipsum", text)


def test_every_make_target_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {target for name in NAMES for target in re.findall(r"^(?:\$ )?make ([a-z-]+)|`make ([a-z-]+)", (ROOT / name).read_text(), re.M)}
    named_targets = {first or second for first, second in named}
    assert {"serve", "test", "check", "install"} <= named_targets
    assert named_targets <= targets


def test_every_command_that_is_named_exists() -> None:
    from typer.main import get_command

    from app.cli import app

    command = get_command(app)
    known = set(command.commands)  # type: ignore[attr-defined]
    content = set(command.commands["content"].commands)  # type: ignore[attr-defined]
    for name in NAMES:
        text = (ROOT / name).read_text()
        for verb, second in re.findall(r"(?:`tequio|bin/tequio|python -m app) ([a-z-]+)(?: ([a-z-]+))?", text):
            assert verb in known, f"{name}: tequio {verb}"
            assert verb != "content" or second in content, f"{name}: tequio content {second}"


def test_operators_find_every_setting_as_it_is() -> None:
    text = OPERATORS.read_text()
    assert text == with_table(text), "run: python -m tests.support.documents"


def test_every_setting_that_is_named_exists() -> None:
    known = {f"TEQUIO_{name.upper()}" for name in Settings.model_fields} | {"TEQUIO_TEST_LONG"}
    places = [*(ROOT / name for name in NAMES), ROOT / "compose.yaml", ROOT / "Dockerfile", ROOT / "Makefile"]
    for place in places:
        assert set(re.findall(r"TEQUIO_[A-Z_]*[A-Z]", place.read_text())) <= known, place


@pytest.mark.parametrize("reader", FOR_PEOPLE)
def test_the_guides_say_the_same_in_both_languages(reader: str) -> None:
    shapes = []
    for language in ("es", "en"):
        text = (ROOT / "docs" / language / f"{reader}.md").read_text()
        shapes.append([line.split(" ")[0] for line in text.splitlines() if re.match(r"#+ |[-*] |\d+\. ", line)])
    assert shapes[0] == shapes[1]
