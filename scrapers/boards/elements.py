"""Reads an XML element as an object, with the document's own names."""

from __future__ import annotations

from typing import Any

from lxml.etree import QName, _Element


def as_object(element: _Element) -> dict[str, Any]:
    """Return the children of an element by name, without namespaces, as texts, arrays and objects.

    Children that all have the same name become an array (``<offices><office/></offices>``), and so does a name that is
    repeated among others. An element without children becomes its text, or None if it has none.
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
