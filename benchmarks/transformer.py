"""How many documents a second vsaviz encodes, against a sentence model of the usual size on the same machine.

python benchmarks/transformer.py [FOLDER]

The model is one like all-MiniLM-L6-v2: 6 layers of width 384 with 12 heads, up to 256 tokens of the raw
text. Its weights are random, which makes its vectors worthless and its speed the same; tokens are counted as
words in pieces of five letters, and cutting them costs nothing here. Documents go in batches of 32 of about
the same length, as sentence-transformers does it. vsaviz fits and encodes at D=1024;
beside that stands its rate with an encoder that is fitted already, since the model comes trained.

The model reads the first 256 tokens and no more; vsaviz reads all. The last column is the first ratio if the
model took the whole text, in as many windows as that needs.

It needs PyTorch, which nothing else here does: pip install torch.
"""

import argparse
import json
import re
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import torch

from benchmarks.quality import HERE, collections
from vsaviz import JSONVectorizer

LAYERS, WIDTH, HEADS, WORDS, TOKENS = 6, 384, 12, 30_522, 256
BATCH = 32
SAMPLE = 96
"""Documents of each collection that the model encodes: enough for its rate."""

_TOKEN = re.compile(r"\w{1,5}|[^\w\s]")


class SentenceModel(torch.nn.Module):  # type: ignore[misc]
    """An encoder of the shape of all-MiniLM-L6-v2, with random weights."""

    def __init__(self) -> None:
        super().__init__()
        layer = torch.nn.TransformerEncoderLayer(
            WIDTH, HEADS, 4 * WIDTH, activation="gelu", batch_first=True, norm_first=False
        )
        self.words = torch.nn.Embedding(WORDS, WIDTH)
        self.places = torch.nn.Embedding(TOKENS, WIDTH)
        self.layers = torch.nn.TransformerEncoder(layer, LAYERS)

    def forward(self, tokens: Any, lengths: Any) -> Any:
        """Return the mean of the last layer over each text's tokens (n, width)."""
        padding = torch.arange(tokens.shape[1]) >= lengths[:, None]
        hidden = self.words(tokens) + self.places(torch.arange(tokens.shape[1]))
        hidden = self.layers(hidden, src_key_padding_mask=padding)
        hidden = hidden.masked_fill(padding[:, :, None], 0.0)
        return torch.nn.functional.normalize(hidden.sum(dim=1) / lengths[:, None])


def lengths_in_tokens(documents: list[Any]) -> list[int]:
    """Return how many tokens the raw text of each document has, with the two that mark its ends."""
    return [len(_TOKEN.findall(json.dumps(document, ensure_ascii=False))) + 2 for document in documents]


def windows(documents: list[Any]) -> float:
    """Return in how many windows a model would read a document's whole text, in the mean."""
    return sum(-(-tokens // TOKENS) for tokens in lengths_in_tokens(documents)) / len(documents)


def model_seconds(model: SentenceModel, documents: list[Any]) -> float:
    """Return how long the model takes for the documents."""
    lengths = sorted((min(TOKENS, tokens) for tokens in lengths_in_tokens(documents)), reverse=True)
    start = time.perf_counter()
    with torch.inference_mode():
        for first in range(0, len(lengths), BATCH):
            some = torch.tensor(lengths[first : first + BATCH])
            model(torch.randint(0, WORDS, (len(some), int(some[0]))), some)
    return time.perf_counter() - start


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?", default=HERE)
    options = parser.parse_args()
    torch.manual_seed(0)
    model = SentenceModel().eval()
    model_seconds(model, [{"warm": "up"}] * BATCH)
    print(
        "| collection | documents | vsaviz, documents/s | fitted | model, documents/s | ratio "
        "| ratio, fitted | reading all |"
    )
    print("|---|---|---|---|---|---|---|---|")
    every: list[Any] = []
    ours = fitted = sampled = theirs = 0.0
    for collection in collections(options.folder):
        documents = collection.documents
        vectorizer = JSONVectorizer()
        seconds = _clocked(partial(vectorizer.fit_transform, documents))
        again = _clocked(partial(vectorizer.transform, documents))
        some = documents[:: max(1, len(documents) // SAMPLE)][:SAMPLE]
        took = model_seconds(model, some)
        every += documents
        ours, fitted, sampled, theirs = ours + seconds, fitted + again, sampled + len(some), theirs + took
        n = len(documents)
        print(_line(collection.name, documents, n / seconds, n / again, len(some) / took), flush=True)
    print(_line("all", every, len(every) / ours, len(every) / fitted, sampled / theirs))


def _clocked(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _line(name: str, documents: list[Any], ours: float, fitted: float, theirs: float) -> str:
    ratio = ours / theirs
    return (
        f"| {name} | {len(documents):,} | {ours:,.0f} | {fitted:,.0f} | {theirs:,.1f} | {ratio:,.0f}× "
        f"| {fitted / theirs:,.0f}× | {ratio * windows(documents):,.0f}× |"
    )


if __name__ == "__main__":
    main()
