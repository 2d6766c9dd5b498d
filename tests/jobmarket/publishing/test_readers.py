"""With fifty readers and sixty publications, no reader fails or reads from two vintages at once."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from jobmarket.publishing import open_published, publish, vintages
from jobmarket.settings import Home, Settings
from tests.jobmarket.conftest import copy_of
from tests.jobmarket.publishing.synthetic_marts import AS_OF, change_marts

pytestmark = pytest.mark.usefixtures("few_questions")

SETTINGS = Settings(_env_file=None)
PROCESSES, THREADS = 5, 10
PUBLICATIONS = 60
# One in this many publications builds a new vintage; the others alternate between it and the one before.
SWAPS = 6
# A reader opens the file right after it resolves the link; keeping an hour of vintages would fill the disk.
GRACE_SECONDS = 5
NAMES = "select company_name from dim_companies order by all"

# In each process nine threads attach the file again for every look, as `duckdb` on the command line does. One thread
# connects by path and stays for several looks; its vintage must not change meanwhile. Readers wait for some
# publications between two looks, however long those take on a busy machine.
READER = """
import random, sys, threading, time, traceback
from pathlib import Path
import duckdb

database, (stop, out, pace), threads = sys.argv[1], map(Path, sys.argv[2:5]), int(sys.argv[5])
looks, errors = [], []
published, published_more = 0, threading.Condition()

def follow():
    global published
    while True:
        found = sys.maxsize if stop.exists() else pace.stat().st_size
        if found > published:
            with published_more:
                published = found
                published_more.notify_all()
        if found == sys.maxsize:
            return
        time.sleep(0.1)

def look(connection, catalog):
    names = {name for (name,) in connection.execute(
        f"select company_name from {catalog}.dim_companies where company_key = 'company-0' union all "
        f"select skill_name from {catalog}.dim_skills where skill_id = 'python' union all "
        f"select distinct main_reason from {catalog}.rpt_board_coverage_weekly where main_reason is not null"
    ).fetchall()}
    vintage, = connection.execute(f"select value from {catalog}.about where key = 'vintage_id'").fetchone()
    postings, = connection.execute(f"select count(*) from {catalog}.fct_postings").fetchone()
    expected, = connection.execute(f"select value::int from {catalog}.about where key = 'n_postings'").fetchone()
    ids = {value for (value,) in connection.execute(
        f"select value from {catalog}.about where key = 'vintage_id'").fetchall()}
    assert len(names) == 1, names
    assert ids == {vintage} and postings == expected, (ids, vintage, postings, expected)
    return f"{vintage} {names.pop()}"

def attach():
    with duckdb.connect(config={'threads': 1}) as connection:
        connection.execute(f"attach '{database}' as market (read_only)")
        looks.append(look(connection, "market"))

def stay():
    with duckdb.connect(database, read_only=True, config={'threads': 1}) as connection:
        found = {look(connection, "main") for _ in range(5) if not time.sleep(0.1)}
        assert len(found) == 1, found
        looks.extend(found)

def read(number):
    draw = random.Random(f"{out.name} {number}")
    try:
        while True:
            (attach if number else stay)()
            if published == sys.maxsize:
                return
            wanted = published + draw.randint(5, 14)
            with published_more:
                published_more.wait_for(lambda: published >= wanted)
            time.sleep(draw.uniform(0, 0.5))
    except BaseException:
        errors.append(traceback.format_exc())

readers = [threading.Thread(target=read, args=(number,)) for number in range(threads)]
for thread in (*readers, threading.Thread(target=follow)):
    thread.start()
for reader in readers:
    reader.join()
out.write_text("\\n".join(looks))
sys.exit("".join(errors[:2]) or 0)
"""


@contextmanager
def reading(database: Path, folder: Path, pace: Path) -> Iterator[list[tuple[str, str]]]:
    """Run readers until the block ends, then fill the list with their looks: (vintage, the round in its tables).

    ``pace`` grows by a byte with each publication.
    """
    stop, outs = folder / "stop", [folder / f"readers-{number}" for number in range(PROCESSES)]
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", READER, *map(str, (database, stop, out, pace, THREADS))],
            stderr=subprocess.PIPE,
            text=True,
        )
        for out in outs
    ]
    seen: list[tuple[str, str]] = []
    try:
        yield seen
    finally:
        stop.touch()
        ended = [(process.communicate(timeout=120)[1], process.returncode) for process in processes]
    assert [code for _, code in ended] == [0] * PROCESSES, "".join(errors for errors, _ in ended)
    for out in outs:
        seen += [(line.split(" ", 1)[0], line.split(" ", 1)[1]) for line in out.read_text().splitlines()]


def set_round(home: Home, round_no: int) -> None:
    """Write the number of a round into several tables of the marts."""
    name = f"Round {round_no}"
    change_marts(
        home,
        f"update marts.dim_companies set company_name = '{name}' where company_key = 'company-0'",
        f"update marts.dim_skills set skill_name = '{name}' where skill_id = 'python'",
        f"update marts.rpt_board_coverage_weekly set main_reason = '{name}'",
    )


def beside(home: Home, folder: Path) -> Home:
    """Return a second warehouse that publishes into the same folder."""
    other = copy_of(home, folder)
    other.published, other.database = home.published, home.database
    return other


# takes a minute on an idle machine; on a busy one, fifty readers are slow
@pytest.mark.timeout(1800)
def test_fifty_readers_during_sixty_publications(
    published_home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    homes = [published_home, beside(published_home, tmp_path / "beside")]
    folder, database = published_home.published, published_home.database
    monkeypatch.setattr(vintages, "_GRACE", timedelta(seconds=GRACE_SECONDS))
    published: dict[str, str] = {}
    changed, removed = [], 0

    pace = tmp_path / "pace"
    pace.touch()

    def publish_from(home: Home) -> str:
        nonlocal removed
        counts = publish(home, SETTINGS, AS_OF).counts
        removed += int(counts["removed"])
        changed.append(int(counts["changed"]))
        assert (folder / "current").readlink() == Path("vintages", counts["vintage_id"])
        with pace.open("a") as file:
            file.write(".")
        return str(counts["vintage_id"])

    set_round(homes[0], 0)
    published[publish_from(homes[0])] = "Round 0"
    with reading(database, tmp_path, pace) as seen, open_published(homes[0]) as patient:
        opened = patient.execute(NAMES).fetchall()
        for round_no in range(1, PUBLICATIONS // SWAPS + 1):
            newest, before = homes[round_no % 2], homes[1 - round_no % 2]
            set_round(newest, round_no)
            published[publish_from(newest)] = f"Round {round_no}"
            for home in (before, newest) * ((SWAPS - 1) // 2) + (before,):
                assert publish_from(home) in list(published)[-2:]
            assert patient.execute(NAMES).fetchall() == opened, "a reader that stays gets what it opened"
    assert changed == [1] * (PUBLICATIONS + 1)
    assert removed > 0
    assert len(published) == PUBLICATIONS // SWAPS + 1
    assert len(seen) > 3 * PROCESSES * THREADS
    assert len({vintage for vintage, _ in seen}) > PUBLICATIONS // SWAPS / 2
    assert [look for look in seen if published[look[0]] != look[1]] == []
    # besides the current one, at least eight vintages are available
    assert {path.name for path in (folder / "vintages").iterdir()} >= set(list(published)[-9:])
