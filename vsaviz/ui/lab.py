"""Lab: the claims of the theory as experiments to play with."""

import streamlit as st

from vsaviz.ui.experiments import EXPERIMENTS, Experiment
from vsaviz.ui.parts import caption, heading

CHOSEN = "experiment"  # the key of the chosen one, and its name in the address of the page
WRITTEN = "_experiment in the address"


def main() -> None:
    """Show the page."""
    names = list(EXPERIMENTS)
    _read_address(names)
    chosen = st.pills(
        "Experiment",
        names,
        format_func=lambda name: f"{names.index(name) + 1}  {EXPERIMENTS[name].title}",
        default=None if CHOSEN in st.session_state else names[0],
        key=CHOSEN,
        required=True,
        label_visibility="collapsed",
        persist_state="session",
        on_change=_address_is_known,
    )
    name = chosen or names[0]
    st.query_params[CHOSEN] = st.session_state[WRITTEN] = name
    _show(EXPERIMENTS[name])


def _read_address(names: list[str]) -> None:
    """Choose what the address asks for, where it was not this page that wrote it."""
    asked = st.query_params.get(CHOSEN)
    if asked in names and asked != st.session_state.get(WRITTEN):
        st.session_state[CHOSEN] = asked


def _address_is_known() -> None:
    """Let a click count more than an address that the browser has not brought up to date yet."""
    st.session_state[WRITTEN] = st.query_params.get(CHOSEN)


def _show(experiment: Experiment) -> None:
    with st.container(key=f"lab_{experiment.name}"):  # of its own, so that no other one's figure is left here
        heading(experiment.title)
        with st.container(key="lab_claim"):
            st.markdown(experiment.claim)
        # Filled last: what stands around it is there while it works, and where it ends the page.
        live = st.container(key="lab_live")
        with st.container(key="lab_around"):
            left, right = st.columns(2, gap="large")
            with left:
                heading("Try")
                st.markdown("\n".join(f"- {one}" for one in experiment.tries))
            with right:
                heading("What breaks it")
                st.markdown(experiment.control)
            caption(f"After {experiment.source.rstrip('.')}.")
        with live:
            experiment.show()


if __name__ == "__main__":  # Streamlit runs a page as the main module
    main()
