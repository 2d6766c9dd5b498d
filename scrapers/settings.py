"""Scrapy's settings for live crawls, with the reason of each. Replays relax some: scrapers/replay/settings.py."""

from jobmarket.settings import Settings
from scrapers.user_agent import user_agent

BOT_NAME = "jobmarket"
SPIDER_MODULES = ["scrapers.boards"]
NEWSPIDER_MODULE = "scrapers.boards"

# -- Manners ---------------------------------------------------------------------------------------------
# Who we are and whom to write to; a live crawl without a contact is refused (extensions/contact.py).
CONTACT = Settings().contact
USER_AGENT = user_agent(CONTACT)
# What a host does not want read is not read, nor one that does not tell what it wants (middlewares/robots.py).
ROBOTSTXT_OBEY = True
# Its rules are for this name, also where an interface wants another as the user agent (USAJOBS: its key's owner).
ROBOTSTXT_USER_AGENT = BOT_NAME
# A board is one request; boards of one system share a host, or a domain, which then counts (middlewares/backends.py).
# One at a time, and at most one a second, is what a person's browser does at most; AutoThrottle slows down further as
# the answers slow down, and a robots.txt's Crawl-delay is kept, up to the longest of these (extensions/crawl_delay.py).
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 1.0
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 1.0
AUTOTHROTTLE_MAX_DELAY = 60.0
# A board system has one host: no request waits inside the downloader behind another, so that a host that asks for a
# pause gets it from all its companies, and one that is given up is left alone at once.
CONCURRENT_REQUESTS = 1
# Job boards' interfaces need no session.
COOKIES_ENABLED = False
DEFAULT_REQUEST_HEADERS = {"Accept": "application/json", "Accept-Language": "en"}

# -- Patience and limits ---------------------------------------------------------------------------------
# The largest board seen answers 10 MB in seconds; what takes longer, from the first byte to the last, is no board's
# answer, nor is what is ten times as large, also once it is decompressed.
DOWNLOAD_TIMEOUT = 30
DNS_TIMEOUT = 10
DOWNLOAD_MAXSIZE = 128 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0
# 5xx, 429 and lost connections are often gone a moment later: twice again, after 2 and 4 seconds, or as Retry-After
# says; a host that asks for more than a minute is left alone for the rest of the run.
RETRY_TIMES = 2
RETRY_PAUSE = 2.0
RETRY_GIVE_UP_LOG_LEVEL = "INFO"
# A host without a connection five times running has no connection: the rest of its companies need not wait.
UNREACHABLE_AFTER = 5
# A backend that refused five times in a row (429, 403), or a host that met five companies in a row by an error (5xx),
# does so to the others too. Errors pass, as a restarted gateway's do in a minute: two pauses (seconds) are made first.
REFUSED_AFTER = 5
PAUSES_AFTER_ERRORS = (60.0, 300.0)
# A host of which nothing was to be had in three crawls running is asked once a crawl, until it answers.
CIRCUIT_BREAKER_AFTER = 3
# What one run of one board may ask, and receive as transferred; the largest systems have a thousand companies, a few
# with pages.
REQUEST_BUDGET = 20_000
BYTES_BUDGET = 8 * 1024**3
# Live boards may stand for a moment within six hours (scrapers/moments.py), and a schedule's task is ended then. What a
# slow system's pace did not reach by ten minutes before is a gap with its reason, and comes first in the next crawl. A
# crawl that begins late has what is left of the six hours.
MINUTES_BUDGET = 350
# A list that goes on after so many pages without saying how long it is repeats itself in other words. One that says it
# is read to its end, up to the most pages of all lists of a company: the longest list known has 18,387 postings, 20 a
# page. Postings' own pages are read in the order listed; at one a second a company keeps its host for a quarter of an
# hour, the next crawls read the rest.
PAGES_PER_LIST = 500
PAGES_PER_COMPANY = 2_000
OWN_PAGES_PER_COMPANY = 1_000
# A list does not tell that the text of a posting was edited: pages that were read a week ago are read again, at most a
# quarter of a company's in a crawl.
OWN_PAGES_READ_AGAIN_AFTER = 7
OWN_PAGES_READ_AGAIN_SHARE = 0.25
# A probe reads a company's first page alone (scrapers/probe.py).
PROBE = False
# A list that moved once or twice is followed; a longer chain is a login page or a loop.
REDIRECT_MAX_TIMES = 3
METAREFRESH_ENABLED = False
# Postings are only taken from whom they claim to be.
DOWNLOAD_VERIFY_CERTIFICATES = True
# A name that leads into a private network is not followed.
DNS_RESOLVER = "scrapers.middlewares.private_addresses.PublicResolver"
# Boards speak HTTP: a redirect to a file on this machine or elsewhere must find no handler.
DOWNLOAD_HANDLERS = {"file": None, "data": None, "ftp": None, "s3": None}

