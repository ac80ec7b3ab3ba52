#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dontgoback/http/request.hpp"

namespace dontgoback::http {

/// Which pages' scripts may call the user API (contract, section 2). Pure.
class BrowserPolicy {
 public:
  /// Origins as `scheme://host[:port]`; case and a default port do not matter. Throws std::invalid_argument for others.
  explicit BrowserPolicy(const std::vector<std::string>& origins) { allow(origins); }
  /// These too. Not while requests are looked at.
  void allow(const std::vector<std::string>& origins);

  /// Whether an `Origin` field names an allowed origin.
  bool allows(std::string_view origin) const;

  /// The cross-site rule, for an unsafe method under /api or a legacy toggle: true when the request must be refused.
  bool refuses(const HeaderFields& fields, bool toggle) const;

 private:
  std::vector<std::string> origins_;
};

/// Whether the browser asks ahead of its user (`Sec-Purpose` or `Purpose: prefetch`).
bool is_prefetch(const HeaderFields& fields);

}  // namespace dontgoback::http
