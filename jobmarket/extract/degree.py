"""Read the lowest degree that a posting accepts as a requirement."""

from __future__ import annotations

import re
from functools import lru_cache

from jobmarket.extract import anchors
from jobmarket.extract.document import Document
from jobmarket.extract.forum_post import is_forum_line
from jobmarket.extract.guarded import Guarded
from jobmarket.extract.passages import SOFT, sentences, standing
from jobmarket.extract.role import role_family
from jobmarket.extract.seniority import seniority

# In public service, only a master's degree or a university's diploma meets this: "wissenschaftliches Hochschulstudium"
_ACADEMIC = r"\bwissenschaftliche[snrm]? (?:hochschul(?:e|studium|bildung|abschluss|studiums)|studium)\b"
_BACHELOR = Guarded(
    r"\bbachelor\w*|\bbs(?:ee|cs|ce|me)\b|"
    r"(?<![\w-])b\.?\s?sc?\b\.?(?=[ ,/)]|$)|(?<!no )(?<![\w-])b\.?s\b\.?\s*(?=/|or\b|in\b|,|degree|\()|"
    r"\bb\.?a\.?(?=/|\s+(?:degree|in)\b|\.)|\bb\.?\s?tech\b|\bb\.e\b|\bundergraduate degree|\bundergrad degree|"
    r"\bundergraduate or (?:post)?graduate (?:degree|program|student)|"
    r"\b(?:cs|computer science) degree|\b4-year degree|\bfour-year degree|"
    r"\b(?:four|4)-year (?:college|university)\b|"
    r"\bcollege degree|\buniversity degree|\bgraduation in\b|\bgraduate (?:in|of) (?:computer|engineering)|"
    r"\b(?:abgeschlossenes|erfolgreich abgeschlossenes) (?:\w+ ){0,3}?(?:studium|hochschulstudium)\b"
    r"(?! ?\((?:master|diplom))|"
    r"\bmba degree|\bstudium (?:der|in|im|mit)|"
    # Not the British "driving licence", nor one for software
    r"\blicence (?:en |pro\b|professionnelle|informatique|math|minimum|ou |de (?:math|science))|"
    r"(?:[,/(:\d] ?|\b(?:bac|bts|but|dut|master|formation|diplôme) )licence ?[,/)]|"
    r"\b(?:titulaire d['’]une|niveau|ou|diplôme de) licence\b|\bbut informatique|"
    r"\bdiplôme (?:d['’]une? )?(?:haute école|hes)\b|\bbaccalauréat (?:en |universitaire|spécialisé)|"
    r"\bdiplôme (?:universitaire )?de (?:premier|1er) cycle|"
    r"\bbac ?\+ ?4(?! ?/ ?(?:bac ?)?(?:\+ ?)?5)|\bbac ?\+ ?3|\b(?:bs|ba)(?:/|, | or )(?:ms|ma|bs|ba|phd|"
    r"master|advanced)|\bpost-bs|"
    r"\babgeschlossenes studium\b(?! ?\((?:master|diplom))|"
    r"\b(?!master)\w*studium\b(?! ?\((?:master|diplom))|\b(?:fh-?|fachhochschul-?|hochschul-?|studien|"
    r"universitäts-?)abschluss(?! ?\((?:master|diplom))|"
    r"\bakademische[rn]? (?:ausbildung|abschluss)(?![^\n]{0,60}master)|\b(?:informatik|mathematik|physik|"
    r"statistik|ingenieur\w*|"
    r"\w*wissenschaften) "
    r"(?:[\w()-]+ ){0,3}?studiert\b|(?<!master-)\babschluss (?:in|im bereich)\b|"
    r"\babschluss eines studiums\b|\bhochschulabsolvent|\berfolgreich studiert\b"
)
_MASTER = Guarded(
    r"\bmaster(?:'?s|’s)?\b(?=[^a-z]{0,2}(?:degree|or|and|in\b|oder\b|und\b|ou\b|et\b|en\b|/|,|"
    r"of (?:science|arts|engineering|business)|\(|"
    r"$|level|\)|"
    r"preferred|with))|\bmasters\b|\bmaster['’]s|\bm\.?\s?sc\b\.?|(?<![.\w-])m(?:\.\s?)?s\b\.?\s*(?=/|or\b|in\b|,|"
    r"degree|\()|"
    r"\bms(?:ee|cs|ce|me)\b|\bms\b(?=[^a-z]{0,2}(?:with|or|phd))|\bph\.?\s?d\.? or (?:an? )?m\.?s\b|"
    r"\bm\.?\s?tech\b|\bgraduate degree\b|\badvanced degree\b|\bbac ?\+ ?(?:4 ?/ ?)?5|\bbac 5\b|\bdiplôme d['’]ing\w*|"
    r"\b[ée]coles? d['’]ing\w*|\bgrandes? écoles?\b|\bingénieur (?:de formation|diplômé)|"
    r"\bformation (?:d['’]|en |type |école )?ingénieurs?\b|\bmaster ?[12]\b|\b(?:titulaire d['’]un|niveau|en) m2\b|"
    r"\bm2 (?:en|de) |\bniveau 7\b|\b(?:3e|3ème|troisième|2e|deuxième) cycle\b|\bmaîtrise universitaire|"
    r"(?<!bonne )(?<!parfaite )(?<!excellente )\bmaîtrise en (?:informatique|sciences?|génie|math|statist|administ)|"
    r"\bdiplom(?:studium|-)?\b|\bpostgraduate degree|\bmaster-?abschluss|"
    rf"{_ACADEMIC}|\bmagister\w*|\bdipl\.|\bmit (?:einem )?master abgeschlossen|"
    rf"\bdiplom-(?:oder|und|informatik|ingenieur)|"
    r"\bmaster-?studium|\bmastère"
)
_PHD = Guarded(
    r"\bph\.?\s?d\b(?! filter)\.?s?|\bdoctorate\b|\bdoctoral degree\b|\bdoctorats?\b|"
    r"(?<!for )(?<!a )(?<!the )(?<!your )\bpromotion (?:in|im bereich|der|auf dem)\b|"
    r"\bpromotion (?:erforderlich|vorausgesetzt)|\b(?:abgeschlossene|erfolgreiche|überdurchschnittliche|"
    r"sehr gute) promotion\b|\bpromovierte?r?\b|\bdoktor(?:titel|grad)|"
    r"\bthèse de doctorat\b|(?<!la )(?<!cette )(?<!une )\bthèse en\b|"
    r"\bbac ?\+ ?8\b|\b(?:soutenu|obtenu|titulaire d['’]) ?une thèse|\bdocteur en\b"
)
# Studies that are no requirement: "neben deinem Studium", "Vereinbarkeit von Studium und Beruf", "duales Studium"
_STUDIES = re.compile(
    r"\b(?:zu|aus|neben|während|in|mit|an|nach) (?:(?:dein|ihr|eur)\w*|"
    r"dem|das|des) "
    r"studiums?\b(?! (?:der|in|im bereich)\b)|\b(?:neben|während) (?:dem|des|deine[ms]|ihre[ms]) studiums?\b|"
    r"\bnach dem studium\b|\bvereinbarkeit von [^.\n]{0,24}\bstudium|\bdas studium (?:vor|geht)\b|(?<!abgeschlossenes )"
    r"(?<!abgeschlossene )\bduale[sn] studium|"
    r"\bstudium (?:und|mit) (?:beruf|arbeit|job|praxis|familie)\b|"
    r"\b(?:sei es )?(?:im|beim|vom|zum) studium\b(?! (?:der|des|in|im bereich)\b)"
)
_WISHED = r"idealer|bevorzugt|vorzugs|optimaler|gerne?\b|vorteil"
# "Hochschulstudium der Physik (z. B. Master)", "Studium auf Masterniveau", "Abschluss (Diplom/Master)"
_WITH_MASTER = re.compile(
    rf"{_ACADEMIC}|\bmit (?:einem )?master abgeschlossenes (?:hochschul)?studium|"
    rf"\b\w*(?:studium|abschluss)\b(?:(?!bachelor|{_WISHED})[^.;\n]){{0,80}}?"
    r"(?:\(|, ?|auf |mit )(?:z\. ?b\. ?|mind(?:estens|\.) |möglichst |abschluss |einem |dem |universitäts-?)*"
    r"(?:master|diplom|magister|m\. ?sc|dipl\.|mag\.|ma\b)"
)
# A doctorate on top of it, not "mit der Möglichkeit zur Promotion"
_AND_DOCTORATE = re.compile(
    rf"\b(?:\w*studium|\w*abschluss|master|diplom)\b(?:(?!{_WISHED})[^.;\n]){{0,90}}\b(?:und|sowie|mit)"
    r" (?:(?:eine|einer|abgeschlossene|erfolgreiche|sehr gute|überdurchschnittliche|anschließende|einschlägige"
    r"|qualifizierte)[rn]? ){0,2}promotion\b"
    r"(?! (?:ist |wird |wäre )?(?:möglich|erwünscht|angestrebt|wünsch|von vorteil))"
)
# Theses that somebody writes or looks after: "Betreuung von Bachelor- und Masterarbeiten"
_THESES = re.compile(
    r"\b(?:bachelor|master|diplom|magister|studien)-?(?:,? (?:und|oder|bzw\.|sowie) | ?/ ?|, )"
    r"(?:bachelor|master|diplom|magister|studien|doktor)?-?arbeit(?:en)?\b|"
    r"\b(?:bachelor|master|diplom|magister)-?(?:arbeit|thesis)\w*"
)
# Those who still study have no degree yet: "ab dem 3. Semester", "Sie studieren Informatik", "laufendes Studium"
_ENROLLED = re.compile(
    r"\b(?:du|sie) studier(?:st|en)\b|\bstudier(?:st du|en sie)\b|\bimmatrikul|\beingeschrieben|"
    r"\bab dem (?:[2-9]|zweiten|dritten|vierten|fünften)\b|"
    r"\b(?:laufende|aktuelle|begonnene|fortgeschrittene)[sn]? \w*(?:studium|studiums)\b|"
    r"(?<!\d )\bsemester\b(?! (?:credit )?hours)|"
    r"\b(?:ab dem|im|mindestens) \d\.? semester\b|"
    r"\b(?:in|im|während) (?:deine[ms]|ihre[ms]|eines)? ?\w*studiums?\b(?! (?:der|in|im bereich) .{0,60}abgeschl)"
)
_OR_UNIVERSITY = re.compile(
    r"\b[ée]coles? d['’]ing\w+ ?(?:,|/|ou)(?: ?(?:d['’]|ou |de |en |une? )){0,3} ?(?:parcours |cursus |"
    r"école de commerce ou )?"
    r"universit"
)
_PREFER = re.compile(r"\W*(?:we |strongly )?prefer\b")
_ADVERB = re.compile(r"\bideally\b|\bpreferabl\w+|\b(?:idealer|vorzugs|optimaler)weise|\bbevorzugt|\bidéalement")
_WAIVED = re.compile(r"\([^()]{0,24}\bnot (?:strictly )?(?:required|necessary|mandatory|needed)|\(optional")
# "Bachelor's degree; preferred": elsewhere the semicolon ends a sentence.
_WISH_BEHIND = re.compile(r" ?;? ?(?:strongly |highly )?(?:preferred|desired|desirable|a plus)\b")
_LONGEST_WISH = 30
_BRACKETS = re.compile(r"\([^()]{0,160}\)")
_NONE = Guarded(
    r"\beducation is not (?:a requirement|required)|"
    r"\bno (?:formal |specific |particular )?(?:college |university |cs )?degree (?:or \w+ )?(?:is |"
    r"are )?(?:required|needed|"
    r"necessary)|\b(?:don['’]t|"
    r"do not|doesn['’]t) (?:need|require|care about)[^.\n]{0,30}\bdegree|\bdegrees? (?:is|are) not (?:required|"
    r"needed|necessary)|"
    r"\b(?:not|never) require[^.\n]{0,60}\bdegrees?\b|"
    r"\bkeine? (?:abgeschlossenes |formaler )?\w*(?:studium|abschluss)\b|"
    r"\b(?:formation|diplômes?|études)\b[^.\n]{0,24}\bimporte(?:nt)? peu\b|\bpeu importe(?:nt)? (?:\w+ )?"
    r"(?:formation|études|diplômes)\b|"
    r"\b(?:sans|aucun|pas de|peu importe (?:votre|le)) diplôme|\b(?:sans|aucune) condition de diplôme|"
    r"\bdiplôme (?:n['’]est )?(?:pas|non) (?:requis|exigé|nécessaire|obligatoire)|"
    r"\bno degree\W*$|\w*(?:studium|abschluss) (?:ist )?(?:für uns |uns )?(?:keine voraussetzung|kein muss|zweitrangig"
    r"|nicht (?:so )?wichtig|nebensächlich)|"
    r"\bhigh[- ]school (?:diploma|degree|graduate|education)\b(?![^.\n]{0,60}(?:bachelor|college|university|degree))|"
    r"\b(?:studium|\w*abschluss) (?:ist )?nicht (?:zwingend |unbedingt )?(?:erforderlich|notwendig|nötig)|"
    r"\bregardless of (?:degree|education)|"
    r"\bwithout a degree\b|\bdegree not (?:required|necessary|needed|mandatory)|\bdegrees? optional"
)
_VOCATIONAL = r"(?:(?:college|technical|vocational) diploma|vocational (?:training|degree|qualification|school))"
_DEGREE = r"\b(?:bachelor|b\.?[as]c?\b|degree|master|university)"
# A degree or training below a bachelor's. Where it is enough, the lowest degree accepted has no value of its own: a
# posting that asks for it neither needs a bachelor's nor says that no degree is needed.
_BELOW = Guarded(
    r"\bassociate['’]?s?['’]? degree|\bassociate['’]?s?['’]?,? ?(?:or|/|and/or) "
    r"(?:an? )?(?:bachelor|b\.?[as]\b|higher)|"
    r"\bassociate of (?:arts|science|applied)|\ba\.?a\.?s?\.?,? ?(?:or|/) ?b\.?[as]\b|"
    rf"\b{_VOCATIONAL}\b[^.;\n]{{0,40}}(?: or |/|\band/or )[^.;\n]{{0,24}}{_DEGREE}|"
    rf"{_DEGREE}[^.;\n]{{0,60}}(?: or |/)(?:an? )?(?:\w+ )?{_VOCATIONAL}\b|"
    # The French diplomas, not base stations (BTS) or devices under test (DUT)
    r"\bbac ?\+ ?2|\b(?:bts|dut)(?:,? ou |/|, ?)(?:(?:bts|dut)(?:,? ou |/|, ?))?(?:une? )?"
    r"(?:licence|bachelor|diplôme|master|école)|"
    r"\b(?:licence|bachelor|diplôme|master)\b[^.;\n]{0,40}(?: ou |/)(?:une? )?(?:bts|dut)\b|"
    r"\b(?!hochschul|universitäts)(?:\w+-?)?ausbildung\b[^.\n]{0,60}(?: oder |/|"
    r", (?!bachelor))[^.\n]{0,40}(?:studium|abschluss|"
    r"bachelor)|"
    r"(?:studium|abschluss|bachelor)\b[^.\n]{0,80}(?: oder | bzw\. | ?/ ?)(?:nach )?(?:[\w-]+ ){0,4}?"
    r"(?!hochschul|universitäts)[\w-]*ausbildung\b|"
    r"(?:studium|abschluss)\b[^.\n]{0,60}, (?:abgeschlossene )?(?:berufs|fach)?ausbildung (?:in|im|als|zu[mr])\b"
)
# Training that counts as much as a degree: "oder eine vergleichbare Ausbildung", "or equivalent vocational training"
_EQUAL_TRAINING = re.compile(
    r"(?:vergleichbare|gleichwertige|ähnliche|entsprechende|adäquate)\w* \w*ausbildung|"
    rf"\b(?:equivalent|comparable|similar) {_VOCATIONAL}\b"
)
_GED = re.compile(r"\(?\bgeneral education(?:al)? (?:degree|diploma|development)\b[^,.;]{0,8}")
# Codes of states beside that of Mississippi, but for those that are words or degrees too ("in", "or", "MA", "MD")
_STATES = "a[klrz]|c[ot]|fl|ga|i[adl]|k[sy]|la|m[inot]|n[cdehjmvy]|oh|pa|ri|s[cd]|t[nx]|ut|v[at]|w[aivy]"
_OTHER = Guarded(
    r"\béquipe (?:[\w'’]+ ){0,4}(?:de \d+|d['’]une \w+aine)|"
    r"\bour (?:founding )?(?:team|founders|staff)\b|\bteam (?:of|includes|has|with|composed of)\b|\bfounded by\b|"
    r"\b(?:founders?|c[et]o)\b[^.\n]{0,40}\bph\.?d|"
    r"\ba related technical degree\b|\bmet as\b|\bmasterclass|\bscrum master|\bmaster of (?:the|your|our)\b|"
    r"\bmaster (?:data|agreement|service|plan|branch|the|your|a|new)\b|\bwebmaster|"
    r"\b(?:bachelor|master)\S* (?:(?:and|&|or) (?:bachelor|master)\S* )?thes[ie]s\b|"
    r"\bnachweise? (?:des|der|über|ihres|deines)\b|"
    r"\bmaster[- ]level (?:proficien|knowledge|skill|expert|understand)|\binclud\w+ your (?:ph\.?d|master|bachelor)|"
    r"\bthrough (?:an? )?ph\.?d\b|\b(?:from|by|with|of) an? (?:doctorate|master['’]?s|ph\.?d)[- ]level\b|"
    r"\b360[- ]degree|\bdegrees? of (?:freedom|autonomy|ownership|independence)|\bhigh degree|\bdegree of\b|"
    r"(?<!enrolled in a )(?<!in a )\bph\.?d\.? (?:interns?|students?)\b(?![^.\n]{0,20}(?:required|in\b))|"
    r"\bgrad/ph|\bfolks from\b|\bthink of\b|\bcopilot with|\bdegree centrality|\bbrings?\b[^.\n]{0,30}ph\.?d|"
    r"\bengineers\b[^.\n]{0,30}phds|\btuition|\blinkedin|"
    rf"\b(?:{_STATES}|me|md|ma), ms,|\bms, (?:{_STATES})\b|"
    r"\bno bs\b|\blow-bs\b|\bbs detect|\bgraduate school|\bpursuing\b(?=[^.\n]{0,20}nothing)"
)
_ANY_DEGREE = re.compile(
    r"\bdegree (?:\([^()\n]{0,48}\) )?(?:in|from)\b|\bgraduat\w+ with an? (?:major|degree) in\b|"
    r"\b(?:formation|études) (?:supérieures?|universitaires?)\b|\bdiplôme universitaire\b|"
    r"\bacademic degree|\b(?:relevant|related|technical|stem|engineering|science) degree"
)
# People who study where the job is: "supervise PhD candidates", "work with Master's students". Not the reader's degree.
_TAUGHT = re.compile(
    r"\bencadr\w+ (?:[\w'’(),]+ ){0,3}?(?:master|doctor|ph\.?d|thès)\w*(?:,? (?:et|ou) (?:de |des )?(?:master|doctor|"
    r"thès)\w*)*|"
    r"\b(?:enseign\w+|cours)\b[^.;\n]{0,50}\b(?:niveau|en|de) master\b|"
    r"\bbetreu\w+ (?:von )?(?:[\w-]+ ){0,3}(?:bachelor|master)-?(?: (?:und|oder) master)?-?arbeiten\b|"
    r"\b(?:co-?)?(?:supervis|mentor|advis|teach|tutor|guid|coach|train|manag|support|lead|assist|instruct|"
    r"(?:work|collaborat|interact|engag)\w* (?:[\w-]+ ){0,2}with)\w*(?: of)?"
    r"(?: (?!with\b|and have\b)[\w'’&/-]+,?){0,3}? "
    r"(?:undergraduate|bachelor|master|m\.?sc?\b|ph\.?d|doctoral|graduate)[\w'’.-]*"
    r"(?:,? ?(?:and|or|&|/|,) ?(?:bachelor|master|m\.?sc?\b|ph\.?d|doctoral|graduate)[\w'’.-]*){0,3} "
    r"(?:level )?(?:candidates|students|researchers|fellows|interns|thes[ie]s|projects|scholars)\b"
    r"(?: (?:in|of|from|at) (?:\w+ ?){1,4})?"
)
# "Jackson, MS or remote": the state
_MISSISSIPPI = re.compile(
    r"\b(?:jackson|gulfport|biloxi|hattiesburg|tupelo|meridian|southaven|starkville|vicksburg|pascagoula|natchez|"
    r"ridgeland|stennis space center),? ms\b(?! ?(?:in|degree)\b| ?/ ?(?!remote|hybrid|on-?site))|"
    r", ms\b(?=,? (?:or|and|/) (?:remote|hybrid|on-?site)\b(?! sens)|/(?:remote|hybrid|on-?site)\b|"
    r", (?:usa|united states)\b| 39\d{3}\b|, or [a-z ]+, [a-z]{2}\b)"
)
_INSTEAD_OF_YEARS = re.compile(
    r"years?[^.\n]{0,160}\bor (?:a )?(?:ph\.?d|master'?s?)\b[^.\n]{0,24}\bwith\b|"
    r"years?[^.\n]{0,80}\bor with an? (?:ph\.?d|master'?s?)\b|"
    # "A PhD may substitute for 3 years of experience"
    r"(?:ph\.?\s?d|doctorate|master['’]?s?)\b[^.;\n]{0,40}"
    r"\b(?:substitut\w+|in lieu of|in place of|counts? (?:as|for|towards?)|replaces?)\b[^.;\n]{0,40}\byears?"
)
# A degree that enough years spare, where the sentence names none before: "4+ years of experience or a PhD", "3-5 years
# (or 2+ with a PhD)", "5 ans d'expérience ou un doctorat"
_OR_A_DEGREE = re.compile(
    r"\b(?:years?|yrs?|yoe|jahren?|ans)\b[^.;\n]{0,120}"
    r"\b(?P<other>or|oder|ou) (?:(?:an?|eine?[mnr]?|une?|with|mit|avec|relevant|"
    r"equivalent|completed|abgeschlossene[nr]?|\d{1,2}(?:\s?[-–]\s?\d{1,2})?\+?|years?|jahre?n?|ans|of|"
    r"experience|post-?|d['’]expérience|erfahrung) ){0,6}(?:ph\.?\s?d|doctorate|doctorat|promotion|master['’]?s?)\b"
)
# A text without line breaks stands under the heading that it opens with, though it goes on to say what it asks for.
_ASKED = re.compile(
    r"\b(?:looking for|qualifications?|requirements?|must[- ]haves?|you (?:have|bring)|great fit|or equivalent|"
    r"required|related (?:field|discipline|area))\b"
)
_REQUIRED = re.compile(r"\brequired\b|\bmust have\b|\bminimum\b")


