"""Find the words of a line that are only wished for: "Kafka is a plus", "ideally with Kafka". English, French, German.

A wish applies to its own clause: in "Python is required, Rust is a plus" to Rust. A list is one clause: in "Python, Go
or Rust a plus" the wish applies to all three.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from jobmarket.extract.guarded import Guarded
from jobmarket.extract.sentence_bounds import REACH, sentence_end, sentence_start

# Plain words without which the patterns below cannot match.
CUE_WORDS: Final = (
    "plus", "bonus", "advantage", "asset", "nice to ha", "nice-to-ha", "nice to-ha", "nice-to ha", "prefer",
    "desirable", "would be", "beneficial", "not required", "not necessary", "not strictly", "optional", "helpful",
    "extra points", "good to ", "vorteil", "kein muss", "keine voraussetzung", "wünschenswert", "atout", "avantage",
    "appréci", "souhait", "not a ", "nice:",
    "ideal", "idéal", "(kann)", "bestenfalls", "préférence", "wäre schön", "wäre toll", "wäre super", "nicht ",
    "est pas ", "sont pas ", "erwünscht", "gern gesehen", "gerne gesehen", "hilfreich", "bevorzugt", "vorzugsweise",
    "optimalerweise", "im besten fall", "not needed", "eventuell", "vielleicht",
    "valorisé", "bienvenue", "optionnel", "si possible", "un +", "n't re", "n’t re", "n't nee", "n’t nee",
)  # fmt: skip
# Wishes that apply to the words before them ("Kafka is a plus", "Rust (preferred)"), unless they open their clause:
# "A plus: Kafka".
_WISH: Final = Guarded(
    r"\b(?:is|are|be|as|a|an|big|huge|strong|considered|definite|added) (?:a |an )?"
    # Not "an annual bonus", "a competitive advantage", "a global asset manager"
    r"(?:(?!annual|yearly|quarterly|performance|signing|competitive|referral)\w+ )?(?:plus|bonus|advantage"
    r"|asset(?= ?(?:[^\w &-]|$)| (?:if|but|for|in|to|here|when|on|with|[-–—])(?: |$)))\b"
    r"|\bnice[ -]to[ -]haves?\b|\b(?:highly |strongly )?prefer+ed\b"
    r"|\bdesirable\b|\bwould be (?:great|nice|a plus|beneficial|ideal)\b(?! if)|\ba plus\b|\b(?:advantageous"
    r"|beneficial)\b|(?:\bnot|n['’]t) (?:strictly )?(?:required|necessary|needed)\b|\boptional\b|\b(?:is|are) helpful\b"
    r"|\bnot an? (?:strict |hard )?(?:requirement|must|prerequisite)\b"
    r"|\bgood to (?:know|have)\b|\bvon vorteil\b|\bvorteilhaft\b|\bein plus(?:punkt)?\b"
    r"|\bkein(?: muss|e voraussetzung)\b"
    r"|\bwünschenswert\b"
    r"|\b(?:sind|ist|wird|werden|wären|wäre) (?:\w+ )?(?:erwünscht|hilfreich)\b|\bgerne? gesehen\b"
    r"|\b(?:nicht|n['’](?:est|sont) pas) (?:zwingend |unbedingt |strictement )?(?:erforderlich|verpflichtend"
    r"|notwendig|nötig"
    r"|voraussetzung|requise?s?|nécessaires?|obligatoires?|exigée?s?|indispensables?)\b"
    r"|\bwäre (?:schön|toll|super)\b|\((?:bonus|plus|kann)(?=\))"
    r"|\bun (?:vrai |réel |sérieux |grand |gros |véritable |petit )?(?:plus|atout|avantage(?! (?:concur|compét)))\b"
    r"|\bappréci(?:ée?|able)s?\b|\bsouhait(?:ée?|able)s?\b|\b(?:sera|seront|serait|seraient) valorisée?s?\b|\(optionnel"
    r"|\b(?:est|sont|sera|seront|serait|seraient) (?:la |les )?bienvenue?s?\b|\bun \+(?! ?\d)|\bde préférence(?= ?\))"
)
# Wishes that apply to the words after them: "ideally with Kafka", "Bonus: Rust".
_WISH_AFTER: Final = Guarded(
    r"\bideally\b|\bwould be (?:nice|great|good|ideal) if\b"
    r"|\bpreferabl[ey]\b|(?:(?<=[.;,] )|^)nice ?:"
    r"|\bbonus(?: points)?\b ?[:(]|\b(?:bonus|extra) points\b|\bbonus (?:if|for)\b|\bplus:"
    r"|\b(?:idealer|vorzugs|optimaler)weise\b|\bim (?:idealfall|besten fall)\b"
    r"|\bbevorzugt\b(?! (?:eingestellt|berücksichtigt|behandelt|eingeladen))|\bbestenfalls\b|\bidéalement\b"
    r"|\bde préférence\b|\bsi possible\b|\beventuell (?:auch|schon|bereits|sogar)\b"
    r"|\bvielleicht (?:hast|bringst|kennst|konntest|auch|schon|sogar)\b"
)
_BRACKET: Final = re.compile(r"\([^()]*\)")
# "bevorzugt Python und kennen SQL": the verb begins another clause.
_GERMAN_VERB: Final = re.compile(
    r"(?:kannst|können|hast|haben|bringst|bringen|kennst|kennen|verfügst|verfügen|besitzt|besitzen)\b"
)
_CLAUSE_END: Final = re.compile(
    rf", (?P<list>(?:and|und|et) )?| [-–—] |,? (?:but|while|aber|wobei|mais) | und (?={_GERMAN_VERB.pattern})"
)
# "Ideally", said in passing: "You know Python, ideally Rust, and SQL"
_ADVERB: Final = re.compile(
    r"ideally|preferabl[ey]|(?:idealer|vorzugs|optimaler)weise|bevorzugt|im (?:idealfall|besten fall)|bestenfalls|"
    r"idéalement|de préférence"
)
_IN_PASSING: Final = re.compile(r"\w ?[,–—-] ?$")
_SUBJECT: Final = re.compile(r"(?:you|we|du|sie|wir|vous|nous)\b")
_MUST: Final = re.compile(r"(?:you|sie|du|vous) (?:must|need|have to|müssen|musst|devez)\b")
_AND: Final = re.compile(r" (?:and|und|et) ")
# "Python is required", "Python (Muss)": the clause ends here. Not a label: "Required: Python".
_BINDING: Final = re.compile(
    r"(?<!not )(?<!strictly )(?<!nicht )(?<!nicht zwingend )(?<!nicht unbedingt )(?<!pas )"
    r"\b(?:required|mandatory|essential|(?:is|are) needed|a must|erforderlich|zwingend|pflicht|notwendig"
    r"|vorausgesetzt|(?<!keine )voraussetzung|(?<!kein )muss|requise?s?|obligatoires?"
    r"|exigée?s?|indispensables?|impérati(?:f|ve)s?|nécessaires?)\b(?!\)? ?:| (?:skills|experience|knowledge)\b)"
)
# The beginning of a clause cannot belong to a wish at its end: "You know SQL, …", "5 years of Python, …". A noun phrase
# can: "Experience with Python, Go is a plus".
_STANDS: Final = re.compile(
    r"\b(?:you(?:['’]ll| will)? (?:have|know|bring|are|need|must|should)|you['’](?:ve|re)"
    r"|we (?:use|need|require|expect|want)|must(?:[ -]have)?|proficient|fluent|experienced|skilled|familiar"
    r"|versed|strong|solid|excellent|deep|proven"
    r"|\d{1,2} ?\+? ?(?:years?|yrs?|jahren?|ans)"
    r"|(?:du|sie|ihr) (?:\w+ )?(?:hast|haben|habt|kenn\w+|beherrsch\w+|bring\w+|verfüg\w+)|wir (?:nutzen|erwarten)"
    r"|sehr gute|fundierte|sichere\w*|vertraut|vous (?:avez|maîtrisez|connaissez|êtes)|tu (?:as|maîtrises|connais)"
    r"|nous (?:utilisons|attendons)|solides?|excellente?s?|maîtrise)\b|\b(?:required|must[- ]haves?|pflicht) ?:"
)
_CONDITION: Final = re.compile(r"\b(?:if|wenn|falls|si)\b")
# "Proficient in Python, with Go as a plus": a phrase that opens anew, whatever stands before it.
_OPENS_ANEW: Final = re.compile(
    r"(?:with|some|experience|knowledge|familiarity|exposure|kenntnisse|grundkenntnisse|erfahrung|(?:la |une |des )?"
    r"(?:connaissances?|expérience|notions))\b"
)
_ONE: Final = re.compile(r"\b(?:is|be|ist|wäre|est|serait)\b")
_PREDICATE: Final = re.compile(r"(?:is|are|be|as|would|wäre|serait|von|apprécié|souhaité)")
_OR: Final = re.compile(r"(?:or|oder|ou)\b")
# Words that name nothing by themselves: "direct experience is a plus" and "that would be a plus" refer to the words
# before them.
_EMPTY: Final = re.compile(
    r"(?:\W|\b(?:is|are|be|would|also|an?|the|as|it|its|that|this|these|but|and|or|which|even|highly|strongly|direct"
    r"|welcome|required|necessary|needed|willkommen|bienvenue"
    r"|prior|previous|experience|knowledge|familiarity|exposure|ideal|ist|sind|wäre|das|dies|auch|aber|es|kenntnisse"
    r"|erfahrung|est|sont|serait|seraient|ce|cela|aussi)\b|\b[cs]['’])*"
)


def spans(lowered: str) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each part of a lower-case line that is only wished for."""
    without_lists = _BRACKET.sub(_without_commas, lowered)
    for match in _WISH.finditer(lowered):
        start = _start(without_lists, match)
        # "Nice to have: Kafka", "It is a plus if you know Kafka"
        opens = _EMPTY.fullmatch(lowered, start, match.start()) is not None
        yield start, _end(lowered, match) if opens else match.end()
    for match in _WISH_AFTER.finditer(lowered):
        yield match.start(), _end(lowered, match)


