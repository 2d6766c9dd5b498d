"""The crawl: a Scrapy project that stores the boards' answers in the landing, without interpreting them."""
