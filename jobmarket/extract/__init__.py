"""Extract facts from a posting's text and fields: pure functions without network, clock or shared state.

``page_lines`` cuts a page into lines. ``line_reading`` and ``skill_lines`` read each distinct line once. ``document``
assembles a posting from its lines, and the fact modules query that document. ``posting_facts`` collects their answers;
``batch`` does so for an Arrow table, ``jsonl`` for a file.
"""
