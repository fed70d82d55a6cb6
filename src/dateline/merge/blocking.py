"""Keys of items in, the pairs worth comparing out: through an index, never all with all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from itertools import combinations

Pair = tuple[int, int]


def sharing_pairs(keys: Sequence[Iterable[Hashable]], limit: int) -> list[Pair]:
    """Pairs of items that share a key, sorted. A key of more than ``limit`` items is passed over."""
    holders: defaultdict[Hashable, list[int]] = defaultdict(list)
    for item, own in enumerate(keys):
        for key in set(own):
            holders[key].append(item)
    return sorted({pair for items in holders.values() if len(items) <= limit for pair in combinations(items, 2)})
