"""Every form of ``rules/times/forms.yaml`` makes what its own examples say, and nothing in its counterexamples."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dateline.knowledge.timeforms import load_entries, load_grammar
from dateline.model import Record

FORMS = load_entries()["forms"]
EXAMPLES = [
    pytest.param(form["id"], text, value, id=f"{form['id']}: {text}")
    for form in FORMS
    for text, value in form.get("examples", {}).items()
]
COUNTEREXAMPLES = [
    pytest.param(form["id"], text, id=f"{form['id']}: {text}")
    for form in FORMS
    for text in form.get("counterexamples", ())
]


@pytest.mark.parametrize(("form", "text", "value"), EXAMPLES)
def test_a_form_reads_its_example(reader: Callable[..., Record], form: str, text: str, value: str) -> None:
    timexes = reader(text, published="2024-06-12").timexes
    assert " ".join(timex.value for timex in timexes) == value
    assert not timexes or f"times:{form}" in {timex.by for timex in timexes}


@pytest.mark.parametrize(("form", "text"), COUNTEREXAMPLES)
def test_a_form_leaves_its_counterexample_alone(reader: Callable[..., Record], form: str, text: str) -> None:
    found = [timex.by for timex in reader(text, published="2024-06-12").timexes]
    assert f"times:{form}" not in found


def test_every_form_compiles() -> None:
    assert all(form.pattern.pattern for form in load_grammar().forms)


def test_every_form_has_an_id_of_its_own() -> None:
    ids = [form["id"] for form in FORMS]
    assert len(ids) == len(set(ids))
