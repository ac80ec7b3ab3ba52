#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "dontgoback/storage/connection.hpp"

namespace dontgoback::auth {

/// The beat of every issuer in `auth_issuers`.
std::map<std::string, std::int64_t> all_issuers(storage::Connection& connection);
/// Moves the issuer's beat; puts it there first.
void beat_issuer(storage::Connection& connection, const std::string& issuer);
/// Unless its beat has moved since.
void remove_issuer(storage::Connection& connection, const std::string& issuer, std::int64_t beat);

}  // namespace dontgoback::auth
