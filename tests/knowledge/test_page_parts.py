from __future__ import annotations

from dateline.knowledge.page_parts import CONTAINERS, container_names, names_of


def test_every_kind_has_names_in_lower_case() -> None:
    for kind in (*CONTAINERS, "standfirst", "platform", "label", "call", "comment-piece"):
        assert names_of(kind)
        assert all(name == name.lower().strip() for name in names_of(kind))
    assert "twitter-tweet" in container_names()
