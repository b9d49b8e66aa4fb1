"""One polite request to E-utilities: at their pace, tried again where that helps, never without an end."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from rag.errors import InputError, SourceUnavailable

if TYPE_CHECKING:
    import httpx

ADDRESS = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils"
TOOL = "vouch"
# Requests a second without and with a key, as NCBI asks in "A General Introduction to the E-utilities".
RATE, RATE_WITH_KEY = 3, 10
ATTEMPTS, ATTEMPTS_TO_CONNECT = 6, 3
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0  # seconds
READ_TIMEOUT, REQUEST_DEADLINE = (
    60.0,
    300.0,
)  # seconds without a byte, and for a request with all its attempts
LARGEST = 256 * 2**20
"""Bytes of one reply."""


class _Passing(Exception):
    """A fault that may pass, with the seconds after which the server wants to be asked again."""

    def __init__(self, what: str, after: float | None = None, attempts: int = ATTEMPTS) -> None:
        super().__init__(what)
        self.after, self.attempts = after, attempts


@dataclass(slots=True)
class Transport:
    """Asks a server of E-utilities; the clock and the pause are given, so that tests need no time."""

    address: str = ADDRESS
    email: str | None = None
    key: str | None = field(default=None, repr=False)
    ends: float | None = None
    """The reading of `clock` after which nothing is asked any more; None: never."""
    clock: Callable[[], float] = time.monotonic
    pause: Callable[[float], None] = time.sleep
    _next: float = 0.0
    _client: httpx.Client | None = None

    def ask(self, name: str, fields: Mapping[str, str], check: Callable[[bytes], str | None]) -> bytes:
        """The reply of a utility such as `esearch`.

        Args:
            name: of the utility.
            fields: what it is asked.
            check: says what is wrong with a reply, where that may pass; None where it can be used.

        Raises:
            InputError: it won't ever answer this.
            SourceUnavailable: it can't be reached, or not in time, or doesn't answer as it should.
        """
        started, last, attempt = self.clock(), "", 0
        while True:
            try:
                reply = _checked(self._once(name, fields, self._deadline(started, last)), check)
            except _Passing as fault:
                last, attempt = str(fault), attempt + 1
                if attempt >= fault.attempts:
                    raise SourceUnavailable(
                        f"{self.address} failed {attempt} times at {name}: {last}; what was fetched is kept, "
                        "so run the same command again later"
                    ) from fault
                wait = fault.after if fault.after is not None else _backoff(attempt)
                self._wait(min(wait, LONGEST_PAUSE), started, last)
            else:
                return reply

    def close(self) -> None:
        """Close the connection."""
        if self._client is not None:
            self._client.close()

    def _once(self, name: str, fields: Mapping[str, str], deadline: float) -> bytes:
        import httpx

        self._keep_pace()
        sent = {**fields, "tool": TOOL}
        sent |= {"email": self.email} if self.email else {}
        sent |= {"api_key": self.key} if self.key else {}
        timeout = httpx.Timeout(max(0.1, min(READ_TIMEOUT, deadline - self.clock())))
        try:
            # A query may be longer than an address can be.
            with self._opened().stream(
                "POST", f"{self.address}/{name}.fcgi", data=sent, timeout=timeout
            ) as reply:
                return self._body(name, reply, deadline)
        except httpx.ConnectError as error:
            what = f"it can't be reached ({error}); this command needs the network, all others work without"
            raise _Passing(what, attempts=ATTEMPTS_TO_CONNECT) from error
        except httpx.TimeoutException as error:
            raise _Passing("it doesn't answer in time") from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise _Passing(f"the reply broke off ({type(error).__name__})") from error

    def _opened(self) -> httpx.Client:
        import httpx

        # Made once, for making it reads every certificate of the machine.
        self._client = self._client or httpx.Client(headers={"User-Agent": TOOL})
        return self._client

    def _body(self, name: str, reply: httpx.Response, deadline: float) -> bytes:
        body = bytearray()
        for block in reply.iter_bytes():
            body += block
            if len(body) > LARGEST:
                raise SourceUnavailable(f"{self.address} sent more than {LARGEST:,} bytes at {name}")
            # The client's own limit holds for one read: a slow drip would never reach it.
            if self.clock() > deadline:
                raise _Passing("it answers too slowly")
        status = reply.status_code
        if status == 429 or status >= 500:
            raise _Passing(f"HTTP status {status}", _after(reply.headers.get("Retry-After")))
        if status >= 300:
            raise InputError(
                f"{self.address} refuses {name} with HTTP status {status}: {_excerpt(bytes(body))}; check the "
                "query, NCBI_API_KEY and the setting entrez_url"
            )
        return bytes(body)

    def _keep_pace(self) -> None:
        gap = 1 / (RATE_WITH_KEY if self.key else RATE)
        now = self.clock()
        if now < self._next:
            self.pause(self._next - now)
        self._next = max(now, self._next) + gap

    def _deadline(self, started: float, last: str) -> float:
        ends = started + REQUEST_DEADLINE
        ends = ends if self.ends is None else min(ends, self.ends)
        if self.clock() >= ends:
            raise SourceUnavailable(
                f"{self.address} didn't answer within the time there was{f' ({last})' if last else ''}; "
                "what was fetched is kept, so run the same command again"
            )
        return ends

    def _wait(self, seconds: float, started: float, last: str) -> None:
        left = self._deadline(started, last) - self.clock()
        self.pause(min(seconds, left))


def _checked(reply: bytes, check: Callable[[bytes], str | None]) -> bytes:
    if (wrong := check(reply)) is not None:
        raise _Passing(wrong)
    return reply


def _backoff(attempt: int) -> float:
    """Twice as long each time, and never quite the same, so that many clients don't come back at once."""
    return FIRST_PAUSE * 2.0 ** (attempt - 1) * random.uniform(0.8, 1.2)  # noqa: S311  # no secret hangs on it


def _after(header: str | None) -> float | None:
    """Seconds that a server asks to be left alone for, given as such or as a date."""
    if header is None:
        return None
    if header.strip().isdigit():
        return float(header)
    try:
        return max(0.0, parsedate_to_datetime(header).timestamp() - time.time())
    except ValueError:
        return None


def _excerpt(body: bytes) -> str:
    return " ".join(body[:200].decode("utf-8", "replace").split()) or "no reason given"
