"""How the bot behaves on other people's servers: Scrapy components, one rule each."""
