#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dontgoback/result.hpp"

namespace dontgoback::http {

/// The one exception handlers throw to answer with a failure: status and a text that is safe to show.
class Error : public std::runtime_error {
 public:
  explicit Error(Failure failure) : std::runtime_error("http error"), failure_(failure) {}
  Error(FailureKind kind, Message message) : Error(Failure{kind, message}) {}
  const Failure& failure() const noexcept { return failure_; }

  /// A field of the answer (`WWW-Authenticate`, `Retry-After`); the name is a literal. It takes the place of the one
  /// that the host would send.
  Error&& header(std::string_view name, std::string value) && {
    headers_.emplace_back(name, std::move(value));
    return std::move(*this);
  }
  void header(std::string_view name, std::string value) & { headers_.emplace_back(name, std::move(value)); }
  const std::vector<std::pair<std::string_view, std::string>>& headers() const noexcept { return headers_; }

 private:
  Failure failure_;
  std::vector<std::pair<std::string_view, std::string>> headers_;
};

/// 400, 401, 403, 404, 409, 413, 429 or 503.
int status_of(FailureKind kind);

/// The value, or the failure thrown as an Error.
template <class T>
T unwrap(Result<T> result) {
  if (!result) throw Error(result.failure());
  return std::move(result).value();
}

}  // namespace dontgoback::http
