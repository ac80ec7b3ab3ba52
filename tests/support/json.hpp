#pragma once

#include <boost/json/value.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dontgoback::test {

/// What stands in JSON text at a pointer of RFC 6901: `/data/feedId`, `/data/feeds/0`, or "" for all of it. Throws
/// std::runtime_error, with the text, for text that is no JSON and for a pointer to nothing.
boost::json::value json_at(std::string_view text, std::string_view pointer);

/// That member of each object of the array there, in order.
std::vector<std::int64_t> numbers_at(std::string_view text, std::string_view pointer, std::string_view member);

}  // namespace dontgoback::test
