"""The registers: what the file says, against what a person would read in the publishers' files."""
