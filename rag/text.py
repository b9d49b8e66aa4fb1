"""Text as search and the gate see it: sentences and terms."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ABBREVIATIONS = frozenset(
    "vs fig figs ref refs eq eqs no nos vol dr drs mr mrs ms prof st approx ca cf al resp max min "
    "e.g i.e viz etc incl excl sec dept inc ltd jr sr ed eds pp p suppl tab jan feb mar apr jun jul "
    "aug sep sept oct nov dec u.s u.k ph.d m.d spp sp subsp var".split()
)
# After these a sentence may end as well: the next word decides.
_MAY_END = frozenset("etc al inc ltd jr sr ph.d m.d u.s u.k min max".split())
_BOUNDARY = re.compile(r"""[.!?][)\]"'”’»]*(?=\s+["'“‘«(\[]*(?:[^\W\d_]|\d|[<>≥≤±]))|\n\s*\n""")
_LAST_WORD = re.compile(r"([^\W\d_](?:[\w.]*\w)?)\.[^\w\s]*$")
_STARTERS = frozenset(
    "the a an this these that those we our it its in on at to for from of and but however there "
    "they all both no most one two patients results conclusion conclusions methods background".split()
)


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Spans `(start, end)` of the sentences of `text`, in order, without the white space around them.

    A blank line always ends a sentence. Decimal points, initials and common abbreviations don't.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for boundary in _BOUNDARY.finditer(text):
        blank_line = text[boundary.start()] == "\n"
        end = boundary.start() if blank_line else boundary.end()
        if blank_line or _ends_sentence(text, start, end):
            _append_trimmed(spans, text, start, end)
            start = boundary.end()
    _append_trimmed(spans, text, start, len(text))
    return spans


def _ends_sentence(text: str, start: int, end: int) -> bool:
    following = text[end:].lstrip().lstrip("\"'“‘«([")
    first = following[:1]
    if first.islower():
        return False
    if text[end - 1] != ".":
        return True
    found = _LAST_WORD.search(text[max(start, end - 30) : end])
    if found is None:
        return True
    word = found[1]
    lowered = word.lower()
    next_word = re.match(r"\w*", following)
    starts_anew = next_word is not None and next_word[0].lower() in _STARTERS
    if lowered in _MAY_END:
        return starts_anew
    if lowered in _ABBREVIATIONS:
        return False
    # An initial, as in "J. Smith"; a lone capital may also end a sentence, as in "vitamin C. The".
    return not (len(word) == 1 and word.isupper()) or starts_anew


