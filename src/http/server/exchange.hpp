#pragma once

#include <optional>
#include <string>

#include "dontgoback/http/request.hpp"
#include "dontgoback/limits/limiter.hpp"
#include "http/message/fields.hpp"
#include "http/server/networks.hpp"
#include "http/server/route_table.hpp"

namespace dontgoback::http {

/// What a request has taken of its account's share.
struct Taken {
  limits::Rate rate;
  limits::Verdict verdict;
};

/// One request and what was found out about it on its way. Belongs to a connection, used again for its next request.
struct Exchange {
  Request request;
  FieldList fields;
  std::string_view target;     ///< as sent, with the query
  std::string_view authority;  ///< whom the request is for: of the target, else `Host`; empty with HTTP/1.0 perhaps
  Address peer;
  std::string peer_text;
  std::string client_text;
  std::string request_id;
  const RouteEntry* route = nullptr;
  bool user_api = false;             ///< under /api
  bool cors = false;                 ///< `Origin` is an allowed one
  const PathRoutes* path = nullptr;  ///< null: no route has it
  std::optional<Taken> taken;

  bool head_only() const { return request.method == Method::head; }
};

/// Whether it is by a script of a page that the path is open to (Route::page_origins).
inline bool is_open_page(const Exchange& exchange) {
  if (exchange.path == nullptr || exchange.path->page_origins.empty()) return false;
  const auto origin = exchange.fields.find("Origin");
  return origin && exchange.path->is_open_to(*origin);
}

}  // namespace dontgoback::http
