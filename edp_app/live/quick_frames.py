"""What nearly every message of a page is, read in a few instructions: a whole text in one frame.

wsproto reads frames bit by bit, which at a thousand messages a second was a sixth of the server's processor
time. This reads the one kind of frame that pages send, whole, and leaves everything else to wsproto, also
everything that is wrong: so there is one place that judges.
"""

WHOLE_TEXT = 0x81
"""First byte of a frame (RFC 6455, 5.2): last frame of its message, no extension, text."""

MASKED = 0x80


def whole_texts(data: bytes, limit: int) -> tuple[list[str], int]:
    """The texts of the frames at the beginning of ``data`` that are whole, masked, of at most ``limit`` bytes
    and good UTF-8, and how many bytes they take. It stops at the first that is not."""
    texts: list[str] = []
    at, end = 0, len(data)
    while end - at >= 6 and data[at] == WHOLE_TEXT and data[at + 1] & MASKED:
        size, start = data[at + 1] ^ MASKED, at + 2
        if size == 126:
            size, start = int.from_bytes(data[at + 2 : at + 4]), at + 4
            if size < 126:
                break
        elif size == 127:
            break
        begin = start + 4
        if size > limit or begin + size > end:
            break
        key = (data[start:begin] * (size // 4 + 1))[:size]
        mixed = int.from_bytes(data[begin : begin + size]) ^ int.from_bytes(key)
        try:
            texts.append(mixed.to_bytes(size).decode())
        except UnicodeDecodeError:
            break
        at = begin + size
    return texts, at
