"""What watches over a crawl from beside, one concern a file."""
