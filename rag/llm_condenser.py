"""A model that makes follow-ups stand alone, and the rules where it doesn't or says what wasn't said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from json import dumps

from prompts import load
from rag.deadline import Deadline
from rag.errors import ModelUnavailable
from rag.followup import Condenser, condense, leans
from rag.llm import LLM, Message, question_form
from rag.llm_replies import QuestionReply, plain, read
from rag.text import terms, words
from rag.types import Turn

PROMPT = ("condense", "condense.v1")
TURNS = 3  # the last of a conversation, which a follow-up can lean on
SECONDS = 8.0  # for the model; the answer needs the rest of the deadline
_ASIDE = re.compile(r"[<>{}\[\]`|]|https?:|www\.")


@dataclass(frozen=True, slots=True)
class LLMCondenser:
    """Asks a model; what it says is taken only where all of its words were said in the conversation.

    A question that leans on nothing is left alone without asking. The texts of documents are no part of
    what the model sees, only questions as they were understood, so that no document can steer a search.
    """

    llm: LLM
    instead: Condenser = condense
    deadline: Deadline | None = None

    def within(self, deadline: Deadline) -> LLMCondenser:
        """The same condenser, done by `deadline`."""
        return replace(self, deadline=deadline)

    def __call__(self, question: str, earlier: Sequence[Turn]) -> str:
        """`question` as it reads without `earlier` turns; the contract is `Condenser`'s."""
        if not earlier or not leans(question):
            return self.instead(question, earlier)
        said = self._said(question, earlier)
        return said if said and _was_said(said, question, earlier) else self.instead(question, earlier)

    def _said(self, question: str, earlier: Sequence[Turn]) -> str | None:
        soon = Deadline.after(SECONDS)
        deadline = soon if self.deadline is None or soon.at < self.deadline.at else self.deadline
        try:
            reply = self.llm(_messages(question, earlier), question_form(), deadline)
        except ModelUnavailable:
            return None
        said = read(reply.text, QuestionReply) if reply.complete else None
        return plain(said.question) if said else None


def _messages(question: str, earlier: Sequence[Turn]) -> tuple[Message, Message]:
    before = [{"question": turn.question, "understood_as": turn.answer.understood_as} for turn in earlier]
    told = dumps({"earlier": before[-TURNS:], "last_question": question}, ensure_ascii=False)
    return Message("system", load(PROMPT[1]).fill()), Message("user", told)


def _was_said(said: str, question: str, earlier: Sequence[Turn]) -> bool:
    """Whether a question adds no word of its own, and keeps the words of the follow-up that name things."""
    known = {t for turn in earlier for t in terms(f"{turn.question} {turn.answer.understood_as}")}
    new, own = set(terms(said)), set(terms(question))
    numbers = {word for word in words(question) if word[0].isdigit()}
    return (
        not _ASIDE.search(said)
        and new <= known | own
        and numbers <= set(words(said))
        and len(own & new) * 2 >= len(own)
    )
