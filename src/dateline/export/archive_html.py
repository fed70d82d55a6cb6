"""A chronicle of many reports in, one self-contained page out: by day, with sources and differences."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dateline.export.archive_text import (
    alone,
    day_of,
    headline_of,
    heard_in,
    leading,
    linked_words,
    shown_values,
    slot_name,
    support_of,
    who_tells,
)
from dateline.export.html import PAGE, policy, template_of
from dateline.export.visible import one_line
from dateline.merge.worlds import World


def to_archive_html(
    worlds: tuple[World, ...],
    ahead: tuple[World, ...],
    reports: int,
    notes: Sequence[str] = (),
    since: date | None = None,
) -> str:
    """The whole page, with a line end. Every word of a report goes through autoescaping; ``notes`` are sentences that
    a reader must know of it; from ``since`` on a report is new, and quoted before others."""
    style = PAGE.joinpath("report.css").read_text(encoding="utf-8")
    every = (*worlds, *ahead)
    return template_of("archive.html").render(
        blocks=[("Chronicle", _days(worlds)), ("Planned ahead", _days(ahead))],
        events=len(every),
        differ=[world for world in every if world.differs],
        here={world.id for world in every},
        reports=reports,
        notes=notes,
        alone=alone,
        headline=headline_of,
        heard=heard_in,
        line=one_line,
        lead=lambda world: leading(world, since),
        support=support_of,
        values=shown_values,
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
