"""From the bytes of a file to text, metadata, images and items."""
