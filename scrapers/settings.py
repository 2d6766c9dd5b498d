"""Scrapy's settings for live crawls, with the reason for each. Replays relax some: scrapers/replay/settings.py."""

from jobmarket.settings import ContactSettings
from scrapers.user_agent import user_agent

BOT_NAME = "jobmarket"
SPIDER_MODULES = ["scrapers.boards"]
NEWSPIDER_MODULE = "scrapers.boards"

# -- Manners ---------------------------------------------------------------------------------------------
# The user agent names the crawler and a contact. A live crawl without a contact is refused (extensions/contact.py).
CONTACT = ContactSettings().contact
USER_AGENT = user_agent(CONTACT)
# robots.txt is obeyed. A host whose robots.txt is not available is not crawled at all (middlewares/robots.py).
ROBOTSTXT_OBEY = True
# Rules are matched by this name, even if an interface requires another user agent (USAJOBS: the owner of the key).
ROBOTSTXT_USER_AGENT = BOT_NAME
# A board is one request. The boards of a system share a host or a domain, and the limits apply to that
# (middlewares/backends.py). One request at a time and at most one per second is no more than a person's browser sends.
# AutoThrottle slows down further if answers take longer, and a Crawl-delay in robots.txt is kept, up to
# AUTOTHROTTLE_MAX_DELAY (extensions/crawl_delay.py).
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 1.0
# The delay is a minimum. Scrapy's jitter would make it a mean, and halve it now and then.
DOWNLOAD_DELAY_JITTER = 0.0
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 1.0
AUTOTHROTTLE_MAX_DELAY = 60.0
# A board system has one host. With one request at a time, none waits inside the downloader: a host that requests a
# pause gets it from all its companies, and a host that is given up gets no further request.
CONCURRENT_REQUESTS = 1
# The interfaces of job boards need no session.
COOKIES_ENABLED = False
# Each board has its own ``Accept`` (``accepts`` of its spider). All of them admit any type, because they are sent for
# robots.txt too: a host that answered 406 there would count as one without rules.
DEFAULT_REQUEST_HEADERS = {"Accept": "*/*", "Accept-Language": "en"}

# -- Patience and limits ---------------------------------------------------------------------------------
# The largest known board sends 10 MB within seconds. An answer that takes longer from its first byte to its last, or is
# more than ten times as large (decompressed too), is not a board's.
DOWNLOAD_TIMEOUT = 30
DNS_TIMEOUT = 10
DOWNLOAD_MAXSIZE = 128 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0
# 5xx, 429 and lost connections often pass within moments: two retries, after 2 and 4 seconds or as Retry-After says. A
# host that asks for more than a minute gets no further request in the run.
RETRY_TIMES = 2
RETRY_PAUSE = 2.0
RETRY_GIVE_UP_LOG_LEVEL = "INFO"
# After five failed connections in a row a host counts as unreachable, and its other companies do not wait for it.
UNREACHABLE_AFTER = 5
# A backend that refused five requests in a row (429, 403), or a host that failed for five companies in a row (5xx), is
# given up. Errors may pass (a gateway restarts within a minute), so the crawl first pauses twice, in seconds.
REFUSED_AFTER = 5
PAUSES_AFTER_ERRORS = (60.0, 300.0)
# A host that gave no company a usable answer in three crawls in a row gets one request for postings per crawl until it
# answers.
CIRCUIT_BREAKER_AFTER = 3
# Limits of one run of one board: requests, and bytes as transferred. The largest systems have a thousand companies, a
# few of them with several pages.
REQUEST_BUDGET = 20_000
BYTES_BUDGET = 8 * 1024**3
# A live crawl must be within six hours of its moment (scrapers/moments.py), and the schedule ends a task then.
# Companies that a slow system's pace has not reached ten minutes before that are a gap with this reason, and come first
# in the next crawl. A crawl that begins late has what is left of the six hours.
MINUTES_BUDGET = 350
# A list that does not state its size and goes on after this many pages repeats itself. A list that states its size is
# read to its end, within PAGES_PER_COMPANY: the longest known list has 18,387 postings, 20 per page. Postings' own
# pages are read in the order listed. At one per second, a company occupies its host for a quarter of an hour; the next
# crawls read the rest.
PAGES_PER_LIST = 500
PAGES_PER_COMPANY = 2_000
OWN_PAGES_PER_COMPANY = 1_000
# A list does not show that the text of a posting was edited. Pages read a week ago are read again, at most a quarter of
# a company's per crawl.
OWN_PAGES_READ_AGAIN_AFTER = 7
OWN_PAGES_READ_AGAIN_SHARE = 0.25
# A probe reads only a company's first page (scrapers/probe.py).
PROBE = False
# A list that moved once or twice is followed; a longer chain is a login page or a loop.
REDIRECT_MAX_TIMES = 3
METAREFRESH_ENABLED = False
# A host must prove its identity: its postings are landed under its name.
DOWNLOAD_VERIFY_CERTIFICATES = True
# A name that resolves to a private network is not followed.
TWISTED_DNS_RESOLVER = "scrapers.middlewares.private_addresses.PublicResolver"
# Boards use HTTP only. Without these handlers, a redirect cannot read a file on this machine or elsewhere.
DOWNLOAD_HANDLERS = {"file": None, "data": None, "ftp": None, "s3": None}

