"""Files and variables in, typed settings out."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.errors import DatelineError
from dateline.settings import Settings, load_settings


def test_defaults_hold_without_file_and_variables(tmp_path: Path) -> None:
    assert load_settings(tmp_path, {}) == Settings()


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    (tmp_path / "dateline.toml").write_text('workers = 2\nmax_characters = 10\nstages = ["syntax"]\n')
    found = load_settings(tmp_path, {"DATELINE_WORKERS": "3"})
    assert (found.workers, found.max_characters, found.stages) == (3, 10, ("syntax",))


@pytest.mark.parametrize("content", ["workers = [", "worker = 2", 'workers = "many"'])
def test_what_is_not_understood_is_an_error_that_says_so(tmp_path: Path, content: str) -> None:
    (tmp_path / "dateline.toml").write_text(content)
    with pytest.raises(DatelineError, match=r"TOML|not understood"):
        load_settings(tmp_path, {})


def test_the_cache_folder_can_be_set(tmp_path: Path) -> None:
    assert load_settings(tmp_path, {"DATELINE_CACHE": str(tmp_path)}).cache_dir == tmp_path
    assert Settings().cache_dir.name == "dateline"
