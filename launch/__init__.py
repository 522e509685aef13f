"""Starts the three processes, waits until they are healthy and stops them together."""
