"""Role family of a title alone: what kind of work its words name, and which titles a forum post's first line holds."""

from __future__ import annotations

import re
from functools import lru_cache

from jobmarket.extract.guarded import FirstGuarded, Guarded

_WORDS = re.compile(
    r"engineer|scientist|developer|analyst|researcher|architect|manager|lead\b|swe\b|sre\b|devops|programmer|"
    r"designer|scientist|ingénieur|entwickler|développeu|data |director|head of|intern|founder|tutor|fellow|eng\b|"
    r"machine learning|\bml\b|\bai\b|specialist|technician|marketer|recruiter|sales|faculty|"
    r"professor|strategist|writer|"
    r"administrator|consultant|member of technical staff|\bcto\b|\bceo\b|\bvp\b"
)
_NOT_A_ROLE = re.compile(
    r"https?:|www\.|full[- ]?time|part[- ]?time|\bremote\b|\bonsite\b|\bon-site\b|\bhybrid\b|[$€£]\s?\d|\bvisa\b|"
    r"citizenship"
)
_ROLE_NOUN = re.compile(
    r"(?:engineer|scientist|developer|analyst|researcher|manager|designer|marketer|swe|lead|architect)s\b|'s\b"
)


# Characters: no board's title is longer; a forum post without columns begins with its first paragraph.
_LONGEST_TITLE = 180


def names_a_trade(title: str) -> bool:
    """Say whether a lower-cased title names any trade at all, one of the families or not."""
    return _WORDS.search(title) is not None


def names_several_roles(titles: str) -> bool:
    """Say whether lower-cased titles are in the plural: "ML engineers", "SWE's"."""
    return _ROLE_NOUN.search(titles) is not None


def is_forum_line(title: str) -> bool:
    """Say whether a title is a forum post's first line, with columns for company, roles, place and terms."""
    return title.count("|") >= 2 or "\n" in title or len(title) > _LONGEST_TITLE


def role_titles(title: str) -> list[str]:
    """Return the role titles inside a title, lower-cased.

    A board's title is one role. A forum post's first line (``Company | Role | Place | …``) is cut at its bars,
    and only the columns that read like a role are kept; none when the line names no role.
    """
    lowered = title.lower()
    if not is_forum_line(title):
        return [lowered]
    columns = [column.strip() for column in re.split(r"[|\n]", lowered)]
    return [
        column
        for place, column in enumerate(columns)
        if _WORDS.search(column)
        and len(column) <= 200
        and not (place == 0 and len(columns) > 2 and not re.search(r"engineer|scientist|developer|analyst", column))
        and not (_NOT_A_ROLE.search(column) and not re.search(r"engineer|scientist|developer|analyst", column))
    ]


