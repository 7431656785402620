"""Work that joins rooms: a crawl, then its extraction into pages and tables."""
