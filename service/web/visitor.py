"""Who looks at a page: what the masthead says of them, and what they may do with an answer."""

from __future__ import annotations

from dataclasses import dataclass

from service.http.access import AccessRole, Caller, Means
from service.http.keeping import alone
from service.records.review import ReviewAction, ReviewState
from service.records.stored import Summary


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who looks at a page, for the masthead."""

    name: str
    role: str
    signed_in: bool
    """By a cookie, which they can end."""


def visitor_of(caller: Caller) -> Visitor:
    """The visitor that a caller is."""
    return Visitor(caller.name, caller.role.value, caller.means is Means.COOKIE)


def actions(summary: Summary, caller: Caller, *, holder: bool) -> tuple[ReviewAction, ...]:
    """The steps of a review that the caller may take now, the usual one first."""
    review, reviewer = summary.review, caller.role.may(AccessRole.REVIEWER)
    match review.state:
        case ReviewState.SUBMITTED:
            submit = holder and review.requested_by is None
            return (*(ReviewAction.SUBMIT,) * submit, *(ReviewAction.TAKE,) * reviewer)
        case ReviewState.UNDER_REVIEW if reviewer:
            own = review.requested_by == caller.id or (review.requested_by is None and holder)
            approve = not summary.stale and (not own or alone(caller))
            return (*(ReviewAction.APPROVE,) * approve, ReviewAction.RETURN)
        case ReviewState.APPROVED if reviewer:
            return (ReviewAction.REOPEN,)
        case _:
            return ()
