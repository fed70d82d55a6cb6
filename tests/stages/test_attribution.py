"""Attribution: who says what, on sentences written for these tests and parsed once (attribution.conllu)."""

from __future__ import annotations

import msgspec
import pytest

from dateline.model import Attribution, Block, Entity, Mention, Record, Span
from dateline.quotations import Quotation, find_quotations
from dateline.stages.attribution import Attributions
from dateline.stages.attribution.nesting import DEEPEST
from tests.conllu import record_from_conllu
from tests.stages.cases import cases

RECORDS = cases("attribution.conllu")
# case: (source, cue, content, kind, stance, within); stretches joined by " / "
EXPECTED: dict[str, list[tuple[str, str, str, str, str, str | None]]] = {
    "direct_after": [
        ("the mayor of Odda", "said", "“The bridge will reopen on Monday,”", "direct", "speech", None),
    ],
    "direct_before": [
        ("Colonel Ada Brun", "told", "“We have lost two boats.”", "direct", "speech", None),
    ],
    "indirect_that": [
        ("The ministry", "said", "that its ships had left the harbour", "indirect", "speech", None),
    ],
    "indirect_bare": [
        ("Officials in Lima", "say", "the road is closed", "indirect", "speech", None),
    ],
    "mixed": [
        ("The envoy", "called", "the plan “a serious mistake”", "mixed", "speech", None),
    ],
    "according_first": [
        ("the harbour master", "According to", "two ferries sank near the island", "indirect", "speech", None),
    ],
    "according_last": [
        (
            "a statement from the coast guard",
            "according to",
            "Two ferries sank near the island",
            "indirect",
            "speech",
            None,
        ),
    ],
    "according_images": [
        ("pictures released by the navy", "According to", "the submarine reached the base", "indirect", "speech", None),
    ],
    "adverb": [
        ("", "reportedly", "The general / left the country on Sunday", "indirect", "speech", None),
    ],
    "passive_belief": [
        ("", "is suspected", "The captain / of selling fuel", "indirect", "belief", None),
    ],
    "passive_expected": [
        ("", "is expected", "The president / to visit Oslo in May", "indirect", "belief", None),
    ],
    "seen_as": [
        ("", "is seen", "The visit / as a warning to its neighbours", "indirect", "belief", None),
    ],
    "object_control": [
        ("Prosecutors", "suspect", "the firm of wanting to sell missiles", "indirect", "belief", None),
    ],
    "document": [
        ("A report by the audit office", "shows", "that the money was spent twice", "indirect", "evidence", None),
    ],
    "statement": [
        ("the union", "said in a statement", "“The talks were useful,”", "direct", "speech", None),
    ],
    "inverted": [
        ("the governor", "announced", "The fleet has left the bay", "indirect", "speech", None),
    ],
    "quoted_by": [
        (
            "the Norna news agency",
            "quoted by",
            "The fleet has left the bay / announced the governor",
            "indirect",
            "speech",
            None,
        ),
        ("the governor", "announced", "The fleet has left the bay", "indirect", "speech", "a0"),
    ],
    "same_source": [
        ("Norna", "said", "The bridge was bombed", "indirect", "speech", None),
        ("the same source", "according to", "Nine people died", "indirect", "speech", None),
    ],
    "collective": [
        ("Danish newspapers", "wrote", "The pilots have been freed", "indirect", "speech", None),
    ],
    "split": [
        ("Ms. Lind", "said", "“The dam is safe,” / “The water will fall by Friday.”", "direct", "speech", None),
    ],
    "split_mid": [
        ("Ms. Lind", "said", "“The dam,” / “is safe for now.”", "direct", "speech", None),
    ],
    "nested": [
        ("Norna", "reported", "that the minister had said that the border was closed", "indirect", "speech", None),
        ("the minister", "had said", "that the border was closed", "indirect", "speech", "a0"),
    ],
    "nested_quoting": [
        ("The paper", "quoted", "a guard as saying that the gate had been open", "indirect", "speech", None),
        ("a guard", "saying", "that the gate had been open", "indirect", "speech", "a0"),
    ],
    "participle": [
        ("The coach", "said", "the team was tired", "indirect", "speech", None),
        ("The coach", "adding", "that two players were ill", "indirect", "speech", None),
    ],
    "scare": [],
    "parenthetical": [
        ("the police", "said", "The road / was blocked by snow", "indirect", "speech", None),
    ],
    "call_on": [
        ("The council", "called on", "both sides to stop the fighting", "indirect", "speech", None),
    ],
    "deny": [
        ("The company", "denied", "that it had paid bribes", "indirect", "speech", None),
    ],
    "refuse": [
        ("The general", "refused", "to name the officers", "indirect", "speech", None),
    ],
    "accuse": [
        ("Quito", "accused", "Lima of moving troops to the border", "indirect", "speech", None),
    ],
    "want": [
        ("The farmers", "want", "the government to lower the tax", "indirect", "attitude", None),
    ],
    "support": [
        ("Norway", "supports", "the new treaty", "indirect", "attitude", None),
    ],
    "poss_noun": [
        ("The union's", "demand", "that the mine be closed", "indirect", "speech", None),
    ],
    "confident": [
        ("The minister", "is confident", "that the talks will succeed", "indirect", "attitude", None),
    ],
    "asked": [
        ("", "Asked", "whether he would resign", "indirect", "speech", None),
        ("the governor", "said", "he would stay", "indirect", "speech", None),
    ],
    "no_attribution": [],
    "unclosed": [
        ("The judge", "said", "“This court will not be rushed.", "direct", "speech", None),
    ],
    "quote_in_quote": [
        ("the driver", "said", "“The guard told me, ‘The gate is closed,’ and walked away,”", "direct", "speech", None),
        ("The guard", "told", "The gate is closed", "direct", "speech", "a0"),
    ],
    "single": [
        ("the guard", "said", "‘The gate is closed until Monday,’", "direct", "speech", None),
    ],
    "straight": [
        ("the farmer", "told", '"We will not leave," / "This is our land."', "direct", "speech", None),
    ],
    "latex": [
        ("the farmer", "told", "''We will not leave,''", "direct", "speech", None),
    ],
    "label": [
        ("Ada Holm", ":", "“We did not see the ship before the storm.”", "direct", "speech", None),
    ],
    "fragment": [
        ("The minister", "said", "the talks were “frank and useful” but had not ended", "mixed", "speech", None),
    ],
    "two_speakers": [
        ("Captain Holm", "said", "“We won,”", "direct", "speech", None),
        ("the coach of Odda", "said", "“They cheated,”", "direct", "speech", None),
    ],
    "citing": [
        ("Norna", "reported", "The tanks had been moved", "indirect", "speech", None),
        ("Norna", "citing", "two officials", "indirect", "speech", None),
    ],
    "anon": [
        ("A senior official who asked not to be named", "said", "the tanks had been moved", "indirect", "speech", None),
    ],
    "tv": [
        ("the king", "said", "“We will build the bridge,”", "direct", "speech", None),
    ],
    "speak": [
        ("The general", "spoke of", "a long war", "indirect", "speech", None),
    ],
    "said_and": [
        ("The ministry", "said", "the ship had sunk and that nine sailors were missing", "indirect", "speech", None),
    ],
    "deny2": [
        ("The army", "has denied", "reports that it shelled the village", "indirect", "speech", None),
    ],
    "allegations": [
        ("", "allegations", "that the firm bribed officials", "indirect", "speech", None),
    ],
    "promise": [
        ("The mayor", "made a promise", "to rebuild the school", "indirect", "speech", None),
    ],
    "concern": [
        ("Washington", "expressed", "concern about the sale of the ships", "indirect", "speech", None),
    ],
    "according_mid": [
        ("the coast guard", "according to", "The ship / sank on Friday", "indirect", "speech", None),
    ],
    "according_quote": [
        ("the coast guard", "According to", "“the ship was old and slow.”", "direct", "speech", None),
    ],
    "nyt": [
        ("Ms. Lind", "wrote", "“It was a mistake,”", "direct", "speech", None),
    ],
    "told_reporters": [
        ("The mayor", "told", "that the bridge would reopen", "indirect", "speech", None),
    ],
    "poll": [
        ("a poll", "showed", "Sixty percent of voters oppose the tax", "indirect", "evidence", None),
    ],
    "tweet": [
        ("the mayor", "tweeted", "“Stay at home,”", "direct", "speech", None),
    ],
    "question": [
        ("the judge", "asked", "“Where is the money?”", "direct", "speech", None),
    ],
    "aspect": [
        ("The governor", "went on to say", "that the dam was safe", "indirect", "speech", None),
    ],
    "wont_say": [
        ("The army", "would not say", "how many soldiers had died", "indirect", "speech", None),
    ],
    "said_to_be": [
        ("", "is said", "The general / to be ill", "indirect", "speech", None),
    ],
    "is_believed": [
        ("", "is believed", "The spy / to have fled the country", "indirect", "belief", None),
    ],
    "lit_call": [],
    "lit_report": [],
    "lit_charge": [],
    "lit_find": [],
    "lit_read": [],
    "lit_back": [],
    "lit_show": [],
    "lit_offer": [],
    "lit_add": [],
    "lit_support": [],
    "relative": [
        ("which", "cited", "two officials", "indirect", "speech", None),
        ("Norna", "said", "the tanks had been moved", "indirect", "speech", None),
    ],
    "agency_reported": [
        ("Norna radio", "reported", "Officers seized nine crates in Odda on Friday", "indirect", "speech", None),
    ],
    "agency_citing": [
        ("the news agency Norna", "reported", "Police searched two offices in Odda", "indirect", "speech", None),
        ("the news agency Norna", "citing", "the ministry", "indirect", "speech", None),
    ],
    "agency_appended": [
        (
            "the news agency Norna",
            "reported",
            "German police searched two offices early on Thursday and arrested a 52-year-old engineer",
            "indirect",
            "speech",
            None,
        ),
        ("the news agency Norna", "citing", "the ministry", "indirect", "speech", None),
    ],
    "agency_said": [
        ("Norna news agency", "said", "The bridge was hit twice", "indirect", "speech", None),
    ],
    "deny_report": [
        ("The company", "denied", "the report", "indirect", "speech", None),
    ],
    "nested_accuse": [
        (
            "the news agency Norna",
            "said",
            "The ministry accused the rebels of burning the school",
            "indirect",
            "speech",
            None,
        ),
        ("The ministry", "accused", "the rebels of burning the school", "indirect", "speech", "a0"),
    ],
    "but_added": [
        ("The firm", "said", "sales had fallen", "indirect", "speech", None),
        ("The firm", "added", "that it would hire more people", "indirect", "speech", None),
    ],
    "semicolon": [
        ("the mayor", "asked", "it to reply by May", "indirect", "speech", None),
    ],
    "deny_attack": [
        ("The rebels", "denied", "the attack on the port", "indirect", "speech", None),
    ],
    "passive_agent": [
        ("the union", "was accused", "The mayor / of hiding the report", "indirect", "speech", None),
    ],
    "blame": [
        ("The coast guard", "blamed", "the storm for the accident", "indirect", "speech", None),
    ],
    "evidence_obj": [
        ("Satellite images", "show", "new trenches near the river", "indirect", "evidence", None),
    ],
    "label_plain": [
        ("Ada Holm", ":", "We did not see the ship before the storm. It was dark", "indirect", "speech", None),
    ],
    "told_fragment": [
        (
            "The minister",
            "ensured",
            "that the pact was an “absolute priority” for his country",
            "mixed",
            "speech",
            None,
        ),
    ],
    "own_fragment": [],
    "noun_before_its_bearer": [],
}


