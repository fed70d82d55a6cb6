"""Lines laid beside the gold: what of them is right, for those whose score passes, and how far the scores miss the
truth. What is right is judged by score_records.py."""

from __future__ import annotations

import importlib.util
from collections import Counter
from pathlib import Path
from typing import Any

Line = tuple[str, dict[str, Any], dict[str, Any] | None]
"""A report's id, a line, and the gold line that it belongs to."""


def scorer_of(file: Path) -> Any:
    """The functions of the scorer, without running it."""
    source = file.read_text().replace("\nmain()\n", "\n")
    spec = importlib.util.spec_from_loader("scorer", loader=None)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    exec(compile(source, str(file), "exec"), module.__dict__)
    return module


def judged(
    scorer: Any, document: dict[str, Any], lines: list[dict[str, Any]]
) -> list[tuple[dict[str, Any], dict[str, Any] | None]]:
    """Each line within the annotated part with its gold line, or none."""
    end = document["sentences"][-1][1]
    inside = [e for e in lines if e["start"] < end]
    pairs = scorer.pair(document, inside)
    return [(e, document["events"][pairs[k]] if k in pairs else None) for k, e in enumerate(inside)]


def figures(scorer: Any, documents: dict[str, Any], lines: list[Line], least: float) -> dict[str, Any]:
    """Sound and whole of the lines whose score passes."""
    n: Counter[str] = Counter()
    n["asked"] = sum(g["weight"] == 1 for d in documents.values() for g in d["events"])
    for name, event, gold in lines:
        if event["score"] < least:
            continue
        n["shown"] += 1
        if gold is None:
            continue
        j = scorer.judge(event, gold, documents[name]["text"])
        asked = gold["weight"] == 1
        s, w = scorer.sound(j), scorer.whole(j, gold)
        n.update(found=1, found_asked=asked, sound=s, whole=w, sound_asked=s and asked, whole_asked=w and asked)
    out = {"least": least, "shown": n["shown"]}
    for kind in ("found", "sound", "whole"):
        p, r = n[kind] / max(1, n["shown"]), n[kind + "_asked"] / n["asked"]
        out |= {f"{kind}_p": round(p, 3), f"{kind}_r": round(r, 3), f"{kind}_f": round(2 * p * r / (p + r or 1), 3)}
    return out


def error_of(scores: list[float], right: list[bool], bins: int = 10) -> float:
    """Expected calibration error over bins of equal width."""
    total = 0.0
    for b in range(bins):
        inside = [
            (s, r)
            for s, r in zip(scores, right, strict=True)
            if b / bins <= s < (b + 1) / bins or (b == bins - 1 and s == 1)
        ]
        if inside:
            total += abs(sum(s for s, _ in inside) - sum(r for _, r in inside))
    return total / len(scores)


def curve_of(scorer: Any, documents: dict[str, Any], lines: list[Line]) -> dict[str, Any]:
    """The error of the lines' scores, and the figures of each threshold."""
    right = [g is not None and bool(scorer.sound(scorer.judge(e, g, documents[name]["text"]))) for name, e, g in lines]
    curve = [figures(scorer, documents, lines, least / 100) for least in range(20, 91, 5)]
    return {"error": round(error_of([e["score"] for _, e, _ in lines], right), 4), "curve": curve}
