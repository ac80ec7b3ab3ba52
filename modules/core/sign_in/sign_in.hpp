#pragma once

#include <string>
#include <vector>

#include "dontgoback/module.hpp"
#include "sessions/sessions.hpp"

// How people get a session: as guests, and by links. What module.cpp wires.
namespace dontgoback::core::sign_in {

/// Somebody who vouches for members at sign-in.
struct Provider {
  std::string id;    ///< in addresses: `/api/oauth2/authorization/{id}`
  std::string name;  ///< as members know it; not translated
};

struct Settings {
  int guests_per_hour;              ///< for one address (IPv6: for one /64)
  std::vector<Provider> providers;  ///< who members may sign in with; with none there are guests and links
};

/// `sessions` is to live as long as the router.
void add_routes(Host& host, const sessions::Sessions& sessions, const Settings& settings);

/// The daily purge of guests and of what has expired.
jobs::Job purge_job(Host& host);

/// `dontgoback users create | list | sign-in-link | suspend | activate`: members by hand, for an operator.
std::vector<Command> users_commands();

}  // namespace dontgoback::core::sign_in
