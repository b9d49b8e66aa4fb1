"""A conversation in the terminal: questions, and commands that begin with a slash."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from rag.article import Entry, article
from rag.errors import InputError, VouchError
from rag.types import Answer, Role, Turn

HELP = """Ask a question, or a follow-up such as: and in children?
  /sources [N]  the references so far, or reference N with its words
  /suggest [N]  what may be asked next, or ask the Nth of it
  /role ROLE    for whom it is worded: clinician, researcher, student, patient
  /history      the questions so far, as they were understood
  /save         keep the last answer
  /new          forget the conversation
  /quit         end"""
KEPT = 20  # turns; numbers of references outlast them


@dataclass(slots=True)
class Talk:
    """What was said so far, and what a line does to it."""

    ask: Callable[[str, Sequence[Turn], Role], Answer]
    show: Callable[[Answer], None]
    """Prints an answer."""
    say: Callable[[str], None]
    """Prints what a command has to tell."""
    save: Callable[[Answer], None]
    role: Role
    turns: list[Turn] = field(default_factory=list)

    def take(self, line: str) -> bool:
        """Do what a line asks for; whether the conversation goes on.

        Raises:
            InputError: the question or the command can't be used; the conversation is as before.
        """
        said = line.strip()
        if said.startswith("/"):
            return self._command(*said[1:].partition(" ")[::2])
        if said:
            self._answer(said)
        return True

    def _answer(self, question: str) -> None:
        answer = self.ask(question, self.turns, self.role)
        self.turns = [*self.turns, Turn(question, answer)][-KEPT:]
        self.show(answer)

    def _command(self, name: str, argument: str) -> bool:
        commands: dict[str, Callable[[str], None]] = {
            "help": lambda _: self.say(HELP),
            "sources": self._sources,
            "suggest": self._suggest,
            "role": self._change_role,
            "history": self._history,
            "save": lambda _: self.save(self._last()),
            "new": self._forget,
        }
        if name in {"quit", "exit", "q"}:
            return False
        if name not in commands:
            raise InputError(f"there is no command /{name}; /help lists them")
        commands[name](argument.strip())
        return True

    def _sources(self, wanted: str) -> None:
        entries = {
            entry.reference.number: entry for turn in self.turns for entry in article(turn.answer).entries
        }
        if not entries:
            raise InputError("no source was cited yet; ask a question first")
        if not wanted:
            self.say("\n".join(_in_one_line(entries[number]) for number in sorted(entries)))
        elif wanted.isdigit() and int(wanted) in entries:
            self.say(_in_full(entries[int(wanted)]))
        else:
            raise InputError(
                f"there is no source {wanted!r}; there are {', '.join(map(str, sorted(entries)))}"
            )

    def _suggest(self, wanted: str) -> None:
        offered = self._last().suggestions
        if not offered:
            self.say("nothing to suggest; ask in your own words")
        elif not wanted:
            self.say("\n".join(f"{number}. {one}" for number, one in enumerate(offered, start=1)))
        elif wanted.isdigit() and 0 < int(wanted) <= len(offered):
            self._answer(offered[int(wanted) - 1])
        else:
            raise InputError(f"there is no suggestion {wanted!r}; there are 1 to {len(offered)}")

    def _change_role(self, wanted: str) -> None:
        if wanted not in list(Role):
            raise InputError(f"there is no role {wanted!r}; there are {', '.join(Role)}")
        self.role = Role(wanted)
        self.say(f"from now on for: {self.role.value}")

    def _history(self, _: str) -> None:
        if not self.turns:
            raise InputError("nothing was asked yet")
        self.say("\n".join(f"{number}. {_asked(turn)}" for number, turn in enumerate(self.turns, start=1)))

    def _forget(self, _: str) -> None:
        self.turns = []
        self.say("a new conversation")

    def _last(self) -> Answer:
        if not self.turns:
            raise InputError("there is no answer yet; ask a question first")
        return self.turns[-1].answer


def hold(
    talk: Talk, lines: Callable[[], str | None], *, told: Callable[[VouchError], None], going_on: bool
) -> int:
    """Take lines until they end or one ends it; the exit code.

    Args:
        talk: the conversation.
        lines: the next line, None where there is no more.
        told: hears of a line that can't be used.
        going_on: whether such a line leaves the exit code at 0, as where somebody sits and sees it.
    """
    code = 0
    while (line := lines()) is not None:
        try:
            if not talk.take(line):
                break
        except InputError as error:
            told(error)
            code = code if going_on else error.exit_code
        except KeyboardInterrupt:
            if not going_on:
                raise
            talk.say("stopped; the conversation is as before")
    return code


def _asked(turn: Turn) -> str:
    understood = turn.answer.understood_as
    return turn.question if understood == turn.question else f"{turn.question} ({understood})"


def _in_one_line(entry: Entry) -> str:
    from rag.citations import name_and_year

    document = entry.reference.document
    return f"[{entry.reference.number}] {name_and_year(document)}: {document.title}"


def _in_full(entry: Entry) -> str:
    from rag.citations import url_of, vancouver

    document = entry.reference.document
    lines = [f"[{entry.reference.number}] {vancouver(document)}", f"    {entry.about}"]
    lines += [f"    {url}"] if (url := url_of(document)) else []
    lines += [f"    “{quote.text}” ({quote.section or 'text'})" for quote in entry.quotes]
    return "\n".join([*lines, f"    Why it ranks here: {entry.reference.why.text}"])
