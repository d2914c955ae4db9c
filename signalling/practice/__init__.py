"""Practice: an adviser drawn by us who greets, shows a page, asks to mute and unmute, and measures."""
