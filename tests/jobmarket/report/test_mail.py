"""The report as a mail: through a real SMTP server on loopback, and parsed back."""

from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from aiosmtpd.smtp import SMTP, Envelope, Session
from lxml import html
from pydantic import SecretStr

from jobmarket.report import ReportSpec
from jobmarket.report.renderings.mail import render
from jobmarket.report.sending import send_report
from jobmarket.settings import Home, Settings
from jobmarket.stages import PermanentError, StageError
from tests.jobmarket.report.browser import CHROMIUM, Browser
from tests.jobmarket.report.conftest import composed_report
from tests.loopback import mail_server


class Inbox(Message):
    """Keeps what arrives; refuses whoever is called nobody."""

    def __init__(self) -> None:
        super().__init__()
        self.arrived: list[EmailMessage] = []
        self.recipients: list[list[str]] = []

    async def handle_RCPT(  # noqa: N802  # aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address.startswith("nobody@"):
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        self.arrived.append(message_from_bytes(envelope.content, policy=default))  # type: ignore[arg-type]
        self.recipients.append(envelope.rcpt_tos)
        return "250 OK"

    def handle_message(self, message: object) -> None:
        raise AssertionError(message)


@pytest.fixture
def server() -> Iterator[Controller]:
    with mail_server(Inbox()) as controller:
        yield controller


def settings_for(port: int, to: str = "a@reader.example") -> Settings:
    return Settings(
        _env_file=None, mail_to=to, mail_from="Market <market@sender.example>", smtp_host="127.0.0.1", smtp_port=port,
        smtp_security="none",
    )  # fmt: skip


def own_reports(home: Home, folder: Path) -> Home:
    """The same published file, with a folder of reports of its own."""
    own = Home(folder)
    own.root.joinpath("published").symlink_to(home.published)
    return own


def pages(mail: EmailMessage) -> html.HtmlElement:
    body = mail.get_body(("html",))
    assert body is not None
    return html.document_fromstring(body.get_content())


def test_the_mail_arrives_whole_and_once(sample: Home, server: Controller, tmp_path: Path) -> None:
    home = own_reports(sample, tmp_path)
    settings = settings_for(server.port, "a@reader.example, b@reader.example")
    first, second = (send_report(home, settings, None, ReportSpec()) for _ in range(2))
    assert (first.counts["sent"], second.counts["sent"]) == (2, 0)
    assert "was already sent" in second.summary
    inbox = server.handler
    (mail,) = inbox.arrived
    assert inbox.recipients == [["a@reader.example", "b@reader.example"]]
    assert mail["To"] == "undisclosed-recipients:;"
    assert mail["From"] == "Market <market@sender.example>"
    assert mail["Subject"] == "Machine-learning jobs, week 34 of 2026"
    assert mail["Message-ID"].startswith("<report.2026-W34.")
    assert [part.get_content_type() for part in mail.iter_parts()] == ["multipart/alternative", "application/pdf"]
    text = mail.get_body(("plain",))
    assert text is not None
    report = composed_report(sample.root)
    for sentence in report.lede:
        assert sentence in " ".join(text.get_content().split())
    (document,) = mail.iter_attachments()
    assert document.get_content().startswith(b"%PDF-")


def test_the_mail_shows_everything_without_fetching_anything(sample: Home) -> None:
    made = render(composed_report(sample.root), "report")["report.eml"]
    mail = message_from_bytes(made, policy=default)
    page = pages(mail)  # type: ignore[arg-type]
    images = {image.get("src").removeprefix("cid:"): image.get("alt") for image in page.iter("img")}
    attached = {part["Content-ID"].strip("<>"): part.get_content() for part in mail.walk()
                if part.get_content_maintype() == "image"}  # fmt: skip
    assert images.keys() == attached.keys() >= {"skills-week", "pay-levels"}
    assert all(len(alt) > 20 for alt in images.values())
    assert all(picture.startswith(b"\x89PNG") for picture in attached.values())
    assert not list(page.iter("link", "script", "iframe", "form"))
    assert not [element for element in page.iter(html.etree.Element) if "url(" in (element.get("style") or "")]
    # A mail program that drops <style> still shows it set.
    assert all("padding" in cell.get("style") for cell in page.iter("td"))


def test_hostile_text_stays_text_in_the_mail(hostile: Home) -> None:
    made = render(composed_report(hostile.root), "report")["report.eml"]
    mail = message_from_bytes(made, policy=default)
    page = pages(mail)  # type: ignore[arg-type]
    assert not list(page.iter("script"))
    assert "<script>alert(1)</script>" in page.text_content()
    assert not {"\u202e", "\x00"} & set(page.text_content())
    assert "W" * 1000 not in page.text_content()
    assert max(map(len, made.split(b"\r\n"))) <= 998  # a line of a mail must not be longer
    assert all("\n" not in value for _, value in mail.items())


@pytest.mark.skipif(CHROMIUM is None, reason="CHROMIUM IS NOT INSTALLED: the mail was not looked at")
def test_the_mail_fits_a_phone(hostile: Home, tmp_path: Path) -> None:
    mail = message_from_bytes(render(composed_report(hostile.root), "report")["report.eml"], policy=default)
    body = mail.get_body(("html",))  # type: ignore[attr-defined]
    file = tmp_path / "mail.html"
    file.write_text(body.get_content(), encoding="utf-8")
    browser = Browser(tmp_path / "profile")
    seen = browser.look(file, 390, {"light": tmp_path / "mail.png"})
    browser.close()
    assert seen.overflow == []
    assert seen.dialogs == 0
    assert [url for url in seen.requests if not url.startswith("cid:")] == [file.as_uri()]


def test_a_mail_that_the_server_took_is_sent_however_the_session_ends(
    sample: Home, server: Controller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def closing(handler: Inbox, server: SMTP, session: Session, envelope: Envelope) -> str:
        return "421 closing"

    monkeypatch.setattr(Inbox, "handle_QUIT", closing, raising=False)
    home, settings = own_reports(sample, tmp_path), settings_for(server.port)
    assert send_report(home, settings).counts == {"sent": 1}
    assert send_report(home, settings).counts == {"sent": 0}
    assert len(server.handler.arrived) == 1


def test_a_refused_recipient_is_named(sample: Home, server: Controller, tmp_path: Path) -> None:
    home = own_reports(sample, tmp_path)
    result = send_report(home, settings_for(server.port, "a@reader.example,nobody@reader.example"))
    assert result.gaps == ("nobody@reader.example: refused by the mail server (550 no such mailbox)",)
    assert result.counts == {"sent": 1}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"smtp_host": None}, "JOBMARKET_SMTP_HOST"),
        ({"mail_to": "nobody@reader.example"}, "refused every recipient: nobody@reader.example: 550"),
        ({"smtp_port": 9}, "did not take it"),
        ({"smtp_user": "x", "smtp_password": SecretStr("geheim")}, "did not take it"),
        ({"smtp_user": "x"}, "JOBMARKET_SMTP_USER is set and JOBMARKET_SMTP_PASSWORD is not"),
        ({"smtp_password": SecretStr("geheim")}, "JOBMARKET_SMTP_PASSWORD is set and JOBMARKET_SMTP_USER is not"),
        (
            {"smtp_user": "x", "smtp_password": SecretStr("geheim"), "smtp_host": "mail.sender.example"},
            "JOBMARKET_SMTP_SECURITY=none would send the password to mail.sender.example",
        ),
    ],
)
def test_a_failed_mail_has_a_reason_and_leaves_no_sent_note(
    sample: Home, server: Controller, tmp_path: Path, change: dict[str, object], reason: str
) -> None:
    home = own_reports(sample, tmp_path)
    with pytest.raises(StageError, match=reason) as caught:
        send_report(home, settings_for(server.port).model_copy(update=change))
    assert isinstance(caught.value, PermanentError) == ("did not take it" not in reason), "another try may reach it"
    assert "geheim" not in str(caught.value)
    assert not list(home.reports.rglob("*.sent"))


def test_no_recipients_is_no_failure(sample: Home) -> None:
    assert send_report(sample, Settings(_env_file=None, mail_to="")).counts == {"sent": 0}
