#include "dontgoback/http/error.hpp"

namespace dontgoback::http {

int status_of(FailureKind kind) {
  switch (kind) {
    case FailureKind::invalid:
      return 400;
    case FailureKind::unauthenticated:
      return 401;
    case FailureKind::forbidden:
      return 403;
    case FailureKind::not_found:
      return 404;
    case FailureKind::conflict:
      return 409;
    case FailureKind::too_large:
      return 413;
    case FailureKind::rate_limited:
      return 429;
    case FailureKind::unavailable:
      return 503;
  }
  return 500;
}

}  // namespace dontgoback::http
