"""What the bot does: one file per goal, each reads slots, calls one thing and replies."""
