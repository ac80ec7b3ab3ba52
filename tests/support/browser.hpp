#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/json.hpp"

namespace dontgoback::test {

struct Answer {
  int status = 0;
  std::vector<std::pair<std::string, std::string>> fields;  ///< names in lower case
  std::string body;

  /// The first field of that name (lower case), or "".
  std::string field(std::string_view name) const;
  /// What stands in the body there: `json_at`.
  boost::json::value at(std::string_view pointer) const { return json_at(body, pointer); }
  std::int64_t number(std::string_view pointer) const { return at(pointer).as_int64(); }
};

/// What a browser at the service's own page does, over a socket: it keeps cookies by path.
class Browser {
 public:
  /// `server` is `ADDR:PORT`; `source` the loopback address it comes from.
  explicit Browser(std::string server, std::string source = "127.0.0.1")
      : server_(std::move(server)), source_(std::move(source)) {}

  using Fields = std::vector<std::pair<std::string, std::string>>;
  Answer send(std::string_view method, std::string_view target, std::string_view body = {}, const Fields& more = {});
  Answer get(std::string_view target) { return send("GET", target); }
  Answer post(std::string_view target, std::string_view body = {}) { return send("POST", target, body); }

  /// Takes a value of `Set-Cookie`.
  void take_cookie(const std::string& value);

  /// Cookies by name; each name has one path here.
  std::map<std::string, std::string> jar;

 private:
  void take_cookies(const Answer& answer);

  std::string server_;
  std::string source_;
  std::map<std::string, std::string> paths_{{"access_token", "/"},
                                            {"refresh_token", "/api/token"},
                                            {"__Host-access_token", "/"},
                                            {"__Host-refresh_token", "/"}};
};

}  // namespace dontgoback::test