def _append_trimmed(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    part = text[start:end]
    trimmed = part.strip()
    if trimmed:
        begin = start + len(part) - len(part.lstrip())
        spans.append((begin, begin + len(trimmed)))


STOP_WORDS = frozenset(
    "a about after all also although am an and any are as at be because been before being between both "
    "but by can could did do does doing done during each either else ever every few for from further "
    "had has have having he her here hers him his how i if in into is it its itself just may me might "
    "more most much must my neither no nor not now of off on once only or other our out over own per "
    "s same shall she should so some such t than that the their them then there these they this those "
    "through to too under until up upon us very via was we were what when where whether which while who "
    "whom whose why will with within without would you your".split()
)
# Of the stop words, those that tell groups, times and bounds apart.
_TELLING = frozenset(
    "above after before below between both down during few more most neither no nor not off on only out "
    "over per under up with without".split()
)
_TOKEN = re.compile(r"\d+(?:[.,·]\d+)+|[^\W_]+")
# The comma comes first, so that the search skips from one to the next.
_THOUSANDS = re.compile(r",(?<=\d,)(?=\d{3}(?:\D|$))")
_GREEK = {"α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "κ": "kappa", "ω": "omega"}
_ASCII = frozenset(map(chr, range(128)))


def terms(text: str) -> list[str]:
    """Search terms of `text` in order: lower case, spelling folded, stemmed, without stop words.

    Documents, queries and term coverage all use this one tokeniser, so they always agree. British
    and American spellings give the same terms (`haematoma`, `hematoma`).
    """
    return [_TERMS[word] for word in words(text) if word not in STOP_WORDS]


def telling(text: str) -> tuple[str, ...]:
    """The terms of `text` in order, with the stop words that tell groups, times and bounds apart."""
    return tuple(term(word) for word in words(text) if word not in STOP_WORDS or word in _TELLING)


def term_set(text: str) -> frozenset[str]:
    """The search terms of `text`, each once."""
    return (_terms_of_line if len(text) < _LINE else _terms_of_text)(text)


def words(text: str) -> list[str]:
    """Words and numbers of `text` in lower case, without accents, stop words included."""
    plain = _plain(text)
    if "," in plain:
        plain = _THOUSANDS.sub("", plain)
    found = _TOKEN.findall(plain)
    return [token.replace("·", ".") for token in found] if "·" in plain else found


def _plain(text: str) -> str:
    """`text` in lower case, without accents."""
    plain = text.casefold()
    if plain.isascii():
        return plain
    plain = unicodedata.normalize("NFKD", text).casefold()
    for letter in {*plain} - _ASCII:  # few, and each is replaced faster than all are translated
        plain = plain.replace(letter, "" if unicodedata.combining(letter) else _GREEK.get(letter, letter))
    return plain


def term(word: str) -> str:
    """The search term of one lower-case word: its spelling folded, then stemmed (Porter 2)."""
    return _TERMS[word]


def _term_set(text: str) -> frozenset[str]:
    plain = _plain(text)
    for mark in {*plain} - _ASCII if not plain.isascii() else ():
        if mark.isalnum() or mark == "·":
            return frozenset(map(_TERMS.__getitem__, {*words(text)} - STOP_WORDS))
        plain = plain.replace(mark, " ")
    return _ascii_term_set(plain.encode())


_LINE = 200  # characters; titles and headings are shorter
_terms_of_line = lru_cache(maxsize=20_000)(_term_set)  # 1 KB each
_terms_of_text = lru_cache(maxsize=8_000)(_term_set)  # 5 KB each, and a search asks for some 200


def _ascii_term_set(plain: bytes) -> frozenset[str]:
    """The same of lower-case ASCII, in half the time: all passages that a search finds are cut into words."""
    if len(_KNOWN[0]) >= _WORDS_KEPT:
        _KNOWN[0] = _AsciiTerms()
    known = _KNOWN[0]
    tokens = {*plain.translate(_PARTING).replace(b". ", b" ").replace(b", ", b" ").split()}
    found = set(map(known.__getitem__, tokens))
    for token in tokens & known.several.keys():
        found.update(known.several[token])
    found.discard("")
    return frozenset(found)


# What may stand within a number is kept beside letters and digits; all else parts words.
_PARTING = bytes(c if chr(c).isalnum() or chr(c) in ".," else 32 for c in range(128)) + b" " * 128


class _AsciiTerms(dict[bytes, str]):
    """Terms by word, empty for a stop word and for a token that is several words, whose terms stand in `several`."""

    def __init__(self) -> None:
        super().__init__()
        self.several: dict[bytes, tuple[str, ...]] = {}

    def __missing__(self, token: bytes) -> str:
        found = terms(token.decode())
        if not token.isalnum():
            self.several[token] = tuple(found)
            found = []
        self[token] = one = found[0] if found else ""
        return one


_KNOWN = [_AsciiTerms()]  # replaced whole when it is full, so that no search loses what it has just found


class _Terms(dict[str, str]):
    """Terms by word, found once; a search asks for twenty thousand."""

    def __missing__(self, word: str) -> str:
        if len(self) >= _WORDS_KEPT:
            self.clear()
        self[word] = found = str(_stemmer().stemWord(_fold_spelling(word)))
        return found


_WORDS_KEPT = 200_000
_TERMS = _Terms()


@lru_cache(maxsize=1)
def _stemmer():  # type: ignore[no-untyped-def]  # noqa: ANN202  # PyStemmer has no types
    import Stemmer

    return Stemmer.Stemmer("english")


# Plurals that the stemmer doesn't bring back, to the other of the two forms.
_PLURALS = dict(
    pair.split("/")
    for pair in (
        "children/child women/woman men/man mice/mouse feet/foot teeth/tooth bacterium/bacteria criterion/criteria "
        "phenomenon/phenomena mitochondrion/mitochondria vertebrae/vertebra thrombi/thrombus emboli/embolus foci/focus "
        "nuclei/nucleus stimuli/stimulus fungi/fungus bronchi/bronchus loci/locus indices/index matrices/matrix "
        "cortices/cortex ova/ovum sera/serum septa/septum atria/atrium ganglia/ganglion"
    ).split()
)


def _fold_spelling(word: str) -> str:
    word = _PLURALS.get(word, word)
    if len(word) < 5:
        return word
    folded = word.replace("ae", "e").replace("oe", "e").replace("sulph", "sulf")
    folded = re.sub(r"our(s|al|ed|ing|able|ally)?$", r"or\1", folded)
    folded = re.sub(r"([aeo]|ly)sis$", r"\1ses", folded)  # diagnosis, diagnoses
    folded = re.sub(r"is(e|es|ed|ing|ation|ations|er|ers)$", r"iz\1", folded)
    folded = re.sub(r"ys(e|es|ed|ing|er|ers)$", r"yz\1", folded)
    return re.sub(r"([btv])re(s?)$", r"\1er\2", folded)
