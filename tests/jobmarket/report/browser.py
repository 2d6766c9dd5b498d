"""A headless Chromium, spoken to over its debugging pipe: no driver, no port, no extra package."""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-extensions",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars",
    "--remote-debugging-pipe",
)  # fmt: skip
_PATIENCE_S = 120


@dataclass
class Seen:
    """What a page did while it was open: ``clipped`` are the status labels that a reader has to scroll to,
    ``nameless`` the tables whose rows lose their names then, ``squeezed`` the words below a row that do not have the
    table's width, and ``stray`` the tables with such words that have to be scrolled all the same.
    """

    overflow: list[str] = field(default_factory=list)
    clipped: list[str] = field(default_factory=list)
    nameless: list[str] = field(default_factory=list)
    squeezed: list[str] = field(default_factory=list)
    stray: list[str] = field(default_factory=list)
    width: int = 0
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    dialogs: int = 0
    text: str = ""


class Browser:
    """One Chromium with one page."""

    def __init__(self, profile: Path) -> None:
        commands, self._send = os.pipe()
        self._receive, answers = os.pipe()
        # Chromium reads commands from descriptor 3 and writes answers to 4.
        redirect = f'exec "$@" 3<&{commands} 4>&{answers}'
        self._process = subprocess.Popen(
            ["/bin/bash", "-c", redirect, "bash", str(CHROMIUM), *_FLAGS, f"--user-data-dir={profile}"],
            pass_fds=(commands, answers),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(commands)
        os.close(answers)
        self._rest = b""
        self._number = 0
        self._session: str | None = None
        self._events: list[dict[str, Any]] = []
        target = self._call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self._call(f"{domain}.enable")

    def look(self, file: Path, width: int, screenshots: dict[str, Path]) -> Seen:
        """Open a file at a width, take a picture in each colour scheme, and tell what happened.

        Args:
            file: The page.
            width: Of the screen, CSS pixels.
            screenshots: ``light`` or ``dark`` → where the picture of the first screen goes.
        """
        self._events.clear()
        self._call("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
        self._call("Page.navigate", url=file.as_uri())
        while not any(event["method"] == "Page.loadEventFired" for event in self._events):
            self._read()
        for scheme, screenshot in screenshots.items():
            feature = {"name": "prefers-color-scheme", "value": scheme}
            self._call("Emulation.setEmulatedMedia", features=[feature])
            shot = self._call("Page.captureScreenshot")
            screenshot.write_bytes(base64.b64decode(shot["data"]))
        found = self._evaluate(
            """(() => {
                const badges = [...document.querySelectorAll('table .badge')].filter(badge => badge.checkVisibility());
                // With the longest label that there is, in every row.
                badges.forEach(badge => badge.textContent = 'coverage break');
                const clipped = badges.filter(badge => badge.getBoundingClientRect().right
                    > badge.closest('.scroll').getBoundingClientRect().right + 1).map(badge => badge.textContent);
                document.querySelectorAll('details').forEach(details => details.open = true);
                const width = document.documentElement.clientWidth;
                const inBox = element => element.closest('.scroll, .unseen, .skip');
                const overflow = [...document.querySelectorAll('body *')]
                    .filter(element => !inBox(element) && element.getBoundingClientRect().right > width + 1)
                    .map(element => element.tagName + '.' + element.className);
                const boxes = [...document.querySelectorAll('.scroll')]
                    .filter(box => box.scrollWidth > box.clientWidth);
                boxes.forEach(box => box.scrollLeft = box.scrollWidth);
                const nameless = boxes.filter(box => box.querySelector('tbody th')?.getBoundingClientRect().left
                    < box.getBoundingClientRect().left - 1).map(box => box.ariaLabel);
                boxes.forEach(box => box.scrollLeft = 0);
                const wideAs = (cell, box) => cell.getBoundingClientRect().width > 0.95 * box.clientWidth;
                const squeezed = [...document.querySelectorAll('td.own-line')]
                    .filter(cell => !wideAs(cell, cell.closest('.scroll'))).map(cell => cell.textContent);
                const stray = boxes.filter(box => box.querySelector('.own-line')).map(box => box.ariaLabel);
                return {overflow, clipped, nameless, squeezed, stray, width: document.documentElement.scrollWidth,
                    text: document.body.innerText};
            })()"""
        )
        seen = Seen(**{**found, "complaints": []})
        self._tell(seen)
        return seen

    def photograph(
        self,
        url: str,
        to: Path,
        size: tuple[int, int],
        *,
        scheme: str = "light",
        scale: float = 1,
        until: str = "",
        gone: str = "",
    ) -> None:
        """Take a picture of the first screen of an address, in the format that the file's name says.

        Args:
            url: The page.
            to: Where the picture goes.
            size: Of the screen, CSS pixels.
            scheme: ``light`` or ``dark``.
            scale: Pixels of the picture a CSS pixel.
            until: A text that the page shows once it is there.
            gone: A selector of what stands in its place before.
        """
        width, height = size
        self._events.clear()
        self._call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=scale, mobile=False
        )
        self._call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        self._call("Page.navigate", url=url)
        while not any(event["method"] == "Page.loadEventFired" for event in self._events):
            self._read()
        self._await(url, until)
        while gone and self._evaluate(f"document.querySelector({json.dumps(gone)}) !== null"):
            time.sleep(0.3)
        shot = self._call("Page.captureScreenshot", format=to.suffix[1:], quality=80)
        to.write_bytes(base64.b64decode(shot["data"]))

    def visit(self, url: str, until: str, screenshot: Path) -> Seen:
        """Open an address, wait until a text stands in the page, take a picture, and tell what happened.

        Args:
            url: The page.
            until: A text that it shows once it is there.
            screenshot: Where the picture goes.
        """
        self._events.clear()
        self._call("Emulation.setDeviceMetricsOverride", width=1440, height=900, deviceScaleFactor=1, mobile=False)
        self._call("Page.navigate", url=url)
        text = self._await(url, until)
        screenshot.write_bytes(base64.b64decode(self._call("Page.captureScreenshot")["data"]))
        seen = Seen(text=text)
        self._tell(seen)
        return seen

    def printed(self, file: Path) -> bytes:
        """What a page is on paper, as the PDF that the browser prints."""
        self._events.clear()
        self._call("Page.navigate", url=file.as_uri())
        while not any(event["method"] == "Page.loadEventFired" for event in self._events):
            self._read()
        return base64.b64decode(self._call("Page.printToPDF", preferCSSPageSize=True)["data"])

    def _await(self, url: str, until: str) -> str:
        deadline = time.monotonic() + _PATIENCE_S
        while until not in (text := str(self._evaluate("document.body?.innerText ?? ''"))):
            assert time.monotonic() < deadline, f"{url} does not say {until!r} but: {text[:500]}"
            time.sleep(0.3)
        return text

    def _tell(self, seen: Seen) -> None:
        for event in self._events:
            match event["method"]:
                case "Log.entryAdded":
                    seen.complaints.append(event["params"]["entry"]["text"])
                case "Runtime.exceptionThrown" | "Runtime.consoleAPICalled":
                    seen.complaints.append(json.dumps(event["params"]))
                case "Network.requestWillBeSent":
                    seen.requests.append(event["params"]["request"]["url"])
                case "Page.javascriptDialogOpening":
                    seen.dialogs += 1

    def close(self) -> None:
        """End the browser."""
        os.close(self._send)
        os.close(self._receive)
        try:
            self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _evaluate(self, expression: str) -> Any:
        answer = self._call("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"]["value"]

    def _call(self, method: str, **parameters: object) -> dict[str, Any]:
        self._number += 1
        message: dict[str, object] = {"id": self._number, "method": method, "params": parameters}
        if self._session is not None:
            message["sessionId"] = self._session
        os.write(self._send, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._read()
            if answer.get("id") == self._number:
                assert "error" not in answer, f"{method}: {answer['error']}"
                result: dict[str, Any] = answer["result"]
                return result

    def _read(self) -> dict[str, Any]:
        deadline = time.monotonic() + _PATIENCE_S
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self._receive], [], [], max(0.0, deadline - time.monotonic()))
            assert ready, f"{CHROMIUM} gave no answer for {_PATIENCE_S} s"
            chunk = os.read(self._receive, 1 << 20)
            assert chunk, f"{CHROMIUM} ended"
            self._rest += chunk
        line, self._rest = self._rest.split(b"\0", 1)
        message: dict[str, Any] = json.loads(line)
        if "method" in message:
            self._events.append(message)
        return message
