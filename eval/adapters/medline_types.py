"""MEDLINE records with publication types, as PubMed and Ovid export them: what do title and abstract alone tell?"""

from __future__ import annotations

from pathlib import Path

from eval.adapters.dataset import Dataset, Source
from rag.errors import InputError

SOURCE = Source(
    "medline_nbib_ris",
    "MEDLINE records of RobotSearch",
    "Marshall et al., Res Synth Methods 2018; github.com/ijmarshall/robotsearch",
    "records NLM; collection GPL-3.0",
)
_FILES = ("robotsearch_pubmed_given_485.nbib", "robotsearch_ovid_given_536.ris")


def read(folder: Path) -> Dataset:
    """The two files whose records carry types, to be read as any input is.

    Raises:
        InputError: one of them isn't there.
    """
    files = tuple(folder / name for name in _FILES)
    for path in files:
        if not path.is_file():
            raise InputError(f"there is no file {path}; give the folder of the whole set")
    return Dataset(SOURCE, typed=files)
