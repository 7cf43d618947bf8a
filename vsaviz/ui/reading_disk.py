"""A collection on disk, opened for one question and let go of; nothing is written into it."""

from collections.abc import Callable
from pathlib import Path as File
from typing import TYPE_CHECKING, TypeVar

from vsaviz.ui.aside import Tell
from vsaviz.ui.loaded import OnDisk
from vsaviz.ui.uploading.on_disk import collections_folder

if TYPE_CHECKING:
    from vsaviz.collection.reader import Reader

Made = TypeVar("Made")


def reading(kept: OnDisk, ask: Callable[["Reader", Tell], Made]) -> Callable[[Tell], Made]:
    """Return work that asks the collection; nothing of Streamlit's is called by it.

    Raises
    ------
    InputError
        If the collection is not offered any more; the work, if it cannot be read.
    """
    from vsaviz.collection.offered import by_name, offered_path  # an extra
    from vsaviz.collection.reader import Reader

    path = offered_path(collections_folder() or File(), kept.name)

    def work(tell: Tell) -> Made:
        with by_name(path):
            return ask(Reader(path), tell)

    return work
