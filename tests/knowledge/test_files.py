"""CSV and YAML files in, plain text values out, with errors that name file and row."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.errors import KnowledgeError
from dateline.knowledge.documents import document
from dateline.knowledge.files import data_files, knowledge_hash, rows


def test_every_scalar_of_a_yaml_file_stays_text(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("country: NO\nday: 2024-05-18\ncount: 010\nnothing:\n")
    assert document(file) == {"country": "NO", "day": "2024-05-18", "count": "010", "nothing": ""}


def test_a_key_that_stands_twice_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("a: 1\nb: 2\na: 3\n")
    with pytest.raises(KnowledgeError, match=r"a\.yaml: line 3: key 'a' stands twice"):
        document(file)


def test_a_ragged_row_is_named(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("name,code\nOman,OMN\nYemen\n")
    with pytest.raises(KnowledgeError, match="line 3 does not have 2 fields"):
        rows(file)


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("name\nOman\n")
    with pytest.raises(KnowledgeError, match="no column code"):
        rows(file, required=("code",))


@pytest.mark.parametrize("file", list(data_files()), ids=lambda f: f.name)
def test_every_knowledge_file_loads(file: Path) -> None:
    if file.suffix == ".csv":
        assert rows(file)
    elif file.suffix == ".yaml":
        assert document(file)


def test_the_hash_is_short_and_stable() -> None:
    assert knowledge_hash() == knowledge_hash()
    assert len(knowledge_hash()) == 12
