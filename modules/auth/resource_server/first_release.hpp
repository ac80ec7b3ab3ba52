#pragma once

namespace dontgoback::auth {

/// Whether a server of the first release, which has neither a JWKS nor a deny-list, may have answered this: it refuses
/// what it does not know.
inline bool may_be_first_release(int status) {
  return status == 401 || status == 403 || status == 404 || status == 405;
}

}  // namespace dontgoback::auth
