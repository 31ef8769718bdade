"""Superset in a running stack: its REST API, and a dashboard as a browser opens it."""

from __future__ import annotations

import base64
import json
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any, Self
from urllib.parse import parse_qs, quote, urlsplit

import httpx
from playwright.sync_api import Locator, Page, Request, Response

import running_stack
from running_stack import Stack, processes
from waiting import wait

CHROMIUM = Path("/usr/bin/chromium")
#: How the browser is started. It draws maps with WebGL, for which no graphics card is needed.
BROWSER = {
    "executable_path": CHROMIUM,
    "args": [
        "--no-sandbox",
        "--disable-background-networking",
        "--use-gl=angle",
        "--use-angle=swiftshader",
        "--enable-unsafe-swiftshader",
    ],
}
USER = "admin"

#: Seconds for a dashboard on two busy cores, whose maps are drawn without a graphics card.
PATIENCE = 300


class Superset:
    """Superset's REST API."""

    def __init__(self, stack: Stack, url: str | None = None) -> None:
        self.url = url or f"http://127.0.0.1:{8088 + stack.offset}"
        self.password = stack.secrets["SUPERSET_ADMIN_PASSWORD"]
        self._http = httpx.Client(base_url=self.url, timeout=60, trust_env=False)

    def __enter__(self) -> Self:
        form = {"username": USER, "password": self.password, "provider": "db", "refresh": False}
        answer = self._http.post("/api/v1/security/login", json=form)
        answer.raise_for_status()
        self._http.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
        csrf = self._http.get("/api/v1/security/csrf_token/").raise_for_status().json()["result"]
        self._http.headers.update({"X-CSRFToken": csrf, "Referer": self.url})
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def get(self, path: str) -> dict[str, Any]:
        return self._http.get(f"/api/v1/{path}").raise_for_status().json()

    def all(self, kind: str) -> list[dict[str, Any]]:
        """Every chart, dataset or dashboard."""
        return self.get(f"{kind}/?q=(page_size:100)")["result"]

    def charts(self, slug: str) -> dict[int, dict[str, Any]]:
        """A dashboard's charts, by their numbers."""
        return {chart["id"]: chart for chart in self.get(f"dashboard/{slug}/charts")["result"]}

    def chart_data(self, number: int) -> dict[str, Any]:
        """What a chart answers by the query that is stored with it."""
        return self.get(f"chart/{number}/data/?force=true")["result"][0]

    def ask(self, dataset: int, query: dict[str, Any]) -> dict[str, Any]:
        """What a dataset answers to any query."""
        body = {
            "datasource": {"id": dataset, "type": "table"},
            "force": True,
            "queries": [query],
            "result_format": "json",
            "result_type": "full",
        }
        answer = self._http.post("/api/v1/chart/data", json=body)
        assert answer.status_code == httpx.codes.OK, answer.text
        return answer.json()["result"][0]

    def sql(self, database: str, statement: str) -> list[dict[str, Any]]:
        """What SQL Lab answers."""
        (number,) = (each["id"] for each in self.all("database") if each["database_name"] == database)
        body = {"database_id": number, "sql": statement, "runAsync": False, "queryLimit": 100}
        answer = self._http.post("/api/v1/sqllab/execute/", json=body)
        assert answer.status_code == httpx.codes.OK, answer.text
        return answer.json()["data"]

    def load(self, bundle: bytes, password: str) -> None:
        """Imports dashboards, over those that are there.

        Args:
            bundle: their zip
            password: that of report_reader
        """
        answer = self._http.post(
            "/api/v1/assets/import/",
            files={"bundle": ("dashboards.zip", bundle)},
            data={"passwords": json.dumps({"databases/report.yaml": password})},
        )
        assert answer.status_code == httpx.codes.OK, answer.text


