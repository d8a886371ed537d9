"""Dagster's pages in a real browser: one day from the asset graph, a range from the job's page, what they say then.

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

from warehouse.session import Session

REPOSITORY = Path(__file__).resolve().parents[2]
IMAGES = REPOSITORY / "docs" / "images"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DAY = (dt.datetime.now(dt.UTC).date() - dt.timedelta(days=1)).isoformat()
OLD_DAYS = [f"2020-02-0{day}" for day in range(3, 8)]
HOSTILE = "<img src=x onerror=alert(1)> **bold** ![t](http://tracker.example/x.png)"
MORE_HOSTILE = "<script>alert(2)</script> <svg onload=alert(3)> `c` [a](javascript:alert(4)) www.tracker.example"
SECRET = "T0KEN5ECRET"
BODY = "\n\nThe harbour of {} opened again on Monday, the port authority said. Ferries to Chios sail twice a week.\n"
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
)

pytestmark = pytest.mark.ui


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Where the house is: raw/, lake/ and what Dagster keeps."""
    home = tmp_path_factory.mktemp("home")
    shutil.copy(REPOSITORY / "dagster.yaml", home)
    drop(home, DAY, "one", HOSTILE + BODY.format("Izmir"))
    drop(home, DAY, "two", MORE_HOSTILE + BODY.format("Volos"))
    drop(home, DAY, "three", "")
    return home


def drop(home, day, name, text, changed=1_600_000_000):
    """Puts a drop into the house's inbox, last changed at that second."""
    file = home / "raw" / "harbour-post" / day / f"{name}.txt"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    os.utime(file, (changed, changed))


@pytest.fixture(scope="module")
def address(home):
    """Dagster's webserver and daemon on a house of their own, as `make dev` starts them."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = dict(os.environ) | {
        "DAGSTER_HOME": str(home),
        "WIREHOUSE_RAW": str(home / "raw"),
        "WIREHOUSE_LAKE": str(home / "lake"),
        "WIREHOUSE_NER": "rules",
        "PYTHONPATH": str(REPOSITORY),
        # Nobody listens there: each alert has something to complain of.
        "WIREHOUSE_ALERT_WEBHOOK": f"http://127.0.0.1:1/hook/{SECRET}",
        "WIREHOUSE_ALERT_EMAIL": "desk@example.org",
        "WIREHOUSE_SMTP": f"smtp://desk:{SECRET}@127.0.0.1:1",
        "SOMEBODY_ELSES_TOKEN": SECRET,
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
            server.wait()


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
    page.get_by_text("<script>alert(2)</script> <svg onload=alert(3)> `c` [a](javascript:").first.wait_for()
    assert page.locator("img[src='x'], img[src*='tracker'], a[href^='javascript'], a[href*='tracker']").count() == 0
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


LAUNCH = """mutation launch($what: LaunchBackfillParams!) {
    launchPartitionBackfill(backfillParams: $what) { ... on LaunchBackfillSuccess { backfillId } __typename }
}"""
SENSORS = "{ repositoriesOrError { ... on RepositoryConnection { nodes { location { name } sensors { id name } } } } }"
STOP = "mutation stop($sensor: String) { stopSensor(id: $sensor) { __typename } }"
NEWEST = "{ partitionBackfillsOrError(limit: 1) { ... on PartitionBackfills { results { status } } } }"
FAILED = "{ runsOrError(filter: {statuses: [FAILURE]}) { ... on Runs { results { runId } } } }"
OF_DAYS = """{ assetNodes(assetKeys: [{path: ["publish"]}]) { assetPartitionStatuses {
    ... on TimePartitionStatuses { ranges { status startKey endKey } } } } }"""


def ask(page, address, query, **variables):
    """Dagster's own answer to what its pages ask."""
    return page.request.post(f"{address}/graphql", data={"query": query, "variables": variables}).json()["data"]


