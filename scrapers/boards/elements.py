"""An XML element as an object, under the document's own names."""

from __future__ import annotations

from typing import Any

from lxml.etree import QName, _Element


def as_object(element: _Element) -> dict[str, Any]:
    """The children of an element by their names, without namespaces: texts, arrays and objects.

    Children that all have one name are an array (``<offices><office/></offices>``); a name that is repeated among
    others becomes one too. An element without children is its text, None if it has none.
    """
    found: dict[str, Any] = {}
    for child in element.iterchildren("*"):
        name, value = QName(child).localname, _value(child)
        if name not in found:
            found[name] = value
        elif isinstance(found[name], list):
            found[name].append(value)
        else:
            found[name] = [found[name], value]
    return found


def _value(element: _Element) -> Any:
    children = list(element.iterchildren("*"))
    if not children:
        return element.text
    names = {QName(child).localname for child in children}
    return as_object(element) if len(names) > 1 else [_value(child) for child in children]
