"""Between Scrapy's engine and its downloader, one concern a file."""
