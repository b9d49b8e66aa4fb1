"""What clients send: questions, restrictions, earlier turns; all text is checked here, at the door."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from rag.question import MAX_LENGTH
from rag.types import Filters, Role
from service.filters import Asked as AskedFilters
from service.filters import filters_of
from service.http.parts import Parts
from service.params import DESIGNS, POPULATIONS

_FULL_DESIGNS = frozenset(name for names in DESIGNS.values() for name in names)
_TURNS = 4  # earlier questions that a single request may bring; a conversation keeps more
_VALUES = 50  # of one filter


def printable(text: str) -> str:
    """The text as it is.

    Raises:
        ValueError: it has characters that no text has: lone surrogates, or NUL.
    """
    if any(character == "\0" or "\ud800" <= character <= "\udfff" for character in text):
        raise ValueError("text may not have NUL characters or lone surrogates")
    return text


Text = Annotated[str, AfterValidator(printable)]
"""Any text that can be kept and shown."""
Line = Annotated[str, StringConstraints(min_length=1, max_length=500), AfterValidator(printable)]
QuestionText = Annotated[
    str, StringConstraints(min_length=1, max_length=MAX_LENGTH), AfterValidator(printable)
]


class Body(BaseModel):
    """What a client sends; a field that isn't known is refused, so that a slip of the pen doesn't pass."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _design(name: str) -> str:
    if name not in DESIGNS and name not in _FULL_DESIGNS:
        raise ValueError(f"unknown design; choose from {', '.join(DESIGNS)}")
    return name


def _population(name: str) -> str:
    if name not in POPULATIONS:
        raise ValueError(f"unknown population; choose from {', '.join(POPULATIONS)}")
    return name


_Values = Annotated[tuple[Line, ...], Field(max_length=_VALUES)]


class FiltersBody(Body):
    """What the evidence is restricted to; what isn't given doesn't restrict, and nothing is ever loosened."""

    year_from: Annotated[int, Field(ge=1000, le=9999)] | None = None
    year_to: Annotated[int, Field(ge=1000, le=9999)] | None = None
    designs: Annotated[tuple[Annotated[Line, AfterValidator(_design)], ...], Field(max_length=_VALUES)] = ()
    levels: Annotated[tuple[Annotated[int, Field(ge=1, le=5)], ...], Field(max_length=5)] = ()
    types: _Values = ()
    languages: _Values = ()
    journals: _Values = ()
    documents: _Values = ()
    populations: Annotated[
        tuple[Annotated[Line, AfterValidator(_population)], ...], Field(max_length=_VALUES)
    ] = ()

    def checked(self, parts: Parts, as_of: date | None) -> Filters:
        """The filters, checked against the library; on a thread, as it reads the library.

        Raises:
            InputError: a value that no document has, years in the wrong order, a day in the future.
            LibraryProblem: there is no library.
        """
        designs = {full for name in self.designs for full in DESIGNS.get(name, (name,))}
        asked = AskedFilters(
            year_from=self.year_from,
            year_to=self.year_to,
            designs=frozenset(designs),
            levels=frozenset(self.levels),
            types=self.types,
            languages=self.languages,
            journals=self.journals,
            documents=self.documents,
            populations=frozenset(self.populations),
            as_of=as_of,
        )
        return filters_of(asked, parts.library, parts.today())


class AskBody(Body):
    """One question."""

    question: QuestionText
    role: Role = Role.CLINICIAN
    filters: FiltersBody = FiltersBody()
    as_of: date | None = Field(default=None, description="Answer as if it were this day.")
    earlier: Annotated[tuple[QuestionText, ...], Field(max_length=_TURNS)] = Field(
        default=(), description="Questions asked before, oldest first, that this one follows up."
    )

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        json_schema_extra={
            "examples": [
                {"question": "How long does a spinal epidural hematoma take to resorb?", "role": "clinician"},
                {
                    "question": "And in children?",
                    "earlier": ["How long does a spinal epidural hematoma take to resorb?"],
                    "filters": {"year_from": 2010, "designs": ["trial", "cohort"]},
                },
            ]
        },
    )
