"""Real responses of every board that has a spider: no posting is lost, and no value is invented.

The responses are beside the repository and not part of it; without them the tests are skipped, with the reason. The
tests count and search them without the spiders: ids by the boards' own field names, values by looking for them anywhere
in the response.
"""

from __future__ import annotations

import csv
import html
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import ftfy
import orjson
from lxml import etree
from scrapy.http import HtmlResponse, TextResponse

from jobmarket.posting import Posting
from jobmarket.yaml_file import read_yaml
from scrapers.boards.base import BoardSpider, UnexpectedShape
from scrapers.boards.job_posting_schema import fields_of
from scrapers.boards.jsonld import JsonldSpider
from scrapers.planning import Company
from scrapers.registry import companies_on
from scrapers.systems import spiders_by_name


def at(*path: str) -> Callable[[bytes], list[str]]:
    """Return a reader of an answer's ids, through keys and arrays (``*``)."""

    def read(body: bytes) -> list[str]:
        found: list[Any] = [orjson.loads(body)]
        for key in path:
            if key == "*":
                found = [each for array in found if isinstance(array, list) for each in array]
            else:
                found = [each[key] for each in found if isinstance(each, dict) and key in each]
        return [str(each) for each in found]

    return read


def within(pattern: str) -> Callable[[bytes], list[str]]:
    """Return a reader of a document's ids, by the text around them."""
    return lambda body: re.findall(pattern, body.decode())


def listed_ashby(body: bytes) -> list[str]:
    return [job["id"] for job in orjson.loads(body)["jobs"] if job.get("isListed") is not False]


def last_segments(body: bytes) -> list[str]:
    paths = at("jobPostings", "*", "externalPath")(body)
    return [path.rpartition("/")[2] for path in paths]


# All ways in which a board shows its ids; the first that finds any counts.
IDS: dict[str, tuple[Callable[[bytes], list[str]], ...]] = {
    "adzuna": (at("results", "*", "id"),),
    "arbeitnow": (at("data", "*", "slug"),),
    "bundesagentur": (at("ergebnisliste", "*", "referenznummer"), at("referenznummer")),
    "francetravail": (at("resultats", "*", "id"),),
    "getonbrd": (at("data", "*", "id"),),
    "himalayas": (at("jobs", "*", "guid"),),
    "jobicy": (at("jobs", "*", "id"),),
    "jobtech": (at("hits", "hits", "*", "_source", "id"), at("hits", "*", "id")),
    "justjoin": (at("data", "*", "guid"),),
    "landingjobs": (at("*", "id"),),
    "nofluffjobs": (at("postings", "*", "reference"),),
    "reed": (at("results", "*", "jobId"),),
    "remoteok": (at("*", "id"),),
    "remotive": (at("jobs", "*", "id"),),
    "themuse": (at("results", "*", "id"), at("jobs", "*", "id")),
    "usajobs": (at("SearchResult", "SearchResultItems", "*", "MatchedObjectId"),),
    "weworkremotely": (within(r"<guid[^>]*>([^<]+)</guid>"),),
    "ashby": (listed_ashby,),
    "bamboohr": (at("result", "*", "id"),),
    "breezy": (at("*", "id"), at("positions", "*", "id")),
    "greenhouse": (at("jobs", "*", "id"), at("id")),
    "icims": (within(r'href="[^"]+/jobs/(\d+)/[^"]*" class="iCIMS_Anchor"'),),
    "jsonld": (within(r'"@type": ?"(JobPosting)"'),),
    "lever": (at("*", "id"), at("*", "postings", "*", "id")),
    "personio": (within(r"<position>\s*<id>(\d+)</id>"),),
    "pinpoint": (at("data", "*", "id"),),
    "recruitee": (at("offers", "*", "id"),),
    "rippling": (at("*", "uuid"), at("items", "*", "id")),
    "smartrecruiters": (at("content", "*", "id"), at("id")),
    "teamtailor": (at("items", "*", "id"), within(r"<guid>([^<]+)</guid>")),
    "workable": (at("jobs", "*", "shortcode"), at("results", "*", "shortcode")),
    "workday": (last_segments, at("jobPostingInfo", "jobPostingId")),
}
# Addresses of postings for which a board has no field, built as its documentation says.
MADE_OF_IDS = {"url"}
# Values stated in another form: Landing.jobs names the employer only in the address, and a place in two fields.
REWRITTEN = {("landingjobs", name) for name in ("company_name", "location_text", "description_html")}
# A larger answer is searched posting by posting, in the board's own object.
_SEARCHED_WHOLE = 100_000
# A comment may be several postings; tests/jobmarket/hacker_news reads the same threads.
NOT_COUNTED_HERE = {"hn"}
PIECES = {"location_text", "employment_type_text", "workplace_text", "department"}
EXAMPLES = {"jsonld": "careers.example/jobs#/", "workday": "acme.wd5.myworkdayjobs.com/acme/Jobs"}


