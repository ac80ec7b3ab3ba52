#pragma once

#include <string_view>
#include <variant>
#include <vector>

#include "dontgoback/http/request.hpp"
#include "dontgoback/json/writer.hpp"
#include "telling.hpp"

// Updates as REST has them. Pure; a fuzzer may call what reads.
namespace dontgoback::walk::steps {

/// `PHONE`, `WATCH`, `MANUAL`, `IMPORT`; `UNKNOWN` where none is told; `FIRST_RELEASE` is only written.
std::string_view to_string(Source source);
std::optional<Source> parse_source(std::string_view text);
/// RFC 3339 in UTC, with or without fractions of a second: `2026-01-31T09:15:00.123Z`.
std::optional<time::Timestamp> parse_moment(std::string_view text);

/// The updates; or what is wrong with one; or, when it is no such document at all, kMalformed.
using ReadUpdates = std::variant<std::vector<Update>, Problem, Failure>;
/// The body of one update, whose day is in the path.
ReadUpdates read_update(std::string_view body, std::string_view day);
/// `{"updates": […]}`.
ReadUpdates read_updates(std::string_view body);

}  // namespace dontgoback::walk::steps
