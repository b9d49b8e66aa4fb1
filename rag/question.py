"""What is asked: its type, its time words, its key terms and the searches that it needs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.errors import InputError
from rag.facets import FACETS, Facet, facets_of
from rag.text import term, terms, words
from rag.types import QuestionType

MAX_LENGTH = 2_000  # characters; more than this is a document, not a question

# First match wins. The words are those in which clinicians and patients ask.
_TYPES: tuple[tuple[QuestionType, str], ...] = (
    (
        QuestionType.OVERVIEW,
        r"^what is the (?:process|course|natural history|picture)\b|^(?:tell me about|overview of|explain)\b|^how does .+ (?:develop|resolve)\b",
    ),
    (
        QuestionType.GUIDELINE,
        r"\bguidelines?\b|\brecommend|\bedition\b|\buspstf\b|\bwho (?:advise|recommend|suggest)|\bgrade [abcd]\b|\bsuggested for\b",
    ),
    (
        QuestionType.FREQUENCY,
        r"\bhow (?:common|often|frequent|rare)\b|\bhow many (?:people|patients|children|women|men|cases)\b|\bincidence\b|\bprevalence\b|\bdo .+ recur\b",
    ),
    (
        QuestionType.HARM,
        r"\bharm|\bsafe\b|\bside effects?\b|\badverse\b|\brisks? of\b|\bbleeding\b.*\b(?:raise|increase)|\b(?:raise|increase).*\bbleeding\b|\bgo wrong\b|\btoxic",
    ),
    (
        QuestionType.PROGNOSIS,
        r"\bprogno|\bpredict|\boutcome after\b|\bhow long\b|\bsurviv|\blife expectancy\b|\bnatural course\b|\bwhat is the mortality\b|\bwill .+ recover\b",
    ),
    (
        QuestionType.DIAGNOSIS,
        r"\bdiagnos|\blook like\b|\bpresent\b|\bsymptoms?\b|\bsigns? of\b|\bmri\b|\bsensitiv|\baccura|\bspecific(?:ity)?\b|\btest for\b",
    ),
    (
        QuestionType.MECHANISM,
        r"\bmechanism|\bpathophysiolog|\bwhy does\b|\bhow do(?:es)? .+ (?:work|act|clear|cause|damage)\b|\bcauses?\b",
    ),
    (
        QuestionType.THERAPY,
        r"\btreat|\btherap|\bmanage|\bsurgery\b|\boperate\b|\bdose\b|\bshould\b|\bhelp\b|\buseful\b|\beffective\b|\bprevent|\breduc|\bgive\b|\btake\b|\boption\b|\bstart|\brestart|\breverse",
    ),
)
_LATEST = re.compile(
    r"\b(?:current(?:ly)?|latest|newest|most recent|up[- ]to[- ]date|still|nowadays|today)\b", re.IGNORECASE
)
_YEAR = re.compile(
    r"\b(?:19|20)\d{2}\b(?!\s?(?:m?g|mcg|ml|iu|units?|kcal|people|patients|participants|women|men|children|cases)\b)"
)
_STUDY = re.compile(r"\b(?!COVID|SARS|NSAID|ASCVD)(?:[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)+|[A-Z]{5,})\b")
_COUNTS = re.compile(
    r"\bhow (?:long|much|many|common|often|frequent|fast|soon)\b|\bincidence\b|\brate\b|\bwhat (?:interval|dose|percentage|proportion)\b|\brisk of\b",
    re.IGNORECASE,
)

_POPULATIONS = (
    (
        "children",
        r"\b(?:child(?:ren|hood)?|pa?ediatric\w*|infants?|neonat\w*|newborns?|boys?|girls?|kids?|toddlers?|teen(?:s|age\w*)?|adolescen\w*|(?:[0-9]|1[0-7])(?:\.\d)?-?\s?years?-?\s?old|aged (?:[0-9]|1[0-7])(?![-–\d]))\b",
    ),
    ("pregnancy", r"\b(?:pregnan\w*|obstetric\w*|gestation\w*|maternit\w*|ca?esarean)\b"),
)

# Words that ask rather than name: they carry no subject, so an answer need not contain them.
_ASKING = frozenset(
    term(word)
    for word in (
        "process role use used using useful usefulness option options best better good help helps need needs needed require "
        "required requires give given giving get gets take takes taking put say says tell know known want wants like look looks "
        "make makes happen happens work works result results evidence study studies trial data current currently "
        "latest recent still new common commonly often typical typically usual usually routine routinely long much many "
        "way ways effect effects affect acceptable proven prove shown show does patient patients people person adult adults man woman my "
        "mum mother cousin clinician doctor hospital possible recommended recommend recommendation guideline guidelines guidance "
        "speed speeds faster change changes changed please exactly really actually thing things year years old today "
        "justify start started starting run full same answer opposite came agree approach manage managed management treat treated treatment "
        "improve reduce raise lower increase decrease prevent cause mean means interval time "
        "think hear forgot ago two three five go going wrong bad decide simple large small strong weak instead regardless "
        "together cut trouble baby drip ask never always around associated due cause caused run runs running keep keeping "
        "first later early earlier full normal exam name named class level different difference same other another "
        "available possible likely certain sure especially including example compare compared versus"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Question:
    """A stand-alone question as it was understood."""

    text: str
    type: QuestionType
    terms: tuple[str, ...]
    """Search terms in order, each once."""
    subject: tuple[str, ...]
    """The terms that name what is asked about, without the words that only ask."""
    searches: tuple[str, ...]
    """What to search for: the question, and for an overview its subject under each facet."""
    facets: tuple[Facet, ...]
    """The sides of the subject that it names."""
    wants_latest: bool
    wants_number: bool
    named_years: tuple[int, ...]
    named_study: bool
    population: str | None
    """The group that it is about, where that group needs evidence of its own: `children` or `pregnancy`."""

    def words_for(self, wanted: Sequence[str]) -> tuple[str, ...]:
        """The words in which the question says these terms."""
        return tuple(dict.fromkeys(word for word in words(self.text) if term(word) in wanted))

    def names(self, term: str) -> bool:
        """Whether a term names what is asked about and doesn't only ask."""
        return term in self.subject and term not in _ASKING

    def without(self, word: str) -> str:
        """The question with one of its words left out."""
        return " ".join(part for part in self.text.split() if word not in words(part))


