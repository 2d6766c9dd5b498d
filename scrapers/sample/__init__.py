"""The sample boards: a small, seeded labour market that answers as the real boards do.

Not one employer, posting or figure in it is real. :class:`scrapers.sample.world.SampleWorld` serves it;
:mod:`scrapers.sample.truth` tells what was planted in it, so that every measure can be compared with what
is true; ``docs/sample_world.md`` describes both.
"""