def degree_min(document: Document) -> str:
    """Return the minimum degree required; ``none`` when the posting says that none is needed.

    A high-school diploma as the only requirement says so too. A degree that is only welcome ("a plus", "preferred", or
    listed under nice-to-have) gives ``unspecified``. So does an associate's degree or a training that is enough: the
    scale has no value between ``none``, which would say that school is enough, and ``bachelor``.
    "Or equivalent experience" does not change a requirement.
    """
    if is_forum_line(document.title) and role_family(document) == "multiple":
        return "unspecified"
    needed: list[str] = []
    none = False
    for start, sentence in sentences(document, anchors.DEGREE, reach=200):
        end = start + len(sentence)
        wish = _WISH_BEHIND.match(document.text[end : end + _LONGEST_WISH].lower())
        level = _of_sentence(sentence + wish.group() if wish else sentence)
        if level and "studium" in sentence and "abgeschloss" not in sentence and seniority(document) == "intern":
            continue  # a working student's own studies
        if level == "none":
            none = True
        elif level is not None and _counts(document, start, sentence):
            needed.append(level)
    if needed:
        return min(needed, key=("bachelor", "master", "phd").index)
    return "none" if none else "unspecified"


def _counts(document: Document, start: int, sentence: str) -> bool:
    """Return whether a degree stands where a posting says what it asks for."""
    level = standing(document, start)
    return level not in {"preferred", "context"} or (level == "context" and _ASKED.search(sentence) is not None)


