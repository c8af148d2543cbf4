"""Small pages of plain text: privacy, accessibility, help. Their words are in templates/pages/."""

from fastapi import Request
from starlette.responses import Response

from app.web.pages import render
from app.web.routing import feature_router

router = feature_router()


@router.get("/{lang:language}/privacy", name="documents.privacy")
async def privacy(request: Request) -> Response:
    return render(request, "pages/privacy.html")


@router.get("/{lang:language}/accessibility", name="documents.accessibility")
async def accessibility(request: Request) -> Response:
    return render(request, "pages/accessibility.html")


@router.get("/{lang:language}/help", name="documents.help")
async def help_page(request: Request) -> Response:
    return render(request, "pages/help.html")
