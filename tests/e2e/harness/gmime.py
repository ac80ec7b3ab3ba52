"""Mails as GMime takes them (Debian's libgmime-3.0-0): the reader of many a mail program."""

import ctypes
from ctypes import CFUNCTYPE, c_char_p, c_int, c_int64, c_size_t, c_uint, c_void_p, string_at

_gmime, _glib = ctypes.CDLL("libgmime-3.0.so.0"), ctypes.CDLL("libglib-2.0.so.0")
_gobject = ctypes.CDLL("libgobject-2.0.so.0")
_Warning = CFUNCTYPE(None, c_int64, c_uint, c_char_p, c_void_p)
_FROM, _TO = 1, 3


def _function(name, *arguments, result=c_void_p, library=_gmime):
    function = getattr(library, name)
    function.argtypes, function.restype = arguments, result
    return function


_free = _function("g_free", c_void_p, result=None, library=_glib)
_unref = _function("g_object_unref", c_void_p, result=None, library=_gobject)
_unix = _function("g_date_time_to_unix", c_void_p, result=c_int64, library=_glib)

_new_options = _function("g_mime_parser_options_new")
_free_options = _function("g_mime_parser_options_free", c_void_p, result=None)
_on_warning = _function("g_mime_parser_options_set_warning_callback", c_void_p, _Warning, c_void_p, result=None)
_new_stream = _function("g_mime_stream_mem_new_with_buffer", c_char_p, c_size_t)
_new_parser = _function("g_mime_parser_new_with_stream", c_void_p)
_message_of = _function("g_mime_parser_construct_message", c_void_p, c_void_p)

_subject = _function("g_mime_message_get_subject", c_void_p, result=c_char_p)
_id = _function("g_mime_message_get_message_id", c_void_p, result=c_char_p)
_date = _function("g_mime_message_get_date", c_void_p)
_header = _function("g_mime_object_get_header", c_void_p, c_char_p, result=c_char_p)
_addresses = _function("g_mime_message_get_addresses", c_void_p, c_int)
_how_many = _function("internet_address_list_length", c_void_p, result=c_int)
_address_at = _function("internet_address_list_get_address", c_void_p, c_int)
_name = _function("internet_address_get_name", c_void_p, result=c_char_p)
_address = _function("internet_address_mailbox_get_addr", c_void_p, result=c_char_p)

_body = _function("g_mime_message_get_mime_part", c_void_p)
_type = _function("g_mime_object_get_content_type", c_void_p)
_type_name = _function("g_mime_content_type_get_mime_type", c_void_p)
_part_count = _function("g_mime_multipart_get_count", c_void_p, result=c_int)
_part_at = _function("g_mime_multipart_get_part", c_void_p, c_int)
_text = _function("g_mime_text_part_get_text", c_void_p)

_function("g_mime_init", result=None)()


def _taken(text):
    """What the caller has to free."""
    try:
        return string_at(text).decode()
    finally:
        _free(text)


def _people(message, kind):
    found = _addresses(message, kind)
    people = [_address_at(found, at) for at in range(_how_many(found))]
    return [((_name(one) or b"").decode(), _address(one).decode()) for one in people]


def _type_of(part):
    return _taken(_type_name(_type(part)))


def gmime_reads(content):
    """What a reader is shown of a mail: headers, and (type, text) of each part. GMime has nothing to say against it."""
    complaints = []
    warn = _Warning(lambda offset, code, item, _: complaints.append((offset, code, item)))
    options, stream = _new_options(), _new_stream(content, len(content))
    parser = _new_parser(stream)
    try:
        _on_warning(options, warn, None)
        message = _message_of(parser, options)
        assert message, content
        assert not complaints, (complaints, content)
        body = _body(message)
        parts = [_part_at(body, at) for at in range(_part_count(body))]
        read = {"Subject": _subject(message).decode(), "From": _people(message, _FROM), "To": _people(message, _TO),
                "Message-ID": f"<{_id(message).decode()}>", "Date": _unix(_date(message)),
                "Auto-Submitted": _header(message, b"Auto-Submitted").decode(), "type": _type_of(body),
                "parts": [(_type_of(part), _taken(_text(part)).replace("\r\n", "\n")) for part in parts]}
        _unref(message)
        return read
    finally:
        _unref(parser)
        _unref(stream)
        _free_options(options)
