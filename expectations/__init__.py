"""The two gates (``raw`` and ``marts``), with one Great Expectations suite per table."""
