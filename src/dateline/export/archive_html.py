"""A chronicle of many reports in, one self-contained page out: by day, with sources and differences."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dateline.export.archive_text import (
    alone,
    days_of,
    folded_of,
    grown_words,
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
    background: tuple[World, ...] = (),
) -> str:
    """The whole page, with a line end. Every word of a report goes through autoescaping; ``notes`` are sentences that
    a reader must know of it; from ``since`` on a report is new, and quoted before others."""
    style = PAGE.joinpath("report.css").read_text(encoding="utf-8")
    every = (*worlds, *ahead, *background)
    return template_of("archive.html").render(
        blocks=[
            ("Chronicle", days_of(worlds)),
            ("Planned ahead", days_of(ahead)),
            ("Background", days_of(background)),
        ],
        events=len(every),
        differ=[world for world in every if world.differs],
        folded=folded_of,
        grown=grown_words,
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
