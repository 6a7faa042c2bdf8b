"""The kommuner and their hosts, the kommun context, the database engine, and how a schema is made and kept."""
