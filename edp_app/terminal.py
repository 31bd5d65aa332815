"""What a terminal shows of an address."""

import io

import segno


def qr(address: str) -> str:
    """The QR code of an address in block characters, half as high as wide letters would make it."""
    out = io.StringIO()
    segno.make(address, error="m", micro=False).terminal(out, compact=True)
    return out.getvalue()
