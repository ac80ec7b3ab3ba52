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
  std::string_view target;  ///< as sent, with the query
  Address peer;
  std::string peer_text;
  std::string client_text;
  std::string request_id;
  const RouteEntry* route = nullptr;
  std::optional<Taken> taken;
  bool user_api = false;  ///< under /api
  bool cors = false;      ///< `Origin` is an allowed one

  bool head_only() const { return request.method == Method::head; }
};

}  // namespace dontgoback::http
