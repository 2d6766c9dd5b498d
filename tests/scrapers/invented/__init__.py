"""Board systems that exist only in tests: the common behaviour of real ones, in its simplest form."""
