"""Tables of a collection in formats other tools load."""
