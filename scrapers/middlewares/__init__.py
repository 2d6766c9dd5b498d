"""Downloader middlewares: between Scrapy's engine and its downloader, one concern per file."""
