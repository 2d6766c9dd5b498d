"""Find the jobs named in a header segment, in a sentence, or on the lines below a header."""

from __future__ import annotations

import re

from jobmarket.hacker_news.segments import ROLE, names_place, terms, without_links, workplaces

_NOUN = re.compile(
    r"\b(?:engineers?|developers?|devs?|scientists?|designers?|managers?|architects?|analysts?|researchers?|"
    r"programmers?|"
    r"administrators?|specialists?|consultants?|strategists?|writers?|advocates?|recruiters?|marketers?|directors?|"
    r"associates?|interns?|swes?|sres?|devops|leads?|heads? of \w+|ctos?|vps? of \w+|pms?|generalists?|"
    r"members? of (?:the )?technical staff|executives?|sdets?|co-?founders?|technicians?|fdes?|operators?|"
    r"officers?|eng|engs|devrel|tpms?|sdrs?|evangelists?|mlops|gtm|reps?)\b",
    re.IGNORECASE,
)
_BETWEEN = (
    re.compile(r"\s+/\s+|/\s+|\s*;\s*"),
    re.compile(r"\s*,\s*(?:and\s+|or\s+|&\s*)?|\s+(?:and|or|&|\+)\s+", re.IGNORECASE),
)
_BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")
_ITEM = re.compile(r"^\s*(?:[-–—*•·●▪◦‣+>→]+|\(?\d{1,2}[.):]|[a-z]\))\s*(?P<text>\S.*)$")
_END_OF_TITLE = re.compile(
    r"\s+[-–—:|]+\s+|:\s|:$|\s+[–—]|[–—]\s|\s*\|\s*|\s*\.\s|\s*->|\s*→|\s*=>|(?<=[a-z)])\.$|\s+(?:who|that|to|"
    r"with)\s|\s*https?://|\s*,?\s*(?=[$€£]\s?\d)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(
    r"\b(?:we|we're|we’re|our|you|you'll|you’ll|your|i|i'm|i’m|is|are|will|have|has|please|experience|years?|"
    r"ability|knowledge|"
    r"familiarity|degree|understanding|apply|send|contact|reach|ask|join|work|working|build|building|develop|"
    r"design|own|lead the|collaborate|interview|process|stack|team of)\b",
    re.IGNORECASE,
)
_CLOSED = re.compile(r"^[^(\[]*[)\]]\s*")
_UNCLOSED = re.compile(r"\s*[(\[][^)\]]*$")
_VERB = re.compile(
    r"(?:lead|head(?! of)|own|design|build|manage|architect|engineer|partner|coach|support|"
    r"research)\b(?! \w*(?:engineer|designer|architect|developer|manager|researcher|scientist|analyst))",
    re.IGNORECASE,
)
_ARTICLE = re.compile(
    r"^(?:(?:hiring|looking for|seeking)\b:?|for|an?|the|our|one|two|some|more|great|talented|experienced|"
    r"exceptional|strong)\s+",
    re.IGNORECASE,
)
_AFTER_NOUN = re.compile(
    r"\s+(?:for|to|who|that|with|at|in|on|based|willing|interested|across|as)\b.*$|[.!?;:].*$", re.IGNORECASE
)
_LONGEST_TITLE = 90
_LINES_READ = 60


def has_noun(text: str) -> bool:
    """Whether the text contains a word for a job outside its brackets."""
    return bool(_NOUN.search(_BRACKETS.sub(" ", text)))


def ends_with_noun(text: str) -> bool:
    """Whether the text, ignoring brackets, ends with a word for a job. "Architect Financial" does not."""
    words = _BRACKETS.sub(" ", text).strip()
    return any(match.end() == len(words) for match in _NOUN.finditer(words))


def is_terms_only(text: str) -> bool:
    """Whether the text states only the terms of employment: "Internship", "Full-time contractor"."""
    left = re.sub(
        r"\b(?:full|part)[- ]?time\b|\bcontract\w*\b|\bfreelance\w*\b|\bintern(?:ship)?s?\b|\bco-?ops?\b|"
        r"\bpermanent\b",
        " ",
        text,
        flags=re.IGNORECASE,
    )
    return bool(terms(text)) and not re.search(
        r"[^\W\d_]{3,}",
        re.sub(
            r"\b(?:summer|fall|spring|winter|and|or|only|employee|paid|position|"
            r"role)\b",
            " ",
            left,
            flags=re.IGNORECASE,
        ),
    )


def titles(segment: str) -> list[str]:
    """Return the jobs in a segment. It splits at commas, "and", "&" or " / " only if every part is a job by itself."""
    text = _tidy(segment)
    for between in _BETWEEN:
        parts = [_tidy(part) for part in _outside_brackets(text, between)]
        if len(parts) > 1 and all(has_noun(part) for part in parts):
            return [title for part in parts for title in titles(part)]
    return [text] if text else []


def from_sentence(rest: str) -> list[str]:
    """Return the job named after "… is hiring", without the words that qualify it ("for our platform team")."""
    named = _ARTICLE.sub("", _AFTER_NOUN.sub("", _BRACKETS.sub(" ", without_links(rest)))).strip(" ,.-–—")
    return [named] if named and len(named) <= _LONGEST_TITLE and ROLE.search(named) else []


def listed_below(lines: list[str]) -> list[str]:
    """Return the jobs that are listed below a header, as list items or on separate lines."""
    jobs = []
    for line in lines[:_LINES_READ]:
        item = _ITEM.match(line)
        title = _title_at_start(item["text"] if item else line)
        if title and (item or len(line) <= _LONGEST_TITLE or "http" in line):
            jobs.append(title)
    return jobs


def _title_at_start(line: str) -> str | None:
    text = _tidy(_END_OF_TITLE.split(line.strip(), maxsplit=1)[0])
    if not 4 <= len(text) <= _LONGEST_TITLE or not has_noun(text) or _SENTENCE.search(_BRACKETS.sub(" ", text)):
        return None
    text = _ARTICLE.sub("", _UNCLOSED.sub("", text))
    words = [word for word in re.findall(r"[^\W\d_][\w+#.]*", _BRACKETS.sub(" ", text)) if len(word) > 3]
    is_heading = sum(word[0].isupper() for word in words) * 2 > len(words)
    return text if text[:1].isupper() and is_heading and len(text.split()) <= 10 and not _VERB.match(text) else None


def _tidy(text: str) -> str:
    """Remove addresses, bracketed pay, places and terms, and punctuation at both ends."""
    words = _ARTICLE.sub("", _CLOSED.sub("", without_links(text)))
    for bracketed in _BRACKETS.findall(words):
        inner = bracketed[1:-1]
        if (
            workplaces(inner)
            or terms(inner)
            or names_place(inner)
            or re.search(r"[$€£]\s?\d|\d\s?k\b|\bx\d|\bmultiple\b|\d+\s?%", inner, re.IGNORECASE)
        ):
            words = words.replace(bracketed, " ")
    return re.sub(r"\s+", " ", words).strip(" ,;:-–—|/*+&>#_[]").rstrip(".")


def _outside_brackets(text: str, between: re.Pattern[str]) -> list[str]:
    """Split the text at ``between``, but never inside brackets."""
    hidden = _BRACKETS.sub(lambda match: "\0" * len(match[0]), text)
    parts, start = [], 0
    for match in between.finditer(hidden):
        parts.append(text[start : match.start()])
        start = match.end()
    return [part for part in (*parts, text[start:]) if part.strip()]
