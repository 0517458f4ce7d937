"""A document that takes 300 MB."""

from asked import PDF

taken = bytearray(300_000_000)
PDF.write_bytes(b"%PDF-1.7\n" + bytes(taken[:1]))