def read(record: Record) -> tuple[Attribution, ...]:
    return Attributions()(record)["attributions"]


def words(text: str, spans: tuple[Span, ...]) -> str:
    return " / ".join(span.of(text) for span in spans)


@pytest.mark.parametrize("case", sorted(RECORDS))
def test_who_says_what(case: str) -> None:
    record = RECORDS[case]
    text = record.article.text
    found = [
        (words(text, a.source), words(text, a.cue), words(text, a.content), a.kind, a.stance, a.within)
        for a in read(record)
    ]
    assert found == EXPECTED[case]


def test_every_expectation_has_its_sentence() -> None:
    assert sorted(EXPECTED) == sorted(RECORDS)


@pytest.mark.parametrize("case", sorted(RECORDS))
def test_ids_count_up_and_spans_cover_their_parts(case: str) -> None:
    found = read(RECORDS[case])
    assert [a.id for a in found] == [f"a{n}" for n in range(len(found))]
    for a in found:
        assert a.within is None or a.within in {other.id for other in found if other is not a}
        assert all(a.span.covers(part) for part in (*a.source, *a.cue, *a.content))
        assert a.by.startswith(("cues:", "quotation"))


@pytest.mark.parametrize("case", sorted(RECORDS))
def test_reading_twice_gives_the_same(case: str) -> None:
    assert read(RECORDS[case]) == read(RECORDS[case])


