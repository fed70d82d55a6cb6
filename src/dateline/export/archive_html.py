"""A chronicle of many reports in, one self-contained page out: by day, with sources and differences."""

from __future__ import annotations

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
from dateline.export.archive_view import Chronicle
from dateline.export.html import PAGE, policy, template_of
from dateline.export.visible import one_line
from dateline.merge.worlds import World


def to_archive_html(chronicle: Chronicle) -> str:
    """The whole page, with a line end. Every word of a report goes through autoescaping."""
    style = PAGE.joinpath("report.css").read_text(encoding="utf-8")
    every = (*chronicle.worlds, *chronicle.ahead)
    return template_of("archive.html").render(
        blocks=[("Chronicle", _days(chronicle.worlds)), ("Planned ahead", _days(chronicle.ahead))],
        events=len(every),
        differ=[world for world in every if world.differs],
        here={world.id for world in every},
        reports=chronicle.reports,
        notes=chronicle.notes,
        alone=alone,
        headline=headline_of,
        heard=heard_in,
        line=one_line,
        lead=lambda world: leading(world, chronicle.since),
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
