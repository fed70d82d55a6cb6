"""Sources behind the fence (dateline.batch.sources): names that stand twice, a temporary folder that fails."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from dateline.batch.sources import fenced_articles, named
from dateline.errors import InputError
from dateline.intake.found import Found
from dateline.model import Article, Rejection
from dateline.settings import Settings


def test_ids_that_stand_twice_become_ids_of_their_own_and_errors_pass() -> None:
    error = Rejection(id="7", stage="intake", reason="cut off")
    found = [Found(Article(id=name, text="x")) for name in ("7", "7", "7~2", "7", "8")]
    named_so = [o.article.id if isinstance(o, Found) else o for o in named([*found, error])]
    assert named_so[:5] == ["7", "7~2", "7~2~2", "7~3", "8"]
    assert named_so[5] is error


def test_a_temporary_folder_that_cannot_be_made_is_told_and_no_input_ends_by_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(**_: object) -> object:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tempfile, "TemporaryDirectory", full)
    with pytest.raises(InputError, match=r"no temporary folder can be made .* run it again"):
        list(fenced_articles([str(tmp_path)], Settings()))
