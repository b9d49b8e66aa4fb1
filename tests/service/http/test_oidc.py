"""Bearer tokens of a provider, signed here by keys made up for the test."""

from __future__ import annotations

import json

import anyio
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, OctKey

from rag.errors import SourceUnavailable
from service.http.access import AccessRole, Means
from service.http.oidc import SigningKeys, Tokens
from service.http.problems import Problem

ISSUER = "https://id.example"
NOW = 1_800_000_000


@pytest.fixture
def key():
    return ECKey.generate_key("P-256", {"kid": "one", "use": "sig"})


@pytest.fixture
def place(tmp_path, key):
    return written(tmp_path / "keys.json", key)


@pytest.fixture
def tokens(place):
    return Tokens(ISSUER, "vouch", SigningKeys(str(place)), clock=lambda: NOW)


def written(path, key):
    path.write_text(json.dumps(KeySet([key]).as_dict(private=False)))
    return path


def signed(key, algorithm="ES256", **changed):
    claims = {
        "iss": ISSUER,
        "aud": "vouch",
        "sub": "a1",
        "exp": NOW + 600,
        "roles": ["vouch-reviewer"],
        "name": "Dr A",
    }
    claims = {name: value for name, value in (claims | changed).items() if value is not None}
    return jwt.encode({"alg": algorithm, "kid": key.kid}, claims, key, algorithms=[algorithm])


def test_a_token_tells_who_asks_and_what_they_may_do(tokens, key):
    caller = anyio.run(tokens, signed(key))

    assert (caller.id, caller.name) == (f"{ISSUER}#a1", "Dr A")
    assert (caller.role, caller.means) == (AccessRole.REVIEWER, Means.TOKEN)


@pytest.mark.parametrize(
    "changed",
    [
        {"iss": "https://elsewhere.example"},
        {"aud": "another"},
        {"exp": NOW - 3600},
        {"exp": None},
        {"sub": None},
        {"iss": None},
        {"aud": None},
        {"nbf": NOW + 3600},
    ],
)
def test_a_token_that_is_not_for_us_now_is_refused(tokens, key, changed):
    with pytest.raises(Problem) as refused:
        anyio.run(tokens, signed(key, **changed))

    assert refused.value.status_code == 401


def test_a_token_signed_by_another_key_is_refused(tokens):
    other = ECKey.generate_key("P-256", {"kid": "one"})

    with pytest.raises(Problem) as refused:
        anyio.run(tokens, signed(other))

    assert refused.value.status_code == 401


def test_a_token_signed_with_the_public_key_as_if_it_were_a_secret_is_refused(tokens, key):
    secret = OctKey.import_key(key.as_pem(private=False).hex(), {"kid": "one"})

    with pytest.raises(Problem):
        anyio.run(tokens, signed(secret, "HS256"))


@pytest.mark.parametrize("token", ["", "a.b.c", "eyJhbGciOiJub25lIn0.e30.", "\ud800", "x" * 10_000])
def test_what_is_no_token_is_refused(tokens, token):
    with pytest.raises(Problem) as refused:
        anyio.run(tokens, token)

    assert refused.value.status_code == 401


def test_a_token_without_a_role_may_nothing(tokens, key):
    with pytest.raises(Problem) as refused:
        anyio.run(tokens, signed(key, roles=["janitor"]))

    assert refused.value.status_code == 403


def test_new_keys_of_the_provider_are_found_but_not_looked_for_at_every_bad_token(place):
    clock = [0.0]
    new = ECKey.generate_key("P-256", {"kid": "two"})
    tokens = Tokens(ISSUER, "vouch", SigningKeys(str(place), lambda: clock[0]), clock=lambda: NOW)
    with pytest.raises(Problem):
        anyio.run(tokens, signed(new))
    written(place, new)
    with pytest.raises(Problem):
        anyio.run(tokens, signed(new))

    clock[0] = 60.0

    assert anyio.run(tokens, signed(new)).role is AccessRole.REVIEWER


def test_keys_that_can_not_be_read_are_our_problem_and_not_the_callers(tmp_path):
    tokens = Tokens(ISSUER, "vouch", SigningKeys(str(tmp_path / "none.json")))

    with pytest.raises(SourceUnavailable):
        anyio.run(tokens, "a.b.c")
