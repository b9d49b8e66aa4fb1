"""Listening, and stopping without leaving half answers."""

from __future__ import annotations

import asyncio
import logging
import socket
import sys
from contextlib import ExitStack
from types import FrameType
from typing import TYPE_CHECKING

from rag.errors import InputError
from service.http.doorkeeper import is_loopback
from service.http.keys import keys_in

if TYPE_CHECKING:
    import uvicorn

    from service.http.parts import Parts
    from service.settings import Settings

_FINISH = 20  # seconds for what is in flight when the server is told to stop
_REFUSE = 5  # of these, for telling those who still wait
_SWITCH = 0.001  # seconds after which a thread that answers lets the event loop have its turn


def serve_until_stopped(settings: Settings, host: str, port: int) -> None:
    """Serve until SIGTERM or SIGINT, then finish what is in flight.

    Raises:
        InputError: it can't listen there, or would listen beyond this computer while nobody has a key.
    """
    import uvicorn

    from service.http.app import create_app
    from service.http.observing import json_log

    known = settings.oidc_issuer is not None or keys_in(settings.data_home).valid()
    if not is_loopback(host) and not known:
        raise InputError(
            f"nobody could use a server on {host} without a key; make one with: vouch keys add NAME --role admin"
        )
    logging.basicConfig(level=logging.ERROR, format="%(levelname)s %(name)s: %(message)s")
    bound = _bound(host, port)
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
    _server(config, app.state.parts).run([bound])


def _bound(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with ExitStack() as failing:
            made = failing.enter_context(socket.socket(family, kind, protocol))
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            made.bind(address)
            failing.pop_all()
    except OSError as error:
        raise InputError(
            f"can't listen on {host} port {port}: {error.strerror}; choose others with --host and --port"
        ) from error
    return made


def _server(config: uvicorn.Config, parts: Parts) -> uvicorn.Server:
    """A server that says where it is and, told to stop, refuses in time what it couldn't finish."""
    import uvicorn

    class Stopping(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            for bound in (one for server in self.servers for one in server.sockets):
                host, port = bound.getsockname()[:2]
                parts.log(
                    "serving", address=f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
                )

        def handle_exit(self, sig: int, frame: FrameType | None) -> None:
            super().handle_exit(sig, frame)
            parts.engine.stop_soon(asyncio.get_running_loop(), _FINISH - _REFUSE)

    return Stopping(config)
