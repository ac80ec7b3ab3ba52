#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dontgoback/http/request.hpp"
#include "dontgoback/id.hpp"
#include "dontgoback/time/day.hpp"

// Everything that reads a path or query parameter. All throw http::Error (400, naming the parameter's rule) for what is
// malformed, out of range, not UTF-8 or given twice. Pure functions of the request; a fuzzer may call them.
namespace dontgoback::http {

/// The query parameter, percent- and plus-decoded; nothing when it is absent. Twice: 400.
std::optional<std::string> query_text(const Request& request, std::string_view name);

/// Decimal integer in [min, max]; absent: nothing.
std::optional<std::int64_t> query_integer(const Request& request, std::string_view name, std::int64_t min,
                                          std::int64_t max);

/// `YYYY-MM-DD`; absent: nothing.
std::optional<time::Day> query_day(const Request& request, std::string_view name);

/// The path's `{name}` as a positive 64-bit decimal. Not a number, or past 64 bit: 400.
std::int64_t path_id(const Request& request, std::string_view name);

/// The path's `{name}`, percent-decoded (RFC 3986 section 2.1). Not UTF-8: 400.
std::string path_text(const Request& request, std::string_view name);

/// `size` of a page: absent is `fallback`, over 50 is 50, under 1 is 400 (contract, section 3).
int page_size(const Request& request, int fallback = 10);

/// The last id seen (`lastFeedId`, `lastCommentId`): absent or 0 means from the top; negative 400. The answer is the
/// exclusive upper bound for ids.
std::int64_t page_before(const Request& request, std::string_view name);

/// A decoded `application/x-www-form-urlencoded` value; absent: nothing; twice or malformed: 400.
std::optional<std::string> form_text(std::string_view body, std::string_view name);

using FormPairs = std::vector<std::pair<std::string, std::string>>;
/// All pairs of an `application/x-www-form-urlencoded` body, in order, decoded; nothing when it is malformed. Never
/// throws.
std::optional<FormPairs> form_pairs(std::string_view body);
/// One form-encoded text, decoded (the two halves of RFC 6749's Basic credentials); nothing when it is malformed.
std::optional<std::string> form_decoded(std::string_view encoded);

}  // namespace dontgoback::http
