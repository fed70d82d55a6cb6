"""Small records made by hand: reports with tokens from plain words, and events with the arguments that a test names."""

from __future__ import annotations

from datetime import date

from dateline.model import Argument, Article, Event, Predicate, Record, Sentence, Span, Token

DAY = date(2023, 9, 14)


def report(id: str, text: str, *, published: date | None = DAY, title: str | None = None) -> Record:
    """A record whose every word is a token of one sentence: capitalised words are names, the others nouns."""
    tokens: list[Token] = []
    start = 0
    for word in text.split():
        start = text.index(word, start)
        upos = "PROPN" if word[0].isupper() else "NOUN"
        lemma = word.strip(".,").lower()
        tokens.append(Token(start, start + len(word), word, lemma, upos, "", "", -1, "root", 0))
        start += len(word)
    return Record(
        article=Article(id=id, text=text, published=published, title=title),
        layers=("sentences", "tokens"),
        tokens=tuple(tokens),
        sentences=(Sentence(0, len(tokens)),),
    )


def with_events(record: Record, *events: Event) -> Record:
    """The record with these events and their predicates."""
    from msgspec.structs import replace

    starts = {token.start: n for n, token in enumerate(record.tokens)}
    predicates = tuple(Predicate(id=e.predicate, span=e.span, token=starts[e.span.start]) for e in events)
    return replace(
        record, events=events, predicates=predicates, layers=(*record.layers, "events", "predicates", "factualities")
    )


def event(
    record: Record,
    id: str,
    trigger: str,
    act: str,
    *,
    actor: str = "",
    recipient: str = "",
    mode: str | None = None,
    day: date | None = None,
    same_as: str = "",
) -> Event:
    """An event of the record with its trigger at the first place where that word stands."""
    parties = (("actor", actor), ("recipient", recipient))
    return Event(
        id=id,
        span=_span(record, trigger),
        type=act,
        act=act,
        mode=mode,
        predicate=f"p{id[1:]}",
        arguments=tuple(Argument(role=r, span=_span(record, n), name=n) for r, n in parties if n),
        earliest=day,
        latest=day,
        status="happened",
        same_as=same_as or id,
    )


def _span(record: Record, words: str) -> Span:
    start = record.article.text.index(words)
    return Span(start, start + len(words))
