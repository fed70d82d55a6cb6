"""Whatever the user names in, articles out: each input is opened, told by its content, and cut into reports."""

from __future__ import annotations

import codecs
import io
import os
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import IO, cast

import msgspec

from dateline.errors import DatelineError, InputError, too_large
from dateline.intake.columns import rows_of_columns
from dateline.intake.days import readable_day
from dateline.intake.decoding import decode
from dateline.intake.feeds import entries_of, found_in_entry
from dateline.intake.found import About, Found, Kind, Outcome, Piece, doubt, rejected
from dateline.intake.inputs import Input, inputs_of, spooled
from dateline.intake.pages import found_in_page
from dateline.intake.sniffing import GZIP, START, kind_of, wide_encoding
from dateline.intake.tables import found_in_row, records_of_table, rows_of
from dateline.intake.text import article_from_text
from dateline.intake.unpacking import unpacked
from dateline.intake.warc import records_of
from dateline.model import Rejection
from dateline.settings import Settings

HINT = "raise the limit in dateline.toml or DATELINE_MAX_BYTES to read it"
_BROKEN = (OSError, EOFError, zlib.error)
_OURS = (KeyboardInterrupt, SystemExit, GeneratorExit)
Reader = Callable[[Piece, Settings], Found]


def articles_of(
    sources: Sequence[str | Input],
    configured: Settings,
    about: About = About(),  # noqa: B008 - immutable
) -> Iterator[Outcome]:
    """An article or a rejection for every report of the sources, in order, in this process and without a fence (see
    :func:`dateline.batch.sources.read_sources`). ``about`` wins over what the inputs say of themselves."""
    with spooled() as spool:
        yield from unique(_outcomes(inputs_of(sources, spool), configured, about))


def _outcomes(inputs: Iterable[Input | Rejection], configured: Settings, about: About) -> Iterator[Outcome]:
    for given in inputs:
        if isinstance(given, Rejection):
            yield given
            continue
        for piece in pieces_of(given, configured, about):
            if piece is not None:
                yield outcome_of(piece, configured)


