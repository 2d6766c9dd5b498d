"""Rates are fetched on demand, stored completely or not at all, and never change an existing rate."""

from __future__ import annotations

import io
import socket
import threading
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from jobmarket.exchange_rates import fetch_rates, load_exchange_rates, newest_file, read_rates
from jobmarket.settings import Home, Settings
from jobmarket.stages import StageError
from jobmarket.warehouse import connect, load

SETTINGS = Settings(threads=1, memory_limit="1GiB", _env_file=None)  # type: ignore[call-arg]


def history(*lines: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("eurofxref-hist.csv", "\n".join(("Date,USD,JPY,", *lines)) + "\n")
    return buffer.getvalue()


@pytest.fixture
def ecb() -> Iterator[tuple[str, list[bytes]]]:
    """Run a server on loopback that answers with the given bodies, one after another."""
    bodies: list[bytes] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = bodies.pop(0) if bodies else b""
            self.send_response(200 if body else 503)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/eurofxref-hist.zip", bodies
    server.shutdown()
    server.server_close()


def test_fetched_rates_are_loaded_and_existing_days_stay_unchanged(
    ecb: tuple[str, list[bytes]], tmp_path: Path
) -> None:
    address, bodies = ecb
    home = Home(tmp_path / "home")
    home.landing.mkdir(parents=True)
    load(home, SETTINGS)
    bodies.append(history("2099-01-02,1.25,N/A,", "1999-01-04,7.5,133.73,"))
    assert fetch_rates(home.exchange_rates, address) == date(2099, 1, 2)
    assert newest_file(home.exchange_rates) == home.exchange_rates
    load(home, SETTINGS)
    with connect(home, SETTINGS, read_only=True) as connection:
        found = connection.execute(
            """select rate_date, per_eur from raw.exchange_rates
            where currency = 'USD' and rate_date in ('1999-01-04', '2099-01-02') order by rate_date"""
        ).fetchall()
    assert found == [(date(1999, 1, 4), 1.1789), (date(2099, 1, 2), 1.25)]


def zipped(**files: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


# Built on demand: the bomb takes half a second, and every worker imports this module.
NO_HISTORIES: dict[str, Callable[[], bytes]] = {
    "page": lambda: b"<html>maintenance</html>",
    "no day": lambda: history("yesterday,1.1,2,"),
    "no number": lambda: history("2099-01-02,much,2,"),
    "no rows": history,
    "refused": lambda: b"",
    "empty zip": zipped,
    "empty csv": lambda: zipped(csv=b""),
    "not utf-8": lambda: zipped(csv=b"Date,USD\n\xff,1\n"),
    "cut off": lambda: history("2099-01-02,1.25,160,")[:60],
    "bomb": lambda: zipped(csv=b"Date,USD,\n" + b" " * 100_000_001),
}


@pytest.mark.parametrize("make", NO_HISTORIES.values(), ids=NO_HISTORIES)
def test_an_invalid_answer_leaves_the_rates_unchanged(
    make: Callable[[], bytes], ecb: tuple[str, list[bytes]], tmp_path: Path
) -> None:
    address, bodies = ecb
    target = tmp_path / "rates" / "eurofxref-hist.zip"
    bodies.append(history("2099-01-02,1.25,160,"))
    fetch_rates(target, address)
    bodies.append(make())
    with pytest.raises(StageError, match=r"127\.0\.0\.1"):
        fetch_rates(target, address)
    assert [path.name for path in target.parent.iterdir()] == ["eurofxref-hist.zip"]
    assert max(read_rates(target)["rate_date"].to_pylist()) == "2099-01-02"


def test_a_truncated_answer_is_reported(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer() -> None:
            connection, _ = listening.accept()
            with connection:
                connection.recv(10_000)
                connection.sendall(b"nonsense\r\n\r\n")

        threading.Thread(target=answer, daemon=True).start()
        with pytest.raises(StageError, match="cannot be reached: BadStatusLine"):
            fetch_rates(tmp_path / "rates.zip", f"http://127.0.0.1:{listening.getsockname()[1]}/")
    assert not list(tmp_path.iterdir())


def test_missing_rates_are_added_and_corrected_ones_are_not_taken(tmp_path: Path) -> None:
    home, file = Home(tmp_path / "home"), tmp_path / "rates.zip"
    home.landing.mkdir(parents=True)
    load(home, SETTINGS)
    file.write_bytes(history("2099-01-03,1.3,161,", "2099-01-02,1.25,N/A,", "1999-01-04,7.5,133.73,"))
    with connect(home, SETTINGS) as connection:

        def n_rates() -> int:
            return int(connection.execute("select count(*) from raw.exchange_rates").fetchall()[0][0])

        n_bundled = n_rates()
        load_exchange_rates(connection, file)
        assert n_rates() == n_bundled + 5  # the euro itself has a rate on each day
        load_exchange_rates(connection, file)
        assert n_rates() == n_bundled + 5
        file.write_bytes(history("2099-01-04,1.4,162,", "2099-01-03,9.9,161,", "2099-01-02,1.25,160,"))
        load_exchange_rates(connection, file)
        assert n_rates() == n_bundled + 9
        kept = "select currency, per_eur from raw.exchange_rates where rate_date between '2099-01-02' and '2099-01-03'"
        assert connection.execute(f"{kept} order by rate_date, currency").fetchall() == [
            ("EUR", 1.0), ("JPY", 160.0), ("USD", 1.25), ("EUR", 1.0), ("JPY", 161.0), ("USD", 1.3),
        ]  # fmt: skip


def test_an_older_file_than_the_bundled_one_is_not_used(tmp_path: Path) -> None:
    target = tmp_path / "eurofxref-hist.zip"
    assert newest_file(target) != target
    target.write_bytes(history("2001-01-02,1.25,160,"))
    assert newest_file(target) != target


def test_a_damaged_file_of_fetched_rates_does_not_stop_a_load(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    home.landing.mkdir(parents=True)
    home.exchange_rates.parent.mkdir(parents=True, exist_ok=True)
    home.exchange_rates.write_bytes(history("2099-01-02,1.25,160,")[:60])
    (gap,) = load(home, SETTINGS).gaps
    assert str(home.exchange_rates) in gap
    assert "`jobmarket rates` fetches the file again" in gap
    with connect(home, SETTINGS, read_only=True) as connection:
        assert connection.execute("select max(rate_date) from raw.exchange_rates").fetchone() > (date(2026, 1, 1),)
