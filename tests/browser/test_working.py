"""Working with the map in a real browser: filters and selections by keyboard, and a hostile report opened."""

import json

from playwright.sync_api import expect

from tests.browser.conftest import _is_local

EVIL = '</script><script>alert(1)</script><img src="http://x.invalid/a.png" onerror=alert(2)>{{7*7}}=cmd'


def hostile():
    return [{"id": f"{EVIL}{i}", EVIL: EVIL, "kind": [EVIL, "b"][i % 2], "n": i} for i in range(12)]


def opened(page, name):
    page.get_by_role("button", name=name).first.focus()
    page.keyboard.press("Enter")


def test_hostile_names_are_filtered_named_and_mailed_as_text(visit, chromium, tmp_path):
    page = visit()
    files = [
        {
            "name": f"{EVIL[:20]}.json",
            "mimeType": "application/json",
            "buffer": json.dumps(hostile()).encode(),
        }
    ]
    page.get_by_test_id("stFileUploaderDropzoneInput").first.set_input_files(files)
    expect(page.get_by_text("12 documents")).to_be_visible()

    opened(page, "Filter")
    field = page.get_by_role("combobox", name="Field to filter by")
    field.fill("kind")
    page.get_by_role("option", name="kind").click()
    values = page.get_by_role("combobox", name="Values")
    values.click()
    page.get_by_role("option", name="alert(1)").click()
    expect(page.get_by_text("6 of 12 documents")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")

    opened(page, "Select them")
    expect(page.get_by_role("button", name="Undo")).to_be_enabled()
    opened(page, "Selections")
    name = page.get_by_role("textbox", name="Name for the 6 selected")
    name.fill(EVIL[:70])
    name.press("Tab")
    opened(page, "Keep")
    expect(page.get_by_role("button", name="Selections (1)")).to_be_visible()
    page.keyboard.press("Escape")

    opened(page, "Take away")
    page.get_by_role("combobox", name="What", exact=True).click()
    page.get_by_role("option", name="Report").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Report (.html)").click()
    file = tmp_path / "report.html"
    download.value.save_as(file)

    wrong = []
    mailed = chromium.new_context(color_scheme="dark").new_page()
    mailed.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    mailed.on("pageerror", lambda error: wrong.append(f"uncaught: {error}"))
    mailed.on("dialog", lambda dialog: (wrong.append("dialog"), dialog.dismiss()))
    mailed.on(
        "request",
        lambda one: _is_local(one.url) or one.url.startswith("file:") or wrong.append(f"asked: {one.url}"),
    )
    mailed.goto(file.as_uri())
    expect(mailed.locator(".js-plotly-plot .points path").first).to_be_attached()
    expect(mailed.get_by_text("6 of 12 documents are left")).to_be_visible()
    assert mailed.locator("img").count() == 0
    mailed.context.close()
    assert wrong == []
