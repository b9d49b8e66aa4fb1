"""Any OpenAI-compatible server as a model; the one place where its errors become ours."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count
from time import sleep
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from rag.deadline import Deadline, Late
from rag.errors import ModelUnavailable
from rag.llm import Form, Message, Reply
from rag.llm_replies import completion
from rag.types import Usage

if TYPE_CHECKING:
    from openai import OpenAI

RETRIES = 3  # further tries after a fault that may pass
FIRST_PAUSE, LONGEST_PAUSE = 0.25, 4.0  # seconds between tries, doubled each time
LEAST = 0.5  # seconds that must be left for another try to be worth it
CONNECT = 5.0  # seconds for a connection
MOST_BYTES = 2_000_000  # of a reply; what is longer is no reply to us
_PASSING = frozenset({408, 409, 425, 429})  # beside all from 500 on


@dataclass(frozen=True, slots=True)
class Prices:
    """What a million tokens cost, in the currency of whoever pays."""

    prompt: float
    completion: float


@dataclass(slots=True)
class _Spoken:
    """What a server turned out to take; remembered, so that it is asked in vain only once."""

    form: int = 0
    """Place in `_FORMS`."""
    temperature: bool = True


@dataclass(frozen=True, slots=True)
class OpenAIServer:
    """Asks a server by its address; each call opens a connection of its own and is tried again within the deadline."""

    base_url: str
    model: str
    key: str = field(default="none", repr=False)
    prices: Prices | None = None
    pause: Callable[[float], None] = sleep
    _spoken: _Spoken = field(default_factory=_Spoken, repr=False, compare=False)

    @property
    def name(self) -> str:
        """The model's name."""
        return self.model

    def __call__(self, messages: Sequence[Message], form: Form, deadline: Deadline) -> Reply:
        """The reply of the server; the contract is `LLM`'s.

        Raises:
            ModelUnavailable: says what the server did and what to do now; never what it wrote.
        """
        for tried in count():
            try:
                return self._priced(self._asked(messages, form, deadline))
            except _MayPassError as fault:
                pause = max(fault.wait, min(FIRST_PAUSE * 2**tried, LONGEST_PAUSE))
                if tried >= RETRIES or pause + LEAST > deadline.left():
                    raise ModelUnavailable(f"{self._address} {fault}; try again later") from fault
                self.pause(pause)
        raise AssertionError("count() never ends")

    @property
    def _address(self) -> str:
        """Host and port of the server: an address may hold a password, and that is nobody's business."""
        parts = urlsplit(self.base_url)
        return (
            f"the model server at {parts.hostname or self.base_url}{f':{parts.port}' if parts.port else ''}"
        )

    def _priced(self, reply: Reply) -> Reply:
        used = reply.usage
        if self.prices is None or used.prompt_tokens is None or used.completion_tokens is None:
            return reply
        cost = self.prices.prompt * used.prompt_tokens + self.prices.completion * used.completion_tokens
        usage = Usage(used.calls, used.prompt_tokens, used.completion_tokens, cost / 1e6)
        return Reply(reply.text, reply.complete, usage)

    def _asked(self, messages: Sequence[Message], form: Form, deadline: Deadline) -> Reply:
        """One reply, in the best form that the server takes."""
        while True:
            spoken = _Spoken(self._spoken.form, self._spoken.temperature)
            options = _options(form, spoken)
            try:
                return self._once(messages, options, deadline)
            except _FormRefusedError as refused:
                if not self._gives_in(spoken, about_temperature=refused.about_temperature):
                    raise ModelUnavailable(
                        f"{self._address} refuses the request for model {self.model!r}; "
                        "check the model's name and how long its prompts may be"
                    ) from refused

    def _gives_in(self, refused: _Spoken, *, about_temperature: bool) -> bool:
        """Remember to ask in a plainer way than was refused; False where there is none."""
        if refused.temperature and about_temperature:
            self._spoken.temperature = False
        elif refused.form + 1 < len(_FORMS):
            self._spoken.form = max(self._spoken.form, refused.form + 1)
        elif refused.temperature:
            self._spoken.temperature = False
        else:
            self._spoken.form, self._spoken.temperature = 0, True
            return False
        return True

    def _once(self, messages: Sequence[Message], options: dict[str, Any], deadline: Deadline) -> Reply:
        from openai import OpenAI, Timeout

        left = deadline.left()
        if left <= 0:
            raise _MayPassError("did not reply in time")
        timeout = Timeout(left, connect=min(CONNECT, left))
        client = OpenAI(base_url=self.base_url, api_key=self.key, max_retries=0, timeout=timeout)
        try:
            body = deadline.run(lambda: self._body(client, messages, options), client.close)
        except Late as late:
            raise _MayPassError("did not reply in time") from late
        except Exception as error:
            raise self._in_our_words(error) from error
        finally:
            client.close()
        return completion(body)

    def _body(self, client: OpenAI, messages: Sequence[Message], options: dict[str, Any]) -> bytes:
        """The bytes of a reply, read in pieces so that an endless one is left behind."""
        given: Any = [{"role": message.role, "content": message.text} for message in messages]
        body = bytearray()
        asking = client.chat.completions.with_streaming_response
        with asking.create(model=self.model, messages=given, **options) as response:
            for piece in response.iter_bytes():
                body += piece
                if len(body) > MOST_BYTES:
                    raise _MayPassError("sent a reply that is too long to be one")
        return bytes(body)

    def _in_our_words(self, error: Exception) -> Exception:
        import httpx2
        import openai

        if isinstance(error, _MayPassError):
            return error
        if isinstance(error, openai.APIStatusError):
            return self._refused(error)
        if isinstance(error, (openai.APITimeoutError, httpx2.TimeoutException)):
            return _MayPassError("did not reply in time")
        if isinstance(error, (openai.APIConnectionError, httpx2.TransportError, OSError)):
            return _MayPassError("can't be reached or closed the connection")
        if isinstance(error, (openai.OpenAIError, httpx2.HTTPError, httpx2.InvalidURL, ValueError)):
            return ModelUnavailable(
                f"{self._address} can't be asked ({type(error).__name__}); check its address"
            )
        return error

    def _refused(self, error: Any) -> Exception:
        status = int(error.status_code)
        if status in _PASSING or status >= 500:
            wait = retry_after(error.response.headers.get("retry-after"))
            return _MayPassError("is overloaded" if status == 429 else f"answered {status}", wait)
        if status in {400, 422}:
            return _FormRefusedError("temperature" in str(error).lower())
        if status in {401, 403}:
            return ModelUnavailable(f"{self._address} refuses the key; check VOUCH_LLM_API_KEY")
        return ModelUnavailable(
            f"{self._address} answered {status} for model {self.model!r}; check its address, which mostly "
            "ends in /v1, and the model's name"
        )


