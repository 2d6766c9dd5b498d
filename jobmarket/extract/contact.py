"""Find contact data in a title or a text, to remove it before any analyst sees it.

There are three kinds: email addresses (plain or disguised), telephone numbers, and names of contact persons after an
introducing word ("Contact: …", "Contact - …", "Ansprechpartner …"). Each pattern starts at a rare character or word and
is bounded, so the cost is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from jobmarket.contact_forms import MAIL_ADDRESS, PHONE_NUMBER

Kind = Literal["email", "phone", "name"]


@dataclass(frozen=True, slots=True)
class Contact:
    """A span of contact data: ``text[start:end]``."""

    kind: Kind
    start: int
    end: int


_MAIL = re.compile(MAIL_ADDRESS, re.ASCII)
_PHONE = re.compile(PHONE_NUMBER, re.ASCII)

# Allowed before a disguised "@", besides letters and digits.
_LOCAL_MARKS = frozenset("_.+-'")
_LONGEST_LOCAL = 64

# "name [at] host [dot] com", with the "at" in brackets.
_DISGUISED_AT = re.compile(
    r"\[ ?(at|@|ät|a|at-symbol) ?\]|\( ?(at|@|ät|a) ?\)|\{ ?(at) ?\}|<(at)>",
    re.IGNORECASE,
)
_DOT = r"(?:[\[(] ?(?:dot|\.|punkt|point) ?[\])]|\{dot\})"
_DISGUISED_HOST = re.compile(
    rf"[ ]?([\w-]{{1,63}}(?:(?:\.|[ ]?{_DOT}[ ]?|[ ]dot[ ])[\w-]{{1,63}}){{0,5}})", re.IGNORECASE
)
_DISGUISED_DOT_BEFORE = re.compile(rf"(?:[ ]?{_DOT}[ ]?|[ ]dot[ ])\Z", re.IGNORECASE)
_LONGEST_DOT = 11
# "name at host dot com": without brackets the whole shape must match.
_SPOKEN = re.compile(r"[ ](?:at|AT)[ ]([\w-]{1,63}(?:[ ](?:dot|DOT)[ ][\w-]{1,63}){1,4})")

# Other forms, which may also be amounts, dates or parts of addresses.
_PHONE_IN_CONTEXT = re.compile(
    r"""(?<![\w.,$€£¥₹/=#&%+-])(?<![\w/=#&]-)(?<!\d[ \u00a0\u202f])
    (?:
      (?:\+|00)(?!0)\d{1,3}(?:[ .\-/\u00a0\u202f]{0,2}\(?\d{1,5}\)?){2,7}     # international
    | 0\d{1,5}[ ]?[/\-][ ]?\d{3,8}(?:[ \-]\d{1,8}){0,4}                      # 030 / 123456-78
    | \(0\d{1,5}\)[ /\-]{0,3}\d{2,8}(?:[ \-]\d{1,8}){0,4}                    # (089) 12 34 56
    | 0\d{2,5}[ ]\d{3,4}[ ]\d{3,8}                                           # 020 7946 0958
    )(?![\w%€$£])(?![.,]\d)""",
    re.VERBOSE,
)
# Telephone numbers are looked for only in these runs of digits and separators. The pattern starts at a digit, so that
# the text is scanned for digits alone; a leading "+" or "(" is added afterwards.
_NUMBER = re.compile(r"\d[\d ().\-/\u00a0\u202f]{5,}\d")
# After one of these words any run of digits is a telephone number.
_PHONE_LABEL = re.compile(
    r"\b(?:tel|telefon|telephone|téléphone|tél|phone|mobile|mobil|handy|fon|cell|call us|call|fax|whatsapp|ruf)"
    r"\b\.?(?:[ ](?:number|no|nr|us|me|at|on|under|unter|au|:)\.?){0,2}[ ]{0,2}:?[ ]{0,2}\Z",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d")
_DAY = re.compile(r"(?:19|20)\d\d-\d\d")

_NAME_LABELS = (
    "contact|contact person|contact name|your contact|recruiter|your recruiter|recruiting contact|hiring contact"
    "|hr contact|talent partner|point of contact|recruitment contact|please contact|hiring manager"
    "|ansprechpartner|ansprechpartnerin|ansprechpartner\\*in|ansprechpartner:in|ansprechpartner/in|ihr ansprechpartner"
    "|ihre ansprechpartnerin|dein ansprechpartner|deine ansprechpartnerin|kontakt|kontaktperson|dein kontakt"
    "|ihr kontakt|deine ansprechperson|ansprechperson|ihre ansprechperson|dein recruiter|deine recruiterin"
    "|votre contact|contact rh|personne à contacter|personne de contact|interlocuteur|votre interlocuteur"
    "|votre interlocutrice|recruteur|recruteuse|votre recruteur|chargée de recrutement|chargé de recrutement"
    "|contactpersoon|contacto|contatto|kontaktpersonen"
)
_TITLE = r"(?:(?:Mr|Mrs|Ms|Mx|Dr|Prof|Herr|Herrn|Frau|M|Mme|Mlle|Madame|Monsieur)\.?[ ])"
_WORD = r"(?:[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ'’]{1,30}(?:-[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ'’]{1,30})?|[A-ZÀ-ÖØ-Þ]\.|[A-ZÀ-ÖØ-Þ]{2,20})"
_PARTICLE = r"(?:(?:von|van|der|de|den|di|da|la|le|del|zu|bin|al|el|O['’])[ ])"
_PERSON = rf"{_TITLE}{{0,2}}{_WORD}(?:[ ]{_PARTICLE}{{0,2}}{_WORD}){{1,3}}|{_TITLE}{{1,2}}{_WORD}"
_NAME = re.compile(rf"[ ]?({_PERSON})(?![\w@])")
_HAS_TITLE = re.compile(_TITLE)
_LABEL = re.compile(rf"(?:\A|[\n.;|!?•, (\[/])(?:{_NAME_LABELS})[ ]?\Z", re.IGNORECASE)
# Words for a contact person that are not job titles (unlike "Recruiter - North America"): accepted before a dash.
_INTRODUCING = (
    "contact(?: person| name| rh)?|(?:your|hr|votre|dein|ihr) (?:contact|kontakt)|kontakt(?:person|personen)?"
    "|ansprechpartner(?:in|\\*in|:in|/in)?|ansprechperson|(?:votre )?interlocuteur|(?:votre )?interlocutrice"
    "|personne (?:à contacter|de contact)|contactpersoon|contacto|contatto"
)
_BEFORE_DASH = re.compile(rf"(?:\A|[\n.;|!?•,(]|[–—-][ ])[ ]?(?i:{_INTRODUCING})[ ]?[–—-][ ]")
# Accepted before a blank, if a title or a number next to the name confirms that it is one.
_BEFORE_BLANK = re.compile(
    r"\b(?:(?i:ansprechp(?:artner(?:in|\*in|:in|/in)?|erson)|contact person|kontaktperson|interlocut(?:eur|rice))[ ]"
    rf"|(?i:contact|kontakt)[ ](?={_TITLE})(?!M[ ]))"
)
# A quick test: most texts contain none of these.
_STEMS = ("contact", "kontakt", "ansprechp", "interlocut", "contatto")
_NUMBER_BEHIND = re.compile(
    r"[ ,:(–—-]{1,3}((?:\+|00)?\d[\d ()/\-\u00a0\u202f]{4,}\d)(?![\d.,%]|[ ]?(?:€|\$|£|USD|EUR|GBP))"
)
_AFTER_LABEL = re.compile(r"[ ]?(?:\n[ ]?)?")
_LONGEST_LABEL = 32
# "reach out to Jane Doe at jane@…", "Data Engineer - Jane Doe, jane@…": a name directly before an email address or
# telephone number.
_INTRODUCED = re.compile(
    r"\b(?:contact|reach out to|email|e-mail|write to|ask for|speak to|wende dich an|wenden Sie sich an|an"
    r"|melde dich bei|contactez|contacter|adressez-vous à|auprès de)[ ]\Z|[–—|(,;:/][ ]?\Z|-[ ]\Z",
    re.IGNORECASE,
)
_NAME_BEFORE = re.compile(
    rf"({_PERSON})[ ]?(?:[,(<:|–-]|at|via|on|unter|per|au|par|by email at|\n|per E-Mail)?[ ]?[(<]?\Z"
)
_LONGEST_INTRODUCTION = 110
# Words that look like part of a name but never are.
_NOT_NAMES = frozenset(
    ("us", "team", "hr", "human", "resources", "talent", "acquisition", "recruiting", "people", "department", "office")
    + ("email", "phone", "apply", "now", "application", "bewerbung", "personal", "personalabteilung", "abteilung")
    + ("service", "customer", "support", "sales", "careers", "company", "gmbh", "inc", "llc", "ltd", "ag", "sa", "sas")
    + ("via", "linkedin", "please", "the", "our", "location", "remote", "full", "time", "onsite", "contract", "your")
    + (
        "website",
        "form",
        "details",
        "information",
        "info",
        "for",
        "questions",
        "and",
        "operations",
        "manager",
        "hiring",
    )
    + ("recruitment", "recruiter", "director", "engineer", "engineering", "data", "machine", "learning", "center")
    + ("centre", "ressources", "humaines", "équipe", "rh", "direct", "contact", "kontakt", "e-mail", "mail", "web")
    + ("online", "united", "states", "new", "york", "san", "francisco")
)
# Regions also look like names ("Contact - North America"). They are excluded only as a whole, since each word alone may
# be somebody's name.
_REGIONS = frozenset(
    ("north america", "northern america", "south america", "latin america", "central america", "middle east")
    + ("asia pacific", "asia-pacific", "southeast asia", "south asia", "east asia", "central europe")
    + ("western europe", "eastern europe", "northern europe", "southern europe", "north africa", "south africa")
    + ("east africa", "west africa", "united kingdom", "great britain", "saudi arabia", "south korea", "hong kong")
    + ("new zealand", "sri lanka", "costa rica", "czech republic", "puerto rico", "north carolina", "south carolina")
    + ("north dakota", "south dakota", "west virginia", "rhode island", "los angeles", "amérique latine")
    + ("asie pacifique", "moyen orient", "royaume uni", "east coast", "west coast")
)


def _emails(text: str) -> list[Contact]:
    plain = [Contact("email", *match.span()) for match in _MAIL.finditer(text)] if "@" in text else []
    return [*plain, *_disguised_emails(text), *_spoken_emails(text)]


def _disguised_emails(text: str) -> list[Contact]:
    found: list[Contact] = []
    for mark in _DISGUISED_AT.finditer(text):
        host = _DISGUISED_HOST.match(text, mark.end())
        # "(a)" may number a list; a dot after it shows that it is an address.
        if host and (mark[0][1:-1] not in ("a", "A") or "." in host[1] or "dot" in host[1].lower()):
            start = _disguised_local_start(text, mark.start())
            if start is not None:
                found.append(Contact("email", start, host.end()))
    return found


def _spoken_emails(text: str) -> list[Contact]:
    if " dot " not in text and " DOT " not in text:
        return []
    spoken = ((_disguised_local_start(text, match.start()), match) for match in _SPOKEN.finditer(text))
    return [Contact("email", start, match.end()) for start, match in spoken if start is not None]


def _local_start(text: str, end: int) -> int:
    """Return where the local part of an address that ends at ``end`` begins; ``end`` if there is none."""
    start = end
    limit = max(0, end - _LONGEST_LOCAL)
    while start > limit and (text[start - 1].isalnum() or text[start - 1] in _LOCAL_MARKS):
        start -= 1
    return start


def _disguised_local_start(text: str, end: int) -> int | None:
    """As :func:`_local_start`, across up to two spelled-out dots ("jane [dot] doe"); None if there is none."""
    if end > 0 and text[end - 1] == " ":
        end -= 1
    start = _local_start(text, end)
    if start == end:
        return None
    for _ in range(2):
        dot = _DISGUISED_DOT_BEFORE.search(text, max(0, start - _LONGEST_DOT), start)
        earlier = _local_start(text, dot.start()) if dot else start
        if dot is None or earlier == dot.start():
            break
        start = earlier
    return start


def _phones(text: str) -> list[Contact]:
    if not _DIGITS.search(text):
        return []
    found = [Contact("phone", *match.span()) for match in _PHONE.finditer(text)]
    for number in _NUMBER.finditer(text):
        start, end = number.span()
        for _ in range(2):
            start -= start > 0 and text[start - 1] in "+("
        for match in _PHONE_IN_CONTEXT.finditer(text, start, min(len(text), end + 2)):
            if 8 <= len(_DIGITS.findall(match[0])) <= 15 and not _is_other_number(text, match.start(), match[0]):
                found.append(Contact("phone", match.start(), match.end()))
        if end - start <= 28 and 6 <= len(_DIGITS.findall(number[0])) <= 15:
            label = _PHONE_LABEL.search(text, max(0, start - 40), start)
            if label and not _is_years(number[0]):
                found.append(Contact("phone", start, end))
    return found


def _is_years(digits: str) -> bool:
    parts = re.findall(r"\d+", digits)
    return len(parts) == 2 and all(len(part) == 4 and part[:2] in ("19", "20") for part in parts)


def _is_other_number(text: str, start: int, number: str) -> bool:
    """Return whether a number shaped like a telephone number is an amount, a date or part of a web address."""
    line_start = text.rfind("\n", max(0, start - 80), start) + 1
    before = text[max(line_start, start - 80) : start]
    last_word = before.rsplit(" ", 1)[-1]
    if "://" in last_word or "www." in last_word:
        return True
    if before.rstrip().endswith(("$", "€", "£", "USD", "EUR", "GBP", "CHF", "#", "ID", "ID:", "Ref", "Ref.", "Nr.")):
        return True
    return _is_years(number)


def _labelled(text: str) -> list[Contact]:
    """Find names after words that introduce a person, and the numbers directly after those names."""
    found: list[Contact] = []
    for start, needs_proof in _behind_labels(text):
        name = _NAME.match(text, start)
        if name is None or not _is_person(name[1]):
            continue
        number = _NUMBER_BEHIND.match(text, name.end())
        if number is not None and not _is_phone_of_a_name(number[1]):
            number = None
        if needs_proof and number is None and not _HAS_TITLE.match(name[1]):
            continue
        found.append(Contact("name", name.start(1), name.end(1)))
        if number is not None:
            found.append(Contact("phone", number.start(1), number.end(1)))
    return found


def _is_phone_of_a_name(number: str) -> bool:
    """Return whether digits directly after a person's name are a telephone number, not a date or years."""
    return 6 <= len(_DIGITS.findall(number)) <= 15 and not _DAY.match(number) and not _is_years(number)


def _behind_labels(text: str) -> Iterator[tuple[int, bool]]:
    """Yield where a name may begin after a label, and whether the name needs confirmation beyond the label."""
    colon = text.find(":")
    while colon >= 0:
        if _LABEL.search(text[max(0, colon - _LONGEST_LABEL) : colon]):
            gap = _AFTER_LABEL.match(text, colon + 1)
            yield gap.end() if gap else colon + 1, False
        colon = text.find(":", colon + 1)
    lowered = text.lower()
    if any(stem in lowered for stem in _STEMS):
        yield from ((label.end(), False) for label in _BEFORE_DASH.finditer(text))
        yield from ((label.end(), True) for label in _BEFORE_BLANK.finditer(text))


def _introduced(text: str, others: list[Contact]) -> list[Contact]:
    """Find names directly before an email address or number, on a line of their own or after what introduces them.

    What begins a single line is the job, if it is a title: "Software Architect jobs@…".
    """
    found: list[Contact] = []
    end = 0
    for other in sorted(others, key=lambda one: one.start):
        window = max(end, other.start - _LONGEST_INTRODUCTION)
        end = other.end
        name = _NAME_BEFORE.search(text, window, other.start)
        if name and _is_person(name[1]):
            intro = text[max(0, name.start() - 30) : name.start()]
            line_start = text.rfind("\n", 0, name.start()) + 1
            begins_line = line_start == name.start() and "\n" in text[: other.start]
            if begins_line or _INTRODUCED.search(intro):
                found.append(Contact("name", name.start(1), name.end(1)))
    return found


def _is_person(name: str) -> bool:
    words = [word.strip(".'’").casefold() for word in name.split()]
    return not any(word in _NOT_NAMES for word in words) and " ".join(words) not in _REGIONS


def find(text: str) -> list[Contact]:
    """Find contact data in a text.

    Args:
        text: Plain text, as in ``Document.text``.

    Returns:
        Spans that do not overlap, in text order.
    """
    reachable = [*_emails(text), *_phones(text)]
    ordered = sorted(
        [*reachable, *_labelled(text), *_introduced(text, reachable)], key=lambda one: (one.start, -one.end)
    )
    distinct: list[Contact] = []
    for one in ordered:
        if not distinct or one.start >= distinct[-1].end:
            distinct.append(one)
        elif one.end > distinct[-1].end:
            last = distinct[-1]
            distinct[-1] = Contact(last.kind, last.start, one.end)
    return distinct


def redact(text: str) -> str:
    """Return the text with each span of contact data replaced by ``[email]``, ``[phone]`` or ``[name]``."""
    while contacts := find(text):  # again, because a number may begin where an address was
        ends = [0, *[one.end for one in contacts]]
        kept = [f"{text[end : one.start]}[{one.kind}]" for end, one in zip(ends, contacts, strict=False)]
        text = "".join(kept) + text[ends[-1] :]
    return text
