"""`vouch bench ask`: the server beside a minimal service over plain LlamaIndex."""

from __future__ import annotations

import json
from pathlib import Path

from rag.errors import InputError

GOLD = {"id": "made-up-1", "question": "Does dromedaril help night cramps?", "answerable": True}


def test_both_servers_are_asked_by_one_eight_and_thirty_two_clients(vouch, library):
    Path("gold.jsonl").write_text(json.dumps(GOLD) + "\n", encoding="utf-8")

    result = vouch("bench", "ask", "gold.jsonl", "--each", "4", "--format", "json")

    found = json.loads(result.stdout)["systems"]
    assert set(found) == {"vouch", "llama-index"}
    for loads in found.values():
        assert set(loads) == {"1", "8", "32"}
        assert all(load["asked"] == 4 and load["refused"] == 0 for load in loads.values())
    assert not (library / "records.db").exists()


def test_a_server_that_needs_keys_is_not_measured(vouch, library):
    vouch("keys", "add", "Dr A")
    Path("gold.jsonl").write_text(json.dumps(GOLD) + "\n", encoding="utf-8")

    assert vouch("bench", "ask", "gold.jsonl").exit_code == InputError.exit_code