_LLM = (
    r"\bllms?\b|\bgen[- ]?ai\b|generative[- ]ai|\bagents?\b|\bagentic\b|prompt|\brag\b|conversational ai|"
    r"\bgpt\b|chatbot"
)
_SOFTWARE_NOUN = (
    r"software|back-?[ ]?end|front-?[ ]?end|full-?[ ]?stack|fullstack|mobile|\bios\b|android|devops|\bsre\b|"
    r"site reliability|"
    r"platform engineer|infrastructure|security engineer|\bqa\b|test engineer|sdet|cloud engineer|systems engineer|"
    r"web developer|\bdevelopers?\b|\beng\b|java\b|python|golang|\brust\b|c\+\+|kernel|compiler|firmware|embedded|"
    r"\bswe\b|"
    r"programmer|^tech(?:nical)? lead\b|entwickler|développeur|softwareentwickler|network engineer|database|"
    r"blockchain|solidity|"
    r"engineering manager|member of technical staff|product engineer|forward[- ]deployed|solutions? architect|"
    r"red team|penetration|reliability|release engineer|build engineer|game|graphics|\binfra\b|integration engineer|"
    r"production engineer|founding engineer|\bengineers?\b|cto\b|ingénieur|(?:software|system|entwicklungs)-?ingenieur|"
    r"(?:director|vp|vice president|head|lead|manager)(?: of|,| -|:)? (?:software |core |platform |product |r&d )?"
    r"engineering\b|^(?:senior |staff |global )?engineering (?:director|lead(?:er)?|head|intern|fellow)\b"
)
_OTHER_FIRST = Guarded(
    r"product manager|product owner|product lead|head of product|product design|product market|program manager|"
    r"project manage(?:r|ment)|program management|account (?:executive|manager|director)|\bsales\b(?!force)|\bsuccess "
    r"engineer|"
    r"marketing(?! analytics| data| (?:ops|operations) (?:&|and) analytics)|"
    r"recruit|talent (?:acq|"
    r"partner)|"
    r"customer success|customer support|support (?:specialist|engineer|representative|agent)|business development|"
    r"designer|"
    r"\bdesign lead|operations (?:lead|manager|associate|specialist)|\btutor|annotat|labell?er|data entry|writer|"
    r"editor|"
    r"counsel|attorney|paralegal|accountant|accounts payable|finance|financial analyst|tax |controller|"
    r"people (?:partner|ops|operations)|human resources|\bhr\b|office manager|executive assistant|"
    r"avionics|\bpiping|structural|building engineer|facilities|process model|propulsion|thermal|geotech|mining|"
    r"metallurg|"
    r"satellite|spacecraft|flight dynamics|payload|\bpcb\b|plasma|mechatronic|controls? (?:systems )?engineer|"
    r"biomedical|bioprocess|validation engineer|antenna|power electronics|semiconductor|silicon|"
    r"analog|nuclear|"
    r"aerospace engineer|supply chain|instructor|"
    r"mechanical|electrical|hardware engineer|manufactur|technician|civil engineer|chemical|optical|asic|"
    r"\brf\b|industrial engineer|process engineer|(?<!software )quality engineer|field engineer|"
    r"solutions? (?:engineer|consultant)|"
    r"sales engineer|pre-?sales|solutions? architect|\bpm intern|operations intern|chemie|fahrzeug|drill|construction|"
    r"aeronautic|deployment strategist|strategist|consultant|"
    r"artist|video|creative|content|community|evangelist|advocate|developer relations|devrel|teacher|faculty|professor|"
    r"instructor|lecturer|nurse|therap|clinic|physician|driver|(?<!data )warehouse|plumb|chef|cook|gestionnaire|"
    r"buchhalt|"
    r"teamlead accounts|service specialist|praktikant marketing|social media|chief of staff|transformation|"
    r"general manager|partnership|procurement|compliance|risk (?:manager|analyst|officer)|business analyst|"
    r"policy|legal\b|economist|producer|researcher, user|user research|\bux\b(?! engineer)|ui designer|trainer|"
    r"sales development|marketer|\bsdr\b|\bbdr\b|insurance|claims|underwriter|medical|assistant|"
    r"coordinator|administrator"
)
_RULES = FirstGuarded(
    (
        (
            "software_engineer",
            r"(?<!frontier )red team|penetration test|security (?:engineer|research)|vulnerability research|"
            r"(?:ios|android|browser) researcher|software quality|\bqa\b|quality assurance (?!spec)|"
            r"\bsdet\b|(?:engineer|developer) in test|test engineer|"
            r"test automation",
        ),
        (
            "mlops_engineer",
            r"ml-?ops|ml ops|machine learning op(?:s|erations)|(?:ml|machine learning|ai|llm|model|"
            r"gpu)[- ](?:/ml )?(?:platform|infra\b|infrastructure|"
            r"training infra|inference|serving)|(?:ml|machine learning|ai)/?(?:ml)? (?:platform|infrastructure)|"
            r"(?:ml|machine learning) systems|"
            r"engineer,? (?:ml |ai |model )?inference\b|(?:inference|training) (?:engineer|infrastructure|infra\b|"
            r"performance|"
            r"platform|optimi[sz]ation|systems?)|gpu (?:cluster|engineer|software|kernel|performance)|"
            r"platform engineer.{0,12}(?:ml|machine learning)\b|infrastructure engineer.{0,12}(?:ml|"
            r"machine learning|ai)\b|infrastructure.{0,6}(?:machine learning|\bml\b|\bai\b)|"
            r"machine learning.{0,4}(?:platform|infrastructure)|cuda|high performance computing|\bhpc\b|"
            r"software engineer.{0,30}(?:ml|machine learning|ai) (?:platform|infra)|"
            r"plateformes? (?:de )?(?:ml|ia|machine learning|apprentissage)\b|(?:ml|ki)-plattform",
        ),
        (
            "ml_researcher",
            r"research scientist(?![^|]*(?:chemistry|biology|physics|materials|pharma|genomics))|applied scientist|"
            r"research engineer|researcher|ai research|ml research|"
            r"research fellow|"
            r"machine learning research|research intern|(?<!data )\bscientist,? (?:machine learning|ml|ai|nlp|deep|"
            r"computer)|"
            r"(?:machine learning|ml|ai|nlp|deep learning) scientist|research lead|research associate|fellows program|"
            r"member of technical staff.{0,20}research|"
            r"member of technical staff,? .{0,20}(?:post-?training|pre-?training|model(?:l)?ing|multilingual|"
            r"multimodal|reasoning)|"
            r"chercheur|wissenschaftlich|post-?doc",
        ),
        (
            "data_scientist",
            r"data scien|decision scien|statistician|quantitative (?:analyst|researcher)|scientifique des données|"
            r"\bquant\b",
        ),
        (
            "data_engineer",
            r"data(?:[ -]+(?:and|&|/) analytics)? eng|analytics eng|data(?: [a-z]+)? engineer|data platform|"
            r"data infrastructure|data warehouse|"
            r"\betl\b|data architect|data integration|big data|data modell?er|ingénieure? (?:de )?(?:donn|data)|"
            r"dateningenieur|"
            r"database engineer|data pipeline|software engineer.{0,20}\bdata\b(?! cent)|data (?:ops|reliability)",
        ),
        (
            "data_analyst",
            r"data analyst|business intelligence|\bbi (?:analyst|developer|engineer)|analytics (?:analyst|developer|"
            r"manager|"
            r"lead|consultant)|"
            r"product analyst|reporting analyst|insights? analyst|\banalytics\b(?!.*(?:engineer|specialist))|"
            r"datenanalyst|"
            r"analyste de données|"
            r"marketing (?:data )?analyst|web analyst",
        ),
        (
            "ai_engineer",
            rf"(?:{_LLM}).{{0,40}}(?:engineer|developer|architect|lead|specialist|scientist|intern|builder)|"
            rf"(?:engineer|developer|architect).{{0,40}}(?:{_LLM})|"
            r"\bai[ ,/-]+(?:software |application[s]? |solutions? |product |integration |automation |"
            r"full[- ]?stack |platform |implementation )*"
            r"(?:engineer|developer|builder|architect|eng\b)|applied ai|ai applications?|prompt engineer|"
            r"ai automation|ai enablement|ai native|"
            r"(?:engineer|developer)[^|]{0,24}\bai (?:products?|applications?|features|agents?|experience|"
            r"solutions|assistant)|"
            r"\bki[- ](?:engineer|entwickler|ingenieur)|ingénieure? (?:en )?(?:ia|intelligence artificielle)|"
            r"full[- ]?stack ai",
        ),
        (
            "ml_engineer",
            r"machine learning|\bml\b|\bmle\b|deep learning|computer vision|\bcv engineer|\bnlp\b|"
            r"natural language|speech|perception|"
            r"recommend(?:er|ation)|ranking|\bai/ml\b|reinforcement learning|\bslam\b|autonomy engineer|"
            r"vision engineer|"
            r"apprentissage|maschinelles lernen|self-driving|autonomous driving|personali[sz]ation engineer",
        ),
        (
            "ai_engineer",
            r"\bai\b.{0,30}(?:technical lead|tech lead|engineer|engineering|developer|intern\b)|(?:engineer|"
            r"engineering|developer)\b.{0,24}\bai\b|\bllm\b",
        ),
    )
)
_SOFTWARE = Guarded(_SOFTWARE_NOUN)
_OTHER_ENGINEER = re.compile(r"engineer|ing[ée]nieur|developer|entwickler|développeur|programmer|architect|\bswe\b")
# How the work is done, not what it is about: "AI-first Golang developer"
_AI_AS_STYLE = re.compile(
    r"\bai[- ](?:first|native|augmented|assisted|driven|accelerated|forward(?! deploy)|enabled|capabilities)\b|"
    r"\bwith (?:gen)?ai(?:/ml)?(?: expertise| capabilities| skills)?\b"
)
# "Founding Engineer - Baton AI", "Acme.ai - Engineer": an employer's name
_NAME_WITH_AI = re.compile(
    r" [-–—] (?!(?:the|gen|predictive|causal|trustworthy|responsible|explainable|applied|ambient|generative|"
    r"conversational|agentic|voice|enterprise|core|physical|embodied|"
    r"edge|clinical|medical|video|data|product|backend|and|&|full-stack|frontend) )[a-z0-9]+ ai$|"
    r"\b\w+\.ai\b|"
    r"\bfor (?:an? )?ai startup"
)

