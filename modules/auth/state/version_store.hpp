#pragma once

#include <cstdint>

#include "dontgoback/storage/connection.hpp"

namespace dontgoback::auth {

/// The number that grows with every change of clients, keys or denials: what a node that remembers them looks at.
std::int64_t version_of(storage::Connection& connection);
/// Called in every transaction that changes any of them.
void note_change(storage::Connection& connection);

}  // namespace dontgoback::auth
