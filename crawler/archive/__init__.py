"""Writing and reading collections of WARC files: digests, ledger, index, packing."""
