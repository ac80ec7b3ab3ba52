"""What Debian's libfido2 makes of a passkey's answers: a second opinion on them, by nobody here."""

import ctypes
import hashlib
from ctypes import POINTER, byref, c_char_p, c_int, c_size_t, c_void_p

from harness.jwt import decode

COSE = {"ES256": -7, "RS256": -257}
OK, TRUE = 0, 2

_fido2 = ctypes.CDLL("libfido2.so.1")


def _function(name, *arguments, result=c_int):
    function = getattr(_fido2, name)
    function.argtypes, function.restype = arguments, result
    return function


_new_credential = _function("fido_cred_new", result=c_void_p)
_free_credential = _function("fido_cred_free", POINTER(c_void_p), result=None)
_set_type = _function("fido_cred_set_type", c_void_p, c_int)
_set_credential_party = _function("fido_cred_set_rp", c_void_p, c_char_p, c_char_p)
_set_credential_data = _function("fido_cred_set_authdata_raw", c_void_p, c_char_p, c_size_t)
_key_of = _function("fido_cred_pubkey_ptr", c_void_p, result=c_void_p)
_key_length_of = _function("fido_cred_pubkey_len", c_void_p, result=c_size_t)
_id_of = _function("fido_cred_id_ptr", c_void_p, result=c_void_p)
_id_length_of = _function("fido_cred_id_len", c_void_p, result=c_size_t)

_new_assertion = _function("fido_assert_new", result=c_void_p)
_free_assertion = _function("fido_assert_free", POINTER(c_void_p), result=None)
_set_count = _function("fido_assert_set_count", c_void_p, c_size_t)
_set_party = _function("fido_assert_set_rp", c_void_p, c_char_p)
_set_client_data = _function("fido_assert_set_clientdata_hash", c_void_p, c_char_p, c_size_t)
_set_data = _function("fido_assert_set_authdata_raw", c_void_p, c_size_t, c_char_p, c_size_t)
_set_signature = _function("fido_assert_set_sig", c_void_p, c_size_t, c_char_p, c_size_t)
_want_presence = _function("fido_assert_set_up", c_void_p, c_int)
_want_verification = _function("fido_assert_set_uv", c_void_p, c_int)
_verify = _function("fido_assert_verify", c_void_p, c_size_t, c_int, c_void_p)
_reason = _function("fido_strerr", c_int, result=c_char_p)

# Of each algorithm: makes a key, fills it with a credential's bytes, frees it.
_KEYS = {"ES256": "es256", "RS256": "rs256"}

_function("fido_init", c_int, result=None)(0)


class Fido2:
    """A relying party of that name, which knows the key of one registration."""

    def __init__(self, party, algorithm, registration):
        self._party, self._algorithm = party.encode(), algorithm
        data = decode(registration["response"]["attestationObject"]).partition(b"authData")[2]
        data = data[2:] if data[0] == 0x58 else data[3:]
        credential = c_void_p(_new_credential())
        try:
            for done in (_set_type(credential, COSE[algorithm]), _set_credential_party(credential, self._party, None),
                         _set_credential_data(credential, data, len(data))):
                assert done == OK, _reason(done)
            self.credential_id = ctypes.string_at(_id_of(credential), _id_length_of(credential))
            self._key = ctypes.string_at(_key_of(credential), _key_length_of(credential))
        finally:
            _free_credential(byref(credential))

    def judge(self, answer):
        """What it says to an answer of `navigator.credentials.get`: "" when it takes it."""
        response = answer["response"]
        data, signature = decode(response["authenticatorData"]), decode(response["signature"])
        client_data = hashlib.sha256(decode(response["clientDataJSON"])).digest()
        assertion, key = c_void_p(_new_assertion()), self._new_key()
        try:
            for done in (_set_client_data(assertion, client_data, len(client_data)), _set_party(assertion, self._party),
                         _want_presence(assertion, TRUE), _want_verification(assertion, TRUE),
                         _set_count(assertion, 1), _set_data(assertion, 0, data, len(data)),
                         _set_signature(assertion, 0, signature, len(signature)),
                         _verify(assertion, 0, COSE[self._algorithm], key)):
                if done != OK:
                    return _reason(done).decode()
            return ""
        finally:
            _free_assertion(byref(assertion))
            self._of_key("free", POINTER(c_void_p), result=None)(byref(key))

    def _new_key(self):
        key = c_void_p(self._of_key("new", result=c_void_p)())
        done = self._of_key("from_ptr", c_void_p, c_char_p, c_size_t)(key, self._key, len(self._key))
        assert done == OK, _reason(done)
        return key

    def _of_key(self, what, *arguments, result=c_int):
        return _function(f"{_KEYS[self._algorithm]}_pk_{what}", *arguments, result=result)
