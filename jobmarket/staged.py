"""The version of what staging hands to the extractor and the judge of pairs.

Both keep what they found in a content, whose hash is of what was landed. Another rule of staging gives other fields to
the same contents, so it must have them read again.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from jobmarket.checksum import version_of

# The models that make texts and fields of what was landed, and the macros that these call.
STAGED: Final = (
    "models/staging/stg_landed_contents.sql",
    "models/staging/stg_postings.sql",
    "models/staging/stg_backfill_postings.sql",
    "macros/contents.sql",
    "macros/employers_field.sql",
    "macros/same.sql",
)


def staging_version(project: Path) -> str:
    """Return eight hexadecimal digits that change with any line of these files.

    Args:
        project: Folder of the dbt project.
    """
    return version_of([project / name for name in STAGED], digest_size=4)
