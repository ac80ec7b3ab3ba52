"""What protocols write is read by src/text, and the envelope is written by src/http: neither is done again elsewhere."""

import re

# Case, kinds of characters, blanks: those of the C library know a locale, and each loop of one's own another rule.
AGAIN = re.compile(r"\b(strn?casecmp|tolower|toupper|isspace|isalpha|isxdigit|inet_aton)\s*\(|\btrimmed\s*\(std::")
ENVELOPE = "resultCode"
WRITERS = ("src/http/message/response.cpp",
           "modules/extension/handlers.cpp")  # its success code has no number (contract, section 4)


def check(tree):
    for path in tree.paths("src", "modules", "include"):
        if path.startswith(("src/text/", "include/dontgoback/text/")):
            continue
        for number, line in enumerate(tree.code(path).splitlines(), 1):
            if found := AGAIN.search(line):
                yield f"{path}:{number} has a {found[0].partition('(')[0].strip()} of its own: src/text does that"
        if path not in WRITERS and ENVELOPE in [text for _, text in tree.literals(path)]:
            yield f"{path} writes an envelope of its own: http::envelope does that"


EXAMPLES = [
    ({"src/http/a.cpp": "bool f() {\n  return strncasecmp(a, b, 1) == 0;\n}\n"}, "a.cpp:2 has a strncasecmp of its own"),
    ({"modules/web/a.cpp": "std::string_view trimmed(std::string_view text) {}\n"}, "src/text does that"),
    ({"modules/walk/a.cpp": 'writer.field("resultCode", "S");\n'}, "envelope of its own"),
    ({"src/text/a.cpp": "std::string_view trimmed(std::string_view text);\n",
      "modules/web/a.cpp": "auto a = text::trimmed(text);  // not tolower(c)\n"}, None),
]
