#pragma once

#include <functional>
#include <map>
#include <string>

namespace dontgoback::config {

/// The process' environment, read once at start: nothing else asks for variables.
using Environment = std::map<std::string, std::string, std::less<>>;

/// `names` as in environ(7): ends with a null pointer.
Environment read_environment(const char* const* names);

/// The variable's value, or an empty text.
std::string variable(const Environment& environment, std::string_view name);

/// Whether standard error is systemd's journal (systemd.exec(5), JOURNAL_STREAM).
bool logs_to_journal(const Environment& environment);

}  // namespace dontgoback::config
