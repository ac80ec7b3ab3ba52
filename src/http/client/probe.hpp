#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <variant>

#include "dontgoback/http/client.hpp"

namespace dontgoback::http {

/// What is to be seen of a server from here.
struct Seen {
  int status = 0;
  std::string date;                                          ///< its clock, as it wrote it; empty when it did not
  std::optional<std::chrono::sys_seconds> certificate_ends;  ///< nothing without TLS
};

/// One GET over a connection of its own; why there is no answer otherwise. Blocks, for at most `limit`.
/// std::invalid_argument for a URL that is not absolute http(s).
std::variant<Seen, NoAnswer> probe(const std::string& url, std::chrono::milliseconds limit);

}  // namespace dontgoback::http
