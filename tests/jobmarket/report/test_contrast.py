"""Contrast of the text on the page (light, dark, print) and in the mail: WCAG 2.2, level AA."""

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).parents[3] / "jobmarket/report/templates"
# Text is set in these; badges and links are text too.
WRITTEN = ("ink", "muted", "accent", "second", "warning", "up", "down")
READABLE, SEEN = 4.5, 3.0


def luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
    linear = []
    for place in (0, 2, 4):
        part = int(digits[place : place + 2], 16) / 255
        linear.append(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)
    red, green, blue = linear
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def schemes() -> dict[str, dict[str, str]]:
    """light, dark and print → name → colour."""
    blocks = re.findall(r":root \{(.*?)\}", (TEMPLATES / "report.css").read_text(encoding="utf-8"), re.DOTALL)
    found = [dict(re.findall(r"--(\w+): (#\w+);", block)) for block in blocks]
    return dict(zip(("light", "dark", "print"), found, strict=True))


def test_black_on_white_has_the_highest_contrast() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("scheme", ["light", "dark", "print"])
def test_everything_written_can_be_read(scheme: str) -> None:
    colours = schemes()[scheme]
    too_weak = {
        (name, ground): round(contrast(colours[name], colours[ground]), 2)
        for name in WRITTEN
        for ground in ("paper", "raised")
        if contrast(colours[name], colours[ground]) < READABLE
    }
    assert too_weak == {}


@pytest.mark.parametrize("scheme", ["light", "dark", "print"])
def test_marks_of_charts_are_visible_and_distinguishable(scheme: str) -> None:
    colours = schemes()[scheme]
    for name in ("accent", "second", "warning"):
        assert contrast(colours[name], colours["paper"]) >= SEEN
    assert colours["accent"] != colours["second"]


def test_the_mails_text_can_be_read() -> None:
    style = (TEMPLATES / "mail.html.j2").read_text(encoding="utf-8").split("</style>")[0]
    written = set(re.findall(r"(?<!-)color: (#\w+)", style))
    grounds = set(re.findall(r"background: (#\w+)", style))
    assert len(written) >= 3
    assert len(grounds) >= 2
    assert {(w, g) for w in written for g in grounds if contrast(w, g) < READABLE} == set()