class _MayPassError(Exception):
    """A fault that may have passed by the next try."""

    def __init__(self, message: str, wait: float = 0.0) -> None:
        super().__init__(message)
        self.wait = wait


class _FormRefusedError(Exception):
    """The server takes no such request."""

    def __init__(self, about_temperature: bool) -> None:
        super().__init__("the request was refused")
        self.about_temperature = about_temperature


def retry_after(header: str | None) -> float:
    """Seconds to wait by a Retry-After header, whether it gives seconds or a date; 0 where it can't be read."""
    from datetime import UTC, datetime
    from email.utils import parsedate_to_datetime

    if not header:
        return 0.0
    try:
        return (
            max(0.0, float(header))
            if header.strip().replace(".", "", 1).isdigit()
            else max(0.0, (parsedate_to_datetime(header).astimezone(UTC) - datetime.now(UTC)).total_seconds())
        )
    except (TypeError, ValueError, OverflowError):
        return 0.0


_FORMS: tuple[Callable[[Form], dict[str, Any]], ...] = (
    lambda form: {
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": form.name, "schema": json.loads(form.schema), "strict": True},
        }
    },
    lambda form: {"response_format": {"type": "json_object"}},  # noqa: ARG005  # one form for all
    lambda form: {},  # noqa: ARG005  # the prompt asks for JSON, too
)


def _options(form: Form, spoken: _Spoken) -> dict[str, Any]:
    return {**_FORMS[spoken.form](form), **({"temperature": 0} if spoken.temperature else {})}
