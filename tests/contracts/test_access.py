"""Who may open what: every address × every role. An address without a line fails, and so does a line without an address.

The table is the decision; the world is one course with somebody's work in it. Every change is taken back after it was
answered, so that no line depends on another.
"""

from collections.abc import Iterator

from app.main import ROUTERS, create_app
from tests.contracts.access_table import COLUMNS, TABLE
from tests.contracts.routes import Line, ask, filled, meaning, routes, taken_back
from tests.contracts.world import World

STAFF = ("author", "mentor", "coordinator", "administrator")


def lines() -> dict[Line, dict[str, str]]:
    """The table: (method, path) -> what each column expects."""
    found: dict[Line, dict[str, str]] = {}
    for text in TABLE.strip().splitlines():
        if text.strip() and not text.startswith("#"):
            method, path, *cells = text.split()
            assert len(cells) == len(COLUMNS), text
            assert (method, path) not in found, f"twice: {text}"
            found[method, path] = dict(zip(COLUMNS, cells, strict=True))
    return found


def expected(cells: dict[str, str]) -> Iterator[tuple[str, set[str]]]:
    """(who, what they may get). Held elsewhere, or with one factor, a role counts only where it opens something at all;

    where it does not, somebody with one factor is answered like a learner or asked for the second before that.
    """
    yield from ((who, {cells[who]}) for who in ("visitor", "owner", "learner", *STAFF))
    for role in STAFF:
        opens = cells[role] != cells["learner"]
        yield f"{role} elsewhere", {cells["elsewhere"] if opens else cells["learner"]}
        yield f"{role} with one factor", {cells["one-factor"]} if opens else {cells["learner"], "2f"}


def test_every_address_has_its_line_and_every_line_its_address() -> None:
    known, there = set(lines()), set(routes())
    assert sorted(there - known) == [], "new addresses: add a line to access_table.py"
    assert sorted(known - there) == [], "lines without an address: take them out of access_table.py"


def test_beside_the_routers_only_static_files_answer() -> None:
    app = create_app()
    known = [route for router in ROUTERS for route in router.routes]
    others = [route for route in app.routes if route not in known]
    assert [getattr(route, "path", "") for route in others] == ["/static"]
    app.state.unit.close()


def test_everyone_gets_what_the_table_says_and_nothing_more(world: World) -> None:
    names, wrong = routes(), []
    with taken_back(world.site.unit):
        for (method, path), cells in lines().items():
            address = filled(path, world, names[method, path])
            for who, what in expected(cells):
                got = meaning(ask(world.people[who], method, address))
                if got not in what:
                    wrong.append(f"{method} {path}: {who} gets {got}, the table says {sorted(what)}")
    assert wrong == [], "\n".join(wrong)


def test_what_the_table_calls_404_is_there_for_its_owner(world: World) -> None:
    owner = world.people["owner"]
    for path in ("/es/attempts/{attempt_id}", "/es/submissions/{submission_id}", "/certificates/{serial}"):
        assert owner.get(filled(path, world, "")).status_code == 200