def is_wish(lowered: str) -> bool:
    """Return whether a lower-case line wishes for what it names."""
    return _WISH.search(lowered) is not None


def _start(line: str, wish: re.Match[str]) -> int:
    """Return the start of the clause to which a wish at its end applies."""
    start = sentence_start(line, wish.start())
    bracket = line.rfind("(", start, wish.start())
    # "(AWS preferred: S3, Glue)" applies to the words inside, "Kafka (preferred)" to those before.
    is_own = bracket < 0 or ")" in line[bracket : wish.start()] or not line[bracket + 1 : wish.start()].strip()
    if not is_own:
        start = bracket + 1
    bound = start
    for binding in _BINDING.finditer(line, start, wish.start()):
        bound = binding.end()
    if bound > start:
        return _first_clause(line, bound, wish.start()) or start
    return _last_clause(line, start, wish) or (bracket if not is_own else start)


def _without_commas(bracket: re.Match[str]) -> str:
    return bracket.group().replace(",", "|")


def _opens(line: str, wish: re.Match[str]) -> bool:
    """Return whether a wish that begins its clause applies to the words after it."""
    end = sentence_end(line, wish.end())
    return not _PREDICATE.match(wish.group()) and not _EMPTY.fullmatch(line, wish.end(), end)


def _first_clause(line: str, bound: int, end: int) -> int | None:
    """Return the start of the first clause after ``bound``; None if the words up to ``end`` name nothing."""
    if _EMPTY.fullmatch(line, bound, end):
        return None
    found = _CLAUSE_END.search(line, bound, end) or _AND.search(line, bound, end)
    return found.end() if found else bound


