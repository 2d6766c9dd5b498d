"""The report's messages, read from its source: every catalogue must have them."""

from __future__ import annotations

import ast
from pathlib import Path

from babel.messages.extract import extract_from_dir

from jobmarket.gap_words import WORDS_OF_CODES

REPORT = Path(__file__).parents[3] / "jobmarket" / "report"
# Functions that take messages, by how many texts. mark() names a message that say() shows elsewhere.
_N_TEXTS = {"say": 1, "mark": 1, "say_many": 2}

Message = str | tuple[str, ...]


def messages() -> set[Message]:
    """All messages; a pair if the words agree with a number."""
    found: set[Message] = set(WORDS_OF_CODES.values())  # the command line shows the same words
    for file in sorted(REPORT.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _N_TEXTS:
                texts = [ast.literal_eval(part) for part in node.args[: _N_TEXTS[node.func.id]] if _is_text(part)]
                found |= {tuple(texts)} if len(texts) == 2 else set(texts)
    templates = extract_from_dir(REPORT / "templates", [("**.j2", "jinja2")], keywords={"say": None})
    return found | {str(message) for _, _, message, _, _ in templates}


def _is_text(part: ast.expr) -> bool:
    return isinstance(part, ast.Constant) and isinstance(part.value, str)
