"""Dagster's pages in a real browser: the asset graph, one day materialised from it, and what its page says then.

Needs Debian's chromium, and playwright, which `make test-ui` installs. WIREHOUSE_PICTURES=1 takes the pictures of
docs/images.
"""

import datetime as dt
import os
import shutil
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import quote

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
IMAGES = REPOSITORY / "docs" / "images"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DAY = (dt.datetime.now(dt.UTC).date() - dt.timedelta(days=1)).isoformat()
HOSTILE = "<img src=x onerror=alert(1)> **bold** ![t](http://tracker.example/x.png)"
BODY = "\n\nThe harbour of {} opened again on Monday, the port authority said. Ferries to Chios sail twice a week.\n"
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
)

pytestmark = pytest.mark.ui


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """Dagster's webserver and daemon on a house of their own, as `make dev` starts them."""
    home = tmp_path_factory.mktemp("home")
    shutil.copy(REPOSITORY / "dagster.yaml", home)
    drops = home / "raw" / "harbour-post" / DAY
    drops.mkdir(parents=True)
    (drops / "one.txt").write_text(HOSTILE + BODY.format("Izmir"))
    (drops / "two.txt").write_text("Ferries sail again" + BODY.format("Volos"))
    (drops / "three.txt").write_text("")
    for file in drops.iterdir():
        os.utime(file, (1_600_000_000, 1_600_000_000))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = dict(os.environ) | {
        "DAGSTER_HOME": str(home),
        "WIREHOUSE_RAW": str(home / "raw"),
        "WIREHOUSE_LAKE": str(home / "lake"),
        "WIREHOUSE_NER": "rules",
        "PYTHONPATH": str(REPOSITORY),
    }
    command = [sys.executable, "-m", "dagster", "dev", "-h", "127.0.0.1", "-p", str(port), "-m", "assets.definitions"]
    with (home / "log").open("w") as log:
        server = subprocess.Popen(
            command, cwd=home, env=environment, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
        )
    try:
        wait_for(f"http://127.0.0.1:{port}/server_info", server, home / "log")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.send_signal(signal.SIGTERM)
        try:
            server.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)


def wait_for(url, server, log):
    """Until the server answers, at most two minutes."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    end = dt.datetime.now() + dt.timedelta(minutes=2)
    while dt.datetime.now() < end:
        try:
            opener.open(url, timeout=5).close()
        except (urllib.error.URLError, OSError):
            try:
                server.wait(0.5)
            except subprocess.TimeoutExpired:
                continue
            break
        return
    raise AssertionError(f"Dagster did not start: {log.read_text()[-3000:]}")


@pytest.fixture
def page():
    """A page of a browser that may reach nothing but this machine; what it tried besides is in `page.elsewhere`."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: `make test-ui` does it")
    if CHROMIUM is None:
        pytest.skip("there is no chromium on the PATH (Debian: apt install chromium)")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.set_default_timeout(60_000)
        page.elsewhere, page.dialogs = [], []
        page.on("dialog", lambda dialog: (page.dialogs.append(dialog.message), dialog.dismiss()))
        local = ("http://127.0.0.1", "data:", "blob:", "ws:")
        page.on(
            "request", lambda request: None if request.url.startswith(local) else page.elsewhere.append(request.url)
        )
        yield page
        browser.close()


def picture(page, name):
    """A picture for the documents, taken where WIREHOUSE_PICTURES is set."""
    if os.environ.get("WIREHOUSE_PICTURES"):
        IMAGES.mkdir(exist_ok=True)
        page.wait_for_timeout(1000)  # for animations to come to rest: the test does not hang on it
        page.screenshot(path=IMAGES / f"{name}.png")


def test_a_day_is_materialised_from_the_asset_graph_and_its_page_has_its_rows(page, address):
    # The sensor's run first: Dagster hides the checks of a run that is launched while another is at work.
    page.goto(f"{address}/runs")
    row = page.locator("[class*=VirtualizedTable_row]")
    row.filter(has_text="inbox").get_by_text("Success", exact=True).wait_for(timeout=180_000)

    page.goto(f"{address}/asset-groups?expanded={quote('global@global:stages,global@global:warehouse')}")
    for asset in ("ingest", "parse", "dedup", "extract", "publish"):
        page.get_by_text(asset, exact=True).filter(visible=True).first.wait_for()
    picture(page, "assets")

    page.get_by_role("button", name="Materialize").first.click()
    dialog = page.get_by_role("dialog")
    chosen = dialog.locator("input[type=text]").first
    chosen.fill(DAY)
    chosen.press("Enter")
    dialog.get_by_text("1 partition", exact=True).wait_for()
    picture(page, "materialise")
    dialog.get_by_role("button", name="Launch").click()
    dialog.wait_for(state="hidden")

    page.goto(f"{address}/runs")
    row.filter(has_text="Manually").get_by_text("Success", exact=True).wait_for(timeout=180_000)
    picture(page, "runs")

    page.goto(f"{address}/assets/publish?view=partitions&partition={DAY}")
    rows = page.locator("tr", has_text="dagster/partition_row_count")
    rows.first.wait_for()
    assert rows.first.inner_text().split() == ["dagster/partition_row_count", "2"]
    assert page.locator("tr", has_text="rows/rejects").first.inner_text().split() == ["rows/rejects", "1"]

    page.get_by_text("<img src=x onerror=alert(1)>").first.wait_for()
    assert page.locator("img[src='x'], img[src*='tracker']").count() == 0
    picture(page, "rows")
    page.get_by_text("[Show Markdown]").first.click()
    plot = page.locator("img[src^='data:image/svg+xml']")
    plot.first.wait_for()
    assert plot.first.evaluate("image => image.naturalWidth") == 640
    picture(page, "last-days")

    page.goto(f"{address}/assets/publish?view=checks")
    page.get_by_text("articles_enough").first.wait_for()
    page.get_by_text("Passed", exact=True).first.wait_for()
    picture(page, "checks")
    page.goto(f"{address}/automation")
    for name in ("inbox", "hourly", "nightly_retry", "dead_runs", "alert"):
        page.get_by_text(name, exact=True).first.wait_for()
    picture(page, "automation")
    assert page.elsewhere == []
    assert page.dialogs == []
