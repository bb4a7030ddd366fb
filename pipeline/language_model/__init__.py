"""A language model as a second reader: what it is asked, what of its answer is believed, how two readings are one."""
