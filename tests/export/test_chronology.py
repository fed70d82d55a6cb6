"""What a person sees of a record, before it is drawn."""

from __future__ import annotations

from datetime import date

import msgspec

from dateline.export.chronology import chronology_of
from dateline.export.moments import span_label
from dateline.export.view import Chronology, Line
from dateline.model import Record, ReferenceDay, Span
from tests.export.sample import TEXT, WEDNESDAY, sample_record


def shown() -> Chronology:
    return chronology_of(sample_record())


def line(what: str, nth: int = 0) -> Line:
    return [line for line in shown().lines if line.what == what][nth]


def test_days_are_in_order_and_undated_events_come_last() -> None:
    assert [day.label for day in shown().days] == [
        "Wednesday 13 September 2023",
        "Thursday 14 September 2023",
        "Sunday 17 September 2023",
        "Day not told",
    ]


def test_lines_are_numbered_from_one_in_the_order_shown() -> None:
    assert [line.number for line in shown().lines] == list(range(1, 8))


def test_tellings_of_one_event_share_a_line_and_keep_all_their_words() -> None:
    meeting = line("meeting")
    assert meeting.tellings == ("e0", "e1")
    assert [q.words for q in meeting.quotes] == ["meet", "met"]
    assert [(TEXT[q.start : q.end]) for q in meeting.quotes] == ["meet", "met"]


def test_named_parties_stand_for_the_unnamed_of_another_telling() -> None:
    assert [p.name for p in line("meeting").who] == ["Ilinca Dobre", "Stoyan Valchev"]


def test_unnamed_parties_stay_where_nobody_else_is_named() -> None:
    assert [p.name for p in line("journey or transport", 1).who] == ["ministers"]


def test_a_day_says_which_words_gave_it_and_what_they_were_counted_from() -> None:
    assert line("journey or transport").moment.how == "“Wednesday” [257–266], counted from publication"
    assert line("journey or transport", 1).moment.how == "“Sunday” [356–362], counted from “Thursday”"


def test_a_day_carried_over_says_so() -> None:
    record = sample_record()
    only = msgspec.structs.replace(record, events=record.events[:1])
    assert chronology_of(only).lines[0].moment.how.startswith("carried over from “Sept 14”")


def test_a_chain_runs_from_the_outermost_source_inwards() -> None:
    (chain,) = line("journey or transport", 1).chains
    assert [step.name for step in chain] == ["Pontica", "the harbour master"]
    assert [step.sure for step in chain] == ["left open", "held probable"]


def test_the_reports_own_voice_is_an_empty_chain() -> None:
    assert line("journey or transport").chains == ((),)


def test_status_and_certainty_are_words() -> None:
    denied = next(line for line in shown().lines if line.status == "denied")
    assert (denied.status_words, denied.sure) == ("denied", "left open")
    assert [q.words for q in denied.cues] == ["No"]


def test_tellings_that_differ_in_status_are_both_named() -> None:
    record = sample_record()
    events = (msgspec.structs.replace(record.events[0], status="planned"), *record.events[1:])
    changed = chronology_of(msgspec.structs.replace(record, events=events))
    meeting = next(line for line in changed.lines if line.what == "meeting")
    assert (meeting.status, meeting.status_words) == ("happened", "happened (also told as planned)")


def test_an_unresolved_place_keeps_its_candidates_and_gets_no_point() -> None:
    place = line("journey or transport", 1).place
    assert place is not None
    assert (place.lat, place.note) == (None, "not told which of 2")
    (item,) = (item for item in shown().opens if item.kind == "place")
    assert item.candidates == ("Santa Maria, BRA", "Santa Maria, PRT")


def test_what_could_not_be_told_is_listed() -> None:
    opens = {(item.kind, item.lines) for item in shown().opens}
    assert ("event", (4, 5, 6, 7)) in opens
    assert ("event", (5,)) in opens
    assert ("pronoun", ()) in opens


def test_who_is_who_has_posts_other_names_and_lines() -> None:
    dobre = next(person for person in shown().people if person.name == "Ilinca Dobre")
    assert dobre.roles == ("Defence Minister (ROU)",)
    assert dobre.also == ("Dobre",)
    assert dobre.lines == (2,)


def test_who_is_who_leaves_out_the_nameless_who_do_nothing() -> None:
    assert "Western officials" not in [person.name for person in shown().people]


def test_sources_nest_and_say_which_events_rest_on_them() -> None:
    top = shown().sources
    assert top.name == "The Black Sea Post"
    pontica = top.sources[0]
    assert [source.name for source in pontica.sources] == ["the harbour master"]
    assert pontica.sources[0].says[0].lines == (3,)
    assert pontica.says[0].lines == (2,)


