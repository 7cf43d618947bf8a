"""Which dimension is enough: told from features and theory, before any vector is computed."""
