"""`dateline follow` as a person types it (dateline.commands.following), over the example that ships."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from dateline.cli import app
from dateline.errors import DatelineError

EXAMPLE = Path(__file__).parents[2] / "examples" / "feeds.toml"


def test_the_example_runs_and_a_second_time_has_nothing_new(tmp_path: Path) -> None:
    archive = tmp_path / "followed.db"
    words = ["follow", str(EXAMPLE), "--archive", str(archive)]
    first = CliRunner().invoke(app, words)
    assert first.exit_code == 0, first.output
    assert "3 inputs: 3 new" in first.output
    assert "WATCHED" in first.output
    assert "The trawler" in first.output
    assert "Norway" in first.output
    second = CliRunner().invoke(app, words)
    assert second.exit_code == 0
    assert "none new" in second.output
    assert {path.name for path in tmp_path.iterdir()} >= {"followed.db", "followed.db.following"}
    assert all(path.stat().st_mode & 0o077 == 0 for path in (tmp_path / "followed.db.following").glob("*.*"))


def test_a_plan_that_does_not_hold_is_an_error_that_names_it(tmp_path: Path) -> None:
    plan = tmp_path / "feeds.toml"
    plan.write_text("pause = 3\n", encoding="utf-8")
    found = CliRunner().invoke(app, ["follow", str(plan), "--archive", str(tmp_path / "a.db")])
    assert isinstance(found.exception, DatelineError)
    assert str(plan) in str(found.exception)
    assert not (tmp_path / "a.db").exists()


def test_rounds_of_less_than_a_minute_are_refused(tmp_path: Path) -> None:
    found = CliRunner().invoke(app, ["follow", str(EXAMPLE), "--archive", str(tmp_path / "a.db"), "--every", "0.1"])
    assert found.exit_code == 2


def test_of_many_rounds_one_that_goes_wrong_does_not_end_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rounds: list[str] = []

    class StoppedError(Exception):
        pass

    def once(_self: object) -> None:
        rounds.append("round")
        raise DatelineError("the disk is full")

    def sleep(seconds: float) -> None:
        assert 0 <= seconds <= 120
        if len(rounds) == 3:
            raise StoppedError

    monkeypatch.setattr("dateline.follow.following.Follower.once", once)
    monkeypatch.setattr("time.sleep", sleep)
    found = CliRunner().invoke(app, ["follow", str(EXAMPLE), "--archive", str(tmp_path / "a.db"), "--every", "2"])
    assert isinstance(found.exception, StoppedError)
    assert len(rounds) == 3
    assert found.output.count("the disk is full") == 3
