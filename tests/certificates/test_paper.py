"""The paper: tagged, right for accents and other scripts, on A4 and Letter, with a code that leads to the check."""

import io
from typing import Any

import pikepdf
import pytest

from app.certificates.paper import paper_data, print_paper
from app.certificates.records import canonical, is_authentic, key_id, new_serial, read_serial, sign


def record(name: str = "Teresa Sánchez Núñez", **changes: Any) -> dict[str, Any]:
    return {
        "serial": "TQ-7K4M-2XQ9-HB3D",
        "holder": {"name": name},
        "course": {"slug": "finance", "title": "Finanzas: del ahorro a la inversión"},
        "edition": 1,
        "hours": 12,
        "score": 87,
        "assessed": "knowledge and practical work",
        "completed_on": "2026-11-20",
        "issued_on": "2026-11-22",
        "issuer": {"name": "Tequio", "url": "https://tequio.example"},
        "authors": ["Proyecto Tequio"],
        "language": "es",
    } | changes


@pytest.mark.parametrize(("paper", "size"), [("a4", [595, 842]), ("letter", [612, 792])])
def test_the_paper_is_one_tagged_page(paper: str, size: list[int]) -> None:
    with pikepdf.open(io.BytesIO(print_paper(record(), paper))) as document:
        assert len(document.pages) == 1
        assert [round(float(edge)) for edge in document.pages[0].mediabox][2:] == size
        assert bool(document.Root.MarkInfo.Marked)
        assert str(document.Root.Lang) == "es"
        with document.open_metadata() as metadata:
            assert metadata.get("pdfuaid:part") == "1"
            assert metadata.get("pdfaid:part") == "2"


@pytest.mark.parametrize("name", ["Łukasz Żółć", "Nguyễn Thị Minh Khai", "Ἑλένη Παπαδοπούλου", "Ольга Щербакова", "A" * 120])
def test_names_in_letters_that_every_machine_has(name: str) -> None:
    with pikepdf.open(io.BytesIO(print_paper(record(name), "a4"))) as document:
        assert len(document.pages) == 1
        with document.open_metadata() as metadata:
            assert metadata.get("pdfuaid:part") == "1"


def test_a_name_without_a_font_still_gets_its_paper() -> None:
    assert print_paper(record("𞤀𞤣𞤤𞤢𞤥"), "a4").startswith(b"%PDF")


def test_a_name_is_never_markup() -> None:
    paper = print_paper(record('#panic("x") $ * _ "quoted" \\ <b>'), "a4")
    with pikepdf.open(io.BytesIO(paper)) as document:
        assert "#panic" in str(document.docinfo.get("/Title", ""))


def test_it_speaks_the_language_of_the_record() -> None:
    assert paper_data(record(), "a4")["facts"][0] == ["Fecha", "22 de noviembre de 2026"]
    assert paper_data(record(language="en"), "a4")["facts"][0] == ["Date", "November 22, 2026"]


def test_serials_are_long_random_and_read_as_people_type_them() -> None:
    serials = {new_serial() for _ in range(1000)}
    assert len(serials) == 1000
    assert all(read_serial(serial) == serial for serial in serials)
    assert read_serial(" tq 7k4m-2xq9 hb3d ") == "TQ-7K4M-2XQ9-HB3D"
    assert read_serial("TQ-OIL0-0000-0000") == "TQ-0110-0000-0000"
    assert read_serial("TQ-7K4M-2XQ9") == ""
    assert read_serial("\0 ' or 1=1") == ""


def test_a_record_has_one_canonical_text_and_a_signature_that_shows_changes() -> None:
    text = canonical({"b": 1, "a": ["ñ"]})
    assert text == '{"a":["ñ"],"b":1}'
    assert is_authentic(text, key_id(), sign(text)) is True
    assert is_authentic(text.replace("1", "2"), key_id(), sign(text)) is False
    assert is_authentic(text, "another key", sign(text)) is None