# -- Parts -----------------------------------------------------------------------------------------------
DOWNLOADER_MIDDLEWARES = {
    # before anything is asked, robots.txt too: whose delay counts
    "scrapers.middlewares.backends.BackendsMiddleware": 10,
    # first: what is refused costs nobody a question
    "scrapers.middlewares.private_addresses.PrivateAddressesMiddleware": 50,
    # in the place of Scrapy's own, which takes a robots.txt that is not to be had for one that allows all
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "scrapers.middlewares.robots.RobotsMiddleware": 100,
    # after robots.txt
    "scrapers.middlewares.reservations.ReservationsMiddleware": 110,
    # in the place of Scrapy's own, which retries at once
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "scrapers.middlewares.later_retry.LaterRetryMiddleware": 550,
    # in the place of Scrapy's own, which hands keys on
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "scrapers.middlewares.keyed_redirects.KeyedRedirectsMiddleware": 600,
    # next to the downloader: see every single attempt
    "scrapers.middlewares.refusing_hosts.RefusingHostsMiddleware": 860,
    "scrapers.middlewares.budget.BudgetMiddleware": 870,
    "scrapers.middlewares.circuit_breaker.CircuitBreakerMiddleware": 880,
    "scrapers.middlewares.unreachable_hosts.UnreachableHostsMiddleware": 890,
}
ITEM_PIPELINES = {
    "scrapers.pipelines.validation.ValidationPipeline": 100,
    "scrapers.pipelines.deduplication.DeduplicationPipeline": 200,
    "scrapers.pipelines.landing.LandingPipeline": 300,
}
EXTENSIONS = {
    "scrapers.extensions.contact.ContactRequired": 100,
    "scrapers.extensions.crawl_delay.CrawlDelay": 400,
    "scrapers.extensions.traffic.Traffic": 500,
}
# Of Scrapy's own extensions those that are of use here. The others are imported even when they are off, for a
# quarter of a second; two of them (telnet, remote control) would let others look into a crawl from outside; and feeds
# are no use: what is found goes into the landing.
EXTENSIONS_BASE = {
    "scrapy.extensions.corestats.CoreStats": 0,
    "scrapy.extensions.logcount.LogCount": 0,
    "scrapy.extensions.memusage.MemoryUsage": 0,
    "scrapy.extensions.closespider.CloseSpider": 0,
    "scrapy.extensions.logstats.LogStats": 0,
    "scrapy.extensions.throttle.AutoThrottle": 0,
}

# -- Speed -----------------------------------------------------------------------------------------------
# Our pipelines never wait, so items handled side by side would only be switched between, a hundred a response.
CONCURRENT_ITEMS = 1
# Each of these passes every single posting through a generator of its own, to look at requests that come from links
# in pages; ours come from the plan. (Referer: a board need not learn which page led to it; none did.)
SPIDER_MIDDLEWARES = {
    "scrapy.spidermiddlewares.referer.RefererMiddleware": None,
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
    "scrapy.spidermiddlewares.metacopy.MetaCopyDetectionMiddleware": None,
}

# -- Log -------------------------------------------------------------------------------------------------
LOG_LEVEL = "INFO"
# A run's figures stand in its run.json.
STATS_DUMP = False
# Our callbacks are generators without return values; the check parses their source at each first call.
WARN_ON_GENERATOR_RETURN_VALUE = False
