"""Numbers, dates and foreign text in the report's language."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from babel import lists
from babel.dates import format_date, format_skeleton
from babel.numbers import format_currency, format_decimal, format_percent

from jobmarket.foreign_text import harmless
from jobmarket.report.language import locale, mark, say

NO_VALUE = "–"
_LONGEST_TEXT = 80
# No genuine title, name or sentence is longer; anything longer is an attack on the reader.
_LONGEST_CELL = 1000


def count(value: float | None) -> str:
    """1234567 → ``1,234,567``."""
    return NO_VALUE if value is None else format_decimal(round(value), locale=locale())


def decimal(value: float | None) -> str:
    """1.2345 → ``1.23``."""
    return NO_VALUE if value is None else format_decimal(value, "0.00", locale=locale())


def plain(value: float | None) -> str:
    """5.0 → ``5``, 2.25 → ``2.25``: decimals only if there are any."""
    return NO_VALUE if value is None else format_decimal(value, "#,##0.##", locale=locale())


def probability(value: float | None) -> str:
    """0.01716 → ``0.017``; below a thousandth ``< 0.001``; what is less than 0.05 does not become 0.050 by rounding."""
    if value is None:
        return NO_VALUE
    least, flagged_below = 0.001, 0.05
    shown = min(value, flagged_below - least) if value < flagged_below else value
    written = format_decimal(max(shown, least), "0.000", locale=locale())
    return f"<\u00a0{written}" if value < least else written


def count_interval(low: float | None, high: float | None) -> str:
    """28, 34 → ``28–34``; an unknown end stays open."""
    if high is None:
        return NO_VALUE if low is None else f"≥ {count(low)}"
    return f"{count(low)}–{count(high)}"


def decimal_interval(low: float | None, high: float | None) -> str:
    """1.2, 1.61 → ``1.20–1.61``."""
    return NO_VALUE if low is None or high is None else f"{decimal(low)}–{decimal(high)}"


def times(value: float | None) -> str:
    """1.834 → ``× 1.83``."""
    return NO_VALUE if value is None else f"×\u00a0{decimal(value)}"


def sample(value: float | None) -> str:
    """812 → ``n = 812``, without a line break."""
    return f"n\u00a0=\u00a0{count(value)}"


def share(value: float | None) -> str:
    """0.4213 → ``42.1%``."""
    if value is None:
        return NO_VALUE
    whole = locale().percent_formats[None].pattern
    return format_percent(value, whole.replace("#,##0", "#,##0.0"), locale=locale())


def share_interval(low: float | None, high: float | None) -> str:
    """0.398, 0.444 → ``39.8–44.4%``."""
    if low is None or high is None:
        return NO_VALUE
    return f"{format_decimal(100 * low, '0.0', locale=locale())}–{share(high)}"


def points(value: float | None) -> str:
    """A difference of shares: 0.051 → ``+5.1``, in percentage points, with a real minus."""
    return NO_VALUE if value is None else _signed(round(100 * value, 1))


def points_interval(low: float | None, high: float | None) -> str:
    """0.02, 0.082 → ``+2.0 to +8.2``."""
    return NO_VALUE if low is None or high is None else say("{low} to {high}", low=points(low), high=points(high))


def _signed(value: float) -> str:
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return sign + format_decimal(abs(value), "0.0", locale=locale())


def change(value: float | None) -> str:
    """A relative change: 0.0123 → ``+1.2%``."""
    if value is None:
        return NO_VALUE
    rounded = round(value, 3)
    return ("+" if rounded > 0 else "−" if rounded < 0 else "") + share(abs(rounded))


def change_interval(low: float | None, high: float | None) -> str:
    """-0.01, 0.032 → ``−1.0% to +3.2%``."""
    return NO_VALUE if low is None or high is None else say("{low} to {high}", low=change(low), high=change(high))


def dollars(value: float | None) -> str:
    """168432.7 → ``US$168,400``: pay is rounded to hundreds, because finer digits would be false precision."""
    if value is None:
        return NO_VALUE
    whole = locale().currency_formats["standard"].pattern.replace(".00", "")
    return format_currency(round(value, -2), "USD", whole, locale=locale(), currency_digits=False)


def dollars_interval(low: float | None, high: float | None) -> str:
    """164012, 171980 → ``US$164,000–172,000``."""
    if low is None or high is None:
        return NO_VALUE
    first, last = dollars(low), dollars(high)
    is_before = not first[0].isdigit()
    return f"{first}–{count(round(high, -2))}" if is_before else f"{count(round(low, -2))}–{last}"


def amount(value: float | None) -> str:
    """Pay in a currency that is named elsewhere: 64312.4 → ``64,300``."""
    return NO_VALUE if value is None else count(round(value, -2))


def amount_interval(low: float | None, high: float | None) -> str:
    """61000, 68120 → ``61,000–68,100``."""
    return NO_VALUE if low is None or high is None else f"{amount(low)}–{amount(high)}"


def day(value: date) -> str:
    """``17 August 2026``."""
    return _ordinal(format_date(value, "long", locale=locale()), value)


def short_day(value: date) -> str:
    """``17 Aug``."""
    written = format_skeleton("MMMd", datetime(value.year, value.month, value.day), locale=locale())  # noqa: DTZ001  # a day
    return _ordinal(written, value)


def _ordinal(written: str, value: date) -> str:
    """In French, the first day of a month is an ordinal: ``1er juin``."""
    return re.sub(r"^1\b", "1er", written) if value.day == 1 and locale().language == "fr" else written


def moment(value: datetime) -> str:
    """``26 August 2026, 00:00 UTC``."""
    return f"{day(value.date())}, {value:%H:%M} UTC"


def week_span(monday: date) -> str:
    """``17–23 August 2026``, ``27 July – 2 August 2026``."""
    sunday = monday + timedelta(days=6)
    if monday.year != sunday.year:
        return f"{day(monday)} – {day(sunday)}"
    if monday.month != sunday.month:
        first = format_skeleton("MMMMd", datetime(monday.year, monday.month, monday.day), locale=locale())  # noqa: DTZ001
        return f"{_ordinal(first, monday)} – {day(sunday)}"
    # German puts a full stop after the day.
    written = re.match(r"\d+(\.?)", day(sunday))
    return f"{_ordinal(str(monday.day), monday)}{written[1] if written else ''}–{day(sunday)}"


def iso_week(monday: date) -> str:
    """``2026-W34``."""
    year, week, _ = monday.isocalendar()
    return f"{year}-W{week:02d}"


def foreign(text: object, longest: int = _LONGEST_TEXT) -> str:
    """Make outside text safe for a layout: no control or direction-changing characters, limited length."""
    plain = " ".join(harmless(text).split())
    return plain if len(plain) <= longest else plain[: longest - 1].rstrip() + "…"


def whole(text: object) -> str:
    """Make the text of a table cell safe without shortening it: cells wrap."""
    return foreign(text, _LONGEST_CELL)


_NAMES = {
    "all": mark("All"),
    "ml_engineer": mark("ML engineer"),
    "mlops_engineer": mark("MLOps engineer"),
    "ai_engineer": mark("AI engineer"),
    "ml_researcher": mark("ML researcher"),
    "data_scientist": mark("Data scientist"),
    "intern": mark("Intern"),
    "junior": mark("Junior"),
    "mid": mark("Mid-level"),
    "senior": mark("Senior"),
    "lead": mark("Lead"),
    "staff": mark("Staff"),
    "principal": mark("Principal"),
    "manager": mark("Manager"),
    "executive": mark("Executive"),
    "multiple": mark("Several"),
    "unspecified": mark("Unspecified"),
    "remote": mark("Remote"),
    "hybrid": mark("Hybrid"),
    "onsite": mark("On site"),
    "bachelor": mark("Bachelor"),
    "master": mark("Master"),
    "phd": mark("Doctorate"),
    "none": mark("None"),
    "no_degree": mark("No degree"),
    "offered": mark("Visa sponsored"),
    "refused": mark("No visa sponsored"),
    "any": mark("An amount is stated"),
    "board_field": mark("In the board’s field"),
    "markup": mark("In markup"),
    "text": mark("In the text"),
    "range": mark("As a range"),
    "any_certification": mark("Any certification"),
    "ai": mark("Artificial intelligence"),
    "agriculture_food": mark("Agriculture and food"),
    "big_tech": mark("Big technology companies"),
    "biotech_pharma": mark("Biotechnology and pharma"),
    "crypto": mark("Crypto"),
    "cybersecurity": mark("Cybersecurity"),
    "defense_aerospace": mark("Defence and aerospace"),
    "ecommerce": mark("E-commerce"),
    "education": mark("Education"),
    "energy_climate": mark("Energy and climate"),
    "fintech": mark("Finance"),
    "healthcare": mark("Healthcare"),
    "hr_recruiting": mark("HR and recruiting"),
    "insurance": mark("Insurance"),
    "legal": mark("Law"),
    "logistics": mark("Logistics"),
    "manufacturing": mark("Manufacturing"),
    "marketing_adtech": mark("Marketing"),
    "media_entertainment": mark("Media"),
    "mobility_automotive": mark("Mobility and automotive"),
    "public_sector": mark("Public sector"),
    "real_estate_construction": mark("Real estate"),
    "telecom": mark("Telecoms"),
    "travel": mark("Travel"),
    "causal_experimentation": mark("Causality, experiments"),
    "computer_vision": mark("Computer vision"),
    "fraud_risk": mark("Fraud and risk"),
    "inference_optimization": mark("Fast inference"),
    "mlops_platform": mark("MLOps and platform"),
    "nlp_llm": mark("Language, LLMs"),
    "recommendation_search": mark("Search, recommendation"),
    "reinforcement_learning": mark("Reinforcement learning"),
    "research": mark("Research"),
    "robotics_autonomy": mark("Robotics, autonomy"),
    "speech": mark("Speech"),
    "time_series": mark("Time series"),
    "ai_agents": mark("AI agents"),
    "ai_assisted_programming": mark("AI-assisted programming"),
    "causal_inference_and_experiments": mark("Causal inference"),
    "classical_machine_learning": mark("Classical ML"),
    "containers_and_orchestration": mark("Containers"),
    "data_engineering": mark("Data engineering"),
    "data_labelling_and_curation": mark("Data labelling"),
    "deep_learning_frameworks": mark("Deep-learning frameworks"),
    "distributed_training": mark("Distributed training"),
    "edge_ai": mark("Edge AI"),
    "fine_tuning_and_alignment": mark("Fine-tuning, alignment"),
    "forecasting": mark("Forecasting"),
    "gpu_programming": mark("GPU programming"),
    "graphs_and_knowledge": mark("Graphs and knowledge"),
    "image_and_video_generation": mark("Image, video generation"),
    "large_language_models": mark("Large language models"),
    "mlops": mark("MLOps"),
    "model_evaluation": mark("Model evaluation"),
    "model_serving_and_inference": mark("Model serving, inference"),
    "natural_language_processing": mark("Language processing"),
    "public_clouds": mark("Public clouds"),
    "responsible_ai": mark("Responsible AI"),
    "retrieval_augmented_generation": mark("Retrieval (RAG)"),
    "robotics_and_autonomous_systems": mark("Robotics, autonomy"),
    "search_and_recommendation": mark("Search, recommendation"),
    "speech_and_voice": mark("Speech and voice"),
    "vector_search": mark("Vector search"),
    "sme": mark("small or medium"),
    "large": mark("large"),
    "within": mark("within"),
    "not_refuted": mark("not refuted"),
    "above": mark("above"),
    "below": mark("below"),
    "not_comparable": mark("not comparable"),
    "significant": mark("significant"),
    "final": mark("final"),
    "provisional": mark("provisional"),
    "suppressed": mark("suppressed"),
    "coverage_break": mark("coverage break"),
    "sample": mark("sample world"),
    "recorded": mark("recordings"),
    "live": mark("crawled live"),
    "backfill": mark("archives of the past"),
    "up": mark("rising"),
    "down": mark("falling"),
}
# Bands of experience: a level or, where none is stated, years. Their names differ from those of the levels, because a
# level of the same name contains other postings.
_BANDS = {
    "intern": mark("Interns and trainees"),
    "junior": mark("Junior (under 3 years)"),
    "confirmed": mark("Mid-level (3–4 years)"),
    "senior": mark("Senior (5–7 years)"),
    "staff_principal": mark("Staff and up (8+ years)"),
}
# Pay regions whose name differs between languages.
_REGIONS = (
    mark("Barcelona"), mark("London"), mark("Munich"), mark("New York City"), mark("San Francisco Bay Area"),
    mark("Zurich"),
)  # fmt: skip
# Why a mart withholds a figure; the bound is part of the text.
_REASONS = (
    mark("fewer than {n} postings"),
    mark("fewer than {n} postings with pay"),
    mark("fewer than {n} postings with both expected"),
    mark("fewer than {n} companies"),
    mark("one company has more than {n} %"),
    mark("fewer than {n} postings with pay and the skill"),
    mark("fewer than {n} postings with pay and the specialisation"),
    mark("fewer than {n} postings with pay and the value"),
    mark("too few postings or companies without the skill, or most are one company’s"),
    mark("too few postings or companies without the specialisation, or most are one company’s"),
    mark("too few postings or companies to compare the value with, or most are one company’s"),
    mark("too few postings to compare with"),
    mark("too few specialisations to compare with"),
    mark("no posting of the cell"),
    mark("not measured here"),
    mark("the sample is below the floor"),
)
# Why a week is not comparable with the one before, by the mart's code.
_BREAKS = {
    "few_reached": mark("too few of the expected employers were observed"),
    "sources_added": mark("employers were observed for the first time"),
    "sources_lost": mark("employers are no longer observed"),
    "coverage_fell": mark("far fewer of the expected employers were observed than the week before"),
    "coverage_rose": mark("far more of the expected employers were observed than the week before"),
}


def country(code: str) -> str:
    """``US`` → ``United States`` in the report's language; other codes, such as ``all``, as in :func:`name`."""
    return locale().territories.get(code) or name(code)


