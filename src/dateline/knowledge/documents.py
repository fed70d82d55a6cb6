"""Reads the knowledge files that are YAML: documents in, plain strings, lists and dicts out.

Every scalar stays text (``NO`` is Norway, never false). Apart from ``files``, so that a process which needs no rules
does not load the library.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from dateline.errors import KnowledgeError
from dateline.knowledge.files import name_of


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
