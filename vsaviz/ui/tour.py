"""Tour: six ideas, one picture each, for showing to others."""

from html import escape

import streamlit as st

from vsaviz.ui.steps import STEPS, exhibit

CHOSEN = "step"
NUMBERS = range(1, len(STEPS) + 1)


def main() -> None:
    """Show the page."""
    number = _choose()
    step = STEPS[number - 1]
    of = exhibit(st.empty())
    left, right = st.columns([2, 3], gap="large")
    with left, st.container(key="tour_text"):
        st.html(
            f'<h1 class="vz-tour-title">{escape(step.title)}</h1><p class="vz-tour">{escape(step.idea)}</p>'
        )
        with st.container(key="tour_control"):  # however much a step has of it, the sentence has one place
            chosen = step.control(of)
        said = st.empty()
    with right, st.container(key="tour_picture"):
        sentence = step.draw(of, chosen)
    said.html(f'<p class="vz-tour vz-tour-said">{escape(sentence)}</p>')


def asked_step(text: str) -> int:
    """Return the step that an address asks for, the first where there is no such step.

    >>> asked_step("3"), asked_step("30"), asked_step("")
    (3, 1, 1)
    """
    known = text.isascii() and text.isdigit() and int(text) in NUMBERS
    return int(text) if known else 1


def _choose() -> int:
    """Show where one is among the steps, with buttons to go on and back; the step stands in the address."""
    if CHOSEN not in st.session_state:
        st.session_state[CHOSEN] = asked_step(st.query_params.get(CHOSEN, ""))
    with st.container(key="tour_steps"):
        back, middle, on = st.columns([1, 4, 1], vertical_alignment="center")
    number = int(st.session_state[CHOSEN])
    back.button(
        "← Previous", key="tour_back", on_click=_go, args=(-1,), disabled=number == 1, width="stretch"
    )
    with middle.container(horizontal=True, horizontal_alignment="center"):
        st.pills(
            "Step",
            NUMBERS,
            key=CHOSEN,
            required=True,
            label_visibility="collapsed",
            persist_state="session",
        )
    last = number == len(STEPS)
    on.button(
        "Next →", key="tour_on", type="primary", on_click=_go, args=(1,), disabled=last, width="stretch"
    )
    st.query_params[CHOSEN] = str(number)
    return number


def _go(by: int) -> None:
    st.session_state[CHOSEN] += by


if __name__ == "__main__":  # Streamlit runs a page as the main module
    main()
