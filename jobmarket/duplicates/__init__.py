"""The same job twice: what two postings share, and what that makes of them. Pure functions, no clock, no network.

``employers``, ``titles``, ``places``, ``texts`` and ``spans`` each compare one side of two postings; ``judge`` puts
their answers together, for the warehouse's edges and for a file (``jsonl``) alike.
"""
