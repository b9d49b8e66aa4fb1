"""How the outside reaches us: settings, wiring and the command line."""
