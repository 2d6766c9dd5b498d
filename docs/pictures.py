"""Take the README's pictures from a home in which the pipeline has run: ``make docs PICTURES=1``.

Needs Chromium. Each picture has a fixed size and shows the data of that home, by default the sample world.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.request import urlopen

from jobmarket.explore.serve import command
from jobmarket.report import ReportSpec, make_report
from jobmarket.settings import Home
from tests.jobmarket.report.browser import CHROMIUM, Browser

IMAGES = Path(__file__).parent / "images"
_PATIENCE_S = 120


def main(home: Home) -> None:
    """Take all pictures."""
    if CHROMIUM is None:
        sys.exit("Cannot take pictures: Chromium is not installed (apt-get install chromium).")
    with TemporaryDirectory() as folder:
        made = Path(folder)
        make_report(home, spec=ReportSpec(formats=("html", "mail"), out=made))
        mail = message_from_bytes((made / "report.eml").read_bytes(), policy=default)
        (made / "mail.html").write_text(_standing_alone(mail, made), encoding="utf-8")
        browser = Browser(made / "profile")
        page = (made / "report.html").as_uri()
        try:
            browser.photograph(page, IMAGES / "report.webp", (1120, 1640))
            browser.photograph(page, IMAGES / "report-phone.webp", (390, 844), scheme="dark", scale=2)
            browser.photograph((made / "mail.html").as_uri(), IMAGES / "mail.webp", (680, 1180))
            _explore(home, browser)
        finally:
            browser.close()


def _standing_alone(mail: object, folder: Path) -> str:
    """Return the mail's HTML, and write its attached images beside it, as a mail program shows them."""
    body: str = mail.get_body(("html",)).get_content()  # type: ignore[attr-defined]  # typed as the older Message
    for part in mail.walk():  # type: ignore[attr-defined]
        if part.get_content_maintype() == "image":
            name = part.get_filename()
            (folder / name).write_bytes(part.get_content())
            body = body.replace(f"cid:{part['Content-ID'].strip('<>')}", name)
    return body


def _explore(home: Home, browser: Browser) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = subprocess.Popen(command(home, port), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + _PATIENCE_S
        while not _answers(f"http://127.0.0.1:{port}/_stcore/health"):
            if time.monotonic() > deadline:
                sys.exit(f"The explore page did not answer within {_PATIENCE_S} s.")
            time.sleep(0.3)
        browser.photograph(
            f"http://127.0.0.1:{port}", IMAGES / "explore.webp", (1280, 1000), until="Postings with it",
            gone="[data-testid=stSkeleton], [data-testid=stStatusWidget], .stApp:not(:has(canvas))",
        )  # fmt: skip
    finally:
        server.terminate()
        server.wait(timeout=30)


def _answers(url: str) -> bool:
    try:
        with urlopen(url, timeout=5):  # noqa: S310  # our own server
            return True
    except OSError:
        return False


if __name__ == "__main__":
    main(Home(Path(sys.argv[1])))
