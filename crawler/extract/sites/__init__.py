"""What only one site does, one short module a site."""
