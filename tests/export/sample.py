"""A record with every layer, made by hand from a report invented for this project: what the exports are tested on."""

from __future__ import annotations

from datetime import date

from dateline.model import (
    Argument,
    Article,
    Attribution,
    Block,
    Candidate,
    Entity,
    Event,
    Factuality,
    Fault,
    Link,
    MadeBy,
    Mention,
    Place,
    Predicate,
    Record,
    ReferenceDay,
    Role,
    Span,
    Timex,
)

TEXT = """\
Ministers meet aboard frigate 🚢 off Constanta

CONSTANTA, Sept 14 — Romanian Defence Minister Ilinca Dobre met her Bulgarian counterpart Stoyan Valchev aboard the \
frigate Corvina on Thursday, the news agency Pontica reported.

Valchev arrived from Varna on Wednesday, where he had inspected two Mi-14 helicopters. The ministers will sail to \
Santa Maria on Sunday, said the harbour master, quoted by Pontica.

“No agreement on fuel has been signed,” Dobre’s spokesman Radu Iliescu said. Western officials suspect Sofia of \
wanting to sell torpedoes. She praised the meeting.
"""
WEDNESDAY, DAY, SUNDAY = date(2023, 9, 13), date(2023, 9, 14), date(2023, 9, 17)
LAYERS = (
    "tokens",
    "sentences",
    "mentions",
    "entities",
    "timexes",
    "reference",
    "places",
    "attributions",
    "predicates",
    "factualities",
    "events",
)


def at(words: str, nth: int = 0) -> Span:
    """The span of the ``nth`` time these words stand in the text."""
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return Span(start, start + len(words))


def _mentions() -> tuple[Mention, ...]:
    rows = [
        (at("Ministers"), "NOM", "PER"),
        (at("Romanian"), "NAM", "NORP"),
        (at("Ilinca Dobre"), "NAM", "PER"),
        (at("her"), "PRO", "PER"),
        (at("Stoyan Valchev"), "NAM", "PER"),
        (at("the frigate Corvina"), "NAM", "VEH"),
        (at("the news agency Pontica"), "NAM", "ORG"),
        (at("Valchev", 1), "NAM", "PER"),
        (at("he", at_index("where he")), "PRO", "PER"),
        (at("Mi-14"), "NAM", "VEH"),
        (at("The ministers"), "NOM", "PER"),
        (at("the harbour master"), "NOM", "PER"),
        (at("Pontica", 1), "NAM", "ORG"),
        (at("Dobre", 1), "NAM", "PER"),
        (at("Radu Iliescu"), "NAM", "PER"),
        (at("Western officials"), "NOM", "PER"),
        (at("Sofia"), "NAM", "GPE"),
        (at("torpedoes"), "NOM", "WEA"),
        (at("She"), "PRO", "PER"),
    ]
    return tuple(
        Mention(id=f"m{n}", span=span, kind=kind, type=type_, head=0, first=0, last=1, by="hand")  # type: ignore[arg-type]
        for n, (span, kind, type_) in enumerate(rows)
    )


def at_index(words: str) -> int:
    """How often ``he`` stands before ``words`` and in them, so that the pronoun can be named by its neighbours."""
    return TEXT[: TEXT.index(words) + words.rindex("he")].count("he")


def _entities() -> tuple[Entity, ...]:
    dobre = Role(title="Defence Minister", of="ROU")
    valchev = Role(title="Defence Minister", of="BGR")
    link = Link(id="vehicle:mi-14", name="Mil Mi-14", score=0.9)
    return (
        Entity(id="n0", type="PER", name="ministers", mentions=("m0", "m10")),
        Entity(id="n1", type="NORP", name="Romania", mentions=("m1",), country="ROU"),
        Entity(
            id="n2",
            type="PER",
            name="Ilinca Dobre",
            mentions=("m2", "m3", "m13"),
            roles=(dobre,),
            country="ROU",
            sector="GOV",
        ),
        Entity(
            id="n3",
            type="PER",
            name="Stoyan Valchev",
            mentions=("m4", "m7", "m8"),
            roles=(valchev,),
            country="BGR",
            sector="GOV",
        ),
        Entity(id="n4", type="VEH", name="Corvina", mentions=("m5",)),
        Entity(id="n5", type="ORG", name="Pontica", mentions=("m6", "m12"), sector="JRN"),
        Entity(id="n6", type="VEH", name="Mi-14", mentions=("m9",), links=(link,)),
        Entity(id="n7", type="PER", name="the harbour master", mentions=("m11",)),
        Entity(id="n8", type="PER", name="Radu Iliescu", mentions=("m14",), country="ROU", sector="GOV"),
        Entity(id="n9", type="PER", name="Western officials", mentions=("m15",)),
        Entity(id="n10", type="GPE", name="Bulgaria", mentions=("m16",), country="BGR", sector="GOV"),
        Entity(id="n11", type="WEA", name="torpedoes", mentions=("m17",)),
        Entity(id="n12", type="PER", name="She", mentions=("m18",)),
    )


