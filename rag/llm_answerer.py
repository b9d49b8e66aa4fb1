"""An answerer that has a model draft the claims, and quotes where the model fails."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from json import dumps

from prompts import load
from rag.answering import Answerer, Outline
from rag.deadline import Deadline
from rag.errors import ModelUnavailable
from rag.facets import facet_of
from rag.gate import Draft, Judge, citable, fault
from rag.llm import LLM, Form, Message, Reply, claims_form
from rag.llm_replies import MOST_CLAIMS, ClaimsReply, DraftReply, plain, read
from rag.question import Question
from rag.quotes import located
from rag.types import Evidence, Mode, Usage

PROMPTS = (("answer", "answer.v1"), ("material", "material.v1"), ("repair", "repair.v1"))
PASSAGES = 20  # of the evidence, best first, that a model is given: some six thousand tokens
SECONDS = 30.0  # for all calls of an answer where no deadline is set from outside
RESERVE = 2.0  # seconds kept back for quoting where the model fails
REPAIR = 3.0  # seconds that must be left for asking once more
LEAD = 3


@dataclass(frozen=True, slots=True)
class LLMAnswerer:
    """Claims of a model, each with a quote; the labelled quotes of `instead` where it can't give any.

    The model is given numbered passages as data, none of them of a document that may not be cited. A
    reply that can't be used, or a claim that would be withheld, is asked for once more. Nothing that it
    drafts is vouched for yet: the gate decides on each claim, whoever wrote it.
    """

    llm: LLM
    instead: Answerer
    demanded: bool = False
    """Whether a model that can't be used is an error, and quotes are no substitute."""
    fault: Judge = fault
    deadline: Deadline | None = None

    def within(self, deadline: Deadline) -> LLMAnswerer:
        """The same answerer, all of its calls done by `deadline`."""
        return replace(self, deadline=deadline)

    def __call__(self, question: Question, evidence: Sequence[Evidence]) -> Outline:
        """Draft an answer; `mode` says whose it is, and `mode_reason` why the model's is not used.

        Raises:
            ModelUnavailable: the model was demanded and can't be used.
        """
        given = tuple(item for item in evidence if citable(item.document))[:PASSAGES]
        asking = _Asking(self, question, given, self.deadline or Deadline.after(SECONDS))
        if not given:
            return self._quoted(asking, evidence, "there is nothing that the model could cite")
        try:
            drafts = asking.drafts()
        except ModelUnavailable as error:
            if self.demanded:
                raise
            return self._quoted(asking, evidence, str(error))
        vouched = [(lead, draft) for lead, draft in drafts if asking.fault(draft) is None]
        if not vouched:
            reason = (
                "no sentence that the model wrote passed the check" if drafts else "the model found no answer"
            )
            return self._quoted(asking, evidence, reason, tuple(draft for _, draft in drafts))
        return asking.signed(_outline(drafts, asking))

    def _quoted(
        self, asking: _Asking, evidence: Sequence[Evidence], reason: str, failed: tuple[Draft, ...] = ()
    ) -> Outline:
        """The extractive outline, with why, and with what the model wrote in vain so that it is told as withheld."""
        outline = self.instead(asking.question, evidence)
        lead = (*outline.lead, *failed)
        return asking.signed(replace(outline, lead=lead, mode_reason=reason))


