"""Places agree with the labelled postings, and with the addresses that Ashby boards give beside the text."""

import json
from collections import Counter

from jobmarket.extract.document import read_document
from jobmarket.extract.location import country_code, locations, read_field
from jobmarket.extract.places import fold_name


def f1(gold: list[set], predicted: list[set]) -> float:
    right = sum(len(a & b) for a, b in zip(gold, predicted, strict=True))
    return 2 * right / (sum(map(len, gold)) + sum(map(len, predicted)))


def read_lines(path):
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def countries_and_cities(places):
    places = list(places)
    return (
        {country for _, country in places if country},
        {(fold_name(city), country) for city, country in places if city},
    )


def test_places_of_labelled_postings_reach_their_floors(shared_dir):
    labels = {row["id"]: row["locations"] for row in read_lines(shared_dir / "gold" / "dev.jsonl")}
    gold, predicted = [], []
    for row in read_lines(shared_dir / "gold" / "dev_postings.jsonl"):
        document = read_document(
            row["title"], row["location"], row.get("description_html"), row.get("description_text")
        )
        gold.append(countries_and_cities((one["city"], one["country"]) for one in labels[row["id"]]))
        predicted.append(countries_and_cities((one.city, one.country) for one in locations(document)))
    countries = f1([one[0] for one in gold], [one[0] for one in predicted])
    cities = f1([one[1] for one in gold], [one[1] for one in predicted])
    print(f"countries F1 {countries:.4f}, cities F1 {cities:.4f}")  # noqa: T201 - the table is the point
    assert len(gold) > 100
    assert countries >= 0.995
    assert cities >= 0.975


def test_ashby_addresses_agree_with_the_text(shared_dir):
    """Read the text alone. Cities differ where the address is the office and the text names the metropolis."""
    stated: Counter[tuple[str, str, str]] = Counter()
    for path in sorted((shared_dir / "boards" / "ashby").glob("*.json")):
        for job in json.loads(path.read_text(encoding="utf-8"))["jobs"]:
            for one in (job, *(job.get("secondaryLocations") or ())):
                address = one.get("address") or {}
                address = address.get("postalAddress") or address
                country = country_code(address.get("addressCountry"))
                if one.get("location") and country:
                    stated[(one["location"], (address.get("addressLocality") or "").strip(), country)] += 1
    n_read = n_same_country = n_cities = n_same_city = 0
    differing: Counter[str] = Counter()
    for (text, locality, country), n in stated.items():
        places = read_field(text)
        if not places:
            continue
        n_read += n
        if country in {place.country for place in places}:
            n_same_country += n
        else:
            differing[f"{text!r}: address {country}, text {places}"] += n
        town = next((place.city for place in read_field(locality, stated={country: 20.0}) if place.city), None)
        cities = {place.city for place in places if place.city}
        if town and cities:
            n_cities += n
            n_same_city += n * (town in cities)
            if town not in cities:
                differing[f"{text!r}: address {town}, text {sorted(cities)}"] += n
    print(f"countries {n_same_country} of {n_read}, cities {n_same_city} of {n_cities}")  # noqa: T201
    for line, n in differing.most_common(12):
        print(f"{n:4d}  {line}")  # noqa: T201
    assert n_read > 3_000
    assert n_same_country / n_read >= 0.99
    assert n_same_city / n_cities >= 0.96
