"""Windows of word pieces over parsed reports, as the reader itself cuts them, with what stands between two words."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "src"))

from dateline.learned.windows import Tree, cut, relation_to
from dateline.learned.wordpiece import Vocabulary

__all__ = ["Tree", "Vocabulary", "cut", "relation_to", "tree_of_row"]


def tree_of_row(row: dict[str, Any]) -> Tree:
    """The parsed report of one prepared row."""
    return Tree(row["words"], row["heads"], row["rels"], [(s[0], s[1]) for s in row["sentences"]], row["quoted"])
