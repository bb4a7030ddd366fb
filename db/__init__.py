"""The ground floor: values, nouns, tables, engine, migrations, every write and every read."""
