"""Scrapy's spiders, found by `scrapy list`."""
