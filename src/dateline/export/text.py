"""A record in, a chronology for the terminal out: by day, then who is who, sources, and what was left unresolved."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from dateline.export.chronicle import chronicle_of
from dateline.export.view import Chronicle, Line, Open, Party, Person, Quote, Saying, Source, Spot, Step
from dateline.export.visible import shortened
from dateline.model import Record

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

Row = tuple[str, str, str]
"""Label, value, style of the value."""
STYLES = {"happened": "green", "ongoing": "green", "planned": "cyan", "possible": "yellow", "suspected": "yellow",
          "denied": "red", "hypothetical": "magenta", "unknown": ""}  # fmt: skip
MARKS = {"happened": "●", "ongoing": "●", "planned": "○", "possible": "◐", "suspected": "◐", "denied": "✗",
         "hypothetical": "◌", "unknown": "·"}  # fmt: skip
_LABEL = 13


def to_text(record: Record, colour: bool = False, width: int = 100) -> str:
    """The record for a reader, at most ``width`` columns wide; escape codes only where ``colour`` asks for them."""
    from rich.console import Console

    out = io.StringIO()
    console = Console(
        file=out,
        width=max(40, width),
        color_system="standard" if colour else None,
        force_terminal=colour,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
        _environ={},
    )
    chronicle = chronicle_of(record)
    for write in (_head, _days, _people, _sources, _opens, _faults):
        write(chronicle, console)
    text = out.getvalue()
    return "".join(line.rstrip() + "\n" for line in text.splitlines())


def _styled(words: str, style: str = "") -> Text:
    from rich.text import Text

    return Text(words, style=style)


def _heading(console: Console, words: str) -> None:
    console.print()
    console.print(_styled(words, "bold underline"))


def _rows(console: Console, rows: Iterable[Row], indent: int) -> None:
    """Labels in one column, values hanging in the next."""
    from rich.padding import Padding
    from rich.table import Table

    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=_LABEL, no_wrap=True)
    grid.add_column(overflow="fold")
    for label, value, style in rows:
        if value:
            grid.add_row(_styled(label, "dim"), _styled(value, style))
    console.print(Padding(grid, (0, 0, 0, indent)))


def _head(chronicle: Chronicle, console: Console) -> None:
    console.print(_styled(chronicle.title, "bold"))
    rows = (
        ("published", chronicle.published or "day not given", ""),
        ("counted from", "" if chronicle.published else chronicle.reference, ""),
        ("publisher", chronicle.publisher, ""),
        ("byline", chronicle.byline, ""),
        ("not read", ", ".join(chronicle.unread), "bold red"),
    )
    _rows(console, rows, 0)


def _days(chronicle: Chronicle, console: Console) -> None:
    for day in chronicle.days:
        _heading(console, day.label)
        for line in day.lines:
            _event(line, console)
    if not chronicle.days and "events" not in chronicle.unread:
        _heading(console, "No event found")


def _event(line: Line, console: Console) -> None:
    title = _styled(f"{line.number:>3} {MARKS.get(line.status, '·')} ", STYLES.get(line.status, ""))
    title.append(line.what, "bold")
    parties = between(line)
    title.append(f"  {parties}" if parties else "")
    console.print(title)
    rows = (
        *((detail.role, names(detail.parties), "") for detail in line.details),
        ("equipment", names(line.equipment), ""),
        ("place", spot_words(line.place), "" if line.place and line.place.lat is not None else "dim"),
        ("day", day_words(line), ""),
        ("according to", chains_words(line), ""),
        ("how sure", sure_words(line), STYLES.get(line.status, "")),
        ("words", quotes_words(line.quotes), "italic"),
    )
    _rows(console, rows, 6)


def names(parties: Iterable[Party]) -> str:
    """Names with their codes, divided by commas."""
    return ", ".join(f"{p.name} ({p.code})" if p.code and p.code != p.name else p.name for p in parties)


def between(line: Line) -> str:
    """Who, and to whom; the sides of a mutual event stand side by side."""
    who, whom = names(line.who), names(line.whom)
    if whom:
        return f"{who or '?'} → {whom}"
    return " with ".join(names([p]) for p in line.who) if len(line.who) == 2 and line.quad == "VC" else who


def spot_words(spot: Spot | None) -> str:
    """A place with kind and country, its uncertainty, or what keeps it open."""
    if spot is None:
        return "not told"
    if spot.note:
        return f"{spot.name} ({spot.note})"
    circle = f", within {spot.radius_km:.0f} km" if spot.radius_km else ""
    return f"{spot.name} ({spot.detail}){circle}" if spot.detail else spot.name + circle


def day_words(line: Line) -> str:
    """The day in figures, how precise it is and how it was found."""
    moment = line.moment
    if not moment.earliest:
        return moment.how
    return f"{moment.exact}, {moment.precision}; {moment.how}"


def chains_words(line: Line) -> str:
    """Every chain of sources, outermost first; the report's own voice in words."""
    return "; ".join(" > ".join(map(step_words, chain)) or "the report itself" for chain in line.chains)


