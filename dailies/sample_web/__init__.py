"""The bundled sample web that `make demo` crawls: our own partly invented articles as real pages of real layouts."""
