"""What finding a report's neighbours costs as news grows denser, and as an archive grows longer, by the placing's own
keys, on feed items.

``python evals/keys.py FEEDS.jsonl.gz [EVERY]`` takes each item, or every so manieth. The words of an item stand for
those that a reading finds (no parse: names are told by their capitals). Longer: the items again, behind the last day,
up to 4 times. Denser: k days made one. For each, of some reports drawn by chance: the entries that are fetched to find
those which share two heavy words (``fetched``), how many these are (``compared``), how many are alike enough to be one
story (``alike``), the heaviest single key. Beside it the same by keys of two words (``pairs``): what they fetch, and
the share of the alike that they find (``found``).
"""

from __future__ import annotations

import gzip
import itertools
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

import msgspec

from dateline.merge.neighbours import ANY, SHARED, THRESHOLD, UNDATED, cosine, keys_of, wanted_by
from dateline.merge.sketches import BUCKET_DAYS, Outline
from dateline.merge.words import top_words, vector_of
from dateline.wire import Row

DRAWN = 400
"""Reports whose neighbours are looked for."""
LONGER, DENSER = (1, 2, 4), (4, 16, 64, 181)
HEAVIEST = 8
"""Words of which a pair is a key."""
_WORD = re.compile(r"\w[\w'’-]+")


def outline_of(row: Row, number: int) -> Outline:
    """The outline of an item by its words alone."""
    counts: Counter[str] = Counter()
    for word in _WORD.findall(f"{row.title or ''}. {row.text}"):
        counts[word.lower()] += 2 if word[0].isupper() else 1
    words = vector_of(counts)
    day = date.fromisoformat((row.published or "2023-01-01")[:10])
    return Outline(id=str(number), published=day, day=day, words=words, top=top_words(words))


def moved(outlines: Iterable[Outline], day: date, copy: int, apart: int, dense: int) -> list[Outline]:
    """The outlines again, ``copy`` times ``apart`` days later, ``dense`` days made one."""
    found = []
    for outline in outlines:
        assert outline.published is not None
        new = day + timedelta((outline.published - day).days // dense + copy * apart)
        found.append(msgspec.structs.replace(outline, id=f"{outline.id}.{copy}", published=new, day=new))
    return found


def pair_keys(outline: Outline) -> list[str]:
    """Keys of two of the heaviest words, without the day."""
    heavy = sorted(outline.top, key=lambda word: (-outline.words[word], word))[:HEAVIEST]
    return [f"{left} {right}" for left, right in itertools.combinations(sorted(heavy), 2)]


def measured(outlines: list[Outline], drawn: list[Outline]) -> str:
    """The figures of a line."""
    holders, pairs = defaultdict[str, list[int]](list), defaultdict[str, list[int]](list)
    held = 0
    for number, outline in enumerate(outlines):
        for key in keys_of(outline):
            held += 1
            if not key.endswith((f" {ANY}", f" {UNDATED}")):
                holders[key].append(number)
        for key in pair_keys(outline):
            pairs[f"{key} {outline.bucket}"].append(number)
    totals: Counter[str] = Counter()
    for outline in drawn:
        totals.update(_of_one(outline, outlines, holders, pairs))
    count = len(drawn)
    heaviest = max(map(len, holders.values()))
    days = len({outline.published for outline in outlines})
    share = totals["found"] / max(totals["alike"], 1)
    return (
        f"{len(outlines):8} {len(outlines) / days:9.0f} {held / len(outlines):6.1f} {totals['fetched'] / count:9.0f} "
        f"{totals['compared'] / count:9.0f} {totals['alike'] / count:7.1f} {heaviest:9} "
        f"{totals['pairs'] / count:9.0f} {share:6.2f}"
    )


def _of_one(
    outline: Outline, outlines: list[Outline], holders: dict[str, list[int]], pairs: dict[str, list[int]]
) -> Counter[str]:
    assert outline.bucket is not None
    counts = Counter(n for key in wanted_by(outline) for n in holders.get(key, ()))
    compared = [n for n, words in counts.items() if words >= SHARED and outlines[n].id != outline.id]
    alike = {n for n in compared if cosine(outline.words, outlines[n].words) >= THRESHOLD}
    places = [outline.bucket + n for n in (-2, -1, 0, 1, 2)]
    by_pairs = Counter(n for key in pair_keys(outline) for place in places for n in pairs.get(f"{key} {place}", ()))
    return Counter(
        fetched=sum(counts.values()),
        compared=len(compared),
        alike=len(alike),
        pairs=sum(by_pairs.values()),
        found=len(alike & by_pairs.keys()),
    )


def main() -> None:
    """Print a line for each size."""
    decoder = msgspec.json.Decoder(Row)
    with gzip.open(sys.argv[1]) as stream:
        lines = itertools.islice(stream, 0, None, int(sys.argv[2]) if len(sys.argv) > 2 else 1)
        items = [outline_of(decoder.decode(line), number) for number, line in enumerate(lines)]
    first = min(outline.published for outline in items if outline.published)
    apart = BUCKET_DAYS * 40
    chosen = {outline.id for outline in random.Random(1).sample(items, DRAWN)}
    heads = {"reports": 8, "a day": 9, "keys": 6, "fetched": 9, "compared": 9, "alike": 7, "heaviest": 9, "pairs": 9}
    print(" ".join([" " * 12, *(f"{head:>{width}}" for head, width in heads.items()), f"{'found':>6}"]))
    for copies in LONGER:
        every = [outline for copy in range(copies) for outline in moved(items, first, copy, apart, 1)]
        drawn = [outline for outline in every[-len(items) :] if outline.id.partition(".")[0] in chosen]
        print(f"longer x{copies:<4} {measured(every, drawn)}", flush=True)
    for dense in DENSER:
        every = moved(items, first, 0, apart, dense)
        drawn = [outline for outline in every if outline.id.partition(".")[0] in chosen]
        print(f"denser x{dense:<4} {measured(every, drawn)}", flush=True)


if __name__ == "__main__":
    main()
