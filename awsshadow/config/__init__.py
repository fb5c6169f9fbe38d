"""What is set: the user's files, the table of settings, and what is checked before a command runs."""