def understand(text: str) -> Question:
    """Read a stand-alone question.

    Raises:
        InputError: it is empty, has no word in it, or is longer than `MAX_LENGTH` characters.
    """
    clean = tidy(text)
    found = tuple(dict.fromkeys(terms(clean)))
    kind = _type_of(clean)
    subject = tuple(t for t in found if t not in _ASKING and not t.isdigit()) or found
    return Question(
        text=clean,
        type=kind,
        terms=found,
        subject=subject,
        searches=_searches(clean, kind),
        facets=facets_of(clean),
        wants_latest=bool(_LATEST.search(clean)),
        wants_number=bool(_COUNTS.search(clean)),
        named_years=tuple(int(year) for year in dict.fromkeys(_YEAR.findall(clean))),
        named_study=_names_a_study(clean, kind),
        population=next(iter(populations(clean)), None),
    )


def tidy(text: str) -> str:
    """A question without control characters and with single spaces.

    Raises:
        InputError: see `understand`.
    """
    printable = "".join(c if c.isprintable() else " " for c in text.encode("utf-8", "replace").decode())
    clean = " ".join(printable.split())
    if not clean:
        raise InputError(
            'the question is empty; ask one in words, as in: vouch ask "Does aspirin prevent stroke?"'
        )
    if len(clean) > MAX_LENGTH:
        raise InputError(
            f"the question has {len(clean):,} characters, starting {clean[:40]!r}; the limit is {MAX_LENGTH:,}: shorten it"
        )
    if not any(c.isalpha() for word in words(clean) for c in word):
        raise InputError(f"the question {clean[:40]!r} has no word in it; ask it in words")
    return clean


def populations(text: str) -> tuple[str, ...]:
    """The groups in need of evidence of their own that a text speaks of."""
    return tuple(name for name, cues in _POPULATIONS if re.search(cues, text, re.IGNORECASE))


def _type_of(text: str) -> QuestionType:
    lowered = text.lower()
    for kind, cues in _TYPES:
        if re.search(cues, lowered):
            return kind
    return QuestionType.THERAPY


def _names_a_study(text: str, kind: QuestionType) -> bool:
    return bool(_STUDY.search(text)) and kind is not QuestionType.GUIDELINE and not text.isupper()


def _searches(text: str, kind: QuestionType) -> tuple[str, ...]:
    if kind is not QuestionType.OVERVIEW:
        return (text,)
    subject = _subject_words(text)
    return (text, *(f"{subject} {facet.search}" for facet in FACETS if facet.overview))


def _subject_words(text: str) -> str:
    bare = re.sub(r"\([^)]*\)", " ", text)
    kept = [word for word in words(bare) if terms(word) and term(word) not in _ASKING]
    return " ".join(dict.fromkeys(kept))
