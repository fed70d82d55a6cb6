"""What the docstrings of the Python door show is true."""

from __future__ import annotations

import doctest
from types import ModuleType

import pytest

import dateline
from dateline.intake import days


@pytest.mark.parametrize("module", [dateline, days], ids=lambda module: module.__name__)
def test_examples_in_docstrings_run(module: ModuleType) -> None:
    failed, tried = doctest.testmod(module)
    assert (failed, tried > 0) == (0, True)


def test_every_name_of_the_door_has_an_example_or_says_what_it_gives() -> None:
    for name in set(dateline.__all__) - {"__version__"}:
        assert getattr(dateline, name).__doc__
