"""`vouch keys`: who may use a server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from service.params import Text

if TYPE_CHECKING:
    from service.http.keys import ApiKeys

_ROLES = ("reader", "reviewer", "editor", "admin")


@click.group()
def keys() -> None:
    """Make, list and revoke the keys of a server.

    A reader asks; a reviewer also reviews answers; an editor also indexes; an admin may do everything.
    """


@keys.command()
@click.argument("name", type=Text())
@click.option(
    "--role", type=click.Choice(_ROLES), default="reader", show_default=True, help="What it is good for."
)
def add(name: str, role: str) -> None:
    """Make a key for NAME and print it: this once, as only its hash is kept."""
    from service.http.access import AccessRole

    key, secret = _keys().add(name, AccessRole(role))
    click.echo(secret)
    click.echo(f"key {key.id} for {key.name}, {key.role.value}; it isn't shown again", err=True)


@keys.command(name="list")
def list_keys() -> None:
    """List the keys, without their secrets."""
    for key in _keys().all():
        state = f"revoked {key.revoked_at:%Y-%m-%d}" if key.revoked_at else "valid"
        click.echo(f"{key.id}  {key.role.value:8}  {key.made_at:%Y-%m-%d}  {state}  {key.name}")


@keys.command()
@click.argument("key_id", type=Text())
def revoke(key_id: str) -> None:
    """Revoke the key KEY_ID; a running server refuses it from then on."""
    key = _keys().revoke(key_id)
    click.echo(f"revoked key {key.id} for {key.name}", err=True)


def _keys() -> ApiKeys:
    from service.http.keys import keys_in
    from service.settings import load_settings

    return keys_in(load_settings().data_home)
