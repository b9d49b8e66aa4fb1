"""How much of an archive is opened, and a stream that holds to it."""

from __future__ import annotations

import io
import lzma
import tarfile
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import IO

from rag.errors import UnreadableInput

FAULTS = (
    OSError,
    EOFError,
    zlib.error,
    lzma.LZMAError,
    zipfile.BadZipFile,
    tarfile.TarError,
    NotImplementedError,  # of zipfile, for a method of packing that it does not know
    ValueError,
)
"""What the libraries raise on an archive that is damaged, cut short or hostile."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Ends to what an archive may hold."""

    members: int = 200_000
    member_bytes: int = 256 * 2**20
    """Bytes of one member, unpacked; it is held in memory where the archive can't be read back."""
    total_bytes: int = 8 * 2**30
    """Bytes of all members together, unpacked."""
    ratio: int = 300
    """Bytes unpacked for each byte packed; full texts in XML have about 10, bombs a thousand and more."""
    ratio_from: int = 16 * 2**20
    """Bytes unpacked before the ratio counts."""
    nesting: int = 2
    """Archives in one another: 2 is an archive with archives in it."""
    directory_bytes: int = 64 * 2**20
    """Bytes of a zip file's list of members."""


LIMITS = Limits()


@dataclass(slots=True)
class Budget:
    """What is left of the limits, over an archive and all archives in it."""

    limits: Limits
    members: int = field(default=0)
    bytes_read: int = field(default=0)

    @property
    def spent(self) -> bool:
        """Whether nothing more may be read."""
        return self.members > self.limits.members or self.bytes_read > self.limits.total_bytes

    def count_member(self) -> None:
        """Note one more member.

        Raises:
            UnreadableInput: it is one too many, or what came before it was too much.
        """
        self.members += 1
        self._check()

    def count_bytes(self, count: int) -> None:
        """Note bytes that were unpacked.

        Raises:
            UnreadableInput: they are too many.
        """
        self.bytes_read += count
        self._check()

    def _check(self) -> None:
        if self.members > self.limits.members:
            raise UnreadableInput(f"it has more than {self.limits.members:,} members; split the archive")
        if self.spent:
            raise UnreadableInput(
                f"it has more than {self.limits.total_bytes:,} bytes unpacked; split the archive"
            )


class Unpacked(io.RawIOBase):
    """An unpacking stream held to the limits, its faults in our words; can be set back where the other can.

    What is read again after it was set back doesn't count again.
    """

    def __init__(
        self,
        unpacking: IO[bytes],
        name: str,
        budget: Budget,
        largest: int,
        packed: IO[bytes] | int | None = None,
    ) -> None:
        """Args: packed: the stream below, or the number of packed bytes, against which the ratio is held."""
        self._unpacking, self._name, self._budget, self._largest = unpacking, name, budget, largest
        self._packed = packed
        self._at, self._furthest = 0, 0

    def readable(self) -> bool:
        """It can be read."""
        return True

    def seekable(self) -> bool:
        """It can be set back where the unpacking stream can."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # the protocol's name is not public
        """The next bytes, held to the limits."""
        try:
            block = self._unpacking.read(min(len(buffer), io.DEFAULT_BUFFER_SIZE * 8))
        except FAULTS as error:
            raise UnreadableInput(
                f"{self._name} is damaged, cut short or encrypted: {error}; fetch it again"
            ) from error
        self._note(len(block))
        buffer[: len(block)] = block
        return len(block)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place in what is unpacked."""
        self._at = self._unpacking.seek(offset, whence)
        return self._at

    def tell(self) -> int:
        """The place in what is unpacked."""
        return self._at

    def _note(self, count: int) -> None:
        self._at += count
        if self._at <= self._furthest:
            return
        self._budget.count_bytes(self._at - self._furthest)
        self._furthest = self._at
        if self._at > self._largest:
            raise UnreadableInput(f"{self._name} has more than {self._largest:,} bytes unpacked; split it")
        limits, packed = self._budget.limits, self._packed_bytes()
        if packed and self._at > limits.ratio_from and self._at > limits.ratio * packed:
            raise UnreadableInput(
                f"{self._name} unpacks to more than {limits.ratio} times its size, as no text does; pack it plainly"
            )

    def _packed_bytes(self) -> int:
        if self._packed is None or isinstance(self._packed, int):
            return self._packed or 0
        return self._packed.tell()
