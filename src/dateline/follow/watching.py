"""What came of an archive and rules in, the same with the rules that each change meets out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import msgspec

from dateline.archive.asking import query_from
from dateline.archive.keeping import Archive
from dateline.follow.plan import Watch
from dateline.merge.comparing import Change, Digest


def watched(archive: Archive, rules: Sequence[Watch], digest: Digest) -> Digest:
    """The digest, every change with the names of the rules that it meets, in the order of the rules. What a filter
    finds is what the archive's own search finds."""
    met: defaultdict[str, list[str]] = defaultdict(list)
    worlds = [change.world for change in digest.changes]
    for rule in rules:
        found = {world.id for world in archive.of_those(worlds, query_from(rule.filters))}
        for change in digest.changes:
            if change.world.id in found and turned(change, rule):
                met[change.world.id].append(rule.name)
    changes = (msgspec.structs.replace(c, watches=tuple(met[c.world.id])) for c in digest.changes)
    return msgspec.structs.replace(digest, changes=tuple(changes))


def turned(change: Change, rule: Watch) -> bool:
    """Whether a change is one of certainty that the rule wants; any is, where it wants none."""
    if not rule.becomes:
        return True
    shift = next((one for one in change.shifts if one.slot == "status"), None)
    if shift is None:
        return change.kind == "new" and not rule.was and change.world.status in rule.becomes
    now = set(shift.now.split(" | "))
    return not now.isdisjoint(rule.becomes) and (not rule.was or shift.was in rule.was)
