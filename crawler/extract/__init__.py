"""From the bytes of a page to an article, with the evidence for every field."""
