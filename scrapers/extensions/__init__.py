"""Scrapy extensions that watch over a crawl, one concern per file."""