def unique(outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
    """The outcomes, an article whose id stood before numbered and marked: no text is lost for its name."""
    seen: set[str] = set()
    counts: Counter[str] = Counter()
    for outcome in outcomes:
        if isinstance(outcome, Found) and outcome.article.id in seen:
            given = outcome.article.id
            while (name := f"{given}-{counts[given] + 2}") in seen:
                counts[given] += 1
            reason = f"the id {given!r} stands in an earlier report; this one is called {name!r}"
            article = msgspec.structs.replace(outcome.article, id=name)
            outcome = Found(article, (*outcome.faults, doubt(reason)))
        seen.add(outcome.article.id if isinstance(outcome, Found) else outcome.id)
        yield outcome


def pieces_of(given: Input, configured: Settings, about: About = About()) -> Iterator[Piece | None]:  # noqa: B008
    """The reports of one input, cut out but not yet read; None is a sign of life while others are passed over. Never
    raises: what cannot be opened or breaks off is a refused piece."""
    whole = Piece(id=given.id, kind="text", origin=given.origin, about=_over(about, given.about), charset=given.charset)
    each = _over(about, About(publisher=given.about.publisher))
    number, empty = 0, True
    try:
        for piece in _cut(given, whole, each, configured):
            if piece is not None:
                number, empty = piece.number or number, False
            yield piece
        if empty:
            yield msgspec.structs.replace(whole, refused="it holds no reports")
    except InputError as error:
        yield msgspec.structs.replace(whole, refused=str(error))
    except _OURS:
        raise
    except BaseException as error:  # noqa: BLE001 - the fence: a library's failure (a panic of Rust too) ends its input
        where = f" in part {number + 1}; what stood before was read" if number else ""
        name = f"{whole.id}#{number + 1}" if number else whole.id
        reason, hint = _broken(error, where, configured)
        yield msgspec.structs.replace(whole, id=name, number=number + 1 if number else None, refused=reason, hint=hint)


def _broken(error: BaseException, where: str, configured: Settings) -> tuple[str, str | None]:
    """Why an input breaks off, and what to do next."""
    if isinstance(error, MemoryError):
        reason, hint = too_large(configured.max_memory)
        return reason + where, hint
    cause = getattr(error, "strerror", None) or (
        error if isinstance(error, _BROKEN) else f"{type(error).__name__}: {error}"
    )
    return f"it cannot be read or is cut off{where}: {str(cause)[:200]}", None


def _over(first: About, second: About) -> About:
    """What the caller says, and where he says nothing what an index says."""
    values = {name: getattr(first, name) or getattr(second, name) for name in About.__struct_fields__}
    return About(**values)


def found_in_bytes(raw: bytes, configured: Settings, id: str, about: About) -> Found:
    """The article of one text or page. Raises :class:`InputError` for bytes that are neither."""
    kind = kind_of(raw[:START])
    if kind not in {"text", "page"}:
        raise InputError(f"this is a {_HOLDERS[kind]}, which holds several reports; read it as a source")
    return _READERS[kind](Piece(id=id, kind=kind, content=raw, origin=id, about=about), configured)


def outcome_of(piece: Piece, configured: Settings) -> Outcome:
    """The article of a piece, or its rejection."""
    if piece.refused is not None:
        return rejected(piece, piece.refused, piece.hint)
    try:
        found = _READERS[piece.kind](piece, configured)
        return Found(found.article, (*piece.faults, *found.faults)) if piece.faults else found
    except DatelineError as error:
        return rejected(piece, str(error), stage=error.stage)
    except MemoryError:
        return rejected(piece, *too_large(configured.max_memory))
    except RecursionError:
        return rejected(piece, "it is nested too deeply (max_depth)")
    except _OURS:
        raise
    except BaseException as error:  # noqa: BLE001 - the fence: one input's failure (a panic of Rust too) is its alone
        return rejected(piece, f"a reader failed on it: {type(error).__name__}: {str(error)[:200]}")


def _cut(given: Input, whole: Piece, each: About, configured: Settings) -> Iterator[Piece | None]:
    if given.url is not None:
        from dateline.intake.web import fetch  # HTTP and TLS are loaded for an address alone

        page = fetch(given.url, configured.max_bytes, configured.max_seconds)
        about = msgspec.structs.replace(whole.about, url=whole.about.url or page.url)
        whole = msgspec.structs.replace(whole, about=about, charset=page.charset)
        yield from _pieces(io.BytesIO(page.body), whole, about, configured)
        return
    with open(os.fsdecode(given.path or b""), "rb") as stream:
        yield from _pieces(stream, whole, each, configured)


def _pieces(stream: IO[bytes], whole: Piece, each: About, configured: Settings) -> Iterator[Piece | None]:
    """The pieces of an open input, told by its first bytes. Of one that holds several reports only ``each`` is known of
    every one: the title and the day that an index gives are those of the whole."""
    start = stream.read(START)
    stream.seek(0)
    content = stream
    if start.startswith(GZIP):
        start = unpacked(stream).read(START)
        stream.seek(0)
        content = unpacked(stream)
    kind = kind_of(start)
    about = each if kind in _HOLDERS else whole.about
    whole, limit = msgspec.structs.replace(whole, kind=kind, about=about), configured.max_bytes
    if kind == "warc":
        yield from records_of(unpacked(stream, resume=True) if content is not stream else stream, whole, limit)
    elif kind == "rows":
        wide = wide_encoding(start)
        lines = cast("IO[bytes]", codecs.EncodedFile(content, "utf-8", wide, "replace")) if wide else content
        yield from rows_of(lines, whole, limit)
    elif kind == "table":
        yield from records_of_table(content, whole, limit)
    elif kind == "columns":
        yield from rows_of_columns(content, whole, limit)
    else:
        raw, whole = _all(content, limit, whole)
        if len(raw) > limit:
            reason = f"it has more bytes than max_bytes = {limit:,} (decompressed)"
            yield msgspec.structs.replace(whole, refused=reason, hint=HINT)
        elif kind == "feed":
            yield from entries_of(raw, whole, whole.charset)
        else:
            yield msgspec.structs.replace(whole, content=raw)


def _all(content: IO[bytes], limit: int, whole: Piece) -> tuple[bytes, Piece]:
    """The bytes of one report, and its piece with a doubt where they break off."""
    raw = content.read(limit + 1)
    try:
        content.read(1)
    except _BROKEN as error:
        whole = msgspec.structs.replace(whole, faults=(doubt(f"the file is cut off: its end is missing ({error})"),))
    return raw, whole


def _found_in_text(piece: Piece, configured: Settings) -> Found:
    text, faults = decode(piece.content, piece.charset)
    published, unclear = readable_day(piece.about.published)
    article = article_from_text(
        text,
        id=piece.id,
        title=piece.about.title,
        published=published,
        published_words=unclear,
        publisher=piece.about.publisher,
        url=piece.about.url,
        retrieved=piece.about.retrieved,
        origin=piece.origin,
        max_characters=configured.max_characters,
    )
    return Found(article, faults)


def _found_in_page(piece: Piece, configured: Settings) -> Found:
    return found_in_page(
        piece.content, configured, id=piece.id, origin=piece.origin, charset=piece.charset, about=piece.about
    )


_HOLDERS = {
    "feed": "feed",
    "warc": "web archive",
    "rows": "file of JSON rows",
    "table": "table",
    "columns": "Parquet file",
}
_READERS: dict[Kind, Reader] = {
    "text": _found_in_text,
    "page": _found_in_page,
    "entry": found_in_entry,
    "row": found_in_row,
}
