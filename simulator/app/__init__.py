"""The full-screen app: Textual screens and widgets, without any rule of the domain in them."""
