"""Names for relations in the queries of one connection."""

from __future__ import annotations

import duckdb

from jobmarket.warehouse.naming import name_relation


def test_two_connections_use_a_name_for_different_rows_at_once() -> None:
    with duckdb.connect() as warehouse:
        one, other = warehouse.cursor(), warehouse.cursor()
        name_relation(one, one.sql("select 1 as n"), "cells")
        name_relation(other, other.sql("select 2 as n"), "cells")
        assert one.sql("select n from cells").fetchall() == [(1,)]
        assert other.sql("select n from cells").fetchall() == [(2,)]


def test_a_name_is_given_anew() -> None:
    with duckdb.connect() as warehouse:
        name_relation(warehouse, warehouse.sql("from range(3)"), "cells")
        name_relation(warehouse, warehouse.sql("from range(9)").filter("range > 7"), "cells")
        assert warehouse.sql("from cells").fetchall() == [(8,)]
