"""The first page: a box for a question; and a form that asks it without any script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Form
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from rag.errors import InputError, LibraryProblem
from rag.question import understand
from rag.types import Coverage, Filters, Role
from service.http.access import Caller, Reader
from service.http.bodies import FiltersBody, printable
from service.http.engine import Asked
from service.http.parts import Parts, parts_of
from service.records.stored import Summary
from service.web.page_route import PageRoute
from service.web.rendering import page
from service.web.shelf import Shelf, Shelved
from service.web.visitor import visitor_of

router = APIRouter(route_class=PageRoute, include_in_schema=False)

ROLES = tuple(role.value for role in Role)
DESIGN_CHOICES = (
    ("guideline", "Guidelines"),
    ("review", "Systematic reviews"),
    ("trial", "Trials"),
    ("rct", "Randomised trials"),
    ("cohort", "Cohort studies"),
    ("case", "Case series and reports"),
)
EXAMPLES = (
    "What is the process of spinal hematoma (spinal epidural hematoma) resorption?",
    "When is surgery needed for a spinal epidural haematoma?",
    "When can anticoagulants be restarted after a spinal haematoma?",
)
_LATELY = 5


@dataclass(frozen=True, slots=True)
class AskForm:
    """What stands in the form."""

    question: str = ""
    role: str = Role.CLINICIAN.value
    year_from: str = ""
    design: str = ""
    as_of: str = ""

    @property
    def narrowed(self) -> bool:
        """Whether the evidence is restricted."""
        return bool(self.year_from or self.design or self.as_of)

    def filters(self, parts: Parts) -> Filters:
        """The filters that it asks for; on a thread, as it reads the library.

        Raises:
            InputError: a value can't be used.
        """
        try:
            as_of = date.fromisoformat(self.as_of) if self.as_of else None
            year = int(self.year_from) if self.year_from else None
            body = FiltersBody(year_from=year, designs=(self.design,) if self.design else ())
        except ValueError as error:
            raise InputError("a filter can't be used; give a year as 2015, a day as 2026-11-24") from error
        return body.checked(parts, as_of)


def ask_form(
    question: Annotated[str, Form()] = "",
    role: Annotated[Role, Form()] = Role.CLINICIAN,
    year_from: Annotated[str, Form(max_length=10)] = "",
    design: Annotated[str, Form(max_length=40)] = "",
    as_of: Annotated[str, Form(max_length=10)] = "",
) -> AskForm:
    """A dependency: the form as it was sent."""
    return AskForm(question.strip(), role.value, year_from.strip(), design, as_of)


@router.get("/")
async def home(
    *, caller: Reader, parts: Annotated[Parts, Depends(parts_of)], shelf: Shelved, question: str = ""
) -> Response:
    """The box."""
    return await _home(AskForm(question[:2000]), caller, parts, shelf)


@router.get("/ask")
async def ask_again(_: Reader, question: str = "") -> Response:
    """Somebody came back to the form, or typed its address."""
    return RedirectResponse("/", 303) if not question else page_redirect(question)


@router.post("/ask")
async def ask(
    *,
    form: Annotated[AskForm, Depends(ask_form)],
    caller: Reader,
    parts: Annotated[Parts, Depends(parts_of)],
    shelf: Shelved,
) -> Response:
    """Ask, keep the answer, and go to its page."""
    try:
        asked = await asked_by(form, parts)
    except InputError as error:
        return await _home(form, caller, parts, shelf, problem=str(error), status=422)
    answer = await parts.engine.ask(asked)
    key = await shelf.keep(answer)
    return RedirectResponse(f"/answers/{key}?role={form.role}", 303)


async def asked_by(form: AskForm, parts: Parts) -> Asked:
    """The question of a form, checked before anything is searched.

    Raises:
        InputError: the question or a filter can't be used.
    """
    try:
        understand(printable(form.question))
    except ValueError as error:
        raise InputError(str(error)) from error
    filters = await run_in_threadpool(form.filters, parts)
    return Asked(form.question, parts.today(), Role(form.role), filters)


def page_redirect(question: str) -> Response:
    """To the box, with a question in it."""
    from urllib.parse import urlencode

    return RedirectResponse(f"/?{urlencode({'question': question[:2000]})}", 303)


async def _home(
    form: AskForm, caller: Caller, parts: Parts, shelf: Shelf, *, problem: str = "", status: int = 200
) -> Response:
    return page(
        "ask.html",
        status,
        section="Ask",
        visitor=visitor_of(caller),
        asked=form,
        roles=ROLES,
        designs=DESIGN_CHOICES,
        examples=EXAMPLES,
        problem=problem,
        recent=_each_once(await shelf.lately(4 * _LATELY))[:_LATELY],
        coverage=await run_in_threadpool(_coverage, parts),
    )


def _each_once(latest: Sequence[Summary]) -> tuple[Summary, ...]:
    """The latest answer to each question."""
    first: dict[str, Summary] = {}
    for one in latest:
        first.setdefault(one.question, one)
    return tuple(first.values())


def _coverage(parts: Parts) -> Coverage | None:
    try:
        return parts.library.coverage()
    except LibraryProblem:
        return None