def test_the_same_source_is_the_source_before() -> None:
    assert [a.name for a in read(RECORDS["same_source"])] == ["Norna", "Norna"]


def test_a_relative_pronoun_is_called_by_what_it_stands_for() -> None:
    assert read(RECORDS["relative"])[0].name == "Norna"


def test_a_possessive_source_is_named_without_its_ending() -> None:
    assert read(RECORDS["poss_noun"])[0].name == "The union"


def with_entity(record: Record, name: str, *tokens: int) -> Record:
    """The record with one entity whose mentions are single tokens."""
    mentions = tuple(
        Mention(id=f"m{n}", span=record.tokens[k].span, kind="NAM", type="ORG", head=k, first=k, last=k + 1)
        for n, k in enumerate(tokens)
    )
    entity = Entity(id="e0", type="ORG", name=name, mentions=tuple(m.id for m in mentions))
    return msgspec.structs.replace(record, mentions=mentions, entities=(entity,))


def test_a_source_is_tied_to_its_entity_and_called_by_its_name() -> None:
    record = RECORDS["collective"]
    head = next(i for i, token in enumerate(record.tokens) if token.form == "newspapers")
    found = read(with_entity(record, "the Danish press", head))[0]
    assert (found.entity, found.name) == ("e0", "the Danish press")


