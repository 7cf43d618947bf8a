"""Content is data: nothing in a collection becomes markup, and nothing that goes wrong a traceback."""

import ast
import json
import logging
import re
import tomllib
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest
from threadpoolctl import threadpool_limits

from vsaviz.ui import memory, shell
from vsaviz.ui.mishaps import harmless

ROOT = Path(__file__).parent.parent
PAGES = ("explore", "encodings", "compare", "ask", "lab", "tour")
HOSTILE = (
    "<zq onload=zq()>zq</zq>",
    "<script>zq()</script>",
    "![zq](http://127.0.0.1/zq.png)",
    "[zq](javascript:zq())",
    ":material/zq: :red[zq]",
    "$zq$ **zq** `zq`",
    "=cmd|' /C zq'!A0",
    "../../zq/passwd",
    "zq\u202ezq",
    "zq\0zq",
    "\x1b[31mzq",
    "http://zq.invalid/zq",
    "%{customdata} %{zq}",
)
MARKDOWN = {
    "Button": ("label",),
    "DownloadButton": ("label",),
    "Markdown": ("body",),
    "Progress": ("text",),
    "Checkbox": ("label",),
    "Radio": ("label", "options"),
    "Option": ("content", "content_icon"),
    "Selectbox": ("label",),
    "MultiSelect": ("label",),
    "Slider": ("label",),
    "TextInput": ("label",),
    "TextArea": ("label",),
    "NumberInput": ("label",),
    "FileUploader": ("label",),
    "Expandable": ("label",),
    "Popover": ("label",),
    "Tab": ("label",),
    "Alert": ("body",),
    "Toast": ("body",),
    "Metric": ("label", "body"),
}
"""The parts of the page that are read as Markdown, beside help wherever it is."""
RAW = re.compile(r"(?<!\\)(<zq|<script|!\[zq|\[zq|:material|:red|\$zq|\*\*zq|`zq|http://)")


@pytest.fixture(autouse=True)
def _one_thread():
    with threadpool_limits(1):
        yield


def hostile():
    """Keys and values alike, in objects, arrays and beneath each other."""
    return [
        {"id": f"{text} {i}", text: text, "nested": {text: [text, i]}, "number": i * len(text)}
        for i, text in enumerate(HOSTILE * 2)
    ]


def opened(*files):
    at = AppTest.from_file(ROOT / "app.py", default_timeout=120)
    at.session_state["collection"] = "Your files" if files else "clinical"
    at.run()
    if files:
        at.file_uploader(key="upload").set_value(list(files)).run()
    return at


def messages(message):
    """Every part of a protocol message, with its kind."""
    yield message
    for field, value in message.ListFields():
        if field.message_type is not None:
            for one in value if field.is_repeated else [value]:
                if isinstance(one, Message):
                    yield from messages(one)


def protos(at):
    """What the browser gets, element by element and block by block."""
    todo = list(at._tree.children.values())
    while todo:
        node = todo.pop()
        if getattr(node, "proto", None) is not None:
            yield from messages(node.proto)
        todo += getattr(node, "children", {}).values()


def markdown(at):
    """All texts that the browser reads as Markdown, with where they are."""
    for proto in protos(at):
        kind = proto.DESCRIPTOR.name
        names = [*MARKDOWN.get(kind, ()), *(["help"] if "help" in proto.DESCRIPTOR.fields_by_name else [])]
        for name in names:
            held = getattr(proto, name)
            for text in [held] if isinstance(held, str) else held:
                yield f"{kind}.{name}", text


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attributes):
        self.found += [tag, *(name for name, _ in attributes)]


def html_tags(at):
    parser = Tags()
    for element in at.html:
        parser.feed(element.value)
    return parser.found


def said(at):
    return " ".join(element.value for element in at.html)


def test_on_no_page_does_data_become_markup():
    at = opened(("<zq>../../zq.json", json.dumps(hostile()).encode(), ""))
    assert f"{len(hostile())} documents, " in said(at)
    at.session_state["_selection"] = replace(at.session_state["_selection"], focus=0, rows=(0, 1, 2, 3))
    for page in PAGES:
        at.switch_page(f"vsaviz/ui/{page}.py").run()
        assert not at.exception
        assert "Something went wrong" not in said(at)
        assert [(page, place, text) for place, text in markdown(at) if RAW.search(text)] == []
        assert {"zq", "script", "onload"} & set(html_tags(at)) == set()
        for chart in at.get("plotly_chart"):
            spec = json.dumps(json.loads(chart.proto.spec))  # as it is read: it may be written with escapes
            assert "<zq" not in spec
            assert "<script" not in spec


def test_half_a_character_is_refused_in_words_that_are_no_markup():
    at = opened(("<zq>.json", b'[{"a": "\\ud800"}]', ""))
    assert "half of a surrogate pair" in said(at)
    assert "zq" not in html_tags(at)


