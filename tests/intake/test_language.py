"""Text in, a language code or None out."""

from __future__ import annotations

import pytest

from dateline.intake.language import language_of

FRENCH = (
    "Le ministre de la Défense a déclaré mardi que les troupes resteraient dans la région jusqu'à la fin de l'année "
    * 2
)
RUSSIAN = "Министр обороны заявил во вторник, что войска останутся в регионе до конца года."


def test_english_reports_are_english() -> None:
    assert (
        language_of("The minister said on Tuesday that the troops would stay in the region until the end of the year.")
        == "en"
    )


GERMAN = "Der Minister sagte am Dienstag, dass die Truppen bis zum Jahresende in der Region bleiben werden."


@pytest.mark.parametrize(("text", "code"), [(FRENCH, "fr"), (RUSSIAN, "ru"), (GERMAN, "de")])
def test_other_languages_are_told(text: str, code: str) -> None:
    assert language_of(text) == code


@pytest.mark.parametrize(
    "text", ["Attack", "Rocket attack kills three near Kyiv railway station", "Boeing delivers final 717 jets"]
)
def test_a_headline_is_too_little_to_tell(text: str) -> None:
    assert language_of(text) is None
