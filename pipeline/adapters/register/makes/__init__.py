"""The two databases that keep a register, SQLite and PostgreSQL, behind one face."""
