"""Compact JWS by hand: integers and hashes for verifying, the openssl program for signing. None of the program's own code."""

import base64
import hashlib
import hmac
import json
import subprocess

SHA256_PREFIX = bytes.fromhex("3031300d060960864801650304020105000420")  # RFC 8017 section 9.2, note 1


def encode(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decode(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def header_of(token):
    return json.loads(decode(token.split(".")[0]))


def claims_of(token):
    return json.loads(decode(token.split(".")[1]))


def signing_input(header, claims):
    return ".".join(encode(json.dumps(part, separators=(",", ":")).encode()) for part in (header, claims))


def verify_rs256(token, n, e):
    """RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017 section 8.2.2)."""
    signed, _, signature = token.rpartition(".")
    size = (n.bit_length() + 7) // 8
    message = pow(int.from_bytes(decode(signature), "big"), e, n).to_bytes(size, "big")
    tail = b"\x00" + SHA256_PREFIX + hashlib.sha256(signed.encode()).digest()
    return message == b"\x00\x01" + b"\xff" * (size - len(tail) - 2) + tail


def key_of(jwks, kid):
    """(n, e) of the key of that name in a JWKS document (RFC 7517)."""
    (found,) = [key for key in jwks["keys"] if key["kid"] == kid]
    assert (found["kty"], found["alg"], found["use"]) == ("RSA", "RS256", "sig"), found
    assert not set(found) & {"d", "p", "q", "dp", "dq", "qi"}, "a private key is published"
    return tuple(int.from_bytes(decode(found[part]), "big") for part in ("n", "e"))


def sign_rs256(pem_file, header, claims):
    text = signing_input(header, claims)
    done = subprocess.run(["openssl", "dgst", "-sha256", "-sign", str(pem_file)], input=text.encode(),
                          capture_output=True, check=True, timeout=30)
    return f"{text}.{encode(done.stdout)}"


def sign_hs256(secret, header, claims):
    text = signing_input({**header, "alg": "HS256"}, claims)
    return f"{text}.{encode(hmac.new(secret, text.encode(), hashlib.sha256).digest())}"


def make_rsa_key(file):
    subprocess.run(["openssl", "genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", str(file)],
                   capture_output=True, check=True, timeout=60)
    return file


def der_to_numbers(der):
    """(n, e) of a SubjectPublicKeyInfo, as the openssl program reads it."""
    done = subprocess.run(["openssl", "pkey", "-pubin", "-inform", "DER", "-noout", "-text"], input=der,
                          capture_output=True, check=True, timeout=30)
    text = done.stdout.decode()
    digits = text.split("Modulus:")[1].split("Exponent:")[0]
    exponent = text.split("Exponent:")[1].split()[0]
    return int("".join(digits.replace(":", "").split()), 16), int(exponent)
