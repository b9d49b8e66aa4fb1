"""`vouch keys`, and what a key opens."""

from __future__ import annotations

import stat

import pytest

from rag.errors import InputError
from service.http.access import AccessRole
from service.http.keys import PREFIX, ApiKeys


@pytest.fixture
def keys(tmp_path):
    return ApiKeys(tmp_path / "keys.json")


def test_a_key_is_kept_as_a_hash_that_only_its_owner_can_read(keys):
    key, secret = keys.add("Dr A", AccessRole.READER)

    kept = keys.path.read_text()
    assert secret not in kept
    assert secret.removeprefix(PREFIX) not in kept
    assert key.sha256 in kept
    assert stat.S_IMODE(keys.path.stat().st_mode) == 0o600


def test_a_revoked_key_opens_nothing_also_for_who_has_read_it_before(keys):
    running = ApiKeys(keys.path)
    key, secret = keys.add("Dr A", AccessRole.READER)
    assert running.of_secret(secret) is not None

    keys.revoke(key.id)

    assert running.of_secret(secret) is None
    with pytest.raises(InputError):
        keys.revoke(key.id)


def test_keys_are_made_listed_and_revoked_by_command(vouch, home):
    made = vouch("keys", "add", "Dr A", "--role", "reviewer")
    listed = vouch("keys", "list").output

    key_id = listed.split()[0]
    assert made.output.splitlines()[0].startswith(PREFIX)
    assert "Dr A" in listed
    assert made.output.splitlines()[0] not in listed
    assert vouch("keys", "revoke", key_id).exit_code == 0
    assert "revoked" in vouch("keys", "list").output


@pytest.mark.parametrize("name", ["", " ", "a\nb", "x" * 101])
def test_a_name_that_would_spoil_the_list_is_refused(vouch, home, name):
    assert vouch("keys", "add", name).exit_code == InputError.exit_code