def test_attributions_that_stand_in_each_other_do_not_hang_the_reading() -> None:
    record = sample_record()
    first, second, *rest = record.attributions
    circle = (
        msgspec.structs.replace(first, within=second.id),
        msgspec.structs.replace(second, within=first.id),
        *rest,
    )
    assert chronology_of(msgspec.structs.replace(record, attributions=circle)).lines


def test_layers_that_were_not_read_are_named() -> None:
    bare = chronology_of(Record(article=sample_record().article))
    assert "events" in bare.unread
    assert bare.lines == ()


def test_a_derived_reference_day_says_from_which_words() -> None:
    record = sample_record()
    words = Span(TEXT.index("Sept 14"), TEXT.index("Sept 14") + 7)
    derived = ReferenceDay(day=date(2023, 9, 14), by="dateline", span=words)
    article = msgspec.structs.replace(record.article, published=None)
    seen = chronology_of(msgspec.structs.replace(record, article=article, reference=derived))
    assert seen.reference == "Thursday 14 September 2023, derived (dateline) from “Sept 14”"


def test_precision_has_words() -> None:
    day = date(2024, 2, 5)
    assert span_label(day, day) == ("Monday 5 February 2024", "one day")
    assert span_label(date(2024, 2, 1), date(2024, 2, 29)) == ("February 2024", "one month")
    assert span_label(date(2024, 1, 1), date(2024, 12, 31)) == ("2024", "one year")
    assert span_label(date(2020, 1, 1), date(2024, 12, 31)) == ("2020 to 2024", "5 years")
    assert span_label(day, date(2024, 2, 11)) == ("Week of 5 to 11 February 2024", "one week")
    assert span_label(day, date(2024, 3, 1)) == ("5 February to 1 March 2024", "within 26 days")
    assert span_label(None, day) == ("By Monday 5 February 2024", "open start")
    assert span_label(day, None) == ("From Monday 5 February 2024", "open end")
    assert span_label(None, None) == ("Day not told", "no day")


def with_event(number: int, **fields: object) -> Line:
    record = sample_record()
    event = msgspec.structs.replace(record.events[number], same_as="", **fields)
    return chronology_of(msgspec.structs.replace(record, events=(event,))).lines[0]


def test_a_planned_meeting_is_called_a_meeting_though_it_is_coded_as_an_agreement() -> None:
    planned = with_event(1, type="AGREE", act="CONSULT", status="planned")
    assert (planned.what, planned.code, planned.status, planned.mutual) == (
        "meeting",
        "AGREE",
        "planned",
        True,
    )


def test_somebody_whom_tellings_put_at_both_ends_is_kept_at_the_end_that_leaves_nobody_alone() -> None:
    first, second = sample_record().events[1].arguments[:2]
    both = with_event(1, arguments=(first, second, msgspec.structs.replace(second, role="recipient")))
    assert ([p.name for p in both.who], [p.name for p in both.whom]) == (["Ilinca Dobre"], ["Stoyan Valchev"])
    alone = with_event(1, arguments=(first, msgspec.structs.replace(first, role="recipient")))
    assert ([p.name for p in alone.who], [p.name for p in alone.whom]) == (["Ilinca Dobre"], [])


def test_on_one_day_the_said_comes_after_the_done() -> None:
    record = sample_record()
    events = (msgspec.structs.replace(record.events[0], type="statement", same_as="e0"), record.events[7])
    undated = tuple(msgspec.structs.replace(event, earliest=None, latest=None) for event in events)
    lines = chronology_of(msgspec.structs.replace(record, events=undated)).lines
    assert [line.what for line in lines] == ["words of support", "statement"]


def test_a_whole_country_has_no_radius_to_read_and_region_codes_are_left_out() -> None:
    record = sample_record()
    place = record.places[0]
    country = msgspec.structs.replace(place.candidates[0], name="Romania", kind="country", admin1="RO.12")
    places = (msgspec.structs.replace(place, candidates=(country,), radius_km=400), *record.places[1:])
    spot = chronology_of(msgspec.structs.replace(record, places=places)).lines[0].place
    assert spot is not None
    assert (spot.name, spot.detail, spot.whole) == ("Romania", "country, ROU", True)


def test_a_day_from_the_story_names_the_words_that_the_story_had_it_from() -> None:
    later = with_event(7, earliest=WEDNESDAY, latest=WEDNESDAY, day_by="narrative")
    assert later.moment.how == "carried over from “Wednesday” [257–266], counted from publication"


def test_of_tellings_of_one_day_the_one_with_words_for_it_says_how_it_is_known() -> None:
    assert line("meeting").moment.how == "“Thursday” [182–190], counted from publication"


def test_ways_of_calling_somebody_are_listed_once_whatever_their_article() -> None:
    names = {person.name: person.also for person in shown().people}
    assert names["ministers"] == ()
    assert names["Corvina"] == ("the frigate Corvina",)
