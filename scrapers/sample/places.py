"""Write a listing's location field in its employer's style."""

from __future__ import annotations

from scrapers.sample.geography import write_city, write_remote
from scrapers.sample.listings import Listing


def is_country_unstated(listing: Listing) -> bool:
    """Whether the location field names only a continent, as for some European employers who hire anywhere in Europe."""
    opening = listing.opening
    european = opening.country not in ("US", "CA", "IN")
    return opening.workplace == "remote" and european and opening.firm.location_style == 3


def place_texts(listing: Listing) -> list[str]:
    """Return one string per place, e.g. ``["Remote - US"]`` or ``["Berlin, Germany", "Munich, Germany"]``."""
    opening, style = listing.opening, listing.opening.firm.location_style
    if opening.workplace == "remote":
        remote = write_remote(opening.country, style)
        return ["Remote - Europe"] if is_country_unstated(listing) else [remote]
    texts = [write_city(city, style) for city in listing.places]
    if opening.workplace == "hybrid" and style == 1:
        return [f"Hybrid - {texts[0]}", *texts[1:]]
    return texts


def location_text(listing: Listing) -> str:
    """Return all places as one string, for boards with a single location field."""
    separator = ("; ", " or ", " | ", "; ")[listing.opening.firm.location_style]
    return separator.join(place_texts(listing))
