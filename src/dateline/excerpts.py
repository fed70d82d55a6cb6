"""A record in, the sentence around some of its words out, cut to what can be read at a glance."""

from __future__ import annotations

from bisect import bisect_right

from dateline.model import Record, Span

LENGTH = 300
"""Characters kept of a sentence."""


class Excerpts:
    """The sentences of one record, made ready once."""

    def __init__(self, record: Record) -> None:
        self.text, self._tokens = record.article.text, record.tokens
        self._sentences = [sentence for sentence in record.sentences if sentence.first < sentence.last]
        self._firsts = [record.tokens[sentence.first].start for sentence in self._sentences]

    def around(self, span: Span) -> str:
        """The sentence that holds some words, on one line, cut to :data:`LENGTH` characters around them; empty where
        none does."""
        at = bisect_right(self._firsts, span.start) - 1
        if at < 0:
            return ""
        first, last = self._firsts[at], self._tokens[self._sentences[at].last - 1].end
        if span.start >= last:
            return ""
        left = first if last - first <= LENGTH else max(first, span.start - LENGTH // 2)
        cut = " ".join(self.text[left : min(last, left + LENGTH)].split())
        return f"{'…' if left > first else ''}{cut}{'…' if left + LENGTH < last else ''}"