def _last_clause(line: str, start: int, wish: re.Match[str]) -> int | None:
    """Return the start of the last clause before a wish; None if all is one clause."""
    end = wish.start()
    is_bracketed = line[end - 1 : end] == "(" or wish.group().startswith("(")
    is_list = False
    for found in reversed(list(_CLAUSE_END.finditer(line, start, end))):
        if _EMPTY.fullmatch(line, found.end(), end):
            if found.end() == end and _opens(line, wish):
                return end  # "SQL, nice to have: dbt"
            continue
        # Of "with Go, Java, or C++" the last comma does not end a clause, but the first one before "with" may.
        is_list = is_list or bool(_OR.match(line, found.end()))
        is_list = is_list or (found["list"] is not None and not _ONE.search(line, found.end(), wish.end()))
        if _OPENS_ANEW.match(line, found.end()):
            return found.end()
        if is_list:
            continue
        stands = _STANDS.search(line, start, found.start()) and not _CONDITION.search(line, start, found.start())
        return found.end() if stands or is_bracketed else None
    if _ONE.search(line, start, wish.end()) and not _CONDITION.search(line, start, end):
        for found in _AND.finditer(line, start, end):
            if _STANDS.search(line, start, found.start()) and not _EMPTY.fullmatch(line, found.end(), end):
                return found.end()
    return None


def _end(line: str, wish: re.Match[str]) -> int:
    """Return where the sentence or bracket that a wish opens ends, or the clause before one that is binding."""
    end = sentence_end(line, wish.end())
    bracket = line.rfind("(", max(0, wish.start() - REACH), wish.start())
    if bracket >= 0 and ")" not in line[bracket : wish.start()]:
        closing = line.find(")", wish.end(), end)
        return closing + 1 if closing >= 0 else end
    if binding := _BINDING.search(line, wish.end(), end):
        clauses = [clause.start() for clause in _CLAUSE_END.finditer(line, wish.end(), binding.start())]
        end = clauses[-1] if clauses else end
    return _end_of_adverb(line, wish, end) if _ADVERB.match(wish.group()) else end


def _end_of_adverb(line: str, wish: re.Match[str], end: int) -> int:
    """Return where a wish such as "ideally" ends, at the latest at ``end``: before a clause that is not part of it."""
    is_in_passing = _IN_PASSING.search(line, max(0, wish.start() - 3), wish.start()) is not None
    is_first = True
    for found in _CLAUSE_END.finditer(line, wish.end(), end):
        if _EMPTY.fullmatch(line, wish.end(), found.start()):
            continue  # "Ideally, you know Kafka"
        goes_on = found.end()
        if (
            _MUST.match(line, goes_on)
            or _GERMAN_VERB.match(line, goes_on)
            or (found["list"] is None and _SUBJECT.match(line, goes_on))
        ):
            return found.start()
        # A list has a comma before "and" only from three items on.
        if is_in_passing and (_STANDS.match(line, goes_on) or (is_first and found["list"])):
            return found.start()
        is_first = False
    return end
