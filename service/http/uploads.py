"""Files that clients send: kept under the data home by their content, with names that can do no harm."""

from __future__ import annotations

import os
import re
from hashlib import sha256
from pathlib import Path

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from service.http.problems import Problem

MOST_BYTES = 200_000_000  # of all files of one request
_MOST_FILES = 500
_NAME = 100  # characters


async def stored_files(request: Request, folder: Path) -> tuple[Path, ...]:
    """Keep the `files` of a multipart request; the same content under the same name is kept once.

    Raises:
        Problem: there are none, too many, or what was sent is no such form.
    """
    try:
        async with request.form(max_files=_MOST_FILES, max_fields=10) as form:
            sent = [one for one in form.getlist("files") if isinstance(one, UploadFile) and one.filename]
            if not sent:
                raise Problem(422, "no file was sent; send at least one as `files`", kind="input")
            return tuple([await run_in_threadpool(_stored, one, folder) for one in sent])
    except HTTPException as error:
        if isinstance(error, Problem):
            raise
        raise Problem(422, f"the form can't be read: {error.detail}", kind="input") from error


def safe_name(name: str) -> str:
    """A name of a file in plain letters, that leads nowhere and hides nothing."""
    last = re.split(r"[/\\]", name)[-1]
    return re.sub(r"[^A-Za-z0-9._-]", "_", last)[-_NAME:].lstrip(".-") or "file"


def _stored(sent: UploadFile, folder: Path) -> Path:
    digest = sha256()
    while part := sent.file.read(1_000_000):
        digest.update(part)
    home = folder / digest.hexdigest()[:16]
    path = home / safe_name(sent.filename or "")
    if path.exists():
        return path
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    sent.file.seek(0)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    with unfinished.open("wb") as file:
        while part := sent.file.read(1_000_000):
            file.write(part)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
    return path
