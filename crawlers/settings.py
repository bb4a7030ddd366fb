"""Scrapy's settings for every crawl; `crawlers.crawl` adds what differs between crawls."""

from __future__ import annotations

from crawlers.bot import NAME, user_agent

BOT_NAME = NAME
USER_AGENT = user_agent(None)
SPIDER_MODULES = ["crawlers.spiders"]
NEWSPIDER_MODULE = "crawlers.spiders"
SPIDER_CONTRACTS = {"crawlers.contracts.ReadsEntries": 10}

# Everything a request passes on its way out, and an answer in reverse. Nothing of Scrapy's own runs besides.
DOWNLOADER_MIDDLEWARES_BASE: dict[str, int] = {}
DOWNLOADER_MIDDLEWARES = {
    "crawlers.manners.host_pause.HostPause": 100,
    "crawlers.manners.robots.Robots": 200,
    "crawlers.manners.conditional.Conditional": 300,
    "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware": 350,
    "scrapy.downloadermiddlewares.defaultheaders.DefaultHeadersMiddleware": 400,
    "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": 500,
    "crawlers.manners.retries.Retries": 550,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": 590,
    "crawlers.manners.redirects.Redirects": 600,
    "crawlers.manners.pace.Pace": 900,
    "crawlers.manners.tally.Tally": 950,
}
SPIDER_MIDDLEWARES_BASE: dict[str, int] = {}
EXTENSIONS_BASE: dict[str, int] = {}
TELNETCONSOLE_ENABLED = False

# No environment's proxy stands between us and the address that the guard has checked: there is no proxy component.
TWISTED_DNS_RESOLVER = "crawlers.manners.address_guard.GuardedResolver"
DOWNLOAD_HANDLERS_BASE: dict[str, str] = {}
DOWNLOAD_HANDLERS = dict.fromkeys(("http", "https"), "crawlers.manners.connections.Connections")
DOWNLOAD_VERIFY_CERTIFICATES = True
COOKIES_ENABLED = False
REDIRECT_MAX_TIMES = 5

# The pace is `crawlers.manners.pace`'s work: waiting requests must not fill the downloader.
CONCURRENT_REQUESTS = 10_000
CONCURRENT_REQUESTS_PER_DOMAIN = 100
# How many workers Scrapy starts for what each answer yields. Ours yields one request at most: a hundred of them, its
# default, were two thirds of the cost of a page.
CONCURRENT_ITEMS = 1
SECONDS_BETWEEN_REQUESTS = 5.0
REQUESTS_AT_ONCE_TO_ONE_SITE = 1
DOWNLOAD_TIMEOUT = 60.0
DOWNLOAD_MAXSIZE = 10 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0
RETRY_TIMES = 1
RETRY_HTTP_CODES = [500, 502, 504, 520, 521, 522, 523, 524, 525, 526, 527]
RETRY_GIVE_UP_LOG_LEVEL = "INFO"
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"

LOG_LEVEL = "WARNING"
STATS_DUMP = False
