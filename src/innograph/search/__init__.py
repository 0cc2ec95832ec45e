"""Search: an index of what the award graphs name, written with each snapshot and read by the pages."""
