"""Measurements of Wirehouse at size, and the made-up news they run on."""
