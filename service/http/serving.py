"""Listening, and stopping without leaving half answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rag.errors import InputError
from service.http.doorkeeper import is_loopback
from service.http.keys import keys_in

if TYPE_CHECKING:
    from service.settings import Settings

_FINISH = 20  # seconds for what is in flight when the server is told to stop


def serve_until_stopped(settings: Settings, host: str, port: int) -> None:
    """Serve until SIGTERM or SIGINT, then finish what is in flight.

    Raises:
        InputError: it would listen beyond this computer while nobody has a key.
    """
    import uvicorn

    from service.http.app import create_app
    from service.http.observing import json_log

    if not is_loopback(host) and not keys_in(settings.data_home).valid():
        raise InputError(
            f"nobody could use a server on {host} without a key; make one with: vouch keys add NAME --role admin"
        )
    config = uvicorn.Config(
        create_app(settings, host=host, log=json_log()),
        host=host,
        port=port,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_FINISH,
    )
    uvicorn.Server(config).run()
