"""Plans as files: made, kept, compared with the world as it is by then, and carried out as they are or not at all."""
