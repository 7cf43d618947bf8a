"""Probe: which fields another model of the same documents knows."""

from dataclasses import dataclass, replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from vsaviz import schemes
from vsaviz.features.paths import Path, field_name
from vsaviz.figures import probe_figure
from vsaviz.figures.probe import ProbedShares
from vsaviz.lab.probe.asking import MOST_FIELDS, Sample, askable, drawn
from vsaviz.lab.probe.other_models import shuffled
from vsaviz.lab.probe.probing import CHANCE, Read, probe
from vsaviz.ui.experiments.base import Experiment
from vsaviz.ui.experiments.other_model import Model, choose_model
from vsaviz.ui.experiments.reading import show_reading
from vsaviz.ui.parts import caption, is_dark
from vsaviz.ui.running import Progress, run
from vsaviz.ui.shell import current_view
from vsaviz.ui.view import View

SIZES = (64, 256, 512, 1024, 2048)
SIZE = 1024
COUNTS = (100, 200, 300, 500)
ROWS = ("as they are", "shuffled")


@dataclass(frozen=True)
class Settings:
    """What the result depends on, beside the documents and their features."""

    uploaded: str
    scheme: str
    dimensions: int
    documents: int
    shuffled: bool
    seed: int
    fields: tuple[Path, ...] = ()


def _show() -> None:
    view = current_view()
    left, right = st.columns([1, 3.4], gap="medium")
    with left:
        model = choose_model(len(view.documents))
        settings = _controls(view, model.digest)
    picture = right.container()
    settings = replace(settings, fields=_choose_fields(right, view))
    with picture:
        if not settings.fields or len(view.documents) < 2:
            caption("Choose a field. Those with several values that occur again and again can be asked for.")
            return
        key = (view.loaded.key, view.choice.first.features, settings)
        text = f"Reading {len(settings.fields)} fields out of mapped vectors"
        found = run("probe", key, lambda progress: _probed(view, model, settings, progress), text)
        if found:
            _draw(found, f"{model.name}, shuffled" if settings.shuffled else model.name)
            show_reading(_said(found, model, settings, len(view.documents)))


def _draw(found: list[Read], name: str) -> None:
    shares = ProbedShares(
        *([getattr(read, of) for read in found] for of in ("guess", "random", "model", "own"))
    )
    st.plotly_chart(
        probe_figure([field_name(read.field) for read in found], shares, name, dark=is_dark()),
        key="probe_figure",
        theme=None,
        config={"displayModeBar": False},
        alt="For each field the share of documents whose value is read rightly",
    )
    caption(
        "Share of the documents whose value is read rightly. Numbers and dates are right within a tenth of "
        "the values known at their field; of a list, any item is."
    )


def _controls(view: View, uploaded: str) -> Settings:
    rows = st.segmented_control(
        "Its rows",
        ROWS,
        default=ROWS[0],
        required=True,
        key="probe_rows",
        persist_state="session",
        help="Shuffled, each document gets the vector of another: nothing is left to be known.",
    )
    kind = schemes.scheme_type(view.choice.first.scheme)
    sizes = sorted({near for size in SIZES for near in kind.dimensions_near(size)[:1]})
    dimensions = st.select_slider(
        "Dimensions",
        sizes,
        min(sizes, key=lambda size: abs(size - SIZE)),
        key=f"probe_dimensions {kind.name}",
        persist_state="session",
        help="D of the vectors that are read. The smaller, the less comes back even out of their own.",
    )
    count = st.select_slider(
        "Documents",
        COUNTS,
        300,
        key="probe_documents",
        persist_state="session",
        help="At most so many are drawn from the collection.",
    )
    seed = st.number_input(
        "Seed",
        0,
        10**6,
        0,
        key="probe_seed",
        persist_state="session",
        help="Other documents, other random vectors.",
    )
    return Settings(uploaded, kind.name, int(dimensions), int(count), rows == ROWS[1], int(seed))


def _choose_fields(place: DeltaGenerator, view: View) -> tuple[Path, ...]:
    possible = askable(view.vocabulary, most=100)
    fields = place.multiselect(
        "Fields",
        possible,
        possible[:MOST_FIELDS],
        format_func=field_name,
        max_selections=MOST_FIELDS,
        key=f"probe_fields {view.loaded.key}",
        persist_state="session",
        help="At first those of which there is most to know: common ones whose value is hard to guess.",
    )
    return tuple(fields)


def _probed(view: View, model: Model, settings: Settings, progress: Progress) -> list[Read]:
    rows = drawn(len(view.documents), settings.documents, settings.seed)
    sample = Sample(view.documents, view.features, view.vocabulary).of(rows)
    vectors = model.of(list(sample.documents), rows)
    progress(0.1)
    if settings.shuffled:
        vectors = shuffled(vectors, settings.seed)
    scheme = schemes.create(settings.scheme, settings.dimensions, settings.seed)
    return probe(sample, vectors, scheme, settings.fields, settings.seed, progress)


def _said(found: list[Read], model: Model, settings: Settings, n_documents: int) -> str:
    """Return in words what the figure shows."""
    n = min(settings.documents, n_documents)
    name = f"{model.name}, shuffled," if settings.shuffled else model.name
    known, best = sum(read.known for read in found), found[0]
    own = sum(read.own for read in found) / len(found)
    return (
        f"Of {len(found)} fields, {name} knows {known} better than a guess and than random vectors do, "
        f"by more than {CHANCE:g}/√n. Best {field_name(best.field)}: right in {best.model:.0%}, where a "
        f"guess is in {best.guess:.0%} and random vectors are in {best.random:.0%}. Out of their own "
        f"vectors, at D={settings.dimensions:,}, {own:.0%} come back on average. Measured on {n:,} of "
        f"{n_documents:,} documents (seed {settings.seed}), each mapped by a regression that has not seen it."
    )


EXPERIMENT = Experiment(
    name="probe",
    title="Probe",
    claim="What does another model know of these documents? One linear map turns its vectors into those of "
    "the VSA; there every field can be unbound and read. What comes out right is in that model, too.",
    control="Give each document the vector of another one (**shuffled**), and the model falls back to what "
    "random vectors reach: the map itself knows nothing. At **D = 64** not even the documents' own vectors "
    "can be read.",
    tries=(
        "Choose another collection at the left: names and codes are in words, numbers hardly.",
        "Shuffle the rows: what lay right of the open circles goes back to them.",
        "Save the vectors of a language model with numpy.save, one row a document, and drop them here.",
        "Take more documents: the map has more to learn from.",
    ),
    source="M. Bronzini and others, Hyperdimensional Probe: Decoding LLM Representations via Vector Symbolic "
    "Architectures, arXiv 2509.25045 (2025)",
    show=_show,
)
