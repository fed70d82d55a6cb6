from __future__ import annotations

from dateline.merge.sources import Support, sources_of
from dateline.merge.tellings import Telling
from tests.merge.made import said, sketch, sketches, telling, voice


def support(*tellings: Telling, copies: dict[str, str] | None = None) -> Support:
    return sources_of(tellings, sketches(*tellings), copies or {})


def names(found: Support) -> list[str]:
    return [source.name for source in found.sources]


def test_reports_that_rest_on_one_statement_count_once() -> None:
    ministry = voice("the fisheries ministry", "ministry")
    quoting = (voice("the Courier", "outlet:courier"), ministry)
    found = support(telling("a", voices=(ministry,)), telling("b", voices=quoting), telling("c", voices=(ministry,)))
    assert [(s.name, s.reports) for s in found.sources] == [("the fisheries ministry", ("a", "b", "c"))]


def test_without_a_voice_each_outlet_is_a_source_of_its_own() -> None:
    assert sorted(names(support(telling("a"), telling("b")))) == ["Paper a", "Paper b"]


def test_a_copy_counts_for_its_origin() -> None:
    found = support(telling("a"), telling("b"), copies={"b": "a"})
    assert [(s.name, s.reports) for s in found.sources] == [("Paper a", ("a", "b"))]


def test_a_report_that_credits_an_agency_rests_on_it() -> None:
    from dateline.knowledge.actors import load_actors

    agency = next(a for a in load_actors().find("Reuters") if a.kind == "agency")
    one, other = telling("a"), telling("b")
    of = {"a": sketch("a", one, credits=(agency.id,)), "b": sketch("b", other, credits=(agency.id,))}
    assert [(s.name, s.reports) for s in sources_of([one, other], of, {}).sources] == [(agency.name, ("a", "b"))]


def test_unnamed_sources_of_two_reports_are_two_of_a_copy_one() -> None:
    official = (voice("an official"),)
    tellings = telling("a", voices=official), telling("b", voices=official)
    assert len(support(*tellings).sources) == 2
    assert len(support(*tellings, copies={"b": "a"}).sources) == 1


def test_the_innermost_named_source_counts_where_the_last_is_only_described() -> None:
    found = support(telling("a", voices=(voice("the consul", "consul"), voice("a doctor"))))
    assert names(found) == ["the consul"]


def test_a_party_among_the_sources_is_told_and_so_is_who_speaks_for_a_state_that_is_one() -> None:
    actor = said("actor", "body:guard", country="MRT")
    voices = [
        voice("the guard", "body:guard"),
        voice("the ministry", "body:ministry", country="MRT", sector="GOV"),
        voice("an owner", "owner", country="MRT"),
        voice("the neighbour", "body:other", country="SEN", sector="GOV"),
    ]
    found = support(*(telling(f"r{n}", actor, voices=(v,)) for n, v in enumerate(voices)))
    assert {s.name: s.party for s in found.sources} == {
        "the guard": True,
        "the ministry": True,
        "an owner": False,
        "the neighbour": False,
    }


def test_a_short_name_is_that_of_the_only_longer_one() -> None:
    short, long = voice("the Ministry", "name:ministry"), voice("the Ministry of Fisheries", "name:fisheries ministry")
    other = voice("the Ministry of War", "name:ministry war")
    assert len(support(telling("a", voices=(short,)), telling("b", voices=(long,))).sources) == 1
    three = [telling(n, voices=(v,)) for n, v in zip("abc", (short, long, other), strict=True)]
    assert len(support(*three).sources) == 3


def test_an_office_without_a_country_is_that_of_the_only_country_that_speaks() -> None:
    bare, full = voice("the coast guard", "office::MIL:guard"), voice("Mauritania's", "office:MRT:MIL:guard")
    assert len(support(telling("a", voices=(bare,)), telling("b", voices=(full,))).sources) == 1


def test_every_telling_has_its_source() -> None:
    found = support(telling("a"), telling("a", start=9, voices=(voice("the guard", "guard"),)))
    assert found.of["a@9"] == "guard"
    assert found.of["a@0"] != "guard"


def test_a_ministry_is_one_under_its_name_and_as_an_office_unless_two_states_have_one() -> None:
    name = voice("the Ministry of Fisheries", "name:fisheries ministry")
    ours = voice("Norland's fisheries ministry", "office:NRL:GOV:fisheries ministry")
    theirs = voice("Sudmark's fisheries ministry", "office:SUD:GOV:fisheries ministry")
    bare = voice("the ministry", "office::GOV:ministry")
    assert len(support(*(telling(r, voices=(v,)) for r, v in zip("abc", (name, ours, bare), strict=True))).sources) == 1
    four = support(*(telling(r, voices=(v,)) for r, v in zip("abcd", (name, ours, bare, theirs), strict=True)))
    assert len(four.sources) >= 3


def test_officials_whom_one_report_only_describes_are_one_of_a_state_and_trade() -> None:
    some = [voice(n, None, country="NRL", sector="MIL") for n in ("an officer", "a commander")]
    assert len(support(telling("a", voices=(some[0],)), telling("a", start=9, voices=(some[1],))).sources) == 1
    assert len(support(telling("a", voices=(some[0],)), telling("b", voices=(some[1],))).sources) == 2
