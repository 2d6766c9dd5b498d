"""Item pipelines: what an object passes between the board and the landing, one concern per file."""
