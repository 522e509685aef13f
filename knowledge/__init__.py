"""The knowledge room: checked entries and statute texts, and the search over both."""
