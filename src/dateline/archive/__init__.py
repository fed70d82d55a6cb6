"""Many reports kept together: reading into the archive, placing each among the others, and what they say together."""
