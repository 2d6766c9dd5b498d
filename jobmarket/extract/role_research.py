"""Tell researchers in machine learning from those in other sciences, whose titles are often the same."""

from __future__ import annotations

import re

from jobmarket.extract.document import Document
from jobmarket.extract.forum_post import FORUM_POST
from jobmarket.extract.guarded import Guarded
from jobmarket.extract.passages import opening

# Titles of research in any science: "Postdoc", "Research Associate", "Research Scientist".
_ANY_SCIENCE = re.compile(r"research|post-?doc|chercheu|recherche|wissenschaftlich|forschung")
# Of these, the ones that mostly mean research in machine learning where there is no text to tell.
_MOSTLY_ML = re.compile(
    r"research (?:scientist|engineer|lead|intern|manager)|(?:applied|frontier red team) research|"
    r"member of technical staff"
)
# No word that a laboratory of biology or physics uses too: "agent", "alignment", "robot", "model", "segmentation".
_MACHINE_LEARNING = Guarded(
    r"\bai\b|\baiml\b|\bgen-?ai\b|artificial intelligence|machine[- ](?:\(and deep\) )?learning|\bml\b|"
    r"deep[- ]learning|neural net|"
    r"\bllms?\b|\b(?:language|foundation|reward) models?\b|pytorch|tensorflow|\bjax\b|computer vision|"
    r"reinforcement learning|\bnlp\b|natural language|\bneurips\b|\bicml\b|\biclr\b|\bcvpr\b|fine-?tun|"
    r"\bgenerative\b|\b(?:pre|post)-?training\b|data scien|\b(?:ki|ia)\b|künstliche[rn]? intelligenz|"
    r"maschinelle[sn]? lernen|apprentissage (?:automatique|profond|statistique)|intelligence artificielle|"
    r"traitement automatique d|vision par ordinateur|réseaux? de neurones"
)
# In a title, fields of machine learning as well: "Speech Researcher".
_FIELD_IN_TITLE = re.compile(
    r"\b(?:vision|speech|languages?|robot\w*|multimodal|interpretab\w*|alignment|reasoning|learning|"
    r"langues?|langage|parole|apprentissage)\b"
)
# A title that names its subject needs no text to tell it: "Postdoc in the dynamics of glaciers".
_NAMES_SUBJECT = re.compile(
    r"\b(?:post-?doc\w*|research (?:fellow|associate|assistant))(?: (?:position|researcher|fellow|scholar)s?)? "
    r"(?:in|on) "
)
# A short text has no room for a second word.
_SHORT_TEXT = 1_000


def is_of_another_science(title: str, document: Document) -> bool:
    """Return whether a researcher's lower-case title and text show no machine learning."""
    if not _ANY_SCIENCE.search(title) or _MACHINE_LEARNING.search(title) or _FIELD_IN_TITLE.search(title):
        return False
    if not document.text:
        return not _MOSTLY_ML.search(title)
    words = {found[0] for found in _MACHINE_LEARNING.finditer(opening(document, FORUM_POST))}
    one_is_enough = len(document.text) < _SHORT_TEXT and not _NAMES_SUBJECT.search(title)
    return len(words) < (1 if one_is_enough else 2)
