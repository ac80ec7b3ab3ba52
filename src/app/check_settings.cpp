#include "check_settings.hpp"

#include <exception>

#include "dontgoback/time/day.hpp"
#include "http/networks.hpp"
#include "storage/open.hpp"

namespace dontgoback::app {

void check_settings(const config::Settings& settings, config::OptionSet& options, config::Problems& problems) {
  const auto attempt = [&](std::string_view option, auto&& make) {
    try {
      make();
    } catch (const std::exception& error) {
      problems.push_back(options.find(option)->place() + ": " + error.what());
    }
  };
  attempt("timezone", [&] { time::Zone{settings.timezone}; });
  attempt("trusted-proxy", [&] { http::Networks{settings.trusted_proxies}; });
  attempt("internal-allow", [&] { http::Networks{settings.internal_allow}; });
  attempt("database", [&] {
    storage::DatabaseSettings database;
    database.url = settings.database;
    database.data_dir = settings.node.data_dir;
    storage::open_database(database);
  });
}

}  // namespace dontgoback::app
