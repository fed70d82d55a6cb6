"""A chronicle of many reports in, one self-contained page out: by day, with sources and differences."""

from __future__ import annotations

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
from dateline.export.archive_view import Chronicle
from dateline.export.html import PAGE, policy, template_of
from dateline.export.visible import one_line


def to_archive_html(chronicle: Chronicle) -> str:
    """The whole page, with a line end. Every word of a report goes through autoescaping."""
    style = PAGE.joinpath("report.css").read_text(encoding="utf-8")
    every = chronicle.every
    return template_of("archive.html").render(
        blocks=[
            ("Chronicle", days_of(chronicle.worlds)),
            ("Planned ahead", days_of(chronicle.ahead)),
            ("Background", days_of(chronicle.background)),
        ],
        events=len(every),
        differ=[world for world in every if world.differs],
        folded=folded_of,
        grown=grown_words,
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
