"""The sections of the report, a file each: published rows in, sentences, charts and tables out."""
