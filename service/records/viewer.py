"""Who looks at the records, and which of them the query itself lets through."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, or_, true

from service.records.schema import answers, conversations, holders

LOCAL = "local"
"""The one person of a command line, and of a server that is open on loopback."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody with what they may see; the rule stands in the SQL, so that no code path can forget it."""

    subject: str
    reviewer: bool = False
    """Also sees answers for which a review was asked."""
    operator: bool = False
    """The command line of the machine itself: sees all."""

    @property
    def sees_answer(self) -> ColumnElement[bool]:
        """Condition on `answers`."""
        if self.operator:
            return true()
        own = self.holds_answer
        return or_(own, answers.c.requested_by.is_not(None)) if self.reviewer else own

    @property
    def holds_answer(self) -> ColumnElement[bool]:
        """Condition on `answers`: it was given to them."""
        return exists().where(and_(holders.c.answer_id == answers.c.id, holders.c.subject == self.subject))

    @property
    def owns_conversation(self) -> ColumnElement[bool]:
        """Condition on `conversations`; a reviewer sees no conversation of others."""
        return true() if self.operator else conversations.c.owner == self.subject


OPERATOR = Viewer(LOCAL, reviewer=True, operator=True)
