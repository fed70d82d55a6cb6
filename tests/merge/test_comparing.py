"""How events stood before and stand now (dateline.merge.comparing), and the digest in its three forms
(dateline.export.digest_text, digest_html, digest_atom)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from xml.etree import ElementTree

import pytest
from msgspec.structs import replace

from dateline.export.digest_atom import ATOM, entries_of, joined, to_atom
from dateline.export.digest_html import to_digest_html
from dateline.export.digest_text import to_digest_text
from dateline.merge.comparing import Digest, compared, standing_of
from dateline.merge.links import linked
from dateline.merge.tellings import Telling
from dateline.merge.worlds import World
from tests.merge.made import DAY, day, said, telling, together

SEIZED = telling("a", said("actor", "Norland"), day(DAY))
AT = datetime(2031, 5, 6, 12, tzinfo=UTC)


def after(*tellings: Telling, before: tuple[Telling, ...] = (SEIZED,)) -> Digest:
    """What telling more than ``before`` of one event comes to."""
    return compared(standing_of(together(list(before))), together(list(tellings)))


def shown(digest: Digest) -> list[tuple[str, list[tuple[str, str, str]]]]:
    return [(c.kind, [(s.slot, s.was, s.now) for s in c.shifts]) for c in digest.changes]


def test_what_stands_as_it_stood_is_not_told() -> None:
    assert after(SEIZED) == Digest()


def test_an_event_that_was_not_told_before_is_new() -> None:
    digest = compared(standing_of([]), together([SEIZED]))
    assert shown(digest) == [("new", [])]
    assert digest.changes[0].new == {SEIZED.anchor}


@pytest.mark.parametrize(("was", "now"), [("suspected", "happened"), ("suspected", "denied"), ("possible", "ongoing")])
def test_a_change_of_certainty_is_told_with_what_stood_before(was: str, now: str) -> None:
    first = telling("a", said("actor", "Norland"), day(DAY), status=was)
    second = telling("b", said("actor", "Norland"), day(DAY), status=now)
    ((kind, shifts),) = shown(after(first, second, before=(first,)))
    assert kind == "changed"
    assert ("status", was, now) in shifts


def test_a_denial_of_what_was_told_as_done_is_a_contradiction() -> None:
    denied = telling("b", said("actor", "Norland"), day(DAY), status="denied")
    ((kind, shifts),) = shown(after(SEIZED, denied))
    assert kind == "contradicted"
    assert ("status", "happened", "denied") in shifts


def test_another_day_contradicts_and_is_told_once() -> None:
    other = telling("b", said("actor", "Norland"), day(date(2031, 5, 9)))
    digest = after(SEIZED, other)
    assert ("day", "2031-05-05", "2031-05-09") in shown(digest)[0][1]
    standing = standing_of(together([SEIZED, other]))
    assert compared(standing, together([SEIZED, other])) == Digest()


def test_a_further_source_alone_supports() -> None:
    ((kind, shifts),) = shown(after(SEIZED, telling("b", said("actor", "Norland"), day(DAY))))
    assert (kind, shifts) == ("supported", [("sources", "1", "2")])


def test_an_event_keeps_its_past_when_its_name_changes() -> None:
    renamed = [replace(world, id="w9") for world in together([SEIZED])]
    assert compared(standing_of(together([SEIZED])), renamed) == Digest()


def test_what_no_report_tells_any_more_is_gone_and_what_is_left_out_is_not() -> None:
    standing = standing_of(together([SEIZED]))
    assert compared(standing, []).gone == ("w0",)
    assert compared(standing, together([SEIZED]), {"w0"}) == Digest()


def test_a_plan_that_came_true_is_a_change_from_planned() -> None:
    meets: dict[str, Any] = {"type": "CONSULT", "acts": ("CONSULT",), "start": 1, "trigger": "meet"}
    sides = (said("actor", "country:NOR"), said("recipient", "country:SUD"))
    plan = telling("a", *sides, day(date(2031, 5, 8)), status="planned", **meets)
    held = telling("b", *sides, day(date(2031, 5, 8)), published=date(2031, 5, 9), **meets)
    digest = compared(standing_of(together([plan])), linked(together([plan], [held])))
    assert ("changed", [("status", "planned", "happened")]) in shown(digest)


HOSTILE = "</p><script>alert(1)</script> \x1b[31m\u202e =cmd \x00"


def hostile() -> tuple[Digest, list[World]]:
    first = telling("a", said("actor", HOSTILE), day(DAY), sentence=HOSTILE)
    worlds = together([first, telling("b", said("actor", HOSTILE), day(DAY), status="denied", sentence=HOSTILE)])
    return replace(compared(standing_of(together([first])), worlds), gone=("w7",)), worlds


def test_the_text_says_what_is_contradicted_before_what_is_new_and_holds_no_control_characters() -> None:
    digest, _ = hostile()
    new = compared(standing_of([]), together([SEIZED]))
    text = to_digest_text(replace(digest, changes=(*digest.changes, *new.changes)), "2031-05-05 08:00")
    assert text.startswith("Events since 2031-05-05 08:00: 1 contradicted, 1 new, 1 no longer told")
    assert text.index("CONTRADICTED") < text.index("NEW") < text.index("NO LONGER TOLD")
    assert "They differ on whether it happened" in text
    assert not {"\x1b", "\x00", "\u202e"} & set(text)


def test_what_is_watched_stands_first_with_its_rule() -> None:
    digest, _ = hostile()
    (change,) = digest.changes
    watched = replace(digest, changes=(replace(change, watches=("Boats",)),))
    text = to_digest_text(watched, "then")
    assert "WATCHED" in text
    assert "Boats: " in text
    assert "CONTRADICTED" not in text


def test_the_page_escapes_every_word_and_links_to_the_web_alone() -> None:
    digest, _ = hostile()
    page = to_digest_html(digest, "then", {"b": "https://paper.example/b?x=1&y=2"})
    assert "<script" not in page
    assert 'href="https://paper.example/b?x=1&amp;y=2"' in page
    assert "default-src &#39;none&#39;" in page or "default-src 'none'" in page


def test_the_feed_can_be_parsed_and_has_every_change_once() -> None:
    digest, _ = hostile()
    entries = entries_of(digest, AT, {"b": "https://paper.example/b"})
    later = entries_of(digest, AT.replace(hour=15), {})
    kept = joined(later, joined(entries, ()))
    assert kept == tuple(entries)
    feed = ElementTree.fromstring(to_atom(kept, "Digest", AT))
    names = {"a": ATOM}
    (entry,) = feed.findall("a:entry", names)
    for needed in ("id", "title", "updated"):
        assert entry.findtext(f"a:{needed}", namespaces=names)
        assert feed.findtext(f"a:{needed}", namespaces=names)
    link = entry.find("a:link", names)
    assert link is not None
    assert link.get("href") == "https://paper.example/b"
    assert feed.findtext("a:author/a:name", namespaces=names)


def test_the_feed_is_read_by_a_feed_reader() -> None:
    import feedparser

    digest, _ = hostile()
    parsed = feedparser.parse(to_atom(joined(entries_of(digest, AT, {}), ()), "Digest", AT))
    assert not parsed.bozo
    assert parsed.version == "atom10"
    assert len(parsed.entries) == 1
