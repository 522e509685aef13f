"""Rasa's input channels: one, and it is signed."""
