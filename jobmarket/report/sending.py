"""Send the report by mail, once; a note beside the report records that it was sent."""

from __future__ import annotations

import ipaddress
import json
import smtplib
import ssl
from datetime import datetime
from email.message import EmailMessage
from email.utils import parseaddr

from jobmarket.one_at_a_time import only_one
from jobmarket.report import formats
from jobmarket.report.files import write
from jobmarket.report.language import speaking
from jobmarket.report.renderings.mail import message
from jobmarket.report.stage import ReportSpec, composed, week_of
from jobmarket.settings import Home, Settings
from jobmarket.stages import PermanentError, StageError, StageResult, WrongUsageError

_PATIENCE_S = 60
# SMTP replies from here on are refusals for good; lower ones ask to try again later.
_FINAL = 500


def send_report(
    home: Home, settings: Settings, as_of: datetime | None = None, spec: ReportSpec | None = None
) -> StageResult:
    """Send the report of a week to everyone in ``mail_to``, unless it was sent before.

    Args:
        home: Where the published file and the reports are.
        settings: Server, sender and recipients.
        as_of: As for :func:`jobmarket.report.make_report`.
        spec: Which report; its formats and folder are ignored.

    Returns:
        counts: ``sent`` (recipients accepted now); gaps: recipients that the server refused.

    Raises:
        StageError: If nothing is published, a setting is missing or would send the password unencrypted, or the
            server cannot be reached or refuses all.
    """
    spec = spec or ReportSpec()
    if not settings.mail_recipients:
        return StageResult("send", "nobody to send the report to: JOBMARKET_MAIL_TO is empty", counts={"sent": 0})
    if not settings.smtp_host or not settings.mail_from:
        raise WrongUsageError("Not sent: JOBMARKET_SMTP_HOST and JOBMARKET_MAIL_FROM must be set to send the report.")
    _require_safe_login(settings)
    with only_one(home.reports, "writing or sending reports in"):
        return _send(home, settings, as_of, spec)


def _send(home: Home, settings: Settings, as_of: datetime | None, spec: ReportSpec) -> StageResult:
    """Send it unless it was sent before; the lock keeps other processes out.

    If a process is killed after the server accepted the mail but before the note is written, the mail is sent again
    with the same Message-ID. Mail programs show it once, and twice is better than never.
    """
    iso_week = formats.iso_week(week_of(home, as_of, spec))
    # Not sent again for a later vintage of the same week.
    if earlier := sorted((home.reports / iso_week).glob(f"*/{spec.stem}.sent")):
        return StageResult("send", f"{iso_week} was already sent: {earlier[0]}", counts={"sent": 0})
    with speaking(spec.language):
        report = composed(home, as_of, spec)
        mail = message(report, spec.stem)
    note = home.reports / report.iso_week / report.vintage_id / f"{spec.stem}.sent"
    sender = parseaddr(settings.mail_from or "")[1]
    mail["From"] = settings.mail_from
    mail["To"] = settings.mail_recipients[0] if len(settings.mail_recipients) == 1 else "undisclosed-recipients:;"
    mail["Message-ID"] = f"<{spec.stem}.{report.iso_week}.{report.vintage_id}@{sender.rpartition('@')[2]}>"
    refused = _hand_over(settings, sender, mail)
    kept = {"message_id": mail["Message-ID"], "served": len(settings.mail_recipients) - len(refused)}
    write(note.parent, {note.name: (json.dumps(kept) + "\n").encode()})
    gaps = tuple(f"{address}: refused by the mail server ({why})" for address, why in refused.items())
    served = kept["served"]
    return StageResult("send", f"{report.title}: sent to {served}", gaps=gaps, counts={"sent": served})


def _require_safe_login(settings: Settings) -> None:
    """Require user and password together, and an encrypted connection for them."""
    if bool(settings.smtp_user) != bool(settings.smtp_password):
        missing, there = ("PASSWORD", "USER") if settings.smtp_user else ("USER", "PASSWORD")
        raise WrongUsageError(
            f"Not sent: JOBMARKET_SMTP_{there} is set and JOBMARKET_SMTP_{missing} is not. Set it too to log in, or "
            "neither for a server that asks for no login."
        )
    if settings.smtp_user and settings.smtp_security == "none" and not _is_this_machine(settings.smtp_host or ""):
        raise WrongUsageError(
            f"Not sent: JOBMARKET_SMTP_SECURITY=none would send the password to {settings.smtp_host} in the clear. "
            "Set it to starttls (mostly port 587) or tls (mostly port 465)."
        )


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:  # a name
        return host.lower() == "localhost"


def _hand_over(settings: Settings, sender: str, mail: EmailMessage) -> dict[str, str]:
    """Hand the mail to the server and return the refused recipients with the reason."""
    host, port = settings.smtp_host or "", settings.smtp_port
    refused: dict[str, tuple[int, bytes]] | None = None
    secure = ssl.create_default_context()
    try:
        with (
            smtplib.SMTP_SSL(host, port, timeout=_PATIENCE_S, context=secure)
            if settings.smtp_security == "tls"
            else smtplib.SMTP(host, port, timeout=_PATIENCE_S)
        ) as server:
            if settings.smtp_security == "starttls":
                server.starttls(context=secure)
            if settings.smtp_user and settings.smtp_password:
                server.login(settings.smtp_user, settings.smtp_password.get_secret_value())
            refused = server.send_message(mail, from_addr=sender, to_addrs=settings.mail_recipients)
    except smtplib.SMTPRecipientsRefused as error:
        final = all(code >= _FINAL for code, _ in error.recipients.values())
        raise (PermanentError if final else StageError)(
            f"Not sent: {host} refused every recipient: {_reasons(error.recipients)}."
        ) from error
    except (smtplib.SMTPException, OSError) as error:
        if refused is None:  # otherwise the server took the mail, and failed only when the session was closed
            final = isinstance(error, smtplib.SMTPResponseException) and error.smtp_code >= _FINAL
            raise (PermanentError if final else StageError)(
                f"Not sent: the mail server {host}:{port} ({settings.smtp_security}) did not take it: {error}. See "
                "JOBMARKET_SMTP_HOST, _PORT, _SECURITY, _USER and _PASSWORD."
            ) from error
    answers = (refused or {}).items()
    return {address: f"{code} {answer.decode(errors='replace')}" for address, (code, answer) in answers}


def _reasons(refused: dict[str, tuple[int, bytes]]) -> str:
    return "; ".join(f"{address}: {code}" for address, (code, _) in refused.items())
