"""`vouch serve` as a process."""

from __future__ import annotations

import socket

from rag.errors import InputError


def test_a_server_that_nobody_could_use_is_not_started(vouch, home):
    result = vouch("serve", "--host", "0.0.0.0")

    assert result.exit_code == InputError.exit_code
    assert "vouch keys add" in result.output


def test_a_port_that_is_taken_is_told_in_one_line(vouch, home):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])

        result = vouch("serve", "--port", port)

    assert result.exit_code == InputError.exit_code
    assert port in result.output
