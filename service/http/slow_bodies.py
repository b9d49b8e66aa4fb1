"""Clients that send a body too slowly are let go."""

from __future__ import annotations

import asyncio

from starlette.types import Message, Receive

from service.http.problems import Problem

_SILENCE = 10.0  # seconds without a byte


def patient(receive: Receive, silence: float = _SILENCE) -> Receive:
    """`receive`, which doesn't wait longer than `silence` seconds for the next part of a body."""
    whole = False

    async def receiving() -> Message:
        nonlocal whole
        if whole:  # what comes now is that the client leaves, and it may take its time
            return await receive()
        try:
            message = await asyncio.wait_for(receive(), silence)
        except TimeoutError as error:
            raise Problem(408, f"nothing was sent for {silence:g} s; send it again", kind="slow") from error
        whole = not message.get("more_body", False)
        return message

    return receiving
