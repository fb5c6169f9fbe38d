"""The few commands of the W3C WebDriver protocol that the tests of the site need, spoken to chromedriver."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import time
import urllib.request
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
CHROMEDRIVER = shutil.which("chromedriver")

_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"


class Browser:
    """One window. Elements are named by their references in the protocol."""

    def __init__(self, session: str) -> None:
        self._session = session

    def go(self, url: str) -> None:
        _ask("POST", f"{self._session}/url", {"url": url})

    @property
    def url(self) -> str:
        return str(_ask("GET", f"{self._session}/url"))

    @property
    def title(self) -> str:
        return str(_ask("GET", f"{self._session}/title"))

    def run(self, script: str, *arguments: object) -> Any:
        """What ``script`` returns; an element it returns can be typed into or clicked."""
        found = _ask("POST", f"{self._session}/execute/sync", {"script": script, "args": list(arguments)})
        return found[_ELEMENT] if isinstance(found, dict) and _ELEMENT in found else found

    def wait(self, script: str, seconds: float = 60) -> Any:
        """Run ``script`` until it returns something; fails after ``seconds``."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            found = self.run(script)
            if found:
                return found
            time.sleep(0.05)
        raise AssertionError(f"nothing came of {script!r}; the page is {self.url}")

    def emulate(self, command: str, **parameters: object) -> None:
        """Tell the browser what to pretend, by a command of the Chrome DevTools protocol."""
        _ask("POST", f"{self._session}/goog/cdp/execute", {"cmd": command, "params": parameters})

    def type(self, element: str, text: str) -> None:
        _ask("POST", f"{self._session}/element/{element}/value", {"text": text})

    def click(self, element: str) -> None:
        _ask("POST", f"{self._session}/element/{element}/click", {})


@contextlib.contextmanager
def browser(profile: str) -> Iterator[Browser]:
    """A browser with a fresh profile in the folder ``profile``; it and its driver are ended afterwards."""
    assert CHROMIUM
    assert CHROMEDRIVER
    driver = subprocess.Popen(
        [CHROMEDRIVER, "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True
    )
    session = ""
    try:
        assert driver.stdout
        port = next(int(found[1]) for line in driver.stdout if (found := re.search(r"on port (\d+)\.$", line.strip())))
        options = {"binary": CHROMIUM, "args": [*_FLAGS, f"--user-data-dir={profile}"]}
        wanted = {"capabilities": {"alwaysMatch": {"browserName": "chrome", "goog:chromeOptions": options}}}
        base = f"http://127.0.0.1:{port}/session"
        session = f"{base}/{_ask('POST', base, wanted)['sessionId']}"
        yield Browser(session)
    finally:
        if session:
            with contextlib.suppress(OSError):
                _ask("DELETE", session)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(driver.pid, signal.SIGTERM)
        driver.communicate()


def _ask(method: str, url: str, body: object = None) -> Any:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"}, method=method)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=120) as answer:
        return json.loads(answer.read())["value"]
