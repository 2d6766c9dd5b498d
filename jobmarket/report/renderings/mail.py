"""The report as a mail: text, HTML with its styles on the elements, charts as attached images, the PDF beside it.

Nothing in it is fetched from anywhere. Sender, recipients and message id are the sending's, see
:mod:`jobmarket.report.sending`.
"""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from textwrap import fill

import css_inline
import typst

from jobmarket.report.charts.axes import NARROW_WIDTH
from jobmarket.report.content import Report
from jobmarket.report.figures import Figure
from jobmarket.report.language import labelled, say
from jobmarket.report.palette import COLOURS, on_paper
from jobmarket.report.renderings import html, pdf

_ROWS_SHOWN = 8
_PPI = 160
# Sets a drawing alone on a page of its size: the narrow one, which a phone shows large enough to read.
_PAGE = f"""#set page(width: auto, height: auto, margin: 4pt, fill: rgb("{COLOURS["paper"]}"))
#image(bytes(sys.inputs.svg), width: {NARROW_WIDTH}pt)"""
# What stands for a swatch in a mail: a letter of a colour, for mail programs draw no boxes of ours.
_TINTED = {"half": "#85b2ae", "quarter": "#c6d9d5", "band": "#b8d2cd"}


def render(report: Report, stem: str) -> dict[str, bytes]:
    """The mail, as a file that a mail program opens."""
    return {f"{stem}.eml": message(report, stem).as_bytes()}


def message(report: Report, stem: str) -> EmailMessage:
    """The mail, without sender and recipients; the same bytes for the same report."""
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = report.title
    mail["Date"] = format_datetime(report.as_of)
    mail["Content-Language"] = report.language
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(_text(report))
    charts = [figure for figure in report.figures if figure.narrow is not None]
    page = (
        html.environment()
        .get_template("mail.html.j2")
        .render(report=report, charts=charts, rows_shown=_ROWS_SHOWN, swatch=_swatch)
    )
    mail.add_alternative(css_inline.inline(page, load_remote_stylesheets=False), subtype="html")
    (_, body) = mail.iter_parts()
    for figure in charts:
        picture, name = _picture(figure), f"{figure.key}.png"
        body.add_related(picture, "image", "png", cid=f"<{figure.key}>", filename=name, disposition="inline")
    for name, document in pdf.render(report, stem).items():
        mail.add_attachment(document, maintype="application", subtype="pdf", filename=name)
    for number, part in enumerate(_multiparts(mail)):
        part.set_boundary(f"=-{report.vintage_id}-{stem}-{number}-=")  # else it is random
    return mail


def _swatch(kind: str) -> tuple[str, str]:
    """A letter and its colour for a swatch of the page's style sheet."""
    words = kind.split()
    letter = "○" if "ring" in words else "■" if {"bar", "band", "break"} & set(words) else "●"
    colour = COLOURS["second"] if "second" in words else COLOURS["warning"] if "break" in words else COLOURS["accent"]
    return letter, next((tint for word, tint in _TINTED.items() if word in words), colour)


def _multiparts(mail: EmailMessage) -> Iterator[EmailMessage]:
    return (part for part in mail.walk() if part.is_multipart())


def _picture(figure: Figure) -> bytes:
    assert figure.narrow is not None  # noqa: S101  # the caller's choice
    made: bytes = typst.compile(
        _PAGE.encode(),
        sys_inputs={"svg": on_paper(figure.narrow.svg)},
        ignore_system_fonts=True,
        format="png",
        ppi=_PPI,
    )
    return made


def _text(report: Report) -> str:
    """What the report says, for whoever reads mail as text."""
    blocks = [report.title, f"{report.span}, {report.dated}"]
    blocks += [banner.sentence for banner in report.banners]
    blocks += report.lede
    lines = [fill(block, 76) for block in blocks]
    lines.append("\n".join(labelled(figure.label, f"{figure.text} ({figure.remark})") for figure in report.key_figures))
    for section in report.sections:
        lines.append(section.title.upper())
        lines += [fill(sentence, 76) for sentence in section.sentences]
        for figure in section.figures:
            lines.append("\n".join([figure.title, *_lines(figure)]))
    lines.append(say("The full report is attached as a PDF."))
    lines += [fill(line, 76) for line in (*report.notices, report.footer)]
    return "\n\n".join(lines) + "\n"


def _lines(figure: Figure) -> list[str]:
    if figure.absence or figure.table is None:
        return [fill(figure.absence or "", 76)]
    titles = [field.title for field in figure.table.fields]
    return [
        labelled(
            f"  {row[0].text}",
            ", ".join(f"{title} {cell.text}" for title, cell in zip(titles[1:4], row[1:4], strict=True)),
        )
        for row in figure.table.head(_ROWS_SHOWN)
    ]
