"""The sample boards: a small labour market, generated from a seed, that answers like the real boards.

No employer, posting or figure in it is real. :class:`scrapers.sample.world.SampleWorld` serves it.
:mod:`scrapers.sample.truth` reports the planted figures, so that every measure can be compared with the truth.
``docs/sample_world.md`` describes both.
"""
