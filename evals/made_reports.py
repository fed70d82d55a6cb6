"""A number in, as many short reports out, made of templates: invented people and towns, four reports a happening.

``python evals/made_reports.py 60 FOLDER`` writes them as files. They say nothing of how well reports are read; they are
there so that an archive can be filled, killed, timed. Every text is this project's own.
"""

from __future__ import annotations

import csv
import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

FIRST_DAY = date(2015, 1, 5)
"""A Monday: days may be shifted by whole weeks and the weekdays in the texts still hold."""
FORTNIGHT = timedelta(days=14)
A_FORTNIGHT = 40
"""Reports that one fortnight holds."""
TELLINGS = 4
"""Reports of one happening: two of one day by two outlets, a reprint, a later one."""
OUTLETS = ("The Quay Courier", "Northern Ledger", "Evening Monitor", "The Littoral Star")
COUNTRIES = ("Ghana", "Chile", "Kenya", "Japan", "Egypt", "India", "Nepal", "Qatar", "Spain", "Italy", "Sudan", "Yemen")
"""Of one length, so that a record can be varied."""
_ONSETS, _VOWELS, _CODAS = ("b", "d", "k", "l", "m", "n", "r", "s", "t", "v"), "aeiou", "lnrsk"


class Made(NamedTuple):
    """One report, the country it is about, and the invented names in it, each of six letters."""

    title: str
    text: str
    published: date
    publisher: str
    country: str
    names: tuple[str, ...]


TEMPLATES = (
    (
        "Police in {town} arrested {count} people on {day} after a march in {country}, the interior ministry said.",
        "{person}, who led the march, was taken to a prison in {other}, witnesses told reporters.",
        "The march began at the market of {town} and grew through the afternoon until officers closed the bridge.",
        "Prosecutors said they would charge {person} with incitement. Lawyers called the arrests unlawful.",
    ),
    (
        "The coast guard of {country} seized a trawler off {town} on {day} and towed it to {other}.",
        "{count} sailors were detained, a spokesman said. The owner, {person}, denied that the crew had fished there.",
        "The trawler had left {other} a week before and was seen twice in closed waters, the coast guard said.",
        "{person} will visit {town} to meet officials, his office announced.",
    ),
    (
        "Gunmen attacked a convoy near {town} on {day} and killed {count} soldiers, the army of {country} said.",
        "No group claimed the attack. General {person} accused rebels based in {other} and promised to answer.",
        "A doctor at the hospital in {other} said more than twenty people were wounded.",
        "The government sent troops to {town} and closed the road to {other} for three days.",
    ),
    (
        "{country} signed an agreement on grain with traders of {town} on {day}, Minister {person} told parliament.",
        "The agreement covers {count} shipments through the port of {other} before the end of the year.",
        "Farmers in {other} criticised the terms and threatened to block the port.",
        "{person} rejected the criticism and said the first ship would leave {town} soon.",
    ),
    (
        "An explosion at a depot in {town} killed {count} workers on {day}, rescuers in {country} said.",
        "Fire crews from {other} fought the flames through the night. Mayor {person} ordered an inquiry.",
        "The company that runs the depot apologised and offered money to the families.",
        "Unions in {town} called a strike. {person} met their leaders and asked them to wait.",
    ),
    (
        "A storm flooded {count} villages around {town} on {day} and cut the railway to {other}, in {country}.",
        "Helicopters brought food to {other}. Governor {person} asked the capital for help.",
        "Teachers opened the schools of {town} to families who had lost their houses.",
        "{person} promised to rebuild the dyke. Scientists had warned of its state for years.",
    ),
    (
        "A court in {town} sentenced {count} officers on {day} for torture of prisoners in {other}, {country}.",
        "Judge {person} said the officers had lied to investigators. They denied the accusations.",
        "Relatives of the prisoners embraced in front of the courthouse of {town}.",
        "The defence will appeal. {person} refused to speak to journalists.",
    ),
    (
        "Nurses in {town} began a strike over wages on {day} that spread to {count} hospitals of {country}.",
        "{person}, the secretary of the union, called the latest offer an insult.",
        "Operations were postponed in {other}, and soldiers drove ambulances.",
        "The health ministry invited {person} to new talks.",
    ),
    (
        "{country} expelled {count} diplomats on {day} after documents had been stolen from the consulate in {town}.",
        "The ambassador, {person}, was summoned. He rejected what he called inventions.",
        "Flights between {other} and {town} were suspended until further notice.",
        "{person} left the embassy through a side door. Neighbours photographed burning paper.",
    ),
    (
        "The central bank of {country} raised its rate on {day} and lent money to {count} banks, {town} dealers said.",
        "Economists in {other} expect prices to fall by autumn. Chairman {person} did not share that hope.",
        "Savers queued in front of branches in {town}.",
        "{person} will resign in spring, two newspapers reported.",
    ),
)
LATER = (
    "Two days later more became known of what happened in {town}, in {country}.",
    "Residents of {town} held a vigil. {person} did not attend, an aide said.",
)


