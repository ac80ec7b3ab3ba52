#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "command_line.hpp"
#include "dontgoback/config/node.hpp"
#include "dontgoback/telemetry/log.hpp"
#include "dontgoback/text/url.hpp"
#include "environment.hpp"
#include "limits/policy.hpp"
#include "option_set.hpp"
#include "roles.hpp"

namespace dontgoback::config {

/// The options of the node itself; modules declare their own. Constructed with the defaults, filled by the command
/// line, completed by `resolve`.
struct Settings {
  explicit Settings(const Environment& environment);
  Settings(const Settings&) = delete;  // options point into it
  Settings& operator=(const Settings&) = delete;

  void declare(OptionSet& options, const Roles& roles);

  /// Checks what depends on more than one value and fills in the defaults that do: ports by role, the database in the
  /// data directory. URLs get their one form (without a trailing slash), origins the one browsers send.
  void resolve(OptionSet& options, Problems& problems);

  /// Why the URL of another node cannot be called; nothing when it can.
  std::optional<std::string> problem_of_url(std::string_view url) const;

  /// The address the server listens at is known (port 0): fills `own_url`, and what follows from it when not given.
  void listens_at(const std::string& address_and_port);

  bool ends_tls() const { return !tls_certificate_file.empty(); }

  Node node;
  std::vector<std::string> modules;
  std::string listen;
  std::string management_listen;
  std::string tls_certificate_file, tls_key_file;  ///< both or none
  std::vector<std::string> management_hosts;
  std::string data_dir;
  std::string database;
  std::string database_password_file;
  std::vector<std::string> trusted_proxies;
  std::vector<std::string> internal_allow{"127.0.0.0/8", "::1/128"};
  bool allow_insecure_http = false;
  std::string redis;
  std::string redis_password_file;
  std::string timezone = "Asia/Seoul";
  bool clock_trusted = false;
  std::string clock_synchronized_file = "/run/systemd/timesync/synchronized";
  telemetry::Level log_level = telemetry::Level::info;
  bool log_priorities;  ///< standard error is systemd's journal
  bool log_json;
  std::int64_t io_threads;
  std::int64_t max_connections = 4096;
  std::int64_t max_connections_per_address = 1024;  ///< 0: any number
  std::int64_t max_streams = 0;                     ///< 0: seven eighths of these
  std::int64_t request_memory = 20;                 ///< MiB
  std::int64_t shutdown_limit = 10;                 ///< seconds
  limits::Policies limits = limits::default_limits();

 private:
  void declare_limits(OptionSet& options);
  void resolve_limits(OptionSet& options, Problems& problems);
  void resolve_network(OptionSet& options, Problems& problems);
  void resolve_addresses(OptionSet& options, Problems& problems);
  void resolve_urls(OptionSet& options, Problems& problems);
  void resolve_tls(OptionSet& options, Problems& problems);
  std::uint16_t default_port() const;

  Roles roles_;
  bool has_limits_ = true;
  std::string network_name_, network_name_en_;
  std::array<std::vector<std::string>, http::kRouteClasses> limit_entries_;
};

}  // namespace dontgoback::config
