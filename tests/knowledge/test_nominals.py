"""The lexicons of mentions (``dateline.knowledge.nominals``)."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.errors import KnowledgeError
from dateline.knowledge import files, nominals
from dateline.knowledge.nominals import load_nominals, word_set

TABLES = ("nominals.csv", "titles.csv", "pronouns.csv", "given_names.csv", "fixed_phrases.csv", "historical_states.csv")


@pytest.mark.parametrize("table", TABLES)
def test_tables_are_sorted_and_say_a_thing_once(table: str) -> None:
    rows = files.rows(files.path("lexicons", table))
    keys = [next(iter(row.values())) for row in rows]
    assert keys == sorted(set(keys))


def test_word_sets_are_sorted_and_say_a_thing_once() -> None:
    keys = [(row["set"], row["word"]) for row in files.rows(files.path("lexicons", "word_sets.csv"))]
    assert keys == sorted(set(keys))


def test_nouns_have_type_number_and_gender() -> None:
    nouns = load_nominals().nouns
    assert nouns["frigate"].type == "VEH"
    assert nouns["police"].number == "pl"
    assert nouns["widow"].gender == "f"
    assert nouns["university"].heads_name
    assert not nouns["house"].heads_name


def test_pronouns_tell_person_number_gender() -> None:
    pronoun = load_nominals().pronouns["himself"]
    assert (pronoun.person, pronoun.number, pronoun.gender, pronoun.case) == (3, "sg", "m", "reflexive")


def test_a_given_name_of_both_genders_tells_none() -> None:
    assert load_nominals().given["Jean"] == ""


def test_an_unknown_word_set_is_an_error() -> None:
    with pytest.raises(KnowledgeError, match="no rows of the set 'fruit'"):
        word_set("fruit")


def test_an_unknown_type_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "lexicons").mkdir()
    table = "noun,type,number,gender,heads_name,group\nbanana,FRUIT,,,,\n"
    (tmp_path / "lexicons" / "nominals.csv").write_text(table, encoding="utf-8")
    monkeypatch.setattr(nominals, "path", tmp_path.joinpath)
    with pytest.raises(KnowledgeError, match="banana: type is 'FRUIT'"):
        load_nominals.__wrapped__()
