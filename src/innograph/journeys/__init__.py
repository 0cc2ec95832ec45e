"""The only place where stages meet: what a command or a page asks for, from beginning to end."""
