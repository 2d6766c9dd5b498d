"""Facts from a posting's text and fields: pure functions, no network, no clock, no state between postings.

``document`` reads a text once, ``skills`` and the fact modules read that document, ``posting_facts`` puts
the answers together, ``batch`` does it for an Arrow table and ``jsonl`` for a file.
"""
