"""A notebook shows a record as its page, in a frame that nothing leaves; elsewhere nothing is loaded for it."""

from __future__ import annotations

import html
import subprocess
import sys

import pytest

from dateline.notebook import load_ipython_extension, record_in_frame, shows_records
from tests.export.hostile import hostile_record
from tests.export.page import Page
from tests.export.sample import sample_record


def test_the_page_stands_in_a_frame_without_an_origin() -> None:
    (frame,) = Page(record_in_frame(hostile_record())).elements
    assert frame.tag == "iframe"
    assert frame["sandbox"] == "allow-scripts"
    assert frame["srcdoc"].lower().startswith("<!doctype html>")
    assert "Content-Security-Policy" in frame["srcdoc"]


def test_ipython_shows_records_so() -> None:
    shell_class = pytest.importorskip("IPython.core.interactiveshell").InteractiveShell
    shell = shell_class.instance()
    try:
        shows_records()
        shown, _ = shell.display_formatter.format(sample_record())
        assert shown["text/html"] == record_in_frame(sample_record())
        assert html.escape("Ilinca Dobre") in shown["text/html"]
        assert shown["text/plain"].startswith("<Record ")
        load_ipython_extension(shell)
    finally:
        shell_class.clear_instance()


def test_a_record_has_a_short_repr() -> None:
    assert len(repr(sample_record())) < 150
    assert "events" in repr(sample_record())


def test_nothing_is_loaded_outside_a_notebook() -> None:
    code = (
        "import sys, dateline.notebook as n; n.shows_records(); print({'IPython', 'dateline.desk'} & set(sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout == "set()\n"
