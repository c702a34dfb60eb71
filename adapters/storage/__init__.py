"""The store on SQLite or PostgreSQL, and in memory for demonstrations and tests.

`adapters.storage.sql.build` and `adapters.storage.memory.MemoryStore` are the doors; SQLAlchemy is loaded when the
first is called, Alembic when there is something to migrate.
"""
