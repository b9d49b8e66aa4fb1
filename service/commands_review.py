"""Commands on kept answers: answers, reissue, purge, and review with its steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from rag.errors import InputError
from service.params import Text, today

if TYPE_CHECKING:
    from service.records.database import Database

_FORMAT = click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print it."
)
_LEAST_HASH = 12  # hex digits that say which content was read


@click.command()
@click.option(
    "--state", type=click.Choice(["submitted", "under_review", "approved"]), help="Only in this state."
)
@click.option("--stale", is_flag=True, help="Only those that don't stand as they are any more.")
@click.option("--limit", type=click.IntRange(1, 1000), default=50, show_default=True, help="How many.")
@_FORMAT
def answers(*, state: str | None, stale: bool, limit: int, form: str) -> None:
    """List the answers that are kept, the latest first, with their review and what makes them stale."""
    from service.console import results
    from service.records import kept
    from service.records.kept import Wanted
    from service.records.review import ReviewState
    from service.records.stored import Summary, summary_json
    from service.records.viewer import OPERATOR
    from service.records_view import print_answers

    wanted = Wanted(ReviewState(state) if state else None, stale=True if stale else None, limit=limit)
    found: tuple[Summary, ...] = ()
    if (database := _records()) is not None:
        with database.reading() as connection:
            found = kept.page(connection, OPERATOR, wanted).items
    if form == "json":
        _print_json({"items": [summary_json(one) for one in found]})
    else:
        print_answers(found, results())


@click.command()
@click.argument("answer_id", type=Text())
@_FORMAT
def reissue(*, answer_id: str, form: str) -> None:
    """Ask the question of ANSWER_ID again, keep the new answer in its place, and print what differs."""
    from service.console import results
    from service.records_view import print_difference, reissue_json
    from service.reissuing import reissue_answer
    from service.settings import load_settings

    again = reissue_answer(load_settings(), _known(), answer_id, today())
    if form == "json":
        _print_json(reissue_json(again))
    else:
        print_difference(again, results())


@click.command()
@click.argument("ids", nargs=-1, type=Text())
@click.option("--expired", is_flag=True, help="Every conversation and answer whose time is up.")
def purge(*, ids: tuple[str, ...], expired: bool) -> None:
    """Let go for good of the answers and conversations IDS, and of every trace in the database's files."""
    from service.records.clock import now
    from service.records.purge import Purged, purge_any, purge_expired

    if not (ids or expired):
        raise InputError("nothing to purge; give ids of answers or conversations, or --expired")
    database = _known()
    gone = [purge_any(database, one, now()) for one in ids]
    if expired:
        gone.append(purge_expired(database, now()))
    total = Purged(sum(one.conversations for one in gone), sum(one.answers for one in gone))
    stay = [key for one in gone for key in one.kept]
    kept = f"; kept, as reviewers or others have them: {', '.join(stay)}" if stay else ""
    click.echo(f"purged {total.conversations} conversations and {total.answers} answers{kept}", err=True)


@click.group()
def review() -> None:
    """The review of kept answers: what waits, each step, and the audit."""


@review.command()
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="How many.")
@_FORMAT
def queue(*, limit: int, form: str) -> None:
    """Print what waits for a reviewer, the most harmful first."""
    from service.console import results
    from service.records import desk
    from service.records.viewer import OPERATOR
    from service.records_view import print_queue, queue_json

    waiting: tuple[desk.Waiting, ...] = ()
    if (database := _records()) is not None:
        with database.reading() as connection:
            waiting = desk.queue(connection, OPERATOR, limit)
    if form == "json":
        _print_json(queue_json(waiting))
    else:
        print_queue(waiting, results())


@review.command("verify")
@click.option("--head", type=Text(), help="The hash of an entry that you noted: it must still be there.")
def verify_audit(*, head: str | None) -> None:
    """Check that no entry of the audit was changed or removed; exit with 1 if one was."""
    from service.records import audit

    with _known().reading() as connection:
        verdict = audit.verify(connection, head)
    if verdict.broken_at is not None:
        click.echo(f"the audit is broken at entry {verdict.broken_at}; {verdict.entries} before it are whole")
        click.get_current_context().exit(1)
    click.echo(f"{verdict.entries} entries, all whole; note the last hash elsewhere: {verdict.head}")


def _step(name: str, what: str) -> None:
    @review.command(name, help=what)
    @click.argument("answer_id", type=Text())
    @click.option("--comment", type=Text(), default="", help="Why; needed to return and to reopen.")
    @click.option(
        "--hash", "read", type=Text(), help="Of what you read: its content_hash, or 12 digits of it."
    )
    @click.option("--by", type=Text(), default="local", show_default=True, help="Who takes the step.")
    def step(*, answer_id: str, comment: str, read: str | None, by: str) -> None:
        _take_step(name, answer_id, comment, read, by)


_step("submit", "Ask for a review of ANSWER_ID.")
_step("take", "Take ANSWER_ID under review.")
_step("approve", "Approve ANSWER_ID; --hash says what you read.")
_step("return", "Give ANSWER_ID back to whoever asked, with a comment that says why.")
_step("reopen", "Take the approval of ANSWER_ID back, with a comment that says why.")


def _take_step(name: str, answer_id: str, comment: str, read: str | None, by: str) -> None:
    from dataclasses import replace

    from service.records import desk, kept
    from service.records.clock import now
    from service.records.desk import Asked
    from service.records.review import ReviewAction
    from service.records.viewer import OPERATOR

    viewer = replace(OPERATOR, subject=by)
    with _known().writing() as connection:
        key = kept.whole_id(connection, viewer, answer_id)
        whole = kept.summary(connection, viewer, key).content_hash
        if read is not None and len(read) >= _LEAST_HASH and whole.startswith(read):
            read = whole
        asked = Asked(ReviewAction(name), comment, read, alone=by == OPERATOR.subject)
        after = desk.step(connection, viewer, key, asked, now())
    click.echo(f"{key} is {after.review.state.value}, version {after.review.version}", err=True)


def _records() -> Database | None:
    """The records; None where there are none yet, so that a look makes no file."""
    from service.settings import load_settings
    from service.wiring import saved_answers

    saved = saved_answers(load_settings())
    return saved.records if saved.exist else None


def _known() -> Database:
    database = _records()
    if database is None:
        raise InputError("no answer is kept yet; `vouch ask … --save` keeps one, and so does `vouch serve`")
    return database


def _print_json(value: object) -> None:
    from typing import cast

    from service.json_text import Json, json_text

    click.echo(json_text(cast("Json", value)), nl=False)
