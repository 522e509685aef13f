"""The gateway: the only process that faces people."""