@lru_cache(maxsize=16_384)
def _of_sentence(sentence: str) -> str | None:
    """Return the degree that a sentence requires, ``none`` if it says none is needed, None if it requires nothing."""
    if "general ed" in sentence:
        sentence = _GED.sub(" ", sentence)
    if _NONE.search(sentence):
        return "none"
    if _BELOW.search(_EQUAL_TRAINING.sub(" ", sentence)):
        return None
    if "ms" in sentence:
        sentence = _MISSISSIPPI.sub(" ", sentence)
    sentence = _TAUGHT.sub(" ", sentence)
    if "arbeit" in sentence or "thesis" in sentence:
        sentence = _THESES.sub(" ", sentence)
    if "studi" in sentence or "semester" in sentence or "schrieben" in sentence:
        sentence = _STUDIES.sub(" ", sentence)
        if "abgeschloss" not in sentence and _ENROLLED.search(sentence):
            return None
    level = lowest(sentence)
    if (
        level is None
        or _PREFER.match(sentence)
        or _OTHER.search(sentence)
        or (level != "bachelor" and _INSTEAD_OF_YEARS.search(sentence))
        or _is_spared(sentence)
    ):
        return None
    return _required(sentence, level)


def _is_spared(sentence: str) -> bool:
    """Return whether the first degree of a sentence is an alternative to the years of experience before it."""
    spared = _OR_A_DEGREE.search(sentence)
    return spared is not None and lowest(sentence[: spared.start("other")]) is None


