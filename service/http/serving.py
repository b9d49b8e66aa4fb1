"""Listening, and stopping without leaving half answers."""

from __future__ import annotations

import asyncio
import sys
from types import FrameType
from typing import TYPE_CHECKING

from rag.errors import InputError
from service.http.doorkeeper import is_loopback
from service.http.keys import keys_in

if TYPE_CHECKING:
    import uvicorn

    from service.http.engine import Engine
    from service.settings import Settings

_FINISH = 20  # seconds for what is in flight when the server is told to stop
_REFUSE = 5  # of these, for telling those who still wait
_SWITCH = 0.001  # seconds after which a thread that answers lets the event loop have its turn


def serve_until_stopped(settings: Settings, host: str, port: int) -> None:
    """Serve until SIGTERM or SIGINT, then finish what is in flight.

    Raises:
        InputError: it would listen beyond this computer while nobody has a key.
    """
    import uvicorn

    from service.http.app import create_app
    from service.http.observing import json_log

    known = settings.oidc_issuer is not None or keys_in(settings.data_home).valid()
    if not is_loopback(host) and not known:
        raise InputError(
            f"nobody could use a server on {host} without a key; make one with: vouch keys add NAME --role admin"
        )
    app = create_app(settings, host=host, log=json_log())
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_FINISH,
    )
    sys.setswitchinterval(_SWITCH)
    _server(config, app.state.parts.engine).run()


def _server(config: uvicorn.Config, engine: Engine) -> uvicorn.Server:
    """A server that, told to stop, refuses in time what it couldn't finish."""
    import uvicorn

    class Stopping(uvicorn.Server):
        def handle_exit(self, sig: int, frame: FrameType | None) -> None:
            super().handle_exit(sig, frame)
            engine.stop_soon(asyncio.get_running_loop(), _FINISH - _REFUSE)

    return Stopping(config)