# -- Parts -----------------------------------------------------------------------------------------------
DOWNLOADER_MIDDLEWARES = {
    # before every request, robots.txt included: sets the slot whose delay applies
    "scrapers.middlewares.backends.BackendsMiddleware": 10,
    # early: a refused address costs no request for robots.txt
    "scrapers.middlewares.private_addresses.PrivateAddressesMiddleware": 50,
    # replaces Scrapy's, which takes an unavailable robots.txt for one that allows everything
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "scrapers.middlewares.robots.RobotsMiddleware": 100,
    # after robots.txt
    "scrapers.middlewares.reservations.ReservationsMiddleware": 110,
    # replaces Scrapy's, which retries at once
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "scrapers.middlewares.later_retry.LaterRetryMiddleware": 550,
    # replaces Scrapy's, which passes keys on to other hosts
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "scrapers.middlewares.keyed_redirects.KeyedRedirectsMiddleware": 600,
    # next to the downloader: these see every single attempt
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
# Only the useful ones of Scrapy's extensions. The others would be imported even when off, which takes a quarter of a
# second. Two of them (telnet, remote control) open a crawl to the outside, feeds are pointless (postings go into the
# landing), and the limits of a run are those of middlewares/budget.py.
EXTENSIONS_BASE = {
    "scrapy.extensions.corestats.CoreStats": 0,
    "scrapy.extensions.logcount.LogCount": 0,
    "scrapy.extensions.logstats.LogStats": 0,
    "scrapy.extensions.throttle.AutoThrottle": 0,
}

# -- Speed -----------------------------------------------------------------------------------------------
# The pipelines never wait, so handling a hundred items per response in parallel would only add switching.
CONCURRENT_ITEMS = 1
# Each of these passes every posting through another generator to look at requests that come from links in pages. Here,
# requests come from the plan. (Referer: no page led to the request, so there is nothing to send.)
SPIDER_MIDDLEWARES = {
    "scrapy.spidermiddlewares.referer.RefererMiddleware": None,
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
    "scrapy.spidermiddlewares.metacopy.MetaCopyDetectionMiddleware": None,
}

# -- Log -------------------------------------------------------------------------------------------------
LOG_LEVEL = "INFO"
# A run's figures are in its run.json.
STATS_DUMP = False
# The callbacks are generators without return values; the check would parse their source at each first call.
WARN_ON_GENERATOR_RETURN_VALUE = False