def lowest(sentence: str) -> str | None:
    """Return the lowest degree that a lower-case sentence names, required or not."""
    if "promotion" in sentence and _AND_DOCTORATE.search(sentence):
        return "phd"
    if ("studium" in sentence or "schluss" in sentence) and (master := _WITH_MASTER.search(sentence)):
        rest = sentence[: master.start()] + sentence[master.end() :]
        return "bachelor" if "bachelor" in rest else "master"
    if _BACHELOR.search(sentence):
        return "bachelor"
    if _MASTER.search(sentence):
        return "bachelor" if _is_any_university(sentence) else "master"
    if _PHD.search(sentence):
        return "phd"
    return "bachelor" if _ANY_DEGREE.search(sentence) else None


def _is_any_university(sentence: str) -> bool:
    """Return whether any university's degree counts as much as an engineer's: "école d'ingénieur ou université"."""
    alternative = _OR_UNIVERSITY.search(sentence)
    if alternative is None:
        return False
    return _MASTER.search(sentence[: alternative.start()] + sentence[alternative.end() :]) is None


def _without_wish(bracket: re.Match[str]) -> str:
    """Return a bracket without its wish: "(Master's or preferably a PhD)", but nothing of "(a degree is a plus)"."""
    soft = SOFT.search(bracket.group())
    if soft is None:
        return bracket.group()
    return bracket.group()[: soft.start()] if _ADVERB.match(soft.group()) else ""


def _required(sentence: str, level: str) -> str | None:
    """Return the degree that a sentence requires apart from its wishes; None if it only states wishes."""
    if not SOFT.search(sentence):
        return level
    if _WAIVED.search(sentence):
        return None
    sentence = _BRACKETS.sub(_without_wish, sentence)
    soft = SOFT.search(sentence)
    if soft is None:
        return lowest(sentence)
    head = sentence[: soft.start()]
    if _REQUIRED.search(head) or _ADVERB.match(soft.group()):
        return lowest(head)
    tail = sentence[soft.end() :]
    if _REQUIRED.search(tail) and lowest(tail) is not None:
        return lowest(tail)  # "PhD preferred, Master's required"
    cut = max(head.rfind(mark) for mark in (";", ",", " and ", "(", " with ", "–", " - "))
    # "Bachelor's required, Master's preferred": the wish is the last part, which names its own degree.
    return lowest(head[:cut]) if cut > 0 and lowest(sentence[cut:]) is not None else None
