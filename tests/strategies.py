"""Hypothesis strategies for JSON values as ``json.loads`` gives them."""

from hypothesis import strategies as st

integers = st.one_of(
    st.integers(-20, 20), st.integers(), st.sampled_from([2**53 + 1, -(2**63), 2**64, 10**400, -(10**400)])
)
floats = st.floats(allow_nan=False, allow_infinity=False)
numbers = integers | floats
texts = st.text(max_size=8) | st.sampled_from(
    [
        "",
        "red",
        "Red shirt",
        "it's 5 €",
        "東京都",
        "ภาษาไทย",
        "e\u0301",
        "👩\u200d🔬",
        "1",
        "true",
        "null",
        "!?",
        " ",
    ]
)
keys = st.sampled_from(["a", "b", "c", "a.b", "0", "", "$", "array"]) | st.text(max_size=3)
scalars = st.none() | st.booleans() | numbers | texts
values = st.recursive(
    scalars,
    lambda below: st.lists(below, max_size=4) | st.dictionaries(keys, below, max_size=4),
    max_leaves=12,
)
collections = st.lists(values, min_size=1, max_size=5)
