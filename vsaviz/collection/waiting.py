"""LanceDB's asynchronous interface, waited for: by the other one a query crosses threads six times."""

import asyncio
from collections.abc import AsyncIterator, Coroutine, Iterator
from functools import cache
from threading import Thread
from typing import Any, TypeVar

Item = TypeVar("Item")


def waited(work: Coroutine[Any, Any, Item]) -> Item:
    """Return what a coroutine gives, or raise what it raises; it may be called where a loop runs already.

    >>> import asyncio
    >>> waited(asyncio.sleep(0, "done"))
    'done'
    """
    future = asyncio.run_coroutine_threadsafe(work, _loop())
    try:
        return future.result()
    except BaseException:  # Ctrl+C too: nobody waits for it any more
        future.cancel()
        raise


def each(items: AsyncIterator[Item]) -> Iterator[Item]:
    """Yield what an asynchronous iterator gives, one at a time."""
    done = object()
    while (item := waited(_next(items, done))) is not done:
        yield item  # type: ignore[misc]


async def _next(items: AsyncIterator[Item], done: object) -> Item | object:
    return await anext(items, done)


@cache
def _loop() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    Thread(target=loop.run_forever, name="vsaviz.collection", daemon=True).start()
    return loop
