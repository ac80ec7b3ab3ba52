"""A passkey's device and the browser before it (Web Authentication Level 2): ES256, signed by the openssl program."""

import hashlib
import json
import os
import subprocess
from urllib.parse import urlsplit

from harness.jwt import decode, encode

PRESENT_AND_VERIFIED, HAS_CREDENTIAL = 0x05, 0x40


def _openssl(*arguments, data=b""):
    return subprocess.run(["openssl", *arguments], input=data, capture_output=True, check=True, timeout=60).stdout


class Authenticator:
    def __init__(self, origin, folder):
        self.origin = origin
        self._party = urlsplit(origin).hostname
        self._id = os.urandom(32)
        self._key = folder / f"passkey-{self._id.hex()[:16]}.pem"
        self._key.write_bytes(_openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout"))

    def create(self, options):
        """What `navigator.credentials.create` answers to the options."""
        point = _openssl("ec", "-in", str(self._key), "-pubout", "-outform", "DER")[-64:]
        cose = b"\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20" + point[:32] + b"\x22\x58\x20" + point[32:]
        data = self._data(HAS_CREDENTIAL) + bytes(16) + len(self._id).to_bytes(2, "big") + self._id + cose
        attestation = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58" + bytes([len(data)]) + data
        return {"response": {"clientDataJSON": encode(self._client_data("webauthn.create", options)),
                             "attestationObject": encode(attestation)}}

    def get(self, options):
        """What `navigator.credentials.get` answers to the options."""
        data, client_data = self._data(0), self._client_data("webauthn.get", options)
        signature = _openssl("dgst", "-sha256", "-sign", str(self._key), data=data + hashlib.sha256(client_data).digest())
        return {"id": encode(self._id),
                "response": {"clientDataJSON": encode(client_data), "authenticatorData": encode(data),
                             "signature": encode(signature)}}

    def _client_data(self, kind, options):
        assert decode(options["challenge"])
        return json.dumps({"type": kind, "challenge": options["challenge"], "origin": self.origin}).encode()

    def _data(self, flags):
        return hashlib.sha256(self._party.encode()).digest() + bytes([PRESENT_AND_VERIFIED | flags]) + bytes(4)
