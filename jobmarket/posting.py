"""The contract between the spiders and everything after them: the fields of a posting.

Field names follow schema.org/JobPosting in snake case. A spider copies what its board states, value by value, without
interpreting it. ``unit_text`` may therefore be ``per-year-salary`` or ``1 YEAR``, and ``workplace_text`` may be
``OnSite``. Later steps interpret the values (``jobmarket.extract``, dbt), and can do so again over all history when
their rules improve.

The raw tables, the dbt source columns and the data dictionary derive from :class:`Posting`. A conventions test prints
any difference.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Annotated, Any

from ftfy import fix_encoding
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field


def _to_utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a time without a zone: the board's spider must state the zone")
    return moment.astimezone(UTC)


# Byte sequences of UTF-8 text that was decoded as Latin-1 or Windows-1252 and encoded again. They are very rare in
# correct text, which ftfy recognises. All begin with one byte that most texts do not contain, so that is checked first.
_MAY_BE_MISREAD = b"\xc3"
_MISREAD = re.compile(rb"\xc3(?:[\x82-\xb4]\xc2|\xa2\xe2\x82\xac)")


def _clean(text: object) -> object:
    """Trim, turn blank into null, repair misread UTF-8, and replace what databases reject (NUL, lone surrogates)."""
    if not isinstance(text, str):
        return text
    if not text.isascii():
        stored = text.encode("utf-8", "replace")
        if _MAY_BE_MISREAD in stored and _MISREAD.search(stored):
            text = "".join(map(fix_encoding, text.splitlines(keepends=True)))
            stored = text.encode("utf-8", "replace")
        text = stored.decode("utf-8")
    return text.replace("\x00", "\ufffd").strip() or None


UtcDatetime = Annotated[datetime, AfterValidator(_to_utc)]
Text = Annotated[str, BeforeValidator(_clean)]
MaybeText = Annotated[str | None, BeforeValidator(_clean)]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Place(_Frozen):
    """A place as the board states it (schema.org/Place), neither translated nor looked up."""

    text: MaybeText = Field(None, description="The place in one string, as the board shows it")
    address_locality: MaybeText = Field(None, description="City, where the board has a field for it")
    address_region: MaybeText = Field(None, description="State or region, where the board has a field for it")
    address_country: MaybeText = Field(None, description="Country as the board writes it: a name or a code")


class Pay(_Frozen):
    """A pay range as the board states it in a field for pay (schema.org/MonetaryAmount)."""

    min_value: float | None = Field(None, description="Lower end, in units of `currency`")
    max_value: float | None = Field(None, description="Upper end, in units of `currency`")
    currency: MaybeText = Field(None, description="Currency as the board writes it, mostly ISO 4217")
    unit_text: MaybeText = Field(None, description="Pay period in the board's own token, e.g. `1 YEAR`")
    name: MaybeText = Field(None, description="What the range is for, as the board says: a zone, a tier, OTE")


class Posting(_Frozen):
    """A posting as one board showed it in one crawl. Each is one landed line."""

    board: Text = Field(description="Board system, the spider's name: greenhouse, lever, ashby …")
    company_slug: Text = Field(description="The employer's name on the board system, as in companies.csv")
    native_id: Text = Field(description="The board's own id of the posting")
    url: MaybeText = Field(None, description="Where a person reads the posting")
    apply_url: MaybeText = Field(None, description="Where a person applies")
    title: Text = Field(description="Title as published, trimmed")
    company_name: MaybeText = Field(None, description="Employer's name as the board or the registry states it")
    department: MaybeText = Field(None, description="Department as the board states it")
    team: MaybeText = Field(None, description="Team as the board states it")
    location_text: MaybeText = Field(None, description="Location field as published; several places joined by `; `")
    job_locations: tuple[Place, ...] = Field((), description="Places in the board's structured fields")
    workplace_text: MaybeText = Field(None, description="The board's own token for remote, hybrid or on site")
    is_remote: bool | None = Field(None, description="The board's remote flag; on some boards true for hybrid work too")
    employment_type_text: MaybeText = Field(None, description="The board's own token for full time, contract …")
    base_salary: tuple[Pay, ...] = Field((), description="Pay ranges in the board's structured field")
    pay_text: MaybeText = Field(None, description="Pay in words, in a field of its own")
    description_html: MaybeText = Field(None, description="The whole text of the posting as HTML, sections in order")
    description_text: MaybeText = Field(None, description="The whole text, where the board only has plain text")
    language: MaybeText = Field(None, description="Language tag the board sets, e.g. `en` or `fr-CA`")
    requisition_id: MaybeText = Field(None, description="The employer's own number of the opening; never an identity")
    date_posted: UtcDatetime | None = Field(
        None, description="First publication, UTC, from a field that edits do not move"
    )
    valid_through: UtcDatetime | None = Field(None, description="Last day to apply, UTC")
    payload: dict[str, Any] = Field(description="The board's own object, untouched")

    def fields(self) -> dict[str, Any]:
        """Return all fields as JSON values. The payload, which came as JSON, is returned unchanged."""
        return {**self.model_dump(mode="json", exclude={"payload"}), "payload": self.payload}
