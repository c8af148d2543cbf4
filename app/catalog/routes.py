"""Pages of the catalogue: home, courses with search, pictures."""

from typing import Any

from fastapi import Request
from sqlmodel import Session
from starlette.responses import Response

from app.accounts.dependencies import MaybeSignedIn
from app.accounts.policies import Viewer
from app.catalog.marks import marks_of
from app.catalog.pictures import picture
from app.catalog.queries import published_courses, search
from app.catalog.views import TOPICS, lightest_sample, query_fault, totals_of
from app.web.forms import clean
from app.web.pages import render
from app.web.routing import Db, feature_router

router = feature_router()


@router.get("/{lang:language}", name="home")
def home(request: Request, db: Db, viewer: MaybeSignedIn, lang: str) -> Response:
    """What it is, for whom, the courses, and one button into a lesson."""
    cards = published_courses(db, lang)
    return render(request, "catalog/home.html", cards=cards, totals=totals_of(cards, lang), sample=lightest_sample(cards))


@router.get("/{lang:language}/courses", name="catalog.courses")
def courses(request: Request, db: Db, viewer: MaybeSignedIn, lang: str, q: str = "", topic: str = "") -> Response:
    """The catalogue; with ?q= the pages that hold these words, with ?topic= the courses about it."""
    query = " ".join(clean(q).split())
    return render(request, "catalog/courses.html", **_courses(db, viewer, lang, query, topic if topic in TOPICS else ""))


def _courses(db: Session, viewer: Viewer | None, lang: str, query: str, topic: str) -> dict[str, Any]:
    cards = published_courses(db, lang)
    fault = query_fault(query)
    return {
        "cards": [card for card in cards if topic in ("", card.topic)],
        "totals": totals_of(cards, lang),
        "marks": marks_of(db, viewer, lang),
        "topics": {card.topic: TOPICS[card.topic] for card in cards if card.topic in TOPICS},
        "topic": topic,
        "query": query[:200],
        "fault": fault,
        "hits": search(db, query, lang, cards) if query and not fault else None,
    }


@router.get("/media/{name}", name="catalog.picture")
def media(db: Db, name: str) -> Response:
    """A picture of a course, by the hash of its content: kept by browsers for ever."""
    found = picture(db, name)
    return Response(found.content, media_type=found.media_type, headers=found.headers)
