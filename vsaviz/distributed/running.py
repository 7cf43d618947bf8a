"""Tasks on a cluster: their results, joined or one by one, and the first error as it was meant."""

from collections.abc import Callable, Sequence
from typing import Any

from vsaviz.distributed.engine import dask
from vsaviz.errors import InputError

Watch = Callable[[Any], object]
"""Is given the futures of each step, as ``dask.distributed.progress`` takes them."""

TOGETHER = 16
"""Results that one task joins."""


def unwatched(_: Any) -> None:
    """Let the steps go by."""


def results(client: "dask.Client", futures: Sequence[Any]) -> list[Any]:
    """Return what tasks give, in order; when one fails, the others are called off.

    Raises
    ------
    InputError
        As the task raised it.
    """
    try:
        for future in dask.as_completed(futures):
            future.result()
        return [future.result() for future in futures]
    except InputError as error:
        client.cancel(futures)
        raise InputError(str(error)) from None
    except BaseException:
        client.cancel(futures)
        raise


def joined(client: "dask.Client", futures: Sequence[Any], join: Callable[[Sequence[Any]], Any]) -> Any:
    """Return the future of all results joined, by workers, some at a time."""
    while len(futures) > 1:
        groups = [list(futures[i : i + TOGETHER]) for i in range(0, len(futures), TOGETHER)]
        futures = [client.submit(join, group, pure=False) for group in groups]
    return futures[0]
