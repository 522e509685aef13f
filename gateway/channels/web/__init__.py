"""The web chat: works as plain pages, better with a small script, on any phone."""
