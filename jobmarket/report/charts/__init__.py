"""Charts: Altair describes them, vl-convert draws them, CSS variables colour them."""