@contextmanager
def another_server(stack: Stack, **settings: str) -> Iterator[Callable[[], str]]:
    """Starts another server over the stack's Superset, with some settings of its own.

    Gives what waits until it answers, and returns its address: there is something else to do while it starts.
    """
    pid = next(pid for pid, line in processes() if "\0gunicorn\0" in line and stack.is_of(pid, "superset"))
    environment = dict(
        entry.split("=", 1) for entry in Path(f"/proc/{pid}/environ").read_text().split("\0") if "=" in entry
    )
    # It is no service of the stack's.
    del environment["FURNISTREAM_SERVICE"]
    python = Path(f"/proc/{pid}/cmdline").read_text().split("\0")[0]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    command = [python, "-m", "gunicorn", "--bind", address, "--worker-class", "gthread", "--threads", "12"]
    server = subprocess.Popen(
        [*command, "--no-control-socket", "superset.app:create_app()"],
        env=environment | settings,
        cwd=environment["SUPERSET_HOME"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:

        def answers() -> bool:
            assert server.poll() is None, f"the server has ended with {server.returncode}"
            try:
                return httpx.get(f"http://{address}/health", trust_env=False).status_code == httpx.codes.OK
            except httpx.TransportError:
                return False

        def await_url() -> str:
            wait(answers, PATIENCE, f"another Superset answers at {address}")
            return f"http://{address}"

        yield await_url
    finally:
        server.terminate()
        try:
            server.wait(30)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


class Report(running_stack.Report):
    """The reporting database, with names and types of what it answers."""

    def dicts(self, sql: str, *values: object) -> list[dict[str, Any]]:
        """Rows by the names of their columns."""
        with self._connection.cursor() as cursor:
            cursor.execute(sql, values or None)
            return [dict(zip((each.name for each in cursor.description), row, strict=True)) for row in cursor]

    def types(self, sql: str) -> dict[str, str]:
        """The type of each column of a query, as PostgreSQL writes it, without length and precision."""
        with self._connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM ({sql}) AS rows LIMIT 0")
            named = {each.name: each.type_code for each in cursor.description}
        return {name: self.rows("SELECT format_type(%s, NULL)", code)[0][0] for name, code in named.items()}


def dollars(value: Decimal) -> str:
    """An amount of the stack's currency as the browser writes it."""
    return f"${rounded(value, '0.01'):,}"


def rounded(value: Decimal, unit: str) -> Decimal:
    """Rounds as the browser does: a double, so that half a unit goes up or down as that one lies."""
    return Decimal(float(value)).quantize(Decimal(unit), ROUND_HALF_UP)


def filter_of(days: str) -> str:
    """The part of a dashboard's address that sets its filter of days."""
    name = "NATIVE_FILTER-days"
    state = f"(extraFormData:(time_range:'{days}'),filterState:(value:'{days}'),id:{name},ownState:())"
    return "?native_filters=" + quote(f"({name}:{state})")


def sign_in(page: Page, superset: Superset) -> None:
    """Fills the form as a person does."""
    page.goto(f"{superset.url}/login/")
    page.locator("#username").fill(USER)
    page.locator("input[type=password]").fill(superset.password)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/login" not in url)


#: Where a picture has a colour: a list of x and y.
_PIXELS = """async ([picture, red, green, blue]) => {
  const image = new Image();
  image.src = 'data:image/png;base64,' + picture;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height);
  const context = canvas.getContext('2d');
  context.drawImage(image, 0, 0);
  const {data} = context.getImageData(0, 0, image.width, image.height);
  const found = [];
  for (let i = 0; i < data.length; i += 4)
    if (data[i] === red && data[i + 1] === green && data[i + 2] === blue)
      found.push([i / 4 % image.width, Math.floor(i / 4 / image.width)]);
  return found;
}"""


class Dashboard:
    """A dashboard that is open in a page: what its charts were answered, and whom the page asked."""

    def __init__(self, page: Page, superset: Superset, slug: str, days: str | None = None) -> None:
        """Opens a dashboard and waits until it is drawn.

        Args:
            page: a page of somebody who has signed in
            superset: which
            slug: of the dashboard
            days: a range that its filter of days is set to, as Superset writes it; all days when left out
        """
        self.page = page
        self.slug = slug
        self._own = superset.url
        self.charts = superset.charts(slug)
        self._titles = {number: chart["slice_name"] for number, chart in self.charts.items()}
        self._answers: dict[str, dict[str, Any]] = {}
        #: When each chart was asked for, in seconds, by the browser's clock.
        self.asked_at: dict[str, list[float]] = {title: [] for title in self._titles.values()}
        self._asked: set[Request] = set()
        self._blocked: set[Request] = set()
        page.on("request", self._note_request)
        page.on("requestfailed", self._note_failure)
        page.on("response", self._note_answer)
        page.goto(f"{superset.url}/superset/dashboard/{slug}/{'' if days is None else filter_of(days)}")
        # Charts below the window's edge are not drawn: the window is as tall as the dashboard.
        page.locator(".dashboard-component-chart-holder").first.wait_for()
        page.set_viewport_size({"width": 1600, "height": self._height()})
        self.await_drawn()

    def _height(self) -> int:
        return int(
            self.page.evaluate("Math.max(...[...document.querySelectorAll('*')].map(each => each.scrollHeight))")
        )

    def _note_request(self, request: Request) -> None:
        if not request.url.startswith((f"{self._own}/", "data:", "blob:")):
            self._asked.add(request)

    def _note_failure(self, request: Request) -> None:
        if request.failure == "csp":
            self._blocked.add(request)

    def _note_answer(self, response: Response) -> None:
        address = urlsplit(response.url)
        if address.path == "/api/v1/chart/data" and response.request.method == "POST":
            form = json.loads(parse_qs(address.query).get("form_data", ["{}"])[0])
            title = self._titles.get(form.get("slice_id"))
            if title:
                self.asked_at[title].append(response.request.timing["startTime"] / 1000)
                self._answers[title] = {"status": response.status, "response": response}

    @property
    def strangers(self) -> list[str]:
        """Requests to other hosts that were sent: those that the page's policy held back were not."""
        return [request.url for request in self._asked - self._blocked]

    def answer(self, title: str) -> dict[str, Any]:
        """The latest answer to a chart.

        Raises:
            AssertionError: there is none, or it is an error.
        """
        assert title in self._answers, f"{title} has not asked: {sorted(self._answers)}"
        latest = self._answers[title]
        assert latest["status"] == httpx.codes.OK, f"{title}: {latest['response'].text()}"
        results = latest["response"].json()["result"]
        assert all(result["error"] is None for result in results), f"{title}: {results}"
        return results[0]

    @property
    def answered(self) -> set[str]:
        return set(self._answers)

    def forget(self) -> None:
        """Forgets the answers, so that the next are those to what is done next."""
        self._answers.clear()

    def tile(self, title: str) -> Locator:
        """The part of the page that shows a chart."""
        return self.page.locator(f'[data-test-chart-name="{title}"]')

    def spots(self, title: str, colour: tuple[int, int, int]) -> int:
        """How many separate spots of a colour a chart shows."""
        picture = base64.b64encode(self.tile(title).screenshot()).decode()
        pixels = {tuple(pixel) for pixel in self.page.evaluate(_PIXELS, [picture, *colour])}
        spots = 0
        while pixels:
            spots += 1
            waiting = [pixels.pop()]
            while waiting:
                x, y = waiting.pop()
                near = {(x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)} & pixels
                pixels -= near
                waiting.extend(near)
        return spots

    def await_drawn(self, titles: set[str] | None = None) -> None:
        """Waits until charts, all unless some are named, were answered and nothing loads any more."""
        wanted = titles or set(self._titles.values())

        def drawn() -> bool:
            self.page.wait_for_timeout(200)
            loading = self.page.locator('[data-test="loading-indicator"], .dashboard .loading').count()
            return wanted <= self._answers.keys() and loading == 0

        wait(drawn, PATIENCE, f"charts are drawn; answered so far: {sorted(self._answers)} of {sorted(wanted)}")

    def choose(self, **values: str) -> None:
        """Chooses a value of each of some filters, and applies them at once."""
        for name, value in values.items():
            title = self.page.locator(f"#filter-name-NATIVE_FILTER-{name}")
            box = title.locator("xpath=ancestor::*[.//*[@data-test='form-item-value']][1]").locator(".ant-select")
            box.first.click()
            self.page.keyboard.type(value)
            self.page.locator(f'.ant-select-item-option[title="{value}"]').first.click()
            self.page.keyboard.press("Escape")
        self.forget()
        self.page.get_by_role("button", name="Apply filters").click()


class Pictures:
    """The guide's pictures of the dashboards."""

    def __init__(self, folder: Path | None) -> None:
        """Takes them into a folder, or none when it is left out."""
        self._folder = folder

    def take(self, dashboard: Dashboard) -> None:
        """Takes one of a dashboard as it is."""
        if self._folder:
            dashboard.page.wait_for_timeout(5_000)  # maps fade in
            dashboard.page.screenshot(path=self._folder / f"superset-{dashboard.slug}.png")
