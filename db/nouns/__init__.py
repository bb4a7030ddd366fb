"""What everything else is made of: plain values that know nothing of a store. Crawlers and pipeline use them too."""