def _timexes() -> tuple[Timex, ...]:
    def day(number: int, words: str, value: date, anchor: str | None) -> Timex:
        iso = value.isoformat()
        return Timex(
            id=f"t{number}",
            span=at(words),
            type="DATE",
            value=iso,
            anchor=anchor,
            earliest=value,
            latest=value,
            by="hand",
        )

    return (
        day(0, "Sept 14", DAY, "published"),
        day(1, "Thursday", DAY, "published"),
        day(2, "Wednesday", WEDNESDAY, "published"),
        day(3, "Sunday", SUNDAY, "t1"),
    )


def _candidate(key: str, name: str, lat: float, lon: float, country: str, kind: str = "city") -> Candidate:
    return Candidate(id=key, name=name, kind=kind, lat=lat, lon=lon, country=country, score=0.9)


def _places() -> tuple[Place, ...]:
    constanta = _candidate("680963", "Constanța", 44.18, 28.65, "ROU")
    varna = _candidate("726050", "Varna", 43.22, 27.91, "BGR")
    saints = (
        _candidate("3450083", "Santa Maria", -29.68, -53.81, "BRA"),
        _candidate("3429577", "Santa Maria", 36.97, -25.09, "PRT", "island"),
    )
    sofia = _candidate("727011", "Sofia", 42.7, 23.32, "BGR")
    return (
        Place(id="p0", span=at("Constanta"), name="Constanta", candidates=(constanta,), resolved=True, radius_km=12),
        Place(id="p1", span=at("CONSTANTA"), name="Constanta", candidates=(constanta,), resolved=True, radius_km=12),
        Place(id="p2", span=at("Varna"), name="Varna", candidates=(varna,), resolved=True, radius_km=15),
        Place(id="p3", span=at("Santa Maria"), name="Santa Maria", candidates=saints),
        Place(id="p4", span=at("Sofia"), name="Sofia", candidates=(sofia,), resolved=True, radius_km=20, acts=True),
    )


def _attributions() -> tuple[Attribution, ...]:
    sail = at("The ministers will sail to Santa Maria on Sunday")
    first = Span(at("Romanian").start, at("on Thursday").end)
    return (
        Attribution(
            id="a0",
            span=Span(first.start, at("reported").end),
            source=(at("the news agency Pontica"),),
            cue=(at("reported"),),
            content=(first,),
            entity="n5",
            name="Pontica",
        ),
        Attribution(
            id="a1",
            span=Span(sail.start, at("quoted by Pontica").end),
            source=(at("Pontica", 1),),
            cue=(at("quoted by"),),
            content=(Span(sail.start, at("the harbour master").end),),
            entity="n5",
            name="Pontica",
        ),
        Attribution(
            id="a2",
            span=Span(sail.start, at("the harbour master").end),
            source=(at("the harbour master"),),
            cue=(at("said"),),
            content=(sail,),
            entity="n7",
            name="the harbour master",
            within="a1",
        ),
        Attribution(
            id="a3",
            span=Span(at("“No").start, at("said", 1).end),
            source=(at("Dobre’s spokesman Radu Iliescu"),),
            cue=(at("said", 1),),
            content=(at("“No agreement on fuel has been signed,”"),),
            entity="n8",
            name="Radu Iliescu",
            kind="direct",
        ),
        Attribution(
            id="a4",
            span=Span(at("Western").start, at("torpedoes").end),
            source=(at("Western officials"),),
            cue=(at("suspect"),),
            content=(Span(at("Sofia").start, at("torpedoes").end),),
            entity="n9",
            name="Western officials",
            stance="belief",
        ),
    )


def _predicates() -> tuple[Predicate, ...]:
    rows = [
        (at("meet"), "happened", ()),
        (at("met"), "happened", ()),
        (at("arrived"), "happened", ()),
        (at("inspected"), "happened", ()),
        (at("sail"), "planned", (at("will"),)),
        (at("signed"), "denied", (at("No"),)),
        (at("sell"), "suspected", (at("suspect"),)),
        (at("praised"), "happened", ()),
    ]
    return tuple(
        Predicate(id=f"p{n}", span=span, token=0, negated=status == "denied", status=status, cues=cues, by="hand")  # type: ignore[arg-type]
        for n, (span, status, cues) in enumerate(rows)
    )


def _factualities() -> tuple[Factuality, ...]:
    author = {
        "p0": ("CT+", 3.0),
        "p1": ("CT+", 3.0),
        "p2": ("CT+", 3.0),
        "p3": ("CT+", 3.0),
        "p4": ("Uu", 0.0),
        "p5": ("Uu", 0.0),
        "p6": ("Uu", 0.0),
        "p7": ("CT+", 3.0),
    }
    own = tuple(Factuality(predicate=v, holder="AUTHOR", value=f, number=n) for v, (f, n) in author.items())  # type: ignore[arg-type]
    return (
        *own,
        Factuality(predicate="p1", holder="a0", value="CT+", number=3.0),
        Factuality(predicate="p4", holder="a1", value="Uu", number=0.0),
        Factuality(predicate="p4", holder="a2", value="PR+", number=2.0),
        Factuality(predicate="p5", holder="a3", value="CT-", number=-3.0, cues=(at("No"),)),
        Factuality(predicate="p6", holder="a4", value="PS+", number=1.0),
    )