BACKGROUND = (
    "The streets {n8}, {n9} and {n10} and the quarter of {n11} stayed empty, as did the inns {n12} and {n13}.",
    "The district of {n0}, between the {n1} river and the village of {n2}, has seen such days before.",
    "{n3} and {n4}, who sell fish in {n0}, said they heard of it from {n5} of the daily {n6}.",
    "A committee led by {n7} is to report on it to the council of {n2}, {n6} wrote.",
)
"""What sets one happening apart from others of its kind: names, as in real reports."""


def made(count: int, fortnights: int = 1, seed: int = 1) -> Iterator[Made]:
    """Reports, :data:`A_FORTNIGHT` of each fortnight at first."""
    for n in range(count):
        happening, telling = divmod(n, TELLINGS)
        fortnight = n // A_FORTNIGHT % fortnights if fortnights > 1 else n // A_FORTNIGHT
        yield _report(random.Random(f"{seed} {happening}"), happening, telling, FIRST_DAY + fortnight * FORTNIGHT)


def _report(chance: random.Random, happening: int, telling: int, first: date) -> Made:
    town, other, person, *around = names = tuple(name(chance) for _ in range(17))
    day = first + timedelta(days=chance.randrange(11))
    told = {
        "town": town, "other": other, "person": person, "country": chance.choice(COUNTRIES),
        "day": f"{day:%A}", "count": chance.choice(("three", "seven", "nine", "12", "15")),
        **{f"n{n}": word for n, word in enumerate(around)},
    }  # fmt: skip
    lines = [line.format(**told) for line in TEMPLATES[happening % len(TEMPLATES)]]
    outlet = OUTLETS[(happening + telling) % len(OUTLETS)]
    if telling == 1:
        lines = [lines[0], BACKGROUND[0].format(**told), lines[2], f"Officials in {other} would not comment.", lines[1]]
    if telling == 3:
        day += timedelta(days=2)
        lines = [line.format(**told) for line in LATER] + [lines[0].replace(" on ", " last "), lines[3]]
    lines[1:1] = [line.format(**told) for line in BACKGROUND[telling == 1 :]]
    title = f"{told['country']}: {(town, other, person, town)[telling]} in the news"
    return Made(title, "\n\n".join(lines), day, outlet, told["country"], names)


def name(chance: random.Random) -> str:
    """Six letters that no gazetteer is likely to hold."""
    letters = [chance.choice(_ONSETS), chance.choice(_VOWELS), chance.choice(_CODAS)]
    letters += [chance.choice(_ONSETS), chance.choice(_VOWELS), chance.choice(_CODAS)]
    return "".join(letters).capitalize()


def write(count: int, folder: Path) -> None:
    """Writes reports as texts, with the index that tells their days and outlets."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "index.csv").open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(("file", "title", "publisher", "published"))
        for n, report in enumerate(made(count)):
            file = f"report-{n:05}.txt"
            (folder / file).write_text(report.text + "\n", encoding="utf-8")
            rows.writerow((file, report.title, report.publisher, report.published.isoformat()))


if __name__ == "__main__":
    write(int(sys.argv[1]), Path(sys.argv[2]))