def recorded(folder: Path) -> dict[str, list[dict[str, str]]]:
    """Map each board to its rows of the index."""
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    with (folder / "INDEX.csv").open(newline="", encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            found[row["board"]].append(row)
    return found


def ids_in(board: str, body: bytes) -> list[str]:
    for read in IDS[board]:
        try:
            if ids := read(body):
                return ids
        except (orjson.JSONDecodeError, KeyError, TypeError):
            continue
    return []


def bodies(path: Path) -> list[bytes]:
    """Return the answers in a file: one, or those of a cassette, without a collector's wrapping."""
    if path.parts[-2:] == ("themuse", "results.json"):
        return [orjson.dumps({"results": orjson.loads(path.read_bytes())["jobs"]})]
    if path.suffix != ".yml":
        return [path.read_bytes()]
    cassette = read_yaml(path.read_text(encoding="utf-8").replace(" !binary ", " !!binary "))
    strings = [each["response"]["body"]["string"] for each in cassette["http_interactions"]]
    return [each if isinstance(each, bytes) else each.encode() for each in strings]


def parsed(spider: BoardSpider, path: Path, body: bytes) -> list[Posting]:
    """Return the postings in an answer to the spider's requests; none if it answers something else."""
    company = Company(slug=next((row.slug for row in companies_on(spider.name)), EXAMPLES.get(spider.name, "acme")))
    url = next(iter(spider.requests_for(company))).url.replace("jobs.json", f"jobs{path.suffix}")
    if "access_token" in url:
        url = spider.list_url.format(term="x")  # the first answer is a token, which is not recorded
    kind = HtmlResponse if path.suffix == ".html" else TextResponse
    response = kind(url, body=body, encoding="utf-8")
    if path.parts[-2:] == ("bundesagentur", "002.json"):  # a job's own page
        return [spider.to_posting(spider.with_detail(orjson.loads(body), response), company)]
    try:
        return [spider.to_posting(payload, company) for payload in spider.postings(response)]
    except UnexpectedShape:
        return []  # checked below: such an answer must not show any ids


def text_of_response(body: bytes) -> str:
    """Return everything a response states, as one text to search: all values of its JSON, or the document itself."""
    try:
        return "\n".join(_leaves(orjson.loads(body)))
    except orjson.JSONDecodeError:
        text = body.decode("utf-8", "replace")
        scripts = re.findall(r"<script[^>]*ld[^>]*json[^>]*>(.*?)</script>", text, re.DOTALL)
        leaves = [leaf for script in scripts for leaf in _leaves(orjson.loads(script))]
        return "\n".join([*leaves, " ".join(html.unescape(text).split()), text])


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, each in value.items():
            if each is True:
                yield key  # a flag's name may be its value
            yield from _leaves(each)
    elif isinstance(value, list):
        for each in value:
            yield from _leaves(each)
    elif value is not None:
        yield str(value)


@dataclass(frozen=True)
class ResponseText:
    """Everything a response states: as one text, with single spaces, and as words without markup."""

    text: str
    spaced: str
    words: set[str]

    @classmethod
    def by(cls, body: bytes) -> ResponseText:
        text = text_of_response(body)
        spaced = " ".join(html.unescape(html.unescape(text)).split())
        repaired = ftfy.fix_encoding(text) if re.search("[À-ö][\x80-¿]", text) else ""
        words = {*words_in(text), *words_in(repaired), *MARKUP}
        return cls(text.replace(",", ""), f"{spaced} {' '.join(repaired.split())}", words)


def words_in(text: str) -> list[str]:
    return re.findall(r"\w+", html.unescape(html.unescape(text)))


def invented(posting: Posting, response: ResponseText, board: str) -> list[str]:
    """Return the values of a posting that its response does not state."""
    wrong = []
    for name in sorted(set(Posting.model_fields) - {"board", "company_slug", "payload"} - MADE_OF_IDS):
        value = getattr(posting, name)
        elsewhere = (name == "native_id" and board == "jsonld") or (board, name) in REWRITTEN
        if value is None or isinstance(value, bool) or elsewhere:
            continue
        if name in ("date_posted", "valid_through"):
            known = _states_moment(response.text, value)
        elif name == "base_salary":
            known = all(
                _states_amount(response.text, end) for pay in value for end in (pay.min_value, pay.max_value) if end
            )
        elif name == "job_locations":
            known = all(
                str(part).strip() in response.spaced for place in value for part in place.model_dump().values() if part
            )
        elif name in ("description_html", "description_text"):
            known = response.words.issuperset(words_in(str(value)))
        else:
            parts = str(value).split("; ") if name in PIECES else [str(value)]
            known = all(" ".join(part.split()) in response.spaced for part in parts)
        if not known:
            wrong.append(f"{name}: {str(value)[:80]}")
    return wrong


# Headings that spiders add above the parts of a text, and the tags of headings.
MARKUP = {"Responsibilities", "Qualifications", "Skills", "Experience", "Education", "Benefits", "h3", "div", "ul"}


def _states_moment(text: str, moment: datetime) -> bool:
    days = (moment.astimezone(UTC) + timedelta(days=shift) for shift in (-1, 0, 1))
    written = {
        form for day in days for form in (day.strftime("%Y-%m-%d"), day.strftime("%d %b %Y"), day.strftime("%d/%m/%Y"))
    }
    seconds = str(int(moment.timestamp()))
    return any(form in text for form in (*written, seconds))


def _states_amount(text: str, amount: float) -> bool:
    return any(form in text for form in (f"{amount:g}", f"{amount:.0f}", f"{amount:.2f}", f"{amount * 100:.0f}"))


def test_every_posting_of_every_real_response_is_read_and_nothing_invented(shared_dir: Path) -> None:
    folder = shared_dir / "boards"
    index = {
        board: rows for board, rows in recorded(folder).items() if board in spiders_by_name().keys() - NOT_COUNTED_HERE
    }
    assert set(index) <= set(IDS), f"no way here to count the postings of {sorted(set(index) - set(IDS))}"
    table, wrong = [], []
    for board, rows in sorted(index.items()):
        spider, counts, filled = spiders_by_name()[board](), Counter[str](), Counter[str]()
        for row in rows:
            path = folder / row["file"]
            if path.suffix == ".xml" and board == "jsonld":
                continue  # a sitemap lists pages, and is tested below
            body = b"\n".join(bodies(path))
            ids = [native_id for each in bodies(path) for native_id in ids_in(board, each)]
            postings = [posting for each in bodies(path) for posting in parsed(spider, path, each)]
            found = {posting.native_id for posting in postings}
            expected = set(ids) if board != "jsonld" else found
            counts += Counter(rows=len(ids), ids=len(expected), out=len(postings), files=1)
            wrong += [f"{row['file']}: lost {sorted(expected - found)}"] if expected - found else []
            wrong += [f"{row['file']}: too many {sorted(found - expected)}"] if found - expected else []
            wrong += (
                [f"{row['file']}: {len(ids)} in, {len(postings)} out"]
                if board == "jsonld" and len(ids) != len(found)
                else []
            )
            whole = ResponseText.by(body) if len(body) < _SEARCHED_WHOLE else None
            for posting in postings:
                stated = whole or ResponseText.by(orjson.dumps(posting.payload))
                wrong += [f"{row['file']} {posting.native_id}: {what}" for what in invented(posting, stated, board)]
                filled.update(name for name in Posting.model_fields if getattr(posting, name) not in (None, ()))
        share = sum(filled.values()) / max(counts["out"], 1)
        always = sum(number == counts["out"] for number in filled.values())
        table.append(
            f"{board:<16}{counts['files']:>6}{counts['rows']:>8,}{counts['ids']:>8,}{counts['out']:>8,}"
            f"{share:>10.1f}{always:>8}{len(filled):>6}"
        )
    heading = f"{'board':<16}{'files':>6}{'rows':>8}{'ids':>8}{'out':>8}{'fields':>10}{'always':>8}{'ever':>6}"
    print("", heading, *table, sep="\n")  # noqa: T201 - the table is the result
    assert wrong == []
    assert len(table) >= 10


def test_repeated_rows_are_counted_once(shared_dir: Path) -> None:
    """Workable and Rippling repeat a posting for each of its places; all places are kept."""
    for board, name, places in (("workable", "workable/004.json", 2), ("rippling", "rippling/001.json", 2)):
        path = shared_dir / "boards" / name
        (posting,) = parsed(spiders_by_name()[board](), path, path.read_bytes())
        assert len(posting.job_locations) == places


def test_a_real_sitemap_is_read(shared_dir: Path) -> None:
    body = (shared_dir / "boards" / "jsonld" / "004.xml").read_bytes()
    addresses = [each.text or "" for each in etree.fromstring(body).iter("{*}loc")]
    spider, site = JsonldSpider(), Company(slug="jobs.amdocs.com/sitemap.xml#/careers/job/")
    response = TextResponse(f"https://{site.slug}", body=body)
    rows = list(spider.postings(response))
    assert {row["url"] for row in rows} == {address for address in addresses if "/careers/job/" in address}
    assert len(rows) > 3
    assert all(len(spider.to_posting(row, site).title.split()) > 1 for row in rows)


def test_hundreds_of_real_job_postings_are_read(shared_dir: Path) -> None:
    """Each JSON-LD block of one site is read, and the fields that it has are filled."""
    lines = (shared_dir / "boards" / "builtin_jsonld" / "jobposting.jsonl").read_bytes().splitlines()
    jobs = [orjson.loads(line) for line in lines]
    assert len(jobs) > 300
    filled: Counter[str] = Counter()
    for job in jobs:
        fields = fields_of(job)
        filled.update(name for name, value in fields.items() if value not in (None, ()))
        assert fields["title"] == html.unescape(job["title"]).strip()
        assert (fields["base_salary"] != ()) == ("baseSalary" in job)
        stated = job["jobLocation"] if isinstance(job["jobLocation"], list) else [job["jobLocation"]]
        assert {place.address_locality for place in fields["job_locations"]} == {
            each["address"].get("addressLocality") for each in stated
        }
    print(f"\n{len(jobs)} blocks:", dict(filled))  # noqa: T201 - the table is the result
    assert {name for name, number in filled.items() if number == len(jobs)} >= {
        "title", "company_name", "job_locations", "employment_type_text", "description_html", "date_posted",
        "valid_through",
    }  # fmt: skip


def test_complete_pages_of_a_job_site_are_read(shared_dir: Path) -> None:
    spider, site = JsonldSpider(), Company(slug="builtin.com/sitemap.xml#/job/")
    pages = sorted((shared_dir / "boards" / "builtin_jsonld").glob("*.html"))
    assert len(pages) > 5
    for page in pages:
        response = HtmlResponse(f"https://builtin.com/job/x/{page.stem}", body=page.read_bytes())
        payload = spider.own_page({"url": response.url}, response, ())
        assert payload is not None
        posting = spider.to_posting(payload, site)
        assert posting.description_html
        assert posting.date_posted
        assert posting.company_name
