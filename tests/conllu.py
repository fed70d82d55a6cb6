"""CoNLL-U text in, a Record with ``tokens`` and ``sentences`` out, so that stages are tested without a parser."""

from __future__ import annotations

from datetime import date

from dateline.model import Article, Block, Record, ReferenceDay, Sentence, Span, Token


def record_from_conllu(conllu: str, published: date | str | None = None, id: str = "test") -> Record:
    """Sentences of one paragraph (one space between words unless ``SpaceAfter=No``). Columns may be split by tabs or
    by two and more spaces; an empty or ``_`` column is empty. Print such text with ``dateline read --to conllu``."""
    text = ""
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    for chunk in conllu.strip().split("\n\n"):
        lines = [line for line in chunk.strip().splitlines() if line.strip() and not line.lstrip().startswith("#")]
        first = len(tokens)
        for line in lines:
            columns = line.strip().split("\t") if "\t" in line else line.split()
            _, form, lemma, upos, xpos, feats, head, deprel, _, misc = ["" if c == "_" else c for c in columns]
            extra = dict(item.split("=", 1) for item in misc.split("|") if "=" in item)
            start = len(text)
            text += form
            tokens.append(
                Token(
                    start, len(text), form, lemma or form, upos, xpos, feats,
                    first + int(head) - 1 if int(head) else -1, deprel, len(sentences), extra.get("NER", ""),
                )
            )  # fmt: skip
            text += "" if extra.get("SpaceAfter") == "No" else " "
        if not text.endswith(" "):
            text += " "
        sentences.append(Sentence(first, len(tokens)))
    text = text.rstrip()
    day = date.fromisoformat(published) if isinstance(published, str) else published
    return Record(
        article=Article(id=id, text=text, published=day, language="en", blocks=(Block(Span(0, len(text))),)),
        reference=ReferenceDay(day=day, by="published") if day else None,
        layers=("sentences", "tokens"),
        tokens=tuple(tokens),
        sentences=tuple(sentences),
    )
