"""A record in, a chronology for the terminal out: by day, then who is who, sources, and what was left unresolved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from dateline.export.chronology import chronology_of
from dateline.export.columns import Sheet
from dateline.export.moments import NO_WORDS
from dateline.export.view import Attributed, Chronology, Line, Open, Party, Person, Quote, Speaker, Spot, Step
from dateline.export.visible import shortened
from dateline.knowledge.ontology import status_of
from dateline.model import Record


def to_text(record: Record, colour: bool = False, width: int = 100) -> str:
    """The record for a reader, at most ``width`` columns wide; escape codes only where ``colour`` asks for them."""
    sheet, chronology = Sheet(max(40, width), colour), chronology_of(record)
    for write in (_head, _days, _people, _sources, _opens, _faults):
        write(chronology, sheet)
    return sheet.text()


def _heading(sheet: Sheet, words: str) -> None:
    sheet.blank()
    sheet.line(words, "heading")


def _head(chronology: Chronology, sheet: Sheet) -> None:
    sheet.line(chronology.title, "bold")
    sheet.row("published", chronology.published or "day not given")
    sheet.row("counted from", "" if chronology.published else chronology.reference)
    sheet.row("publisher", chronology.publisher)
    sheet.row("byline", chronology.byline)
    sheet.row("not read", ", ".join(chronology.unread), "alarm")


def _days(chronology: Chronology, sheet: Sheet) -> None:
    for day in chronology.days:
        _heading(sheet, day.label)
        for number, line in enumerate(day.lines):
            if number:
                sheet.blank()
            _event(line, chronology.publisher, sheet)
    if not chronology.days and "events" not in chronology.unread:
        _heading(sheet, "No event found")


def _event(line: Line, outlet: str, sheet: Sheet) -> None:
    parties, status = between(line), status_of(line.status)
    title = f"{line.number} {status.sign} {line.what}"
    indent = max(3 - len(str(line.number)), 0)
    sheet.line(f"{title}  {parties}" if parties else title, status.colour or "bold", indent=indent, hang=6 - indent)
    if line.slight and line.status == "happened":
        about = "; ".join(names(detail.parties) for detail in line.details if detail.role == "about")
        sheet.row("about", about, indent=6)
        sheet.row("words", quotes_words(line.quotes), "italic", indent=6)
        return
    rows = (
        *((detail.role, names(detail.parties), "") for detail in line.details),
        ("equipment", names(line.equipment), ""),
        ("place", spot_words(line.place), "" if line.place and line.place.lat is not None else "dim"),
        ("day", day_words(line), ""),
        ("according to", chains_words(line, outlet), ""),
        ("how sure", sure_words(line), status.colour),
        ("how likely", line.likely, "dim"),
        ("words", quotes_words(line.quotes), "italic"),
        ("sentence", line.around, "dim"),
    )
    for label, value, look in rows:
        sheet.row(label, value, look, indent=6)


def names(parties: Iterable[Party]) -> str:
    """Names with their codes, divided by commas."""
    return ", ".join(f"{p.name} ({p.code})" if p.code and p.code != p.name else p.name for p in parties)


def between(line: Line) -> str:
    """Who, and to whom; the sides of a mutual event stand side by side."""
    who, whom = names(line.who), names(line.whom)
    if whom:
        return f"{who or '?'} {'with' if line.mutual and who else '→'} {whom}"
    return " with ".join(names([party]) for party in line.who) if line.mutual and len(line.who) == 2 else who


def spot_words(spot: Spot | None) -> str:
    """A place with kind and country, its uncertainty or what keeps it open, and the words it was read from."""
    if spot is None:
        return ""
    words = f"; {quotes_words([spot.quote])}" if spot.quote else ""
    if spot.note:
        return f"{spot.name} ({spot.note}){words}"
    circle = f", within {spot.radius_km:.0f} km" if spot.radius_km and not spot.whole else ""
    return (f"{spot.name} ({spot.detail}){circle}" if spot.detail else spot.name + circle) + words


def day_words(line: Line) -> str:
    """The day in figures, how precise it is and how it was found."""
    moment = line.moment
    if not moment.earliest:
        return "" if moment.how == NO_WORDS else moment.how
    return f"{moment.exact}, {moment.precision}; {moment.how}"


def chains_words(line: Line, outlet: str) -> str:
    """Every chain of sources, outermost first; the report's own voice is that of its outlet."""
    return "; ".join(" > ".join(map(step_words, chain)) or outlet or "the report itself" for chain in line.chains)


