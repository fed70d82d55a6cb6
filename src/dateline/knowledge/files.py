"""Reads the knowledge files: CSV rows and YAML documents in, plain strings, lists and dicts out.

Every scalar stays text (``NO`` is Norway, never false); types convert where they know what they want. Errors name
file, row and what was found.
"""

from __future__ import annotations

import csv
import functools
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from dateline.errors import KnowledgeError

DATA = Path(__file__).resolve().parent.parent / "data"


def path(*parts: str) -> Path:
    """The path of a knowledge file, or of a folder of them."""
    return DATA.joinpath(*parts)


def name_of(file: Path) -> str:
    """The file as error messages name it: relative to ``data/`` where it lies there."""
    return str(file.relative_to(DATA)) if file.is_relative_to(DATA) else str(file)


def rows(file: Path, required: tuple[str, ...] = ()) -> list[dict[str, str]]:
    """The rows of a CSV file (UTF-8, header). Raises :class:`KnowledgeError` for a ragged row or a missing column."""
    with file.open(encoding="utf-8", newline="") as lines:
        reader = csv.reader(lines, strict=True)
        header = next(reader, [])
        missing = [column for column in required if column not in header]
        if missing:
            raise KnowledgeError(f"{name_of(file)}: no column {', '.join(missing)}; the header is {', '.join(header)}")
        found = []
        for fields in reader:
            if not fields:
                continue
            if len(fields) != len(header):
                raise KnowledgeError(f"{name_of(file)}: line {reader.line_num} does not have {len(header)} fields")
            found.append(dict(zip(header, fields, strict=True)))
    return found


class _TextLoader(yaml.CBaseLoader if hasattr(yaml, "CBaseLoader") else yaml.BaseLoader):  # type: ignore[misc]
    """Every scalar is text; a key that stands twice in a mapping is an error."""


def _mapping(loader: Any, node: yaml.MappingNode) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in found:
            raise KnowledgeError(f"line {key_node.start_mark.line + 1}: key {key!r} stands twice")
        found[key] = loader.construct_object(value_node, deep=True)
    return found


_TextLoader.add_constructor("tag:yaml.org,2002:map", _mapping)


def document(file: Path) -> Any:
    """The content of a YAML file. Raises :class:`KnowledgeError` for bad YAML and for duplicate keys."""
    try:
        with file.open(encoding="utf-8") as text:
            return yaml.load(text, Loader=_TextLoader)  # noqa: S506 - the base loader makes text only
    except (yaml.YAMLError, KnowledgeError) as error:
        raise KnowledgeError(f"{name_of(file)}: {error}") from None


def data_files() -> Iterator[Path]:
    """Every knowledge file, in a fixed order."""
    yield from sorted(file for file in DATA.rglob("*") if file.is_file() and file.suffix in {".csv", ".yaml", ".json"})


@functools.cache
def knowledge_hash() -> str:
    """Twelve hexadecimal digits that change when any knowledge file changes."""
    digest = hashlib.sha256()
    for file in data_files():
        digest.update(name_of(file).encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]
