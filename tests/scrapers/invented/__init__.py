"""Board systems that exist in tests alone: what the real ones do in common, each in its simplest form."""
