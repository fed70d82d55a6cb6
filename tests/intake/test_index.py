from __future__ import annotations

from pathlib import Path

import pytest

from dateline.errors import InputError
from dateline.intake.found import Found
from dateline.intake.index import index_of
from dateline.intake.sources import articles_of
from dateline.model import Rejection
from dateline.settings import Settings
from tests.intake.samples import SAMPLES

TEXT = "The frigate left Bergen on Monday, the ministry said. Two tugs went with her as far as the light."


def folder(tmp_path: Path, index: str) -> Path:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "notes.md").write_text("Not a report, and not named by the index either.")
    (tmp_path / "index.csv").write_text(index)
    return tmp_path


def test_files_of_an_index_have_what_it_says_of_them_and_others_stay_out(tmp_path: Path) -> None:
    where = folder(
        tmp_path, "file,published,publisher,title,url\na.txt,2024-05-18,The Post,Frigate sails,https://post.example/a\n"
    )
    found = list(articles_of([str(where)], Settings()))
    assert len(found) == 1
    assert isinstance(found[0], Found)
    article = found[0].article
    assert (str(article.published), article.publisher, article.title) == ("2024-05-18", "The Post", "Frigate sails")


def test_a_file_that_is_missing_or_outside_is_rejected_by_name(tmp_path: Path) -> None:
    where = folder(tmp_path, "file\nb.txt\n../../etc/passwd\n")
    found = list(articles_of([str(where)], Settings()))
    assert [isinstance(f, Rejection) for f in found] == [True, True]


def test_a_table_without_a_column_of_files_is_no_index(tmp_path: Path) -> None:
    assert index_of(folder(tmp_path, "text,id\nwords,1\n")) is None


def test_an_index_that_is_not_utf_8_is_told(tmp_path: Path) -> None:
    (tmp_path / "index.csv").write_bytes(b"file,title\n\xff\xfe,x\n")
    with pytest.raises(InputError, match="UTF-8"):
        index_of(tmp_path)


def test_title_and_day_of_a_feed_in_the_index_are_not_those_of_its_entries(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_bytes(SAMPLES["xml"])
    (tmp_path / "index.csv").write_text("file,published,publisher,title\nfeed.xml,2031-01-01,The Post,All of it\n")
    found = [o.article for o in articles_of([str(tmp_path)], Settings()) if isinstance(o, Found)]
    assert found
    assert {a.publisher for a in found} == {"The Post"}
    assert "All of it" not in {a.title for a in found}
    assert "2031-01-01" not in {str(a.published) for a in found}


def test_rows_that_are_short_or_long_give_what_they_have(tmp_path: Path) -> None:
    where = folder(tmp_path, "file,published,title\na.txt\nb.txt,2024-05-18,Title,more,and more\n,2024-05-18,No file\n")
    known = index_of(where) or {}
    assert set(known) == {"a.txt", "b.txt"}
    assert (known["a.txt"].title, known["b.txt"].title) == (None, "Title")