def test_what_goes_wrong_is_said_in_plain_words_and_told_to_the_log(monkeypatch, caplog):
    def broken():
        raise RuntimeError("the secret reason\x1b[31m")

    monkeypatch.setattr(shell, "show_sidebar", broken)
    with caplog.at_level(logging.ERROR, "vsaviz"):
        at = opened()
    assert not at.exception
    (number,) = re.findall(r"number ([0-9a-f]{6})", said(at))
    assert "secret reason" not in said(at)
    assert "Traceback" not in said(at)
    assert any(button.label == "Load the page again" for button in at.button)
    (record,) = caplog.records
    assert f"number {number}" in record.getMessage()
    assert r"secret reason\x1b[31m" in record.getMessage()
    assert "\x1b" not in record.getMessage()
    monkeypatch.undo()
    next(button for button in at.button if button.label == "Load the page again").click()
    assert "Something went wrong" not in said(at.run())


def test_a_page_that_stops_is_no_mishap(monkeypatch, caplog):
    monkeypatch.setattr(shell, "show_sidebar", lambda: None)
    at = opened()
    assert "Nothing on the map yet" in said(at)
    assert "Something went wrong" not in said(at)
    assert [record for record in caplog.records if record.name == "vsaviz"] == []


def test_the_pages_work_where_nothing_can_be_kept_and_after_all_was_put_away(monkeypatch):
    pets = [{"id": f"p{i}", "kind": ["cat", "dog"][i % 2], "n": i} for i in range(12)]
    at = opened(("pets.json", json.dumps(pets).encode(), ""))
    at.switch_page("vsaviz/ui/ask.py").run()
    at.session_state["_kept"].clear()
    for act in (
        lambda: (
            at.text_area(key="ask_text").set_value('{"kind": "cat"}').run()
        ),  # its callback reads the view
        lambda: monkeypatch.setattr(memory.BUDGET, "most", 0),
        lambda: at.switch_page("vsaviz/ui/encodings.py").run(),
        lambda: at.switch_page("vsaviz/ui/explore.py").run(),
        lambda: at.selectbox(key="scheme").set_value("hrr").run(),
    ):
        act()
        assert not at.exception
        assert "Something went wrong" not in said(at)
        assert "12 documents, " in said(at)


def test_a_log_is_no_way_to_a_terminal():
    assert harmless("a\x1b]0;title\x07\nb\ud800\u202e") == "a\\x1b]0;title\\x07\nb\\ud800\\u202e"


def test_the_framework_sends_no_statistics_and_exports_no_formulas():
    config = tomllib.loads((ROOT / ".streamlit/config.toml").read_text())
    assert config["browser"]["gatherUsageStats"] is False
    assert config["browser"]["serverAddress"] == "localhost"  # else it is asked of another host
    assert config["client"]["showErrorDetails"] == "none"
    assert config["client"]["disableDataExport"] is True
    assert config["client"]["allowedOrigins"] == []


FORBIDDEN = {"pickle", "cPickle", "dill", "cloudpickle", "joblib", "shelve", "marshal"}
PROCESSES = {"Parallel", "cpu_count", "delayed", "effective_n_jobs"}
"""What of joblib asks other processes, and reads no file."""
CALLS = {"eval", "exec", "compile", "__import__"}


def suspicious(node):
    """Whether a piece of code could run or unpickle what comes from outside."""
    match node:
        case ast.Import(names=names):
            return bool({name.name.split(".")[0] for name in names} & FORBIDDEN)
        case ast.ImportFrom(module="joblib", names=names):
            return not {name.name for name in names} <= PROCESSES
        case ast.ImportFrom(module=str(module)):
            return module.split(".")[0] in FORBIDDEN
        case ast.Call(func=ast.Name(id=name)):
            return name in CALLS
        case ast.keyword(arg="allow_pickle", value=value):
            return getattr(value, "value", True) is not False
        case ast.Attribute(attr="read_pickle" | "to_pickle"):
            return True
        case ast.Call(func=ast.Attribute(value=ast.Name(id="np"), attr="load"), keywords=keywords):
            return all(one.arg != "allow_pickle" for one in keywords)
    return False


@pytest.mark.parametrize(
    "code",
    [
        "import pickle",
        "from joblib import Parallel, load",
        "import joblib",
        "from dill import loads",
        "eval(x)",
        "np.load(x)",
        "np.load(x, allow_pickle=True)",
        "np.load(x, allow_pickle=trusted)",
        "pd.read_pickle(x)",
    ],
)
def test_what_could_unpickle_is_seen(code):
    assert any(map(suspicious, ast.walk(ast.parse(code))))
    assert not any(map(suspicious, ast.walk(ast.parse("np.load(x, allow_pickle=False)"))))


def test_nothing_is_unpickled_and_nothing_from_outside_is_run():
    found = [
        (file.name, getattr(node, "lineno", None))
        for file in [ROOT / "app.py", *(ROOT / "vsaviz").rglob("*.py")]
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if suspicious(node)
    ]
    assert found == []
