"""What is kept: one SQLite file in a folder, its records, its clock. SQL stands here only."""
