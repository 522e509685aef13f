"""One module per outside service."""
