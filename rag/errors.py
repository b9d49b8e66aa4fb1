"""The errors that Vouch raises.

VouchError
├── InputError              what was given can't be used                    exit 2, HTTP 422
│   ├── UnreadableInput     one file or record can't be read; the rest can
│   ├── UnknownRecord       no such record, or it isn't the caller's        HTTP 404
│   ├── NotAllowed          the caller may not do this to it                HTTP 403
│   └── WrongState          it doesn't fit the present state                HTTP 409
├── LibraryProblem          the library can't serve or be written           exit 3, HTTP 503
│   ├── LibraryLocked       another writer is at work
│   ├── LibraryDamaged      a file of the library isn't what it should be
│   └── ModelMismatch       the library was made with another embedding model
├── ModelUnavailable        a model server can't be reached or used         exit 4, HTTP 503
├── SourceUnavailable       PubMed can't be reached or used                 exit 4, HTTP 503
└── MissingExtra            an optional package isn't installed             exit 5

A message says what happened, which value, and what to do now. Not finding an answer is no error:
it is an abstention.
"""


class VouchError(Exception):
    """The root of every error that Vouch raises on purpose."""

    exit_code = 1


class InputError(VouchError):
    """What the user gave can't be used."""

    exit_code = 2


class UnreadableInput(InputError):
    """One file or record can't be read; the others of the batch can."""


class UnknownRecord(InputError):
    """There is no such record, or it isn't one that the caller may see."""


class NotAllowed(InputError):
    """The caller may see a record but not do this to it."""


class WrongState(InputError):
    """What was asked doesn't fit the present state of a record."""


class LibraryProblem(VouchError):
    """The library can't serve or can't be written at present."""

    exit_code = 3


class LibraryLocked(LibraryProblem):
    """Another writer is at work on the library."""


class LibraryDamaged(LibraryProblem):
    """A file of the library isn't what it should be and can't be rebuilt from what is there."""


class ModelMismatch(LibraryProblem):
    """The library was made with another embedding model than the settings ask for."""


class ModelUnavailable(VouchError):
    """A model server can't be reached, or what it says can't be used."""

    exit_code = 4


class SourceUnavailable(VouchError):
    """A service that documents come from can't be reached, or what it says can't be used."""

    exit_code = 4


class MissingExtra(VouchError):
    """An optional package that the settings ask for isn't installed."""

    exit_code = 5