def name(code: str) -> str:
    """Name a value of an enumeration: ``ml_engineer`` → ``ML engineer``; a country's code stays as it is."""
    if known := known_name(code):
        return known
    return code if code.isupper() else foreign(code).replace("_", " ").capitalize()


def known_name(code: str) -> str | None:
    """Name a value of an enumeration; None if it is not one."""
    return say(_NAMES[code]) if code in _NAMES else None


def experience(band: str) -> str:
    """Name a band of experience: ``confirmed`` → ``Mid-level (3–4 years)``; other values as in :func:`name`."""
    return say(_BANDS[band]) if band in _BANDS else name(band)


def region(name: str) -> str:
    """Name a pay region in the report's language; most names are the same in all languages."""
    return say(name) if name in _REGIONS else whole(name)


def reason(text: str | None) -> str:
    """Translate the mart's reason for withholding a figure, if the catalogue has it."""
    if text is None:
        return say(_REASONS[-1])
    bound = re.search(r"\d+", text)
    message = text.replace(bound[0], "{n}", 1) if bound else text
    return say(message, n=bound[0] if bound else "") if message in _REASONS else foreign(text)


def break_reason(code: str | None) -> str | None:
    """Translate the reason for a coverage break; None if there is none or the vintage does not state it."""
    return None if code is None else say(_BREAKS[code]) if code in _BREAKS else foreign(code)


def either(parts: list[str]) -> str:
    """``a``, ``a or b``."""
    return lists.format_list(parts, style="or", locale=locale())


def listed(parts: list[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    return lists.format_list(parts, locale=locale())
