"""The review of an answer: which states there are, and which action leads from which to which."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from rag.errors import InputError, NotAllowed, WrongState

MAX_COMMENT = 4_000  # characters


class ReviewState(StrEnum):
    """Where an answer stands; every answer begins as submitted."""

    SUBMITTED = "submitted"
    UNDER_REVIEW = "under_review"
    APPROVED = "approved"


class ReviewAction(StrEnum):
    """What can be done."""

    SUBMIT = "submit"
    """Ask for a review."""
    TAKE = "take"
    APPROVE = "approve"
    RETURN = "return"
    """Give back to whoever asked for the review, with the reason."""
    REOPEN = "reopen"
    """Take an approval back, with the reason."""


@dataclass(frozen=True, slots=True)
class Review:
    """How far the review of one answer is."""

    state: ReviewState = ReviewState.SUBMITTED
    requested_by: str | None = None
    """Who asked for the review; None where nobody has."""
    by: str | None = None
    """Who brought it into this state; None where that is how it began."""
    at: str | None = None
    version: int = 0
    """Number of steps so far."""


@dataclass(frozen=True, slots=True)
class Step:
    """One action with all that it depends on."""

    action: ReviewAction
    actor: str
    at: str
    reviewer: bool
    """Whether the actor may review."""
    holder: bool
    """Whether the answer was given to the actor."""
    alone: bool = False
    """There is only this one person, who therefore may approve what they asked themselves."""
    content_hash: str | None = None
    """Of what the actor read; needed to approve, and checked wherever it is given."""
    comment: str = ""
    version: int | None = None
    """The version that the actor saw; checked where it is given."""


def after(review: Review, step: Step, *, content_hash: str, stale: bool) -> Review:
    """The review after `step`.

    Raises:
        NotAllowed: the actor's role doesn't include it, or they asked for this review themselves.
        WrongState: another state, another version or another content than the actor saw; or it is stale.
        InputError: a reason is missing, or the hash of what was read.
    """
    _check_read(review, step, content_hash)
    _check_state(review, step)
    _check_actor(review, step)
    _check_words(step)
    if step.action is ReviewAction.APPROVE and stale:
        raise WrongState("a stale answer can't be approved; re-issue it and approve what comes of that")
    moved = replace(review, state=_AFTER[step.action], by=step.actor, at=step.at, version=review.version + 1)
    match step.action:
        case ReviewAction.SUBMIT:
            return replace(moved, requested_by=step.actor)
        case ReviewAction.RETURN:
            return replace(moved, requested_by=None)
        case _:
            return moved


def fallen_back(review: Review, at: str) -> Review:
    """The review of an answer that turned out stale: what was approved is under review again."""
    if review.state is not ReviewState.APPROVED:
        return review
    return replace(review, state=ReviewState.UNDER_REVIEW, by="vouch", at=at, version=review.version + 1)


_AFTER = {
    ReviewAction.SUBMIT: ReviewState.SUBMITTED,
    ReviewAction.TAKE: ReviewState.UNDER_REVIEW,
    ReviewAction.APPROVE: ReviewState.APPROVED,
    ReviewAction.RETURN: ReviewState.SUBMITTED,
    ReviewAction.REOPEN: ReviewState.UNDER_REVIEW,
}
_BEFORE = {
    ReviewAction.SUBMIT: ReviewState.SUBMITTED,
    ReviewAction.TAKE: ReviewState.SUBMITTED,
    ReviewAction.APPROVE: ReviewState.UNDER_REVIEW,
    ReviewAction.RETURN: ReviewState.UNDER_REVIEW,
    ReviewAction.REOPEN: ReviewState.APPROVED,
}
_NEEDS_REASON = frozenset({ReviewAction.RETURN, ReviewAction.REOPEN})


def _check_read(review: Review, step: Step, content_hash: str) -> None:
    if step.content_hash is not None and step.content_hash != content_hash:
        raise WrongState(
            f"what you read has the hash {step.content_hash[:12]!r}, the answer has {content_hash[:12]!r}; "
            "read it again"
        )
    if step.version is not None and step.version != review.version:
        raise WrongState(
            f"you saw version {step.version} of the review, it is at {review.version}; look at it again"
        )


def _check_state(review: Review, step: Step) -> None:
    wanted = _BEFORE[step.action]
    if review.state is not wanted:
        raise WrongState(
            f"can't {step.action.value} an answer that is {review.state.value}; it must be {wanted.value}"
        )
    if step.action is ReviewAction.SUBMIT and review.requested_by is not None:
        raise WrongState("a review was asked for already; a reviewer has to take it now")


def _check_actor(review: Review, step: Step) -> None:
    if step.action is ReviewAction.SUBMIT:
        if not step.holder:
            raise NotAllowed("only those to whom an answer was given can ask for its review")
        return
    if not step.reviewer:
        raise NotAllowed(f"to {step.action.value} an answer needs the role reviewer")
    asked_for_it = step.actor == review.requested_by or (review.requested_by is None and step.holder)
    if step.action is ReviewAction.APPROVE and asked_for_it and not step.alone:
        raise NotAllowed("you asked for this review yourself; another reviewer has to approve it")


def _check_words(step: Step) -> None:
    if len(step.comment) > MAX_COMMENT:
        raise InputError(f"the comment has {len(step.comment)} characters, at most {MAX_COMMENT} are kept")
    if step.action in _NEEDS_REASON and not step.comment.strip():
        raise InputError(f"to {step.action.value} an answer needs a comment that says why")
    if step.action is ReviewAction.APPROVE and step.content_hash is None:
        raise InputError("to approve an answer give the content_hash of what you read")
