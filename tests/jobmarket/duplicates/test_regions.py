"""Regions of the first level have one name for all spellings."""

from __future__ import annotations

from jobmarket.duplicates.regions import are_first_level, first_level, regions_named


def test_every_listed_spelling_is_read_in_a_field() -> None:
    listed = first_level()
    assert len(listed) > 200
    unread = [
        (country, spelling)
        for (country, spelling), name in listed.items()
        if (country, name) not in regions_named(spelling.title()) | regions_named(spelling.upper())
    ]
    assert unread == []


def test_all_spellings_of_a_region_give_one_name() -> None:
    assert regions_named("Bayern") == regions_named("bavaria, germany") == {("DE", "Bavaria")}
    assert regions_named("Berlin, DE") == regions_named("Germany") == frozenset()


def test_counties_are_not_of_the_first_level() -> None:
    assert are_first_level(regions_named("Scotland; Wales"))
    assert not are_first_level(regions_named("Scotland; Kent, UK"))
