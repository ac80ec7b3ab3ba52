#pragma once

#include <string>
#include <vector>

#include "dontgoback/config/checks.hpp"
#include "dontgoback/config/options.hpp"

namespace dontgoback::auth {

/// The option that says whose pages may ask for tokens, keys and metadata (CORS). Nobody's, unless it is given.
class PageOrigins {
 public:
  void declare(config::Options& options);
  void check(config::Checks& checks) const;
  /// As browsers spell them, or `*`. After a good check.
  std::vector<std::string> origins() const;

 private:
  std::vector<std::string> given_;
};

}  // namespace dontgoback::auth
