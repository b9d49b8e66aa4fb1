"""A library put under a fault, and what is found afterwards."""

from __future__ import annotations

import logging
import random
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from batches import ACTIONS, counted_as, run_action
from library_state import Answers, Contents, answers, contents, leftovers
from victims import Job, Victims, told

from indexes.library import Library
from rag.errors import LibraryProblem


@dataclass(frozen=True, slots=True)
class Generation:
    """What a library holds and answers at one generation of a run that nothing stopped."""

    contents: Contents
    answers: tuple[Answers, ...]
    """With the caches that its batch left, and with caches that are made anew: where some vectors are held in
    one byte a dimension, which they are depends on when the caches were made."""


@dataclass(slots=True)
class Course:
    """A life of a library that nothing disturbed, and copies of it to be disturbed."""

    folder: Path
    large: bool = False
    """Whether the library counts as large."""
    seconds: dict[str, float] = field(default_factory=dict)
    generations: dict[str, list[Generation]] = field(default_factory=dict)
    """What an action begins with (nothing where there is no library yet) and each generation it makes."""

    @property
    def inputs(self) -> Path:
        """Where the inputs lie; the same for every trial, for the ledger knows them by their path."""
        return self.folder / "inputs"

    def before(self, action: str) -> Path:
        """The library as it is before an action."""
        return self.folder / "before" / action

    def run(self) -> Course:
        """Run every action once."""
        life = Library(self.folder / "life")
        known: list[Generation] = []
        with counted_as(large=self.large):
            for action in ACTIONS:
                _copy(life.folder, self.before(action))
                started = time.perf_counter()
                run_action(action, life, self.inputs)
                self.seconds[action] = time.perf_counter() - started
                known = [*known[-1:], Generation(contents(life), self._answers(life))]
                self.generations[action] = known
        return self

    def _answers(self, life: Library) -> tuple[Answers, ...]:
        other = Library(self.folder / "anew")
        shutil.rmtree(other.folder, ignore_errors=True)
        shutil.copytree(life.folder, other.folder)
        shutil.rmtree(other.folder / "caches")
        with rebuilds():
            return answers(life), answers(other)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found after a fault: nothing wrong where `faults` is empty."""

    faults: tuple[str, ...]
    rebuilt: bool = False
    """Whether a cache had to be made anew."""
    advanced: bool = False
    """Whether the generation after was reached."""


def disturbed(course: Course, action: str) -> Library:
    """A fresh copy of the library before an action."""
    library = Library(course.folder / "trial" / "library")
    shutil.rmtree(library.folder.parent, ignore_errors=True)
    library.folder.parent.mkdir(parents=True)
    _copy(course.before(action), library.folder)
    return library


def job(course: Course, library: Library, actions: Sequence[str], telling: Path, **fault: object) -> Job:
    """What a victim is to do with a library of `course`, and what is to befall it."""
    places = (str(library.folder), str(course.inputs), tuple(actions), str(telling))
    return Job(*places, large=course.large, **fault)  # type: ignore[arg-type]


def judged(course: Course, library: Library, actions: Sequence[str], done: int) -> Verdict:
    """Whether a library is sound after its batch was stopped, and as it should be once that is run again.

    Args:
        course: knows what each generation holds.
        library: as it was left.
        actions: what it was to go through.
        done: how many of them were acknowledged.
    """
    known = [one for action in actions for one in course.generations[action]]
    at_least = course.generations[actions[done - 1]][-1] if done else None
    faults: list[str] = []
    with counted_as(large=course.large):
        found = _generation(library, known, at_least, faults)
        with rebuilds() as made_anew:
            if found is not None and answers(library) not in found.answers:
                faults.append(f"generation {found.contents.generation} answers otherwise than it should")
        faults += _again(course, library, actions, done)
    return Verdict(tuple(faults), bool(made_anew), found is course.generations[actions[-1]][-1])


def acknowledged(path: Path) -> int:
    """How many actions a victim told to be done."""
    return sum(line.startswith("done ") for line in told(path))


def struck(course: Course, victims: Victims, actions: Sequence[str], **fault: object) -> tuple[int, Verdict]:
    """Run actions with a fault; the victim's exit status and what is found afterwards."""
    library = disturbed(course, actions[0])
    telling = course.folder / "trial" / "told"
    status = victims.run(job(course, library, actions, telling, **fault))
    return status, judged(course, library, actions, acknowledged(telling))


def killed(course: Course, victims: Victims, seed: int) -> tuple[int, Verdict]:
    """Kill -9 a life of a library, or the rest of one, at a moment that `seed` draws."""
    chosen = random.Random(seed)
    actions = ACTIONS[chosen.randrange(len(ACTIONS)) :]
    usual = sum(course.seconds[action] for action in actions)
    return struck(course, victims, actions, killed_after=chosen.uniform(0.0, 1.1) * usual)


def steps(course: Course, victims: Victims, action: str) -> list[str]:
    """The durable steps of an action, in order."""
    library = disturbed(course, action)
    telling = course.folder / "trial" / "told"
    assert victims.run(job(course, library, (action,), telling, fault="list")) == 0, told(telling)
    return [line.split(" ", 2)[2] for line in told(telling) if line.startswith("step ")]


def _generation(
    library: Library, known: Sequence[Generation], at_least: Generation | None, faults: list[str]
) -> Generation | None:
    """Which of the known generations a library is at; None, with the fault told, where it is at none."""
    try:
        now = contents(library)
    except LibraryProblem as error:
        if at_least is not None or known[0].contents.generation > 1:
            faults.append(f"it can't be opened: {error}")
        return None
    if now.generation == 0 and at_least is None:
        return None
    match = next((one for one in known if now.holds(one.contents)), None)
    if match is None:
        faults.append(f"generation {now.generation} is none that a run without a fault makes")
    elif at_least is not None and match.contents.generation < at_least.contents.generation:
        faults.append(f"generation {at_least.contents.generation} was acknowledged and is lost")
    return match


def _again(course: Course, library: Library, actions: Sequence[str], done: int) -> list[str]:
    """Run again what was not acknowledged, and compare with the run that nothing stopped."""
    wanted = course.generations[actions[-1]][-1]
    try:
        for action in actions[done:]:
            if not _reached(course, library, action):
                run_action(action, library, course.inputs)
        with library.writing():  # tidies up, also where all was done
            pass
        now = contents(library)
    except Exception as error:  # noqa: BLE001  # whatever it is, it is the finding
        return [f"it can't be run again: {type(error).__name__}: {error}"]
    differing = sorted(name for name, rows in wanted.contents.tables.items() if now.tables.get(name) != rows)
    found = [f"after a rerun {', '.join(differing)} differ from a run without a fault"] if differing else []
    if answers(library) not in wanted.answers:
        found.append("after a rerun it answers otherwise than after a run without a fault")
    if left := leftovers(library.folder):
        found.append(f"left behind: {', '.join(left)}")
    return found


def _reached(course: Course, library: Library, action: str) -> bool:
    """Whether an action that can't be done twice was done and only not acknowledged."""
    return action in {"remove", "rebuild"} and contents(library).generation >= (
        course.generations[action][-1].contents.generation
    )


@contextmanager
def rebuilds() -> Iterator[list[logging.LogRecord]]:
    """The warnings of caches that were made anew."""
    heard: list[logging.LogRecord] = []
    handler = logging.Handler()
    handler.emit = heard.append  # type: ignore[method-assign]
    logger = logging.getLogger("vouch")
    logger.addHandler(handler)
    propagates, logger.propagate = logger.propagate, False
    try:
        yield heard
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagates


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target)