class _Asking:
    """One question put to a model: at most two replies, and what they cost."""

    def __init__(
        self, by: LLMAnswerer, question: Question, given: Sequence[Evidence], deadline: Deadline
    ) -> None:
        self.question, self.given = question, given
        self._by, self._deadline = by, Deadline(deadline.at - RESERVE)
        self._by_id = {item.passage.id: item for item in given}
        self._usage: list[Usage] = []

    def drafts(self) -> list[tuple[bool, Draft]]:
        """Drafts with whether they lead, repaired where the first reply has faults.

        Raises:
            ModelUnavailable: the server can't be used, or no reply of it.
        """
        messages = _messages(self.question, self.given)
        form = claims_form(len(self.given))
        first = self._reply(messages, form)
        drafts, faults = self._read(first)
        if faults and self._deadline.left() >= REPAIR:
            again = (*messages, Message("assistant", first.text), _repair(faults))
            drafts = self._better(drafts, again, form)
        if drafts is None:
            raise ModelUnavailable(
                f"the model {self._by.llm.name} gave no whole reply in the form that was asked for; "
                "try another model, or --no-model"
            )
        return drafts

    def _better(
        self, drafts: list[tuple[bool, Draft]] | None, messages: Sequence[Message], form: Form
    ) -> list[tuple[bool, Draft]] | None:
        """The drafts of a second reply, where more of them may be shown than of the first."""
        try:
            second, _ = self._read(self._reply(messages, form))
        except ModelUnavailable:
            if drafts is None:
                raise
            return drafts
        if drafts is None or (second is not None and self._vouched(second) > self._vouched(drafts)):
            return second
        return drafts

    def fault(self, draft: Draft) -> str | None:
        """Why a draft may not be shown."""
        return self._by.fault(draft, self._by_id)

    def signed(self, outline: Outline) -> Outline:
        """The outline with the model, the prompts and the cost of what was asked."""
        if not self._usage:
            return outline
        models = (("answer", self._by.llm.name),)
        return replace(outline, models=models, prompts=PROMPTS, usage=total(self._usage))

    def _reply(self, messages: Sequence[Message], form: Form) -> Reply:
        try:
            reply = self._by.llm(messages, form, self._deadline)
        except ModelUnavailable:
            self._usage.append(Usage(1))
            raise
        self._usage.append(reply.usage)
        return reply

    def _read(self, reply: Reply) -> tuple[list[tuple[bool, Draft]] | None, list[str]]:
        """The drafts of a reply and their faults; None where it is no whole reply."""
        said = read(reply.text, ClaimsReply) if reply.complete else None
        if said is None:
            return None, ["It is not one whole JSON object in the form that was asked for."]
        drafts = [(one.lead, self._draft(one)) for one in said.claims[:MOST_CLAIMS]]
        reasons = [(draft.text, self.fault(draft)) for _, draft in drafts]
        return drafts, [f"{dumps(text, ensure_ascii=False)}: {reason}." for text, reason in reasons if reason]

    def _draft(self, said: DraftReply) -> Draft:
        """A claim with its source; a number that is no passage's stays what it is: a handle nobody knows."""
        text = plain(said.text)
        if not 1 <= said.passage <= len(self.given):
            return Draft(text, ((f"passage {said.passage}", said.quote),))
        passage = self.given[said.passage - 1].passage
        return Draft(text, ((passage.id, located(said.quote, passage.text) or said.quote),))

    def _vouched(self, drafts: Sequence[tuple[bool, Draft]]) -> int:
        return sum(self.fault(draft) is None for _, draft in drafts)


def total(used: Sequence[Usage]) -> Usage:
    """What several calls took together; a count that one of them doesn't tell isn't known of all."""

    def added(counts: Sequence[float | None]) -> float | None:
        known = [count for count in counts if count is not None]
        return sum(known) if len(known) == len(counts) else None

    prompt, completion = added([u.prompt_tokens for u in used]), added([u.completion_tokens for u in used])
    return Usage(
        calls=sum(u.calls for u in used),
        prompt_tokens=None if prompt is None else int(prompt),
        completion_tokens=None if completion is None else int(completion),
        cost=added([u.cost for u in used]),
    )


def _messages(question: Question, given: Sequence[Evidence]) -> tuple[Message, Message]:
    # The line around the passages comes of them and the question, so that no passage can foresee it.
    key = "\n".join((question.text, *(item.passage.id for item in given)))
    boundary = f"--- {sha256(key.encode()).hexdigest()[:16]} ---"
    lines = "\n".join(_material(number, item) for number, item in enumerate(given, 1))
    asked = load("material.v1").fill(question=question.text, boundary=boundary, passages=lines)
    return Message("system", load("answer.v1").fill()), Message("user", asked)


def _material(number: int, item: Evidence) -> str:
    """A passage as one line of JSON, out of which no text can break."""
    document = item.document
    known = {
        "passage": number,
        "title": document.title,
        "design": document.design.value,
        "year": document.year,
        "indirect": document.indirect,
        "section": item.passage.section,
        "text": item.passage.text,
    }
    return dumps({key: value for key, value in known.items() if value}, ensure_ascii=False)


def _repair(faults: Sequence[str]) -> Message:
    return Message("user", load("repair.v1").fill(faults="\n".join(f"- {fault}" for fault in faults)))


def _outline(drafts: Sequence[tuple[bool, Draft]], asking: _Asking) -> Outline:
    """Leading claims first, the others under the headings of their facets: a model writes no heading."""
    leading = [draft for lead, draft in drafts if lead and asking.fault(draft) is None][:LEAD]
    points: dict[str, list[Draft]] = {}
    for _, draft in drafts:
        if draft not in leading:
            points.setdefault(facet_of("", draft.text).heading, []).append(draft)
    return Outline(
        lead=tuple(leading),
        points=tuple((heading, tuple(group)) for heading, group in points.items()),
        mode=Mode.MODEL,
    )