def test_the_same_source_takes_the_entity_over() -> None:
    record = RECORDS["same_source"]
    head = next(i for i, token in enumerate(record.tokens) if token.form == "Norna")
    assert [a.entity for a in read(with_entity(record, "Norna", head))] == ["e0", "e0"]


def test_an_empty_record_has_no_attributions() -> None:
    record = RECORDS["scare"]
    assert read(msgspec.structs.replace(record, tokens=(), sentences=())) == ()


def test_deep_nesting_is_read_in_bounded_time() -> None:
    rows = []
    for k in range(600):
        head = 2 * k
        rows.append(f"{2 * k + 1}\the\the\tPRON\tPRP\t_\t{2 * k + 2}\tnsubj\t_\t_")
        rows.append(f"{2 * k + 2}\tsaid\tsay\tVERB\tVBD\t_\t{head}\t{'ccomp' if k else 'root'}\t_\t_")
    found = read(record_from_conllu("\n".join(rows)))
    assert len(found) == 599
    above = {a.id: a.within for a in found}
    assert above[found[1].id] == found[0].id
    depths = {found[0].id: 1}
    for a in found[1:]:
        depths[a.id] = depths[a.within or ""] + 1
    assert [depths[a.id] for a in found] == [*range(1, DEEPEST), *[DEEPEST] * (599 - DEEPEST + 1)]


# --- quotation marks ------------------------------------------------------------------------------------------------


def quotations(*paragraphs: str) -> tuple[str, list[Quotation]]:
    text, blocks, at = "\n\n".join(paragraphs), [], 0
    for paragraph in paragraphs:
        blocks.append(Block(Span(at, at + len(paragraph))))
        at += len(paragraph) + 2
    return text, find_quotations(text, blocks)


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("“One two three four,” he said.", ["One two three four,"]),
        ('"One two three four," he said.', ["One two three four,"]),
        ("''One two three four,'' he said.", ["One two three four,"]),
        ("«One two three four», he said.", ["One two three four"]),
        ("„One two three four,“ he said.", ["One two three four,"]),
        ("‘One two three four,’ he said.", ["One two three four,"]),
        ("He said “one ‘two’ three four” twice.", ["one ‘two’ three four"]),
        ('A 5" pipe and a 6" pipe', []),
        ("The crew’s boat and the men’s house", []),
    ],
)
def test_quotation_marks_of_many_kinds(text: str, inside: list[str]) -> None:
    assert [q.inner.of(text) for q in quotations(text)[1]] == inside


def test_one_or_two_borrowed_words_are_no_speech() -> None:
    _, found = quotations("The “smart” bridge and the “open door” policy.")
    assert [q.speech for q in found] == [False, False]


def test_a_short_sentence_in_marks_is_speech() -> None:
    _, found = quotations("“We won,” she said.")
    assert [q.speech for q in found] == [True]


def test_a_paragraph_left_open_goes_on_in_the_next() -> None:
    text, found = quotations("“The sea was calm.", "“The engine stopped.”", "“Another voice here.”")
    assert [(q.closed, q.continues) for q in found] == [(False, False), (True, True), (True, False)]
    assert found[0].span.of(text) == "“The sea was calm."


def test_a_stray_closing_mark_opens_nothing() -> None:
    assert quotations("The sea” was calm.")[1] == []


def test_many_marks_take_linear_time() -> None:
    _, found = quotations('"a b c d" ' * 20_000)
    assert len(found) == 20_000


# --- the whole pipeline, for what needs paragraphs ------------------------------------------------------------------


def test_a_quotation_over_three_paragraphs_is_one_attribution(reader) -> None:  # type: ignore[no-untyped-def]
    text = (
        "“We left the port at nine,” said Captain Holm. “The sea was calm.\n\n"
        "“At midnight the engine stopped.”\n\nThe ship was towed to Odda."
    )
    found = reader(text, published="2024-05-02").attributions
    assert [words(text, a.content) for a in found] == [
        "“We left the port at nine,” / “The sea was calm. / “At midnight the engine stopped.”"
    ]
