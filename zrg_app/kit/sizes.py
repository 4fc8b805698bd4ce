"""How large is it, in the words of a person? Pure."""


def readable_size(size_bytes: int | None) -> str:
    """A number of bytes for people; empty when it is not known."""
    if size_bytes is None:
        return ""
    return f"{size_bytes} bytes" if size_bytes < 1000 else f"{size_bytes / 1000:.0f} kB" if size_bytes < 1_000_000 else \
        f"{size_bytes / 1_000_000:.1f} MB"