_SURELY_TECHNICAL = re.compile(
    r"(?:software|machine learning|\bml|\bai|data) engineers?\b|data scientist|engineering manager|software develop"
)


# What follows the role names the area it works in: "NLP Engineer - Clinical Data", "Applied Scientist, Content"
_AREA = re.compile(r", | [-–—|] | ?\(")
_TECHNICAL_HEAD = re.compile(
    r"\b(?:ml|mlops|ai|nlp|llm|machine learning|deep learning|computer vision|speech|perception|data|software|applied|"
    r"research|back-?[ ]?end|front-?[ ]?end|full-?[ ]?stack|platform|infrastructure|analytics|inference|test|qa|"
    r"security|"
    r"devops|cloud|mobile|ios|android|python|java|golang|rust|systems)\b.*\b(?:engineer|scientist|developer|"
    r"researcher)|"
    r"\b(?:data|marketing) analyst|^tech(?:nical)? lead"
)


@lru_cache(maxsize=4096)
def family_of_title(title: str) -> str | None:
    """Return the family that one lower-cased role title names; ``other`` for other trades, null when it names none."""
    title = title.replace("artificial intelligence", "ai")
    title = _NAME_WITH_AI.sub(" ", _AI_AS_STYLE.sub(" ", title))
    if not _SURELY_TECHNICAL.search(title) and _OTHER_FIRST.search(title):
        parts = _AREA.split(title)
        head = next((part for part in parts if _WORDS.search(part)), title)
        if _OTHER_FIRST.search(head) or not _TECHNICAL_HEAD.search(head):
            return "other"
    family = _RULES.first(title)
    if (
        family == "ai_engineer"
        and not _OTHER_ENGINEER.search(title)
        and not re.search(r"lead|intern|builder|specialist|applied ai|prompt|automation|llm", title)
    ):
        return "other"
    if family == "data_analyst" and _OTHER_ENGINEER.search(title) and not _ANALYTICS_TRADE.search(title):
        return "software_engineer"  # "Backend Engineer (Analytics)"
    if family is not None:
        return family
    if _SOFTWARE.search(title):
        return "software_engineer"
    return None


_TRADE = re.compile(r"engineer|developer|scientist|researcher|analyst|architect|designer|manager|lead\b|\bswe|\bsre\b")
# Of these the title itself is about analysis: "BI Developer".
_ANALYTICS_TRADE = re.compile(r"business intelligence|\bbi\b|analytics developer|data analyst")
_ONE_HEAD = re.compile(r"^(?:head|director|vp|vice president) (?:of )?[\w ]+(?:&|and) \w+$")


def roles_in_column(title: str) -> list[str]:
    """Cut a lower-cased column of a forum post's first line into its roles.

    "Head of AI & engineering" is one, and so is "senior engineer, generative AI": what names no trade belongs to the
    role before it.
    """
    if _ONE_HEAD.search(title):
        return [title]
    roles: list[str] = []
    for part in re.split(r"(,| \+ | & | and |;|\s/\s)", title)[::2]:
        if roles and part.strip() and not _TRADE.search(part) and _TRADE.search(roles[-1]):
            roles[-1] += "," + part
        elif part.strip():
            roles.append(part)
    return roles
