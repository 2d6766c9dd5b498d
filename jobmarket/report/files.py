"""Files of reports, written atomically."""

from __future__ import annotations

from pathlib import Path

from jobmarket.durable import flush


def write(folder: Path, files: dict[str, bytes]) -> None:
    """Write files, each atomically: after a power cut, too, a file is complete or as before.

    Args:
        folder: Target folder; created if missing.
        files: Relative name → bytes.
    """
    for name, content in files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = target.with_name(f".{target.name}.writing")
        try:
            temporary.write_bytes(content)
            flush(temporary)
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)
