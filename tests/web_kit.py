"""A small made-up library and a server over it, for tests of pages: no study in here exists."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Thread

import uvicorn
from click.testing import CliRunner
from made_up import TODAY

from service.cli import cli
from service.http.app import app_of, parts_for
from service.settings import Settings

QUESTION = "Does dromedaril help night cramps?"
TRIAL = """---
id: ref:made-up-trial
title: Made-up trial of dromedaril for night cramps
authors: [Doe JA, Roe B]
journal: J Made Up Med
date: 2021-05-04
publication_types: [Randomized Controlled Trial]
sample_size: 240
{more}---
## Results

Dromedaril halved the number of night cramps in made-up adults within four weeks.

Dromedaril caused mild dizziness in 3% of the made-up adults who took it.
"""
COHORT = """---
id: ref:made-up-cohort
title: Made-up cohort of dromedaril for night cramps
date: 2018-02
publication_types: [Cohort Studies]
sample_size: 900
---
## Results

Dromedaril did not change the number of night cramps in made-up adults within four weeks.
"""
SERIES = """---
id: ref:made-up-series
title: Made-up case series of dromedaril for night cramps
publication_types: [Case Reports]
---
## Results

Night cramps stopped in five of six made-up adults who took dromedaril every evening.
"""
HOSTILE = """---
id: ref:made-up-hostile
title: "<script>document.title='caught'</script><img src=x onerror=document.title='caught'> Made-up review of dromedaril for zebra cramps"
authors: ["<b>Bold</b> A"]
date: 2022
publication_types: [Review]
---
## Results <i>slanted</i>

Dromedaril stopped zebra cramps in nine of ten made-up zebras within 4 weeks.

Dromedaril for zebra cramps "><svg onload=document.title='caught'> cured \u202eevery\u202c made-up zebra in 4 weeks.
"""
HOSTILE_QUESTION = "Does dromedaril help zebra cramps <img src=x onerror=document.title='caught'>?"


def library_in(home: Path) -> Path:
    """A data home with the made-up documents in its library."""
    for name, text in (
        ("trial", TRIAL.format(more="")),
        ("cohort", COHORT),
        ("series", SERIES),
        ("hostile", HOSTILE),
    ):
        index(home, name, text)
    return home


def index(home: Path, name: str, text: str) -> None:
    """Bring the library in a data home up to date with a document, as `vouch index` does."""
    home.mkdir(parents=True, exist_ok=True)
    file = home.parent / f"{name}.md"
    file.write_text(text, encoding="utf-8")
    environment = {"VOUCH_HOME": str(home), "VOUCH_MODEL": "hashing", "VOUCH_TODAY": TODAY.isoformat()}
    result = CliRunner(env=environment).invoke(cli, ["index", str(file)], prog_name="vouch")
    assert result.exit_code == 0, result.output


def settings_for(home: Path) -> Settings:
    """Settings of a server over a data home."""
    return Settings(home=home, model="hashing")


@contextmanager
def running(settings: Settings, *, host: str = "127.0.0.1") -> Iterator[str]:
    """The address of a server on a thread of this process."""
    parts = replace(parts_for(settings, host), today=lambda: TODAY)
    config = uvicorn.Config(
        app_of(parts), port=0, log_config=None, access_log=False, timeout_graceful_shutdown=2
    )
    server = uvicorn.Server(config)
    thread = Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.01)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
