"""A chronicle of many reports in, one self-contained page out: by day, with sources and differences."""

from __future__ import annotations

from dateline.export.archive_text import (
    day_of,
    headline_of,
    linked_words,
    slot_name,
    support_of,
    who_tells,
)
from dateline.export.html import PAGE, policy, template_of
from dateline.merge.worlds import World


def to_archive_html(worlds: tuple[World, ...], ahead: tuple[World, ...], reports: int) -> str:
    """The whole page, with a line end. Every word of a report goes through autoescaping."""
    style = PAGE.joinpath("report.css").read_text(encoding="utf-8")
    return template_of("archive.html").render(
        blocks=[("Chronicle", _days(worlds)), ("Planned ahead", _days(ahead))],
        events=len(worlds) + len(ahead),
        differ=sum(bool(w.differs) for w in (*worlds, *ahead)),
        reports=reports,
        headline=headline_of,
        support=support_of,
        slot_name=slot_name,
        tells=who_tells,
        linked=linked_words,
        policy=policy(style, ""),
        style=style,
    )


def _days(worlds: tuple[World, ...]) -> list[tuple[str, list[World]]]:
    days: dict[str, list[World]] = {}
    for world in worlds:
        days.setdefault(day_of(world), []).append(world)
    return list(days.items())
