"""/me/data: download everything, or erase the account."""

import asyncio
import json
import tempfile
import zipfile
from collections.abc import Iterator
from typing import IO, Annotated, Any

from fastapi import Request
from starlette.responses import Response, StreamingResponse

from app.accounts.actions.erasure import erase_account
from app.accounts.cookies import DEVICE, forget, set_cookie
from app.accounts.dependencies import SignedIn, signed_in_now
from app.accounts.forms import EraseForm
from app.accounts.personal_data import Erasure, KeptFile, export_all
from app.accounts.routes.account import confirm
from app.kernel.clock import now
from app.kernel.errors import NotFound
from app.kernel.storage import storage
from app.web.forms import Form, reads
from app.web.fragments import see_other
from app.web.pages import NOBODY_MAY_KEEP, render
from app.web.routing import feature_router, unit
from app.web.templates import address

router = feature_router()
IN_MEMORY = 4_000_000  # bytes of a ZIP; a larger one goes to a temporary file
CHUNK = 64 * 1024


@router.get("/{lang:language}/me/data", name="accounts.data")
def show(request: Request, viewer: SignedIn) -> Response:
    return render(request, "accounts/data.html", form=Form())


@router.get("/{lang:language}/me/data/download", name="accounts.download")
async def download(request: Request) -> Response:
    viewer = await signed_in_now(request)
    data, files = await unit().read(lambda db: export_all(db, viewer.id), slow=True)
    packed = await asyncio.to_thread(_pack, data, files)
    headers = {"content-disposition": f'attachment; filename="tequio-{now():%Y-%m-%d}.zip"', "cache-control": NOBODY_MAY_KEEP}
    return StreamingResponse(_chunks(packed), media_type="application/zip", headers=headers)


@router.post("/{lang:language}/me/data/erasure", name="accounts.erase")
async def erase(request: Request, form: Annotated[Form[EraseForm], reads(EraseForm)]) -> Response:
    viewer = await signed_in_now(request)
    if status := await confirm(request, viewer, form):
        return render(request, "accounts/data.html", status=status, form=form)
    erasure = Erasure(keep_certificates=form.data.certificates == "keep")
    await unit().write(lambda db: erase_account(db, viewer.id, erasure))
    response = forget(see_other(address("accounts.erased")), viewer.is_shared)
    set_cookie(response, DEVICE, "", 0)
    return response


@router.get("/{lang:language}/account-erased", name="accounts.erased")
async def erased(request: Request) -> Response:
    return render(request, "accounts/erased.html", private=True)


def _pack(data: dict[str, Any], files: list[KeptFile]) -> IO[bytes]:
    packed: IO[bytes] = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 (closed when it has been sent)
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, value in data.items():
            archive.writestr(f"{name}.json", json.dumps(value, ensure_ascii=False, indent=2, default=str))
        for file in files:
            try:
                archive.writestr(f"files/{file.path}", storage().get(file.stored_as))
            except NotFound:
                archive.writestr(f"files/{file.path}.missing.txt", "This file is no longer in the store.")
    packed.seek(0)
    return packed


def _chunks(packed: IO[bytes]) -> Iterator[bytes]:
    with packed:
        while chunk := packed.read(CHUNK):
            yield chunk
