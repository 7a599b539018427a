#!/usr/bin/env python3
"""Draws the program's icons from icon.svg: the PNGs, Windows' .ico and macOS' .icns.

Run it by hand after a change to icon.svg; the results are committed. It needs
rsvg-convert (Debian: librsvg2-bin). Both containers simply hold PNGs.
"""
import pathlib
import struct
import subprocess

here = pathlib.Path(__file__).parent


def png(size: int) -> bytes:
    command = ["rsvg-convert", "-w", str(size), "-h", str(size), str(here / "icon.svg")]
    return subprocess.run(command, check=True, capture_output=True).stdout


def ico(sizes: list[int]) -> bytes:
    """ICONDIR, one ICONDIRENTRY a picture (0 stands for 256), then the pictures."""
    pictures = [png(size) for size in sizes]
    out = struct.pack("<HHH", 0, 1, len(sizes))
    offset = len(out) + 16 * len(sizes)
    for size, picture in zip(sizes, pictures):
        out += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(picture), offset)
        offset += len(picture)
    return out + b"".join(pictures)


def icns(kinds: dict[bytes, int]) -> bytes:
    """The word "icns", the whole length, then type, length and PNG of each picture."""
    body = b""
    for kind, size in kinds.items():
        picture = png(size)
        body += kind + struct.pack(">I", len(picture) + 8) + picture
    return b"icns" + struct.pack(">I", len(body) + 8) + body


for name, size in {"32x32": 32, "128x128": 128, "128x128@2x": 256, "icon": 512}.items():
    (here / f"{name}.png").write_bytes(png(size))
(here / "icon.ico").write_bytes(ico([16, 32, 48, 256]))
(here / "icon.icns").write_bytes(icns({b"ic07": 128, b"ic08": 256, b"ic09": 512}))
