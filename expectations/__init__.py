"""The two gates: what arrives in ``raw`` and what leaves in ``marts``, one Great Expectations suite a table."""