def _part(role: str, span: Span, ref: str | None = None, name: str | None = None, code: str | None = None) -> Argument:
    return Argument(role=role, span=span, ref=ref, name=name, code=code)


def _events() -> tuple[Event, ...]:
    dobre = _part("actor", at("Ilinca Dobre"), "n2", "Ilinca Dobre", "ROUGOV")
    valchev = _part("actor", at("Stoyan Valchev"), "n3", "Stoyan Valchev", "BGRGOV")
    return (
        Event(
            id="e0",
            span=at("meet"),
            type="CONSULT",
            predicate="p0",
            place="p0",
            status="happened",
            same_as="e0",
            day_by="narrative:t0",
            arguments=(_part("actor", at("Ministers"), "n0", "ministers"),),
            earliest=DAY,
            latest=DAY,
        ),
        Event(
            id="e1",
            span=at("met"),
            type="CONSULT",
            predicate="p1",
            status="happened",
            attributions=("a0",),
            same_as="e0",
            same_by="same type, day and actors",
            day_by="t1",
            actor_code="ROUGOV",
            recipient_code="BGRGOV",
            arguments=(
                dobre,
                valchev,
                _part("place", at("aboard the frigate Corvina"), None, "aboard the frigate Corvina"),
                _part("time", at("Thursday"), "t1", "2023-09-14"),
            ),
            earliest=DAY,
            latest=DAY,
        ),
        Event(
            id="e2",
            span=at("arrived"),
            type="movement",
            ontology="dateline",
            predicate="p2",
            place="p0",
            status="happened",
            day_by="t2",
            arguments=(
                _part("actor", at("Valchev", 1), "n3", "Stoyan Valchev", "BGRGOV"),
                _part("origin", at("Varna"), "p2", "Varna"),
                _part("time", at("Wednesday"), "t2"),
            ),
            earliest=WEDNESDAY,
            latest=WEDNESDAY,
        ),
        Event(
            id="e3",
            span=at("inspected"),
            type="showing",
            ontology="dateline",
            predicate="p3",
            place="p2",
            status="happened",
            arguments=(
                _part("actor", at("he", at_index("where he")), "n3", "Stoyan Valchev", "BGRGOV"),
                _part("equipment", at("two Mi-14 helicopters"), "n6", "Mi-14"),
            ),
        ),
        Event(
            id="e4",
            span=at("sail"),
            type="movement",
            ontology="dateline",
            predicate="p4",
            place="p3",
            status="planned",
            attributions=("a1", "a2"),
            day_by="t3",
            arguments=(_part("actor", at("The ministers"), "n0", "ministers"), _part("time", at("Sunday"), "t3")),
            earliest=SUNDAY,
            latest=SUNDAY,
        ),
        Event(
            id="e5",
            span=at("signed"),
            type="SUPPORT",
            predicate="p5",
            status="denied",
            attributions=("a3",),
            arguments=(_part("topic", at("agreement on fuel"), None, "agreement on fuel"),),
        ),
        Event(
            id="e6",
            span=at("sell"),
            type="COOPERATE",
            predicate="p6",
            status="suspected",
            attributions=("a4",),
            arguments=(
                _part("actor", at("Sofia"), "n10", "Bulgaria", "BGRGOV"),
                _part("equipment", at("torpedoes"), "n11", "torpedoes"),
            ),
        ),
        Event(
            id="e7",
            span=at("praised"),
            type="SUPPORT",
            predicate="p7",
            status="happened",
            arguments=(_part("actor", at("She"), "n12", "She"),),
        ),
    )


def sample_record() -> Record:
    """The whole record."""
    breaks = [0, TEXT.index("CONSTANTA"), TEXT.index("Valchev arrived"), TEXT.index("“No"), len(TEXT)]
    roles = ("headline", "paragraph", "paragraph", "paragraph")
    blocks = tuple(
        Block(Span(a, a + len(TEXT[a:b].rstrip())), role)  # type: ignore[arg-type]
        for a, b, role in zip(breaks, breaks[1:], roles, strict=False)
    )
    article = Article(
        id="sample",
        text=TEXT,
        published=DAY,
        publisher="The Black Sea Post",
        url="https://example.org/frigate",
        language="en",
        blocks=blocks,
    )
    return Record(
        article=article,
        layers=LAYERS,
        reference=ReferenceDay(day=DAY, by="published"),
        mentions=_mentions(),
        entities=_entities(),
        timexes=_timexes(),
        places=_places(),
        attributions=_attributions(),
        predicates=_predicates(),
        factualities=_factualities(),
        events=_events(),
        faults=(Fault(stage="intake", reason="the encoding was guessed: utf-8", kind="warning"),),
        made_by=MadeBy(dateline="0.1.0", model="en-core-web-sm 3.8.0", knowledge="abc123"),
    )
