"""Finds cues with their source and content: a report under way in, unfinished attributions out."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from dateline.grammar import is_a
from dateline.knowledge.lexicons import Cue, load_cues
from dateline.model import Span
from dateline.stages.attribution.contents import extent, find_content
from dateline.stages.attribution.draft import RECEIVED, Draft, Reading
from dateline.stages.attribution.received import find_given, find_giver
from dateline.stages.attribution.sources import can_speak, find_speaker, inverted_source, source_words
from dateline.stages.attribution.tails import find_appended, find_tail

_GROUP = ("aux", "advmod", "cop", "mark", "compound:prt")
_ASPECT = frozenset(
    {
        "continue",
        "begin",
        "start",
        "go",
        "keep",
        "proceed",
        "come",
        "seem",
        "appear",
        "manage",
        "need",
        "try",
        "attempt",
        "use",
        "have",
    }
)
_UNREAL = frozenset({"case", "mark", "amod", "compound", "fixed", "aux"})
_BEARERS = frozenset({"have", "make", "issue", "express", "voice", "give", "repeat", "renew", "raise"})
_NEAR = 4
"""Tokens from a light verb to its noun."""
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_POS = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "ADJ": "adj", "ADV": "adv"}


def find_drafts(reading: Reading) -> list[Draft]:
    """One draft for each cue of the lexicon whose frame is filled, in text order of the cue."""
    cues, drafts = load_cues(), []
    find = {"verb": _verb, "noun": _noun, "adj": _adjective, "adv": _adverb}
    words = _first_words()
    for i, token in enumerate(reading.tokens):
        lemma = token.lemma.lower()
        if lemma == "accord" or lemma == "according":
            draft = _according(reading, i, cues["according to", "prep"])
        elif lemma not in words or token.upos not in _POS:
            continue
        else:
            pos = _POS[token.upos]
            cue = _row(reading, i, lemma, pos)
            draft = find[pos](reading, i, cue) if cue is not None else None
        if draft is not None:
            drafts.append(draft)
    return drafts


@functools.cache
def _first_words() -> frozenset[str]:
    """What a cue can begin with: most tokens stop here."""
    return frozenset(word.split()[0] for word, _ in load_cues())


def _row(reading: Reading, i: int, lemma: str, pos: str) -> Cue | None:
    cues = load_cues()
    if pos == "verb":
        particle = reading.tree.kid(i, "compound:prt")
        if particle is not None:
            found = cues.get((f"{lemma} {reading.tokens[particle].lemma.lower()}", pos))
            return found or cues.get((lemma, pos))
    return cues.get((lemma, pos))


def verb_words(reading: Reading, i: int, depth: int = 0) -> list[int]:
    """The whole verb group around ``i``, contiguous: auxiliaries, negation, adverbs between, particle, and the verb
    that only says how the saying went on ("continued to insist")."""
    tree, tokens = reading.tree, reading.tokens
    mine = {
        k
        for k in tree.children[i]
        if any(is_a(tokens[k].deprel, r) for r in _GROUP) and (tokens[k].deprel != "mark" or tokens[k].upos == "PART")
    }
    mine |= {c for k in list(mine) for c in tree.children[k] if tokens[c].upos in {"ADV", "PART"}}
    first = last = i
    while first - 1 in mine:
        first -= 1
    while last + 1 in mine and tokens[last + 1].deprel in {"compound:prt"} | (
        {"advmod"} if tokens[last + 1].lemma in {"not", "n't"} else set()
    ):
        last += 1
    head = tokens[i].head
    if (
        tokens[i].deprel.split(":")[0] in {"xcomp", "advcl"}
        and 0 <= head < first
        and tokens[head].lemma.lower() in _ASPECT
        and depth < 3
    ):
        above = verb_words(reading, head, depth + 1)
        if above[-1] == first - 1:
            first = above[0]
    return list(range(first, last + 1))


def _statement(reading: Reading, last: int) -> int:
    """ "said in a statement": how it was said belongs to the cue."""
    forms = [token.lemma.lower() for token in reading.tokens[last + 1 : last + 6]]
    if forms[:1] == ["in"] and forms[1:2] in (["a"], ["an"]):
        for k, word in enumerate(forms[2:], 2):
            if word in {"statement", "email", "e-mail"}:
                return last + 1 + k
            if reading.tokens[last + 1 + k].upos != "ADJ":
                break
    return last


def make_draft(reading: Reading, i: int, cue: Cue, frame: str, content: list[Span], more: list[int]) -> Draft:
    """A draft for the verb ``i``: its words, its source and the content given."""
    group = verb_words(reading, i)
    if more and more[0] <= group[-1] + 1:
        group = list(range(group[0], max(more[-1], group[-1]) + 1))
    if cue.stance == "speech":
        group = list(range(group[0], _statement(reading, group[-1]) + 1))
    draft = Draft(cue, i, frame, group)
    speaker = find_speaker(reading, i)
    if speaker is not None and speaker not in group:
        draft.speaker = speaker
        draft.source = source_words(reading, draft, speaker)
    draft.add(content)
    return draft


def _verb(reading: Reading, i: int, cue: Cue) -> Draft | None:
    token = reading.tokens[i]
    if token.deprel.split(":")[0] in _UNREAL:
        return None
    found = find_content(reading, i, cue) if inverted_source(reading, i) is None else None
    if found is not None:
        frame, (content, more) = found
        draft = make_draft(reading, i, cue, frame, content, more)
    else:
        appended = find_appended(reading, i, cue)
        spans = [appended[1]] if appended is not None else find_tail(reading, i, cue)
        if not spans:
            return None
        draft = make_draft(reading, i, cue, "clause", spans, [])
        if appended is not None:
            draft.source, draft.speaker = list(range(appended[0], i)), reading.tokens[i].head
        if not draft.source:
            return None
    if not draft.content or not _plausible(reading, draft):
        return None
    return draft


def _plausible(reading: Reading, draft: Draft) -> bool:
    """An attitude or a noun as content needs someone who can hold it; pictures and papers show, people do not."""
    if draft.frame == "obj" and draft.cue is not None and draft.speaker is not None:
        speaks = can_speak(reading, draft.speaker)
        if draft.cue.stance == "attitude" and not speaks and reading.tokens[draft.speaker].upos == "NOUN":
            return False
        if draft.cue.stance == "evidence" and speaks and reading.tokens[draft.speaker].xpos not in {"WDT", "WP"}:
            return False
    if draft.source or draft.frame in {"clause", "wh"}:
        return True
    return reading.passive(draft.head) and draft.cue is not None and draft.cue.word not in {"quote", "cite"}


def _according(reading: Reading, i: int, cue: Cue) -> Draft | None:
    """ "According to the mayor, ...": the source is the noun, the content the clause around it."""
    tree, tokens = reading.tree, reading.tokens
    if i + 2 >= len(tokens) or tokens[i + 1].lemma.lower() != "to" or tokens[i + 1].sentence != tokens[i].sentence:
        return None
    speaker = next((k for k in _according_nouns(reading, i) if k > i + 1), None)
    if speaker is None:
        return None
    draft = Draft(cue, i, "source_of", [i, i + 1], speaker=speaker)
    draft.source = [k for k in source_words(reading, draft, speaker) if k > i + 1]
    sentence = tree.sentences[tokens[i].sentence]
    first, last = i, (draft.source[-1] if draft.source else i + 1) + 1
    if first <= sentence.first + 1:
        spans = [reading.span(last, sentence.last)]
    else:
        spans = [
            reading.span(sentence.first, first),
            reading.span(last, sentence.last) if last < sentence.last and tokens[last].form == "," else None,
        ]
    draft.add(span for span in spans if span is not None)
    return draft if draft.source and draft.content else None


def _according_nouns(reading: Reading, i: int) -> Iterator[int]:
    """Heads of the phrase after "according to", however the parser tied it."""
    tree, tokens = reading.tree, reading.tokens
    yield from (k for k in tree.children[i] if tokens[k].upos in {"NOUN", "PROPN", "PRON", "NUM"})
    yield from (k for k in tree.children[i + 1] if tokens[k].upos in {"NOUN", "PROPN", "PRON", "NUM"})
    for word in (i, i + 1):
        head = tokens[word].head
        if head > i + 1 and tokens[head].upos in {"NOUN", "PROPN", "PRON", "NUM"}:
            yield head


def _noun(reading: Reading, i: int, cue: Cue) -> Draft | None:
    """ "its claim that ...", "calls by the union for ...": a noun with a clause, or with a source and a phrase."""
    tree, tokens = reading.tree, reading.tokens
    received = _received(reading, i, cue)
    if received is not None:
        return received
    draft = Draft(cue, i, "", [i])
    content = _noun_content(reading, i, cue, draft)
    if content is None:
        return None
    speaker = tree.kid(i, "nmod:poss", "nmod:by", "nmod:from")
    if speaker is None:
        speaker = _bearer(reading, i, draft)
    if speaker is None and (draft.frame != "clause" or cue.stance != "speech"):
        return None
    if speaker is not None and speaker < draft.group[-1] + 4:
        draft.speaker = speaker
        draft.source = source_words(reading, draft, speaker)
        first = draft.group[0]
        if first == i and draft.source[-1] < i:
            first = draft.source[-1] + 1
        while tokens[first].form in _POSSESSIVE:
            draft.source.append(first)
            first += 1
        draft.group = list(range(first, draft.group[-1] + 1))
    draft.add(content)
    return draft if draft.content else None


def _received(reading: Reading, i: int, cue: Cue) -> Draft | None:
    """ "received assurances from the minister that ...": the giver is the source, the verb belongs to the cue."""
    giver = find_giver(reading, i) if cue.stance == "speech" else None
    given = find_given(reading, i, giver, cue) if giver is not None else None
    if giver is None or given is None:
        return None
    frame, content = given
    verb = reading.tokens[i].head
    first = verb_words(reading, verb)[0] if verb < i and i - verb <= _NEAR else i
    draft = Draft(cue, i, RECEIVED + frame, list(range(first, i + 1)), speaker=giver)
    draft.source = source_words(reading, draft, giver)
    draft.source = [k for k in draft.source if reading.tokens[k].start < content.start]
    draft.add([content])
    return draft


def _bearer(reading: Reading, i: int, draft: Draft) -> int | None:
    """ "made a promise": the subject of the verb that carries the noun; the verb belongs to the cue."""
    tree, tokens = reading.tree, reading.tokens
    verb = tokens[i].head
    near = verb < i <= verb + _NEAR
    if not is_a(tokens[i].deprel, "obj") or tokens[verb].lemma.lower() not in _BEARERS or not near:
        return None
    speaker = find_speaker(reading, verb)
    if speaker is None or not can_speak(reading, speaker) or tree.negated(verb) is not None:
        return None
    draft.group = list(range(verb_words(reading, verb)[0], draft.group[-1] + 1))
    return speaker


def _noun_content(reading: Reading, i: int, cue: Cue, draft: Draft) -> list[Span] | None:
    tree, tokens = reading.tree, reading.tokens
    for k in tree.children[i]:
        relation, _, preposition = tokens[k].deprel.partition(":")
        if k < i or relation not in {"acl", "ccomp", "nmod", "xcomp", "advcl"}:
            continue
        first, last = extent(reading, k)
        opener = tokens[first].lemma.lower()
        frame = {"that": "clause", "to": "to"}.get(opener, "")
        if frame == "clause" and (frame not in cue.frames or _relative(reading, first)):
            continue
        if relation == "nmod" or not frame:
            frame = (
                "of"
                if "of" in cue.frames
                and preposition
                and opener == preposition
                and preposition in (cue.prepositions or {"of"})
                else ""
            )
        if not frame or frame not in cue.frames or (frame == "to" and tokens[k].upos not in {"VERB", "AUX", "ADJ"}):
            continue
        draft.frame = frame
        if frame == "of" and first == i + 1:
            draft.group = [i, first]
        span = reading.span(first + (frame == "of"), last)
        return [span] if span is not None else None
    return None


def _relative(reading: Reading, first: int) -> bool:
    """ "the claim that he made": ``that`` is a part of the clause, not its mark."""
    token = reading.tokens[first]
    return any(is_a(token.deprel, r) for r in ("nsubj", "obj", "nsubj:pass", "obl"))


def _adjective(reading: Reading, i: int, cue: Cue) -> Draft | None:
    """ "is confident that ...", "was critical of ..."."""
    tree, tokens = reading.tree, reading.tokens
    copula = tree.kid(i, "cop")
    if copula is None or copula > i:
        return None
    speaker = find_speaker(reading, i)
    if speaker is None or tokens[speaker].lemma.lower() in {"it", "that", "this", "there"}:
        return None
    found = find_content(reading, i, cue)
    if found is None and "of" in cue.frames:
        preposition = _adjective_of(reading, i, cue)
        found = ("of", preposition) if preposition is not None else None
    if found is None:
        return None
    frame, (content, more) = found
    draft = make_draft(reading, i, cue, frame, content, more)
    return draft if draft.content and draft.source else None


def _adjective_of(reading: Reading, i: int, cue: Cue) -> tuple[list[Span], list[int]] | None:
    for k in reading.tree.children[i]:
        preposition = reading.tokens[k].deprel.partition(":")[2]
        first, last = extent(reading, k)
        if k > i and preposition in cue.prepositions and first == i + 1:
            span = reading.span(first + 1, last)
            return ([span], [first]) if span is not None else None
    return None


def _adverb(reading: Reading, i: int, cue: Cue) -> Draft | None:
    """ "The envoy reportedly left": no source, the clause without the adverb is content."""
    tokens = reading.tokens
    head = tokens[i].head
    if head < 0 or not is_a(tokens[i].deprel, "advmod"):
        return None
    first, last = extent(reading, head)
    if is_a(tokens[head].deprel, "acl") or is_a(tokens[head].deprel, "advcl"):
        first = min(first, i)
    draft = Draft(cue, i, "sentence", [i])
    spans = [reading.span(first, i), reading.span(i + 1, last)]
    draft.add(span for span in spans if span is not None)
    return draft if draft.content else None
