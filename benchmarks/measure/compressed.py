"""How well a process's memory compresses: page by page, as zram keeps what is swapped out to it, by Debian's liblz4."""

import ctypes
import ctypes.util

PAGE = 4096
MOST = 64 * 2**20  # looked at


def anonymous_pages(pid):
    """Those that are there."""
    with open(f"/proc/{pid}/maps") as maps, open(f"/proc/{pid}/pagemap", "rb", buffering=0) as pagemap, \
            open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:
        for line in maps:
            span, rights, _, _, inode, *_ = line.split()
            if inode != "0" or not rights.startswith("rw"):
                continue
            begin, end = (int(each, 16) for each in span.split("-"))
            pagemap.seek(begin // PAGE * 8)
            there = pagemap.read((end - begin) // PAGE * 8)
            for number in range(len(there) // 8):
                if there[number * 8 + 7] & 0x80:  # present
                    memory.seek(begin + number * PAGE)
                    try:
                        yield memory.read(PAGE)
                    except OSError:  # given back meanwhile
                        continue


def ratio(pid):
    """Bytes to a byte of what they become; a page that hardly shrinks is kept as it is."""
    lz4 = ctypes.CDLL(ctypes.util.find_library("lz4"))
    room = ctypes.create_string_buffer(2 * PAGE)
    plain = packed = 0
    for page in anonymous_pages(pid):
        size = lz4.LZ4_compress_default(page, room, len(page), len(room))
        plain += len(page)
        packed += 0 if not any(page) else min(size, PAGE)  # zram notes that a page is empty
        if plain >= MOST:
            break
    return plain / max(1, packed)