def step_words(step: Step) -> str:
    """One source with its word and its certainty."""
    cue = f" “{step.cue.words}”" if step.cue else ""
    return f"{step.name}{cue} ({step.sure})" if step.sure else step.name + cue


def sure_words(line: Line) -> str:
    """Status, what the report itself commits to, and the words that decided."""
    author = f"; by the report: {line.sure}" if line.sure else ""
    cues = f"; because of {quotes_words(line.cues)}" if line.cues else ""
    return line.status_words + author + cues


def quotes_words(quotes: Iterable[Quote]) -> str:
    """Quoted words with their offsets."""
    return ", ".join(f"“{shortened(q.words, 120)}” [{q.start}–{q.end}]" for q in quotes)


def _people(chronicle: Chronicle, console: Console) -> None:
    if chronicle.people:
        _heading(console, "Who is who")
    for person in chronicle.people:
        _rows(console, [(person.kind, person_words(person), "")], 2)


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


def _sources(chronicle: Chronicle, console: Console) -> None:
    if not chronicle.sources.sources and not chronicle.sources.lines:
        return
    _heading(console, "Sources")
    own = f" (in its own voice: {events_words(chronicle.sources.lines)})" if chronicle.sources.lines else ""
    console.print(_styled(f"  {chronicle.sources.name}{own}"))
    for depth, source in walk(chronicle.sources.sources, 1):
        _source(source, depth, console)


def walk(sources: Iterable[Source], depth: int) -> Iterator[tuple[int, Source]]:
    """Every source with its depth in the tree, top to bottom."""
    for source in sources:
        yield depth, source
        yield from walk(source.sources, depth + 1)


def _source(source: Source, depth: int, console: Console) -> None:
    from rich.padding import Padding

    console.print(Padding(_styled(f"> {source.name}", "bold"), (0, 0, 0, 2 * depth)))
    for saying in source.says:
        console.print(Padding(_styled(saying_words(saying)), (0, 0, 0, 2 * depth + 4)))


def saying_words(saying: Saying) -> str:
    """The word of saying, what is said, and the events that rest on it."""
    cue = saying.cue.words if saying.cue else "(no word of saying)"
    content = " … ".join(q.words for q in saying.content)
    where = f" [{saying.content[0].start}–{saying.content[-1].end}]" if saying.content else ""
    events = f"; {events_words(saying.lines)}" if saying.lines else ""
    quoted = content if content.startswith(("“", '"')) else f"“{content}”"
    return f"{cue}: {quoted}{where} ({saying.kind}{events})"


def _opens(chronicle: Chronicle, console: Console) -> None:
    if chronicle.opens:
        _heading(console, "Left unresolved")
    for item in chronicle.opens:
        _rows(console, [(item.kind, open_words(item), "")], 2)


def open_words(item: Open) -> str:
    """The words, why they stay open, and what they could be."""
    quote = quotes_words([item.quote]) + ": " if item.quote else ""
    could = f"; could be {'; '.join(item.candidates)}" if item.candidates else ""
    events = f": {events_words(item.lines)}" if item.lines else ""
    return f"{quote}{item.why}{could}{events}"


def _faults(chronicle: Chronicle, console: Console) -> None:
    if chronicle.faults:
        _heading(console, "Faults")
    for stage, reason, kind in chronicle.faults:
        _rows(console, [(kind, f"{stage}: {reason}", "red" if kind == "error" else "yellow")], 2)
    if chronicle.made_by:
        console.print()
        console.print(_styled(f"Made by {chronicle.made_by}", "dim"))
