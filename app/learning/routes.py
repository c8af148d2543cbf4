"""Pages of learning."""

from app.web.routing import feature_router

router = feature_router()
