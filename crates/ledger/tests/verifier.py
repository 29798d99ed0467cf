"""A second verifier of a ledger, written after docs/spec/ledger.md alone. Standard library only.

    python3 verifier.py FOLDER LOG_KEY [WITNESS_KEY...]

FOLDER holds `checkpoint`, `tile/...` as the specification lays them out, and perhaps `openings`: a
line for each entry that is opened, INDEX SALT BYTES, salt and bytes in hexadecimal, and files that
end in `.tlog-proof`. Prints what holds and ends with 0, or says what does not and ends with 1. Time
stamps it leaves to `openssl ts -verify`.
"""

import base64
import hashlib
import pathlib
import sys

# Ed25519 as RFC 8032 defines it, section 5.1.
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


class Fault(Exception):
    """What does not hold, and where."""


def added(p, q):
    a = (p[1] - p[0]) * (q[1] - q[0]) % P
    b = (p[1] + p[0]) * (q[1] + q[0]) % P
    c = 2 * p[3] * q[3] * D % P
    d = 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def times(factor, point):
    total = (0, 1, 1, 0)
    while factor:
        if factor & 1:
            total = added(total, point)
        point = added(point, point)
        factor >>= 1
    return total


def same(p, q):
    return (p[0] * q[2] - q[0] * p[2]) % P == 0 and (p[1] * q[2] - q[1] * p[2]) % P == 0


def point(data):
    """The point that 32 bytes write, None for no point."""
    y = int.from_bytes(data, "little")
    odd, y = y >> 255, y & (1 << 255) - 1
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and odd):
        return None
    if x & 1 != odd:
        x = P - x
    return (x, y, 1, x * y % P)