def step_words(step: Step) -> str:
    """One source with its word and its certainty."""
    cue = f" “{step.cue.words}”" if step.cue else ""
    return f"{step.name}{cue} ({step.sure})" if step.sure else step.name + cue


def sure_words(line: Line) -> str:
    """Status, what the report itself commits to, and the words that decided."""
    author = f"; {line.sure} by the report" if line.sure else ""
    cues = f"; because of {quotes_words(line.cues)}" if line.cues else ""
    return line.status_words + author + cues


def quotes_words(quotes: Iterable[Quote]) -> str:
    """Quoted words with their offsets."""
    return ", ".join(f"“{shortened(q.words, 120)}” [{q.start}–{q.end}]" for q in quotes)


def _people(chronology: Chronology, sheet: Sheet) -> None:
    if chronology.people:
        _heading(sheet, "Who is who")
    for person in chronology.people:
        sheet.row(person.kind, person_words(person), indent=2)


def person_words(person: Person) -> str:
    """Name, posts, side, other names, and where to look."""
    parts = [person.name]
    parts += [", ".join(person.roles)] if person.roles else []
    parts += [person.belongs] if person.belongs else []
    parts += [f"also “{'”, “'.join(person.also[:4])}”"] if person.also else []
    parts += [events_words(person.lines)] if person.lines else []
    parts += [f"known as {person.links[0]}"] if person.links else []
    return "; ".join(parts) + f" [{person.quote.start}–{person.quote.end}]"


def events_words(lines: Sequence[int]) -> str:
    """Line numbers of the chronology, divided by commas."""
    return f"event{'s' if len(lines) > 1 else ''} {', '.join(map(str, lines))}"


def _sources(chronology: Chronology, sheet: Sheet) -> None:
    if not chronology.sources.sources and not chronology.sources.lines:
        return
    _heading(sheet, "Sources")
    own = f" (in its own voice: {events_words(chronology.sources.lines)})" if chronology.sources.lines else ""
    sheet.line(chronology.sources.name + own, indent=2, hang=2)
    for depth, source in walk(chronology.sources.sources, 1):
        sheet.line(f"> {source.name}", "bold", indent=2 * depth)
        for saying in source.says:
            sheet.line(saying_words(saying), indent=2 * depth + 4, hang=2)


def walk(sources: Iterable[Speaker], depth: int) -> Iterator[tuple[int, Speaker]]:
    """Every source with its depth in the tree, top to bottom."""
    for source in sources:
        yield depth, source
        yield from walk(source.sources, depth + 1)


def saying_words(saying: Attributed) -> str:
    """The word of saying, what is said, and the events that rest on it."""
    cue = saying.cue.words if saying.cue else "(no word of saying)"
    content = " … ".join(q.words for q in saying.content)
    where = f" [{saying.content[0].start}–{saying.content[-1].end}]" if saying.content else ""
    events = f"; {events_words(saying.lines)}" if saying.lines else ""
    quoted = content if content.startswith(("“", '"')) else f"“{content}”"
    return f"{cue}: {quoted}{where} ({saying.kind}{events})"


def _opens(chronology: Chronology, sheet: Sheet) -> None:
    if chronology.opens:
        _heading(sheet, "Left unresolved")
    for item in chronology.opens:
        sheet.row(item.kind, open_words(item), indent=2)


def open_words(item: Open) -> str:
    """The words, why they stay open, and what they could be."""
    quote = quotes_words([item.quote]) + ": " if item.quote else ""
    could = f"; could be {'; '.join(item.candidates)}" if item.candidates else ""
    events = f": {events_words(item.lines)}" if item.lines else ""
    return f"{quote}{item.why}{could}{events}"


def _faults(chronology: Chronology, sheet: Sheet) -> None:
    if chronology.faults:
        _heading(sheet, "Faults")
    for stage, reason, kind in chronology.faults:
        sheet.row(kind, f"{stage}: {reason}", "red" if kind == "error" else "yellow", indent=2)
    if chronology.made_by:
        sheet.blank()
        sheet.line(f"Made by {chronology.made_by}", "dim")
