"""What came of an archive since the last time in, one self-contained page out."""

from __future__ import annotations

from collections.abc import Mapping

from dateline.export.archive_text import day_of, headline_of, support_of
from dateline.export.digest_text import HEADINGS, cited, counted, lead_of, shift_in_words
from dateline.export.html import PAGE, policy, template_of
from dateline.export.visible import one_line
from dateline.merge.comparing import KINDS, Digest


def to_digest_html(digest: Digest, since: str, links: Mapping[str, str]) -> str:
    """The whole page, with a line end. ``since`` says in words when the last digest was; ``links`` are the addresses of
    reports, by id. Every word of a report goes through autoescaping."""
    style = PAGE.joinpath("report.css").read_text(encoding="utf-8")
    blocks = [("Watched", digest.watched)]
    blocks += [(HEADINGS[kind], tuple(c for c in digest.of(kind) if not c.watches)) for kind in KINDS]
    return template_of("digest.html").render(
        title=counted(digest, since),
        blocks=[(name, changes) for name, changes in blocks if changes],
        gone=digest.gone,
        cited=cited,
        day=day_of,
        headline=headline_of,
        lead=lead_of,
        line=one_line,
        links=links,
        shift=shift_in_words,
        support=support_of,
        policy=policy(style, ""),
        style=style,
    )
