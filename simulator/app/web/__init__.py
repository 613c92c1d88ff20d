"""The same app in a browser, by textual-serve."""
