"""What the manifests of a batch say of its files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from corpus.manifest import find_manifest, read_manifest
from corpus.manifest_entry import Entry
from rag.errors import InputError


class Manifests:
    """Looks files up in the manifest of their folder; each manifest is read once."""

    def __init__(self, given: Path | None = None) -> None:
        """`given` is a manifest that goes before those in the folders.

        Raises:
            InputError: it can't be used.
        """
        self._given = read_manifest(given).entries if given else {}
        self._of_folder: dict[Path, Mapping[Path, Entry]] = {}

    def entry_of(self, file: Path) -> Entry | None:
        """What a manifest says of a file; None where none does, or where it can't be used."""
        place = file.resolve()
        if (entry := self._given.get(place)) is not None:
            return entry
        if place.parent not in self._of_folder:
            self._of_folder[place.parent] = _in_folder(place.parent)
        return self._of_folder[place.parent].get(place)


def _in_folder(folder: Path) -> Mapping[Path, Entry]:
    try:
        found = find_manifest(folder)
        return read_manifest(found).entries if found else {}
    except InputError:
        # The manifest is an input too, and is reported as one that can't be read.
        return {}
