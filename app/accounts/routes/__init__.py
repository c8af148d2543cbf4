"""Pages of accounts, a file per theme, joined into one router."""

from app.accounts.routes import account, data, invitations, people, recovery, second_factor, sign_in, sign_up
from app.web.routing import feature_router

router = feature_router()
for part in (sign_in, sign_up, recovery, account, second_factor, data, people, invitations):
    router.routes.extend(part.router.routes)