BASE = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def signed(public, message, signature):
    if len(signature) != 64:
        return False
    a, r = point(public), point(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= L:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    return same(times(s, BASE), added(r, times(k, a)))


# The tree.
def leaf(entry):
    return hashlib.sha256(b"\0" + entry).digest()


def node(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


def root_of(hashes):
    if not hashes:
        return hashlib.sha256(b"").digest()
    if len(hashes) == 1:
        return hashes[0]
    middle = 1 << (len(hashes) - 1).bit_length() - 1
    return node(root_of(hashes[:middle]), root_of(hashes[middle:]))


def root_by(path, index, size, entry):
    """The root that an inclusion proof leads to, None where its length does not fit."""
    at, last, found = index, size - 1, entry
    for beside in path:
        if last == 0:
            return None
        if at & 1 or at == last:
            found = node(beside, found)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            found = node(found, beside)
        at, last = at >> 1, last >> 1
    return found if last == 0 else None


# Keys, notes and checkpoints.
def read_base64(text):
    data = base64.b64decode(text, validate=True)
    if base64.b64encode(data).decode() != text:
        raise Fault(f"{text}: not the one spelling of base64")
    return data


def read_key(text):
    name, identifier, data = text.split("+", 2)
    data = read_base64(data)
    found = hashlib.sha256(name.encode() + b"\n" + data).digest()[:4]
    if found.hex() != identifier.lower() or data[0] not in (1, 4) or len(data) != 33:
        raise Fault(f"{text}: no key")
    return name, found, data[0], data[1:]


def read_note(data):
    text, lines = data.rsplit(b"\n\n", 1)
    signatures = []
    for line in lines.decode().removesuffix("\n").split("\n"):
        dash, name, value = line.split(" ")
        if dash != "\u2014":
            raise Fault("checkpoint: a line that is no signature")
        value = read_base64(value)
        signatures.append((name, value[:4], value[4:]))
    return text + b"\n", signatures


def read_checkpoint(data, log, witnesses):
    """Origin, size and root that the log signed, and the witnesses that cosigned with their times."""
    text, signatures = read_note(data)
    by = lambda key: [value for name, identifier, value in signatures if (name, identifier) == key[:2]]
    if not by(log) or not all(signed(log[3], text, value) for value in by(log)):
        raise Fault("checkpoint: not signed by the log")
    seen = []
    for witness in witnesses:
        for value in by(witness):
            time = int.from_bytes(value[:8], "big")
            message = b"cosignature/v1\ntime %d\n" % time + text
            if not signed(witness[3], message, value[8:]):
                raise Fault(f"checkpoint: the cosignature of {witness[0]} does not fit")
            seen.append((witness[0], time))
    origin, size, root = text.decode().removesuffix("\n").split("\n")[:3]
    if origin != log[0] or str(int(size)) != size:
        raise Fault("checkpoint: of another log, or no number")
    return int(size), read_base64(root), seen


# The files.
def path_of(kind, index, width):
    digits = str(index)
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[at:at + 3] for at in range(0, len(digits), 3)]
    return f"tile/{kind}/{'/'.join(['x' + group for group in groups[:-1]] + groups[-1:])}" + (
        f".p/{width}" if width < 256 else "")


def read_tile(folder, kind, index, held, each):
    width = min(held - index * 256, 256)
    name = path_of(kind, index, width)
    file = folder / name
    if not file.exists():
        file = folder / path_of(kind, index, 256)
    if not file.exists():
        raise Fault(f"{name}: it is missing")
    data = file.read_bytes()
    if file == folder / name and len(data) != width * each:
        raise Fault(f"{name}: {len(data)} bytes long, it should be {width * each}")
    return name, [data[at:at + each] for at in range(0, width * each, each)]


def verify_tiles(folder, size):
    """The hashes of all entries, after every tile was held against what lies below it."""
    hashes = []
    for index in range(-(-size // 256)):
        name, entries = read_tile(folder, "entries", index, size, 35)
        for place, entry in enumerate(entries):
            if entry[:3] != b"\0\x21\x01":
                raise Fault(f"{name}: byte {place * 35}, entry {index * 256 + place}: no commitment")
            hashes.append(leaf(entry[2:]))
    below, level = hashes, 0
    while below:
        for index in range(-(-len(below) // 256)):
            name, stored = read_tile(folder, level, index, len(below), 32)
            for place, pair in enumerate(zip(stored, below[index * 256:])):
                if pair[0] != pair[1]:
                    raise Fault(f"{name}: byte {place * 32}: not the hash of what lies below")
        full = range(0, len(below) - 255, 256)
        below, level = [root_of(below[at:at + 256]) for at in full], level + 1
    return hashes


def verify_opening(index, salt, data, hashes):
    commitment = hashlib.sha256(b"onrecord-commitment/v1\n" + salt + data).digest()
    if leaf(b"\1" + commitment) != hashes[index]:
        raise Fault(f"entry {index}: not the bytes and salt that it commits to")


def verify_proof(data, log, witnesses, hashes):
    head, checkpoint = data.split(b"\n\n", 1)
    first, *lines = head.decode().split("\n")
    if first != "c2sp.org/tlog-proof@v1":
        raise Fault("a proof: another kind")
    if lines[0].startswith("extra "):
        lines = lines[1:]
    index, path = int(lines[0].removeprefix("index ")), [read_base64(line) for line in lines[1:]]
    size, root, _ = read_checkpoint(checkpoint, log, witnesses)
    if index >= size or root_by(path, index, size, hashes[index]) != root:
        raise Fault(f"entry {index}: the proof does not lead to the root")


def verify(folder, log, witnesses):
    size, root, seen = read_checkpoint((folder / "checkpoint").read_bytes(), log, witnesses)
    hashes = verify_tiles(folder, size)
    if root_of(hashes) != root:
        raise Fault("the entries do not have the signed root")
    openings = folder / "openings"
    lines = openings.read_text().splitlines() if openings.exists() else []
    for line in lines:
        index, salt, data = line.split(" ")
        verify_opening(int(index), bytes.fromhex(salt), bytes.fromhex(data), hashes)
    proofs = sorted(folder.glob("*.tlog-proof"))
    for proof in proofs:
        verify_proof(proof.read_bytes(), log, witnesses, hashes)
    print(f"{size} entries proven, {len(lines)} opened, {len(proofs)} proofs")
    for name, time in seen:
        print(f"{name} saw them at {time}")


def main(arguments):
    folder, log, *witnesses = arguments
    try:
        verify(pathlib.Path(folder), read_key(log), [read_key(text) for text in witnesses])
    except (Fault, ValueError, IndexError) as fault:
        print(f"does not hold: {fault}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
