"""Postings are divided so that each employer's lines are remembered by one process."""

from __future__ import annotations

import pyarrow as pa

from jobmarket.extract.division import Division


def table(rows: list[tuple[str | None, int]]) -> pa.Table:
    """Build postings of employers with texts of the given lengths."""
    return pa.table(
        {
            "company_name": pa.array([employer for employer, _ in rows], pa.string()),
            "description_html": pa.array(["x" * length for _, length in rows], pa.string()),
        }
    )


def test_every_row_is_read_once_and_an_employer_by_one_process() -> None:
    rows = [(f"Employer {number % 8}", 100 + number) for number in range(72)]
    given = Division(2).rows(table(rows))
    assert sorted(row for part in given for row in part) == list(range(72))
    employers = [{rows[row][0] for row in part} for part in given]
    assert not employers[0] & employers[1]
    lengths = [sum(rows[row][1] for row in part) for part in given]
    assert max(lengths) < 1.3 * min(lengths)


def test_an_employer_stays_with_its_process_in_later_tables() -> None:
    division = Division(2)
    first = division.rows(table([("A", 500), ("B", 400), ("C", 100)]))
    second = division.rows(table([("B", 450), ("A", 450)]))
    at_first = [0 in part for part in first].index(True)
    assert [list(part) for part in second][at_first] == [1]


def test_one_large_employer_and_unknown_ones_are_shared_by_all_processes() -> None:
    for employer in ("A", None):
        given = Division(4).rows(table([(employer, 100)] * 100))
        assert sorted(row for part in given for row in part) == list(range(100))
        assert max(map(len, given)) <= 1.3 * min(map(len, given))


def test_a_table_without_employers_or_texts_is_divided_by_its_rows() -> None:
    given = Division(2).rows(pa.table({"title": ["a"] * 10}))
    assert [len(part) for part in given] == [5, 5]
    assert [len(part) for part in Division(2).rows(table([]))] == [0, 0]
