"""Facts from a posting's text and fields: pure functions, no network, no clock, no state between postings.

``markup`` cuts a page into lines, ``line_reading`` and ``skills`` read each line once, ``document`` puts a posting
together from its lines, the fact modules ask that document, ``posting_facts`` gathers their answers, ``batch`` does it
for an Arrow table and ``jsonl`` for a file.
"""
