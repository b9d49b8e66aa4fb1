"""`vouch serve`: the API and the web pages."""

from __future__ import annotations

import click


@click.command()
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Address to listen on; beyond loopback everybody needs a key.",
)
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=8000,
    show_default=True,
    help="Port to listen on; 0 for any that is free.",
)
def serve(host: str, port: int) -> None:
    """Serve the API and the web pages until stopped.

    Stopping it (Ctrl+C, SIGTERM) finishes the answers that are in flight.
    """
    from service.http.serving import serve_until_stopped
    from service.settings import load_settings

    serve_until_stopped(load_settings(), host, port)
