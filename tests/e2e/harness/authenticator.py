"""A passkey's device and the browser before it (Web Authentication Level 2), signed by the openssl program."""

import hashlib
import json
import os
import subprocess
from urllib.parse import urlsplit

from harness.jwt import decode, encode

PRESENT, VERIFIED, HAS_CREDENTIAL = 0x01, 0x04, 0x40
KEYS = {"ES256": ("EC", "ec_paramgen_curve:prime256v1"), "RS256": ("RSA", "rsa_keygen_bits:2048")}


def _openssl(*arguments, data=b""):
    return subprocess.run(["openssl", *arguments], input=data, capture_output=True, check=True, timeout=60).stdout


class Authenticator:
    """`party` and `flags` are what it says; a test may change them."""

    def __init__(self, origin, folder, algorithm="ES256"):
        self.origin = origin
        self.party = urlsplit(origin).hostname
        self.flags = PRESENT | VERIFIED
        self._id = os.urandom(32)
        self._algorithm = algorithm
        self._key = folder / f"passkey-{self._id.hex()[:16]}.pem"
        kind, option = KEYS[algorithm]
        self._key.write_bytes(_openssl("genpkey", "-algorithm", kind, "-pkeyopt", option))

    def create(self, options):
        """What `navigator.credentials.create` answers to the options."""
        data = self._data(HAS_CREDENTIAL) + bytes(16) + len(self._id).to_bytes(2, "big") + self._id + self._cose()
        attestation = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x59" + len(data).to_bytes(2, "big") + data
        if len(data) < 256:  # the shortest form, as CTAP2 wants it
            attestation = attestation.replace(b"\x59\x00", b"\x58", 1)
        return {"response": {"clientDataJSON": encode(self._client_data("webauthn.create", options)),
                             "attestationObject": encode(attestation)}}

    def get(self, options):
        """What `navigator.credentials.get` answers to the options."""
        data, client_data = self._data(0), self._client_data("webauthn.get", options)
        signed = data + hashlib.sha256(client_data).digest()
        signature = _openssl("dgst", "-sha256", "-sign", str(self._key), data=signed)
        return {"id": encode(self._id),
                "response": {"clientDataJSON": encode(client_data), "authenticatorData": encode(data),
                             "signature": encode(signature)}}

    def _cose(self):
        if self._algorithm == "RS256":
            text = _openssl("rsa", "-in", str(self._key), "-noout", "-modulus").decode()
            modulus = bytes.fromhex(text.strip().partition("=")[2])
            return b"\xa4\x01\x03\x03\x39\x01\x00\x20\x59\x01\x00" + modulus + b"\x21\x43\x01\x00\x01"
        point = _openssl("ec", "-in", str(self._key), "-pubout", "-outform", "DER")[-64:]
        return b"\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20" + point[:32] + b"\x22\x58\x20" + point[32:]

    def _client_data(self, kind, options):
        assert decode(options["challenge"])
        return json.dumps({"type": kind, "challenge": options["challenge"], "origin": self.origin}).encode()

    def _data(self, flags):
        return hashlib.sha256(self.party.encode()).digest() + bytes([self.flags | flags]) + bytes(4)
