"""What a shell asks while the user types. Imports neither click nor botocore."""
