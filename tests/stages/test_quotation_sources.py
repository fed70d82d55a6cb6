"""Whose a quotation is without a verb of speech, what is a name and no quotation, who gave a promise."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dateline.model import Attribution, Record

Reader = Callable[..., Record]


def _sources(record: Record, inside: str) -> list[str | None]:
    """The names of the sources whose content holds these words."""
    text = record.article.text
    return [a.name for a in record.attributions if any(inside in span.of(text) for span in a.content)]


def _direct(record: Record) -> list[Attribution]:
    return [a for a in record.attributions if a.kind != "indirect"]


@pytest.mark.parametrize(
    ("text", "inside", "source"),
    [
        (
            "The port reopens.\n\n“We need three more weeks to clear it.” — Mayor Tomas Arnesen",
            "weeks",
            "Tomas Arnesen",
        ),
        ('"Nobody asked us before the quay was sold," - Petra Holm, union leader.', "Nobody", "Petra Holm"),
        ("“The bridge is safe and it will stay open.” -- Transport spokesman Oleg Dahl", "bridge", "Oleg Dahl"),
        ("“I have never seen such a storm.” – Brita Lang, 61, who lost her house", "storm", "Brita Lang"),
        (
            "“The mine must be closed at once.”\n– Ilse Moran, head of the union\n\nThe firm is silent.",
            "mine",
            "Ilse Moran",
        ),
        ('"The dam holds," – Minister Vera Solis.', "dam", "Vera Solis"),
    ],
)
def test_a_name_behind_a_dash_signs_the_quotation(reader: Reader, text: str, inside: str, source: str) -> None:
    assert _sources(reader(text, published="2023-09-08"), inside) == [source]


def test_a_clause_behind_a_dash_signs_nothing(reader: Reader) -> None:
    text = '"Nothing will ever change here" – Lund, a fisherman, had mended his nets all night.'
    assert "quotation" not in {a.by for a in reader(text, published="2023-09-08").attributions}


@pytest.mark.parametrize(
    ("text", "inside", "source"),
    [
        ('Jonas Berg looked at the mayor. "Your bridge will fall." The mayor shrugged.', "bridge", "Jonas Berg"),
        ('Commissioner Ilka Brandt stood up. "We keep the quay." The lawyers smiled.', "quay", "Ilka Brandt"),
        ("Ana Ruiz faced the engineer. “You knew of the crack.” The engineer nodded.", "crack", "Ana Ruiz"),
        ('The general turned to his aides. "We march at dawn." The aides nodded.', "dawn", "The general"),
        ('Lena Voss shook her head. "The gas was never shut off." Her brother wept.', "gas", "Lena Voss"),
    ],
)
def test_who_acts_before_a_quotation_said_it_and_not_who_nods_behind(
    reader: Reader, text: str, inside: str, source: str
) -> None:
    assert _sources(reader(text, published="2024-01-07"), inside) == [source]


@pytest.mark.parametrize(
    "text",
    [
        'The suspect, who goes by the name "Lefty", was arrested in Oslo.',
        'The gang calls itself "The Night Owls" and robbed four banks.',
        'Juan "El Gato" Perez was shot in the town of Moro.',
        'Officers know him as "Lefty".',
        'He is known as "the Baker of Oslo" and uses the alias "Mr Blue".',
        'A film entitled "We Shall Not Go Home Again" opened in Cairo.',
        'Police said the ship, named "Sea Star", sank off Dakar.',
        'Her novel "The Long Winter" won a prize, the jury announced.',
        'The operation, dubbed "Iron Gate", began on Monday, the army said.',
    ],
)
def test_a_name_in_quotation_marks_is_nobodys_words(reader: Reader, text: str) -> None:
    assert _direct(reader(text, published="2024-01-07")) == []


def test_borrowed_words_are_still_somebodys(reader: Reader) -> None:
    record = reader('Critics called the film "a brave failure".', published="2024-01-07")
    assert [a.name for a in _direct(record)] == ["Critics"]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The union received assurances from the minister that no mine would be closed.", "the minister"),
        ("Kyiv got a promise from Berlin that the tanks would arrive in May.", "Berlin"),
        ("The mayor obtained a pledge from the army that it would not shell the town.", "the army"),
        ("Farmers have won a commitment from the government to pay for the lost cattle.", "the government"),
        ("Assurances were received from the governor that the road would be mended.", "the governor"),
        ("The crew was given assurances by the owner that the wages would be paid.", "the owner"),
        ("The envoy secured a guarantee from the rebels that the convoy would pass.", "the rebels"),
    ],
)
def test_what_is_received_is_said_by_who_gave_it(reader: Reader, text: str, source: str) -> None:
    assert [a.name for a in reader(text, published="2024-01-07").attributions] == [source]
