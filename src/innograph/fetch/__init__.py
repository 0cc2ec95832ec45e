"""Asking addresses of the web, and keeping what they gave."""
