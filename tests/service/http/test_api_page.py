"""docs/api.md and the other pages of the server say what the server does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from service.http.access import AccessRole
from service.http.api_page import api_page
from service.http.app import create_app
from service.settings import Settings

ROOT = Path(__file__).parents[3]


@pytest.fixture
def described(home):
    return create_app(Settings()).openapi()


def test_the_page_of_the_api_is_current(described):
    """Else: python -m service.http.api_page > docs/api.md."""
    assert (ROOT / "docs/api.md").read_text(encoding="utf-8") == api_page(described)


def test_every_endpoint_says_what_it_does_what_it_needs_and_how_it_refuses(described):
    for path, methods in described["paths"].items():
        for operation in methods.values():
            assert operation["description"], path
            assert "application/problem+json" in operation["responses"]["503"]["content"]
            assert operation.get("x-role") or path in {"/healthz", "/readyz"}


def test_the_page_about_deployment_names_settings_that_are_there():
    page = (ROOT / "docs/deployment.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1] for line in page.splitlines() if line.startswith("| `")]

    named = {name for row in rows for name in re.findall(r"`([a-z_]+)`", row)}

    assert named & set(Settings.model_fields)
    assert not {name for name in named if "_" in name} - set(Settings.model_fields)


def test_the_page_about_security_names_the_roles():
    page = (ROOT / "docs/security.md").read_text(encoding="utf-8")

    assert {role.value for role in AccessRole} <= set(re.findall(r"^\| (\w+) \|", page, re.MULTILINE))


def test_the_compose_file_runs_the_image_of_the_containerfile_with_little_rights():
    services = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]

    server = services["vouch"]
    assert (ROOT / server["build"]["dockerfile"]).is_file()
    assert server["read_only"]
    assert server["cap_drop"] == ["ALL"]
    settings = {name.removeprefix("VOUCH_").lower() for name in server["environment"]}
    assert settings <= set(Settings.model_fields)
    assert "USER vouch" in (ROOT / "Containerfile").read_text(encoding="utf-8")
