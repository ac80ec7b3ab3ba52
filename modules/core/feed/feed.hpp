#pragma once

#include <vector>

#include "dontgoback/backup.hpp"
#include "dontgoback/module.hpp"

// Posts, comments and likes, as module.cpp wires them.
namespace dontgoback::core::feed {

/// `sessions` tells who is signed in.
void add_routes(Host& host, const http::Authenticator& sessions);

/// Counts of likes, comments and replies are kept in rows: what a backup is checked by.
std::vector<backup::Consistency> consistency();

}  // namespace dontgoback::core::feed
