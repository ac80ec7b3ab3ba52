#pragma once

#include <string>

#include "dontgoback/http/response.hpp"
#include "http/server/exchange.hpp"

namespace dontgoback::http {

enum class Framing { length, chunked, until_close };

struct HeadRules {
  std::string_view date;  ///< an IMF-fixdate
  Framing framing = Framing::length;
  bool close = false;                ///< the connection ends with this answer
  bool announce_keep_alive = false;  ///< to an HTTP/1.0 client, which expects the end otherwise
  bool https = false;                ///< the public URL is
};

/// Writes the answer's head, up to and with the empty line, into `out`, whose memory is used again.
void write_head(std::string& out, const Exchange& exchange, const Response& response, const HeadRules& rules);

/// The bytes that follow the head.
inline std::string_view body_of(const Response& response) {
  return response.fixed_body.empty() ? std::string_view(response.body) : response.fixed_body;
}

}  // namespace dontgoback::http
