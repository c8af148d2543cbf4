"""Pages of exercises: the learner's and the mentor's, joined into one router."""

from app.exercises.routes import learner, mentor
from app.web.routing import feature_router

router = feature_router()
for part in (learner, mentor):
    router.routes.extend(part.router.routes)
