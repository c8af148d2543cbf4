"""Pictures: SVG without scripts or outside references, raster of a known kind and size, light enough to be sent."""

from __future__ import annotations

import io
import re
from xml.etree.ElementTree import Element, ParseError

import brotli
import imagesize
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from app.content.faults import Faults
from app.content.page import Picture
from app.content.source import MAXIMUM_TEXT, text_of

ENDINGS = {".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif"}
HEAVYISH, HEAVY = 4_000, 40_000
_SVG = "{http://www.w3.org/2000/svg}"
_ELEMENTS = {
    "svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "title", "desc",
    "defs", "use", "symbol", "marker", "pattern", "clipPath", "mask", "linearGradient", "radialGradient", "stop",
    "style", "switch", "metadata",
}  # fmt: skip
_SIGNATURES = {
    ".png": (b"\x89PNG\r\n\x1a\n",), ".jpg": (b"\xff\xd8\xff",), ".jpeg": (b"\xff\xd8\xff",),
    ".gif": (b"GIF87a", b"GIF89a"), ".webp": (b"RIFF",),
}  # fmt: skip


def ending_of(path: str) -> str:
    name = path.rsplit("/", 1)[-1]
    return "." + name.rsplit(".", 1)[1].lower() if "." in name else ""


def read_picture(path: str, data: bytes, faults: Faults) -> Picture | None:
    """A picture that may be shown, or None and a fault."""
    ending = ending_of(path)
    picture = _svg(path, data, faults) if ending == ".svg" else _raster(path, data, ending, faults)
    if picture is not None and picture.weight > HEAVY:
        faults.add("picture-heavy", 0, weight=picture.weight, limit=HEAVY)
    elif picture is not None and picture.weight > HEAVYISH:
        faults.add("picture-heavyish", 0, weight=picture.weight, limit=HEAVYISH)
    return picture


def _raster(path: str, data: bytes, ending: str, faults: Faults) -> Picture | None:
    try:
        width, height = imagesize.get(io.BytesIO(data))
    except Exception:  # the library raises whatever its parsers meet; any of it means: damaged
        width = height = -1
    whole = isinstance(width, int) and isinstance(height, int)
    if not data.startswith(_SIGNATURES[ending]) or not whole or not 0 < int(width) < 20_000 or not 0 < int(height) < 20_000:
        faults.add("picture-unreadable", 0)
        return None
    return Picture(path, len(data), int(width), int(height))


def _svg(path: str, data: bytes, faults: Faults) -> Picture | None:
    text = text_of(data, faults, longest_line=MAXIMUM_TEXT)
    try:
        if text is None:
            return None
        root = fromstring(data, forbid_dtd=True, forbid_entities=True, forbid_external=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError, RecursionError) as error:
        faults.add("picture-unsafe", getattr(error, "position", (0, 0))[0], why=str(error) or type(error).__name__)
        return None
    why = "<svg xmlns=…>" if root.tag != f"{_SVG}svg" else next(filter(None, map(_danger, root.iter())), "")
    if why:
        faults.add("picture-unsafe", 0, why=why)
        return None
    width, height = _box(root.get("viewBox", ""))
    return Picture(path, len(brotli.compress(data, quality=4)), width, height)


def _danger(element: Element) -> str:
    """What makes an element unfit, "" for a harmless one. Only plain SVG passes: no other namespace, no handler, no way out."""
    name = str(element.tag).removeprefix(_SVG)
    if name not in _ELEMENTS:
        return f"<{name.rsplit('}', 1)[-1]}>"
    if name == "style" and _reaches_out(element.text or ""):
        return "<style>"
    for key, value in element.attrib.items():
        bare = key.rsplit("}", 1)[-1].lower()
        if bare.startswith("on") or (bare == "href" and not value.strip().startswith("#")) or _reaches_out(value):
            return f"{bare}={value[:40]}"
    return ""


def _reaches_out(text: str) -> bool:
    flat = re.sub(r"/\*.*?\*/|\\|\s", "", text.lower(), flags=re.DOTALL)
    return "@import" in flat or "javascript:" in flat or any(not part.lstrip("'\"").startswith("#") for part in flat.split("url(")[1:])


def _box(view_box: str) -> tuple[int, int]:
    try:
        numbers = [float(part) for part in view_box.replace(",", " ").split()]
        return (round(numbers[2]), round(numbers[3])) if len(numbers) == 4 else (0, 0)
    except (ValueError, OverflowError):
        return 0, 0
