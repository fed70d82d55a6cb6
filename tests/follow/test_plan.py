"""Plans (dateline.follow.plan) as people write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.errors import DatelineError
from dateline.follow.memory import folder_of
from dateline.follow.plan import Plan, plan_of

FEED = '[[feed]]\nurl = "https://paper.example/rss"\n'


def plan(folder: Path, words: str) -> Plan:
    file = folder / "feeds.toml"
    file.write_text(words, encoding="utf-8")
    return plan_of(file)


def test_files_of_a_plan_are_found_from_its_folder_and_addresses_stay(tmp_path: Path) -> None:
    words = f'archive = "news.db"\ndigests = ["out/d.html"]\n{FEED}[[feed]]\nfile = "mine.xml"\n'
    found = plan(tmp_path, words)
    assert found.archive == str(tmp_path / "news.db")
    assert found.digests == (str(tmp_path / "out/d.html"),)
    assert [s.name for s in found.sources] == ["https://paper.example/rss", str(tmp_path / "mine.xml")]
    assert plan(tmp_path, f'archive = "postgresql://host/news"\n{FEED}').archive == "postgresql://host/news"


def test_a_word_is_as_good_as_a_list_of_one(tmp_path: Path) -> None:
    words = f'{FEED}[[watch]]\nname = "Boats"\nbetween = ["Norland", "Sudmark"]\ntype = "COERCE"\nbecomes = "denied"\n'
    (rule,) = plan(tmp_path, words).watch
    assert (rule.type, rule.becomes) == (("COERCE",), ("denied",))
    assert rule.filters["between"] == ("Norland", "Sudmark")


WRONG = {
    "": "no [[feed]]",
    "[[feed]\n": "not valid TOML",
    'feeds = "x"\n': "feeds",
    f'{FEED}colour = "red"\n': "colour",
    f"pause = -1\n{FEED}": "less than nothing",
    FEED + FEED: "twice",
    "[[feed]]\n": "one of url and file",
    '[[feed]]\nurl = "https://a.example/"\nfile = "x"\n': "one of url and file",
    '[[feed]]\nurl = "feed.xml"\n': "no address of the web",
    '[[feed]]\nurl = "file:///etc/passwd"\n': "no address of the web",
    f'{FEED}[[watch]]\nname = "x"\n': "watches nothing",
    f'{FEED}[[watch]]\nname = "x"\nactor = "y"\nbecomes = ["true"]\n': "no status",
    f'{FEED}[[watch]]\nname = "x"\nactor = "y"\nwas = ["planned"]\n': "was needs becomes",
    f'digests = ["digest.pdf"]\n{FEED}': "the ending must be one of",
}


@pytest.mark.parametrize("words", WRONG)
def test_what_is_wrong_in_a_plan_is_said_with_its_file(words: str, tmp_path: Path) -> None:
    with pytest.raises(DatelineError) as error:
        plan(tmp_path, words)
    assert "feeds.toml" in str(error.value)
    assert WRONG[words] in str(error.value)


def test_a_plan_that_is_not_there_is_an_error_of_ours(tmp_path: Path) -> None:
    with pytest.raises(DatelineError, match="cannot be opened"):
        plan_of(tmp_path / "none.toml")


def test_what_is_remembered_stands_beside_the_archive(tmp_path: Path) -> None:
    feeds = tmp_path / "feeds.toml"
    assert folder_of(None, str(tmp_path / "news.db"), feeds) == tmp_path / "news.db.following"
    assert folder_of(None, "postgresql://host/news", feeds) == tmp_path / "feeds.toml.following"
    assert folder_of("/else/where", "news.db", feeds) == Path("/else/where")
