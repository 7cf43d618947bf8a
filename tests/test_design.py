"""The rules of the package's shape, read from its source."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FILES = sorted((ROOT / "vsaviz").rglob("*.py"))


def name_of(file):
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


TREES = {name_of(file): ast.parse(file.read_text("utf-8")) for file in FILES}
PACKAGES = {name_of(file) for file in FILES if file.name == "__init__.py"}


def imported(tree):
    """Every module that a tree imports, at the top or within a function."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            modules = {f"{node.module}.{alias.name}" for alias in node.names}
            yield from (module if module in TREES else node.module for module in modules)


IMPORTS = {name: set(imported(tree)) for name, tree in TREES.items()}
OWN = {name: {module for module in found if module in TREES} for name, found in IMPORTS.items()}


def area(module):
    """The part of the package that a module belongs to: ``vsaviz.ui.explore`` is of ``ui``."""
    return module.split(".")[1] if "." in module else "vsaviz"


def outside(*areas):
    return {name: found for name, found in IMPORTS.items() if area(name) not in areas}


def using(library, imports):
    return {name for name, found in imports.items() if any(m.split(".")[0] == library for m in found)}


def test_the_rules_read_what_they_should():
    assert {"vsaviz", "vsaviz.schemes.mbat", "vsaviz.features.walk", "vsaviz.vectorizer"} <= TREES.keys()
    assert "vsaviz.encoding" in OWN["vsaviz.vectorizer"]
    assert "vsaviz.schemes" in OWN["vsaviz.vectorizer"]
    assert using("numpy", IMPORTS) > {"vsaviz.vectorizer", "vsaviz.schemes.mbat"}


def test_only_pages_know_streamlit():
    assert using("streamlit", outside("ui")) == set()


def test_only_figures_and_pages_know_plotly():
    assert using("plotly", outside("figures", "ui")) == set()


ALLOWED = {
    "errors": set(),
    "garbage": set(),
    "strict_json": {"errors", "ingest"},
    "ingest": {"ingest", "errors", "garbage", "strict_json"},
    "features": {"features", "errors", "garbage", "ingest", "jsontext"},
    "schemes": {"schemes"},
    "trie": {"features"},
    "atom_rows": {"features", "schemes"},
    "stepped_rows": {"atom_rows", "trie", "features", "schemes"},
    "moved_rows": {"stepped_rows", "trie", "features", "schemes"},
    "threads": set(),
    "encoding": {"stepped_rows", "moved_rows", "features", "schemes", "threads"},
    "processes": {"encoding", "features", "schemes", "threads"},
    "saved": {"features", "ingest", "errors"},
    "explain": {"encoding", "features", "schemes"},
    "decode": {"decode", "features", "schemes", "errors"},
    "learning": {"learning", "features", "ingest", "strict_json", "errors"},
    "vectorizer": {
        "saved",
        "encoding",
        "processes",
        "explain",
        "decode",
        "groups",
        "learning",
        "features",
        "schemes",
        "errors",
    },
}
"""What the first stations of the way from JSON to vectors may import, each from its left."""


@pytest.mark.parametrize("station", ALLOWED)
def test_each_station_imports_from_its_left_only(station):
    modules = {name: found for name, found in OWN.items() if area(name) == station}
    assert modules
    for name, found in modules.items():
        assert {area(module) for module in found} <= ALLOWED[station], name


LATER = {"figures", "ui", "cli", "__main__"}


def test_numbers_know_no_drawing():
    drawing = {name for name, found in OWN.items() if area(name) not in LATER and {*map(area, found)} & LATER}
    assert drawing == set()


def test_figures_neither_load_nor_encode_nor_show():
    barred = {"ui", "cli", "ingest", "schemes", "encoding", "vectorizer"}
    found = {name: {*map(area, own)} & barred for name, own in OWN.items() if area(name) == "figures"}
    assert not any(found.values()), found


def test_nothing_but_a_package_imports_the_root():
    rooted = {name for name, found in IMPORTS.items() if "vsaviz" in found and name != "vsaviz"}
    assert rooted == set()


def test_imports_go_round_in_no_circle():
    left = {name: own - {name} for name, own in OWN.items() if name not in PACKAGES}
    # A package stands for the modules that it names again.
    for package in PACKAGES:
        left[package] = {module for module in OWN[package] if module != package}
    while free := {name for name, found in left.items() if not found & left.keys()}:
        left = {name: found for name, found in left.items() if name not in free}
    assert left == {}


def calls(tree):
    """The dotted names of what is called or taken, such as ``np.random.seed``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute | ast.Name):
            yield ast.unparse(node)


SEEDED = {"default_rng", "Generator", "SeedSequence", "PCG64"}


@pytest.mark.parametrize("name", TREES)
def test_no_hidden_randomness(name):
    used = set(calls(TREES[name]))
    assert not used & {"hash", "random.random", "random.seed", "os.urandom", "uuid.uuid4"}
    drawn = {found[1] for found in map(re.compile(r"(?:np|numpy)\.random\.(\w+)").match, used) if found}
    assert drawn <= SEEDED
    assert not {module for module in IMPORTS[name] if module.split(".")[0] in ("random", "secrets")}


@pytest.mark.parametrize("name", [name for name in TREES if area(name) not in ("cli", "__main__")])
def test_the_package_neither_prints_nor_exits(name):
    assert not set(calls(TREES[name])) & {"print", "exit", "sys.exit", "os._exit", "SystemExit"}


def test_no_file_is_a_heap():
    assert not {file.stem for file in FILES} & {"utils", "util", "helpers", "common", "misc"}


@pytest.mark.parametrize("package", sorted(PACKAGES))
def test_a_package_says_what_it_is(package):
    assert ast.get_docstring(TREES[package])


HEAVY = ["sklearn.manifold", "umap", "streamlit", "plotly", "numba", "lancedb", "distributed"]


def test_importing_the_package_is_light():
    code = f"import sys, vsaviz; print([m for m in {HEAVY} if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
