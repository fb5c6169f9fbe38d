"""Operations as JSON Schema 2020-12, and the commands with their options as one document."""
