"""The application: settings, middleware, routers, subscriptions, registries. The only file that knows everyone."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute
from starlette_compress import CompressMiddleware

from app.accounts import codes, demands, desks, personal_data, sessions
from app.accounts import routes as accounts
from app.accounts.actions.erasure import export_account
from app.catalog import marks
from app.catalog import routes as catalog
from app.catalog.events import EditionPublished
from app.catalog.heads import published_state, warm_up
from app.certificates import panels as certificate_panels
from app.certificates import personal_data as certificate_data
from app.certificates import routes as certificates
from app.certificates.actions import on_course_completed
from app.exercises import registrations as exercises_registrations
from app.exercises import routes as exercises
from app.interop.api_v1 import routes as api_v1
from app.kernel import events, mail, outbox, rate_limits, replays
from app.kernel.database import Unit
from app.kernel.log import configure_logging
from app.kernel.settings import Settings, settings
from app.learning import openings, panels
from app.learning import routes as learning
from app.learning.actions import move_with_correction
from app.learning.completion import after_result
from app.learning.events import CourseCompleted, ResultRecorded
from app.learning.personal_data import erase_learning, export_learning
from app.learning.views import course_marks
from app.quizzes import desk_routes as quiz_desks
from app.quizzes import registrations as quiz_registrations
from app.quizzes import routes as quizzes
from app.reports import queries as reports_audit
from app.reports import routes as reports
from app.web import documents, failures, health
from app.web.body import BodyLimits
from app.web.frame import Frame
from app.web.origin import OwnOriginOnly
from app.web.static import static_files
from app.web.templates import know_addresses
from app.web.visitor_cache import VisitorCache

# Routes are tried in this order: what learners open most stands first.
ROUTERS: list[APIRouter] = [
    learning.router,
    quizzes.router,
    exercises.router,
    catalog.router,
    accounts.router,
    health.router,
    documents.router,
    certificates.router,
    quiz_desks.router,
    reports.router,
    api_v1.router,
]


def subscribe() -> None:
    """Joins the features: who listens to whom, and who sends what."""
    outbox.register_sender(mail.KIND, mail.send_mail)
    demands.install()
    personal_data.register_exporter("account", export_account)
    for desk in (desks.PEOPLE, quiz_registrations.COURSES, certificate_panels.DESK, reports_audit.DESK):
        desks.register_desk(desk)
    events.subscribe(EditionPublished, move_with_correction)
    events.subscribe(ResultRecorded, after_result)
    marks.register(course_marks)
    events.subscribe(CourseCompleted, on_course_completed)
    panels.waiting("certificates", certificate_panels.claims)
    panels.certificates("certificates", certificate_panels.held)
    personal_data.register_exporter("certificates", certificate_data.export, certificate_data.files)
    personal_data.register_eraser("certificates", certificate_data.erase)
    exercises_registrations.install()
    quiz_registrations.install()
    personal_data.register_exporter("learning", export_learning)
    personal_data.register_eraser("learning", erase_learning)  # last: the others find their rows by the enrollment


def create_app(chosen: Settings | None = None) -> FastAPI:
    """Builds the application. Raises SystemExit when the settings are not safe for production."""
    chosen = chosen or settings()
    chosen.refuse_unsafe_production()
    configure_logging(chosen.log_level, chosen.log_format)
    unit = Unit(chosen.database_url)
    subscribe()

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        cleaners = [replays.forget_old, rate_limits.forget_old, outbox.forget_old, sessions.forget_old, codes.forget_old]
        worker = outbox.Worker(unit, cleaners, chores=[sessions.flush_seen, quiz_registrations.close_what_is_overdue])
        worker.start()
        warm_up(unit)
        yield
        worker.stop()
        openings.flush(unit)
        unit.close()

    app = FastAPI(title=chosen.site_name, lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.unit = unit
    # Side by side rather than router within router: FastAPI would match each of those twice, at a third of a request's cost.
    app.router.routes.extend(route for router in ROUTERS for route in router.routes)
    app.mount("/static", static_files())
    failures.install(app)
    know_addresses([(route.name, route.path_format) for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)])

    # Added from the inside out: the frame is outermost.
    app.add_middleware(OwnOriginOnly)
    app.add_middleware(BodyLimits)
    app.add_middleware(CompressMiddleware, minimum_size=400, zstd_level=3, brotli_quality=4, gzip_level=4)
    app.add_middleware(VisitorCache, cookie=chosen.session_cookie, state=published_state(unit))
    app.add_middleware(Frame, unit=unit, settings=chosen)
    return app
