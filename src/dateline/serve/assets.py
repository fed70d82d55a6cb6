"""Names of style, script and outlines in, the files out: all of them ours or vendored, nothing from elsewhere."""

from __future__ import annotations

import functools

import msgspec
from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from dateline.export.html import PAGE
from dateline.knowledge.outlines import Chain, load_outlines
from dateline.serve.house import House, answer
from dateline.serve.rendering import HERE

KINDS = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".mjs": "text/javascript"}
KINDS |= {".svg": "image/svg+xml", ".txt": "text/plain; charset=utf-8"}
STATIC = HERE / "static"
A_DAY = "public, max-age=86400"


@functools.cache
def files() -> dict[str, bytes]:
    """Every file that may be asked for, by name; what is not here is not served, whatever the name says."""
    found = {f.relative_to(STATIC).as_posix(): f for f in sorted(STATIC.rglob("*")) if f.suffix in KINDS}
    found |= {"record.css": PAGE / "report.css", "record.js": PAGE / "report.js"}
    return {name: file.read_bytes() for name, file in found.items()}


def routes(house: House) -> APIRouter:  # noqa: ARG001 - every room is opened alike
    """The addresses of files."""
    router = APIRouter(include_in_schema=False)

    @router.get("/static/{name:path}")
    def static(request: Request, name: str) -> Response:
        found = files().get(name)
        if found is None:
            raise HTTPException(404)
        return answer(request, found, KINDS[f".{name.rpartition('.')[2]}"])

    @router.get("/outlines.json")
    def outlines(request: Request) -> Response:
        return answer(request, outlines_as_json(), "application/geo+json", **{"cache-control": A_DAY})

    @router.get("/favicon.ico")
    def icon(request: Request) -> Response:
        return answer(request, files()["icon.svg"], KINDS[".svg"])

    return router


@functools.cache
def outlines_as_json() -> bytes:
    """Countries, borders and disputed stretches as one GeoJSON collection, each feature with its ``kind``."""
    known = load_outlines()
    features = [
        _feature("Polygon", [ring.points], kind="land", name=c.label) for c in known.countries for ring in c.rings
    ]
    features += [_feature("LineString", chain, kind="border", name="") for chain in known.borders]
    features += [_feature("LineString", chain, kind="disputed", name="") for chain in known.disputed]
    return msgspec.json.encode({"type": "FeatureCollection", "features": features})


def _feature(shape: str, points: Chain | list[Chain], kind: str, name: str) -> dict[str, object]:
    return {
        "type": "Feature",
        "properties": {"kind": kind, "name": name},
        "geometry": {"type": shape, "coordinates": points},
    }
