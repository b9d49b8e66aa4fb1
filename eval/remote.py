"""A Vouch server as a system under test."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPException
from time import perf_counter
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit
from urllib.request import Request, urlopen

from eval.gold import GoldQuestion
from eval.replies import answer_from
from eval.result import Result
from rag.errors import InputError, ModelUnavailable

_LONGEST = 20_000_000  # bytes of a reply


@dataclass(frozen=True, slots=True)
class Remote:
    """Asks a server by its address; a conversation where the question has one.

    Its ranking is that of the references of its answer: the rest of what it found it doesn't tell.
    """

    url: str
    role: str | None = None
    timeout: float = 120.0
    """Seconds that the server may be silent."""

    def __post_init__(self) -> None:
        """Refuse what is no address of a server."""
        if urlsplit(self.url).scheme not in {"http", "https"} or not urlsplit(self.url).netloc:
            raise InputError(f"{self.url!r} is no address of a server; give it as http://127.0.0.1:8000")

    def __call__(self, gold: GoldQuestion) -> Result:
        """The answer of the server; what it refuses or what can't be read is a result with an error.

        Raises:
            ModelUnavailable: the server can't be reached.
        """
        began = perf_counter()
        try:
            reply, seconds = self._reply(gold)
            answer = answer_from(reply, self._text)
        except HTTPError as error:
            return Result(seconds=perf_counter() - began, error=f"the server replied {error.code}")
        except ValueError as error:
            return Result(seconds=perf_counter() - began, error=str(error))
        except (URLError, OSError, HTTPException) as error:
            raise ModelUnavailable(
                f"{self.url} can't be asked: {error}; check that vouch serve runs there"
            ) from error
        ranked = tuple(dict.fromkeys(item.document.id for item in answer.evidence))
        return Result(answer=answer, ranked=ranked, seconds=seconds)

    def _reply(self, gold: GoldQuestion) -> tuple[Mapping[str, Any], float]:
        place = "/v1/ask"
        if gold.history:
            place = f"/v1/conversations/{quote(str(self._json('/v1/conversations', {})['id']))}/questions"
        for before in gold.history:
            self._json(place, {"question": before, "role": self.role or gold.role})
        began = perf_counter()
        reply = self._json(place, {"question": gold.question, "role": self.role or gold.role})
        return reply, perf_counter() - began

    def _text(self, key: str) -> str:
        """The text of a passage; empty where the server doesn't give it out."""
        try:
            return str(self._json(f"/v1/passages/{quote(key, safe='')}", None)["text"])
        except (HTTPError, KeyError, ValueError):
            return ""

    def _json(self, place: str, body: Mapping[str, Any] | None) -> Mapping[str, Any]:
        content = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        request = Request(self.url.rstrip("/") + place, content, headers)  # noqa: S310  # checked above
        with urlopen(request, timeout=self.timeout) as response:  # noqa: S310
            reply = json.loads(response.read(_LONGEST))
        if not isinstance(reply, dict):
            raise ValueError(f"the server replied {str(reply)[:40]!r} and no JSON object")  # noqa: TRY004
        return reply
