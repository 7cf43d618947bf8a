"""What one task reads: some lines of a file, or a whole one."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from vsaviz.distributed import rows
from vsaviz.distributed.store import StoredFile
from vsaviz.errors import InputError
from vsaviz.ingest.sources import GZIP_MAGIC
from vsaviz.streaming import lines
from vsaviz.streaming.lines import Block, Place
from vsaviz.streaming.pace import Pace, paced


def is_parquet(file: StoredFile) -> bool:
    """Return whether a file is read as Parquet, by its name."""
    return file.name.endswith(".parquet")


@dataclass(frozen=True)
class Piece:
    """The documents of a file that begin at byte ``start`` or later, and before ``stop`` (None: the end)."""

    number: int
    """Among all pieces."""
    file: StoredFile
    start: int
    stop: int | None
    column: str | None

    def blocks(self, line: int = 0) -> Iterator[Block]:
        """Yield its documents in blocks; ``line`` is the number of lines before.

        Raises
        ------
        InputError
            If the file cannot be read.
        """
        if is_parquet(self.file):
            yield from paced(rows.blocks(self.file, self.column), Pace("", _silent))
            return
        if self.stop is not None:
            self._check_plain()
        start = Place(self.start, 0, line)
        yield from paced(lines.blocks(self.file, start, self.stop), Pace("", _silent))

    def _check_plain(self) -> None:
        try:
            with self.file.open() as stream:
                zipped = stream.read(len(GZIP_MAGIC)) == GZIP_MAGIC
        except OSError as error:
            raise InputError(f"{self.file.name} cannot be read: {error.strerror or error}") from error
        if zipped:
            raise InputError(f"{self.file.name} is gzipped, which its name must say; rename it to end in .gz")

    @contextmanager
    def said(self) -> Iterator[None]:
        """Let errors within name the line as it is counted in the whole file, not in the piece."""
        try:
            yield
        except InputError:
            if self.start:
                for block in self.blocks(lines.lines_before(self.file, self.start)):
                    block.documents()
            raise


def _silent(_: str) -> None:
    """Say nothing: Dask shows how it goes."""