def wait_until(page, address, query, is_so):
    """Asks until the answer is so, at most three minutes: the daemon looks at backfills twice a minute."""
    end = dt.datetime.now() + dt.timedelta(minutes=3)
    while not is_so(answer := str(ask(page, address, query))):
        assert dt.datetime.now() < end, answer
        page.wait_for_timeout(500)


def published(home):
    """Documents that the lake holds of the old days."""
    session = Session(home / "lake")
    sql = "SELECT arrival_day, count(*) AS n FROM drops WHERE arrival_day < '2021-01-01' GROUP BY 1 ORDER BY 1"
    rows = session.query(sql).to_pylist()
    session.close()
    return {str(row["arrival_day"]): row["n"] for row in rows}


def test_a_range_is_backfilled_and_a_day_that_fails_keeps_no_other_out(page, home, address):
    repository = ask(page, address, SENSORS)["repositoriesOrError"]["nodes"][0]
    [inbox] = [sensor["id"] for sensor in repository["sensors"] if sensor["name"] == "inbox"]
    location = repository["location"]["name"]
    ask(page, address, STOP, sensor=inbox)  # else it has the days published one by one
    for day in OLD_DAYS:
        drop(home, day, "one", f"Ferry sails on {day}" + BODY.format("Chania"))
        drop(home, day, "two", f"Second ferry sails on {day}" + BODY.format("Kos"))
    page.goto(f"{address}/locations/{location}/jobs/publish_days")
    page.get_by_role("button", name="Materialize").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("Show all partitions").click()
    chosen = dialog.locator("input[type=text]").first
    chosen.fill(f"[{OLD_DAYS[0]}...{OLD_DAYS[-1]}]")
    chosen.press("Enter")
    dialog.get_by_text("5 partitions", exact=True).wait_for()
    dialog.get_by_role("button", name="Launch backfill").click()
    dialog.wait_for(state="hidden")
    wait_until(page, address, NEWEST, lambda answer: "COMPLETED_SUCCESS" in answer)
    assert published(home) == dict.fromkeys(OLD_DAYS, 2)

    # The same again as the page asks for it, with a day that has come to hold less and another that holds more.
    drop(home, OLD_DAYS[2], "two", "", changed=1_700_000_000)
    drop(home, OLD_DAYS[4], "three", "A third ferry sails" + BODY.format("Rhodes"))
    assets = [{"path": [name]} for name in ("ingest", "parse", "dedup", "extract", "publish")]
    ask(page, address, LAUNCH, what={"assetSelection": assets, "partitionNames": OLD_DAYS})
    wait_until(page, address, FAILED, lambda answer: "runId" in answer)
    # A run may fail before the last one is there.
    wait_until(page, address, NEWEST, lambda answer: "REQUESTED" not in answer)
    assert published(home) == dict.fromkeys(OLD_DAYS, 2) | {OLD_DAYS[4]: 3}
    [asset] = ask(page, address, OF_DAYS)["assetNodes"]
    failed = [one for one in asset["assetPartitionStatuses"]["ranges"] if one["status"] == "FAILED"]
    assert [(one["startKey"], one["endKey"]) for one in failed] == [(OLD_DAYS[2], OLD_DAYS[2])]

    page.goto(f"{address}/assets/publish?view=partitions&partition={OLD_DAYS[2]}")
    page.get_by_text("failed, and did not materialize this asset").first.wait_for()
    page.get_by_role("link", name="View logs").or_(page.get_by_role("button", name="View logs")).first.click()
    page.get_by_text(f"{OLD_DAYS[2]} was not published: checks failed: documents_kept").last.wait_for()

    alerts = home / ".dagster" / "alerts.log"
    while not (alerts.exists() and "did not go out by e-mail" in alerts.read_text()):
        page.wait_for_timeout(500)  # the sensor looks twice a minute
    telling = [path for path in home.rglob("*") if path.is_file() and SECRET.encode() in path.read_bytes()]
    assert telling == []
    assert page.elsewhere == []
