"""How a registry is brought to its newest form (Alembic)."""
