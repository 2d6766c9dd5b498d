"""Deduplication: decide whether two postings advertise one job. Pure functions, without clock or network.

``employers``, ``titles``, ``places``, ``texts``, ``stated`` and ``spans`` each compare one aspect of two postings.
``judge`` combines their answers, both for the pairs of the warehouse and for a file of pairs (``jsonl``).
"""
