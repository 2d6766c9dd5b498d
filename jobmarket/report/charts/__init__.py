"""Charts: described in Vega-Lite, drawn by vl-convert, coloured by CSS variables."""
