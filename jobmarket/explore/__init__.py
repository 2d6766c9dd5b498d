"""The explore page: the published file in a browser on this machine, read-only, each figure with its query."""
