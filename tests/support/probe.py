"""A tiny feature over the real engine, for tests of the engine itself: it saves, refuses, breaks and dawdles."""

import time
from uuid import UUID

from fastapi import FastAPI, Request
from sqlalchemy import text
from sqlmodel import Session, SQLModel, func, select
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from app.kernel.clock import now
from app.kernel.database import Unit
from app.kernel.errors import Conflict
from app.kernel.ids import new_id
from app.kernel.models import AuditEntry, RateLimit
from app.kernel.settings import settings
from app.web import failures, health
from app.web.frame import Frame
from app.web.routing import Db, feature_router, slow

router = feature_router()
assert SQLModel.metadata.tables


def _field(request: Request, name: str, default: str = "") -> str:
    value = request.state.form.get(name, default)
    return value if isinstance(value, str) else default


@router.post("/save")
def save(request: Request, db: Db) -> Response:
    request.state.who = "probe"
    db.add(AuditEntry(action="save", subject=_field(request, "what")))
    db.flush()
    return JSONResponse({"saved": _field(request, "what"), "at": now().isoformat()})


@router.post("/keyed")
def keyed(request: Request, db: Db) -> Response:
    db.add(AuditEntry(action="keyed", subject=_field(request, "what")))
    return JSONResponse({"answer": str(new_id())})


@router.post("/raise")
def raises(db: Db) -> Response:
    db.add(AuditEntry(action="raised"))
    db.flush()
    raise Conflict


@router.post("/refuse")
def refuses(db: Db) -> Response:
    db.add(AuditEntry(action="refused"))
    return Response("no", 422)


@router.post("/stop")
def stops(db: Db) -> Response:
    raise StopIteration


@router.post("/orphan")
def orphan(db: Db) -> Response:
    """A commit that fails: the reference is checked only then."""
    if db.get_bind().dialect.name == "sqlite":
        db.connection().execute(text("PRAGMA defer_foreign_keys=ON"))
    else:
        db.connection().execute(text("ALTER TABLE identities ALTER CONSTRAINT fk_identities_user_id DEFERRABLE INITIALLY DEFERRED"))
    insert = "INSERT INTO identities (id, user_id, issuer, subject, created_at) VALUES (:id, :user, 'probe', :subject, :at)"
    values = {"id": _uuid(db, new_id()), "user": _uuid(db, new_id()), "subject": str(new_id()), "at": now().replace(tzinfo=None)}
    db.connection().execute(text(insert), values)
    return Response("saved")


def _uuid(db: Session, value: UUID) -> object:
    return value.hex if db.get_bind().dialect.name == "sqlite" else value


@router.get("/count")
def count(db: Db) -> Response:
    rows = db.exec(select(AuditEntry.action, func.count()).group_by(AuditEntry.action)).all()
    return JSONResponse(dict(rows))


@router.get("/writes")
def writes(db: Db) -> Response:
    db.add(RateLimit(key="written by a GET"))
    db.flush()
    return Response("saved")


@router.get("/slow")
@slow
def dawdle(db: Db) -> Response:
    time.sleep(1.0)
    return Response("at last")


class Named:
    """Gives every request a name before its handler runs, as a signed-in person has one."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope.setdefault("state", {})["who"] = "probe"
        await self.app(scope, receive, send)


def create_probe() -> FastAPI:
    app = FastAPI(openapi_url=None)
    app.state.unit = Unit(settings().database_url)
    app.include_router(router)
    app.include_router(health.router)
    failures.install(app)
    app.add_middleware(Named)
    app.add_middleware(Frame, unit=app.state.unit, settings=settings())
    return app
