"""A record's tokens in, CoNLL-U out: for checking the parse, and for making parser-free tests."""

from __future__ import annotations

from dateline.export.visible import one_line
from dateline.model import Record


def to_conllu(record: Record) -> str:
    """Sentences with ``# text``; MISC carries ``SpaceAfter=No`` and the parser's name tag as ``NER=B-PERSON``."""
    out = []
    text = record.article.text
    for sentence in record.sentences:
        tokens = record.tokens[sentence.first : sentence.last]
        out.append(f"# text = {one_line(text[tokens[0].start : tokens[-1].end])}")
        for i, t in enumerate(tokens):
            after = text[t.end : t.end + 1]
            misc = [f"NER={t.entity}"] if t.entity else []
            if i + 1 < len(tokens) and not after.isspace():
                misc.append("SpaceAfter=No")
            head = t.head - sentence.first + 1 if t.head >= 0 else 0
            columns = (
                i + 1,
                one_line(t.form) or "_",
                one_line(t.lemma) or "_",
                t.upos,
                t.xpos,
                t.feats or "_",
                head,
                t.deprel,
                "_",
                "|".join(misc) or "_",
            )
            out.append("\t".join(str(c) for c in columns))
        out.append("")
    return "\n".join(out) + "\n"
