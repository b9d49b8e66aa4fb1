"""`vouch serve` as a process."""

from __future__ import annotations

from rag.errors import InputError


def test_a_server_that_nobody_could_use_is_not_started(vouch, home):
    result = vouch("serve", "--host", "0.0.0.0")

    assert result.exit_code == InputError.exit_code
    assert "vouch keys add" in result.output
