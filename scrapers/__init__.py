"""The crawl: a Scrapy project that brings what the boards answer into the landing, and interprets nothing."""
