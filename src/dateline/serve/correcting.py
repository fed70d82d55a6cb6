"""A form in, a correction noted in the archive out, or one taken back: who, what, when stand in the list."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping
from typing import Any, cast
from urllib.parse import parse_qsl, quote

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from dateline.archive.keeping import Archive
from dateline.archive.prepared import Prepared
from dateline.errors import InputError
from dateline.knowledge.ontology import load_ontology, load_statuses
from dateline.serve.house import House
from dateline.serve.refusals import Refusal, refused
from dateline.serve.wanted import day_of
from dateline.store import Judgement
from dateline.store.nouns import JudgementKind

LONGEST = 500
"""Letters of a value or a note."""
MOST_FIELDS = 12


def routes(house: House) -> APIRouter:
    """The addresses of corrections."""
    router = APIRouter(include_in_schema=False)

    @router.get("/corrections")
    def corrections(request: Request) -> Response:
        return house.page(request, "corrections.html", lambda p: corrections_of(house.archive, p))

    @router.post("/corrections")
    async def correct(request: Request) -> Response:
        return await _noted(house, request, lambda given: noted(house.archive, given, house.person))

    @router.post("/corrections/undo")
    async def undo(request: Request) -> Response:
        return await _noted(house, request, lambda given: taken_back(house.archive, given))

    return router


async def _noted(house: House, request: Request, act: Callable[[dict[str, str]], str]) -> Response:
    """What a form of ours asks for, done; then the page that shows it."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        return refused(request.scope, Refusal(415, "Corrections come from the forms of the explorer's pages."))
    given = fields(await request.body())
    if not hmac.compare_digest(given.get("form", "").encode(), house.form_token.encode()):
        return refused(request.scope, Refusal(403, "The form is of another page or time; load the page again."))
    if not house.writes:
        return refused(
            request.scope, Refusal(403, "This explorer only shows; start it without --read-only to correct.")
        )
    to = await run_in_threadpool(act, given)
    house.shelf.look_again()
    return RedirectResponse(to, status_code=303)


def fields(body: bytes) -> dict[str, str]:
    """The fields of a form. Raises :class:`InputError` for what is none."""
    try:
        pairs = parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        raise InputError("the form cannot be read; load the page again") from None
    if any(len(value) > LONGEST for _, value in pairs):
        raise InputError(f"a value has more than {LONGEST} letters; say it shorter")
    return dict(pairs)


def noted(archive: Archive, given: Mapping[str, str], by: str) -> str:
    """Notes a correction; the address that shows it. Raises :class:`InputError` for one that cannot be."""
    kind, event, value, note = (given.get(name, "").strip() for name in ("kind", "event", "value", "note"))
    made = _judged(archive, kind, event, value, given, by, note)
    back = given.get("back", "")
    if kind in {"same", "different", "no event"} or not back.startswith("/event/"):
        return f"/corrections?noted={made.id}#c{made.id}"
    return f"/event/{quote(back.removeprefix('/event/'), safe='')}?noted={made.id}"


def _judged(
    archive: Archive, kind: str, event: str, value: str, given: Mapping[str, str], by: str, note: str
) -> Judgement:
    if kind in {"same", "different"}:
        return archive.same(event, value, kind == "same", by, note)
    if kind == "rename":
        return archive.rename(given.get("old", ""), value, by, note)
    if kind not in VALUES:
        raise InputError(f"{kind!r} is no kind of correction")
    return archive.give(cast("JudgementKind", kind), event, VALUES[kind](value, given), by, note)


def _type(value: str, _: Mapping[str, str]) -> str:
    return _one_of(value, (*load_ontology().types, *load_ontology().wider))


def _status(value: str, _: Mapping[str, str]) -> str:
    return _one_of(value, tuple(load_statuses()))


def _one_of(value: str, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise InputError(f"{value!r} is not known here; choose one of {', '.join(allowed)}")
    return value


def _place(value: str, given: Mapping[str, str]) -> str:
    at = given.get("at", "").replace(",", " ").split()
    if "|" in value or not value:
        raise InputError("the name of a place is needed, without |")
    if not at:
        return value
    try:
        lat, lon = (float(part) for part in at)
    except ValueError:
        raise InputError("latitude and longitude are two numbers, such as 16.03 -16.50") from None
    if not (abs(lat) <= 90 and abs(lon) <= 180):
        raise InputError(f"{lat} {lon} is nowhere: latitude is from -90 to 90, longitude from -180 to 180")
    return f"{value}|{lat}|{lon}"


def _day(value: str, given: Mapping[str, str]) -> str:
    until = given.get("until", "").strip()
    days = [day_of(one) for one in (value, until) if one]
    if days and days[-1] < days[0]:
        raise InputError(f"{days[-1]} is before {days[0]}; give the first day first")
    return "/".join(day.isoformat() for day in days)


VALUES: dict[str, Callable[[str, Mapping[str, str]], str | None]] = {
    "retype": _type,
    "status": _status,
    "place": _place,
    "day": _day,
    "actor": lambda value, _: value,
    "recipient": lambda value, _: value,
    "no event": lambda _value, _given: None,
}
"""What each kind of correction takes of a form."""


def taken_back(archive: Archive, given: Mapping[str, str]) -> str:
    """Takes a correction back; the address that shows it."""
    number = given.get("number", "")
    if not (number.isascii() and number.isdecimal() and len(number) < 10):
        raise InputError("the number of a correction is needed; the list of corrections has them")
    made = archive.withdraw(int(number))
    return f"/corrections?undone={made.id}#c{made.id}"


def corrections_of(archive: Archive, prepared: Prepared) -> dict[str, Any]:
    """What persons decided, the latest first, with the events that it is about."""
    by_telling = {told.anchor: world for world in prepared.worlds for told in world.tellings}
    found = sorted(archive.corrections(withdrawn=True), key=lambda j: -j.id)
    return {"judgements": found, "by_telling": by_telling, "in_force": sum(j.withdrawn_at is None for j in found)}
