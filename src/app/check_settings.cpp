#include "check_settings.hpp"

#include <exception>
#include <functional>

#include "dontgoback/security/files/certificate.hpp"
#include "dontgoback/security/files/secret_file.hpp"
#include "dontgoback/time/day.hpp"
#include "file_checks.hpp"
#include "http/server/management_hosts.hpp"
#include "http/server/networks.hpp"
#include "shared/redis/address.hpp"
#include "storage/database_url.hpp"

namespace dontgoback::app {
namespace {

/// What the host and the modules say goes to the problems, with the place of the option.
class StartChecks final : public config::Checks {
 public:
  StartChecks(const config::Settings& settings, Look look, config::OptionSet& options, config::Problems& problems)
      : settings_(settings), look_(look), options_(options), problems_(problems) {}

  const config::Node& node() const override { return settings_.node; }
  bool looks_at_files() const override { return look_ == Look::at_files_too; }

  void wrong(std::string_view option, std::string_view what) override {
    problems_.push_back(options_.find(option.substr(2))->place() + ": " + std::string(what) + hint_of(what));
  }

  void warn(std::string_view what) override { cautions_.emplace_back(what); }
  bool is_set(std::string_view option) const override { return !options_.find(option.substr(2))->value().empty(); }
  std::optional<std::string> problem_of_url(std::string_view url) const override {
    return settings_.problem_of_url(url);
  }
  config::Problems cautions() { return std::move(cautions_); }

  void secret_file(std::string_view option, const std::filesystem::path& file) override {
    if (looks_at_files()) attempt(option, [&] { security::read_secret_line(file); });
  }

  void key_file(std::string_view option, const std::filesystem::path& file, std::string_view begin_anew) override {
    if (!looks_at_files()) return;
    if (may_exist(file)) {
      try {
        security::read_key(file);
      } catch (const std::exception& error) {
        wrong(option, std::string(error.what()) +
                          ": restore the right file (every `dontgoback backup create` holds it), or move it away and "
                          "begin anew by `" +
                          std::string(begin_anew) + "`");
      }
      return;
    }
    if (const auto problem = why_not_made(file)) wrong(option, *problem);
  }

  bool is_given(std::string_view option) const { return options_.find(option.substr(2))->source != "default"; }

  void attempt(std::string_view option, const std::function<void()>& use) {
    try {
      use();
    } catch (const std::exception& error) {
      wrong(option, error.what());
    }
  }

  /// Why the file, which is not there, cannot be made.
  std::optional<std::string> why_not_made(const std::filesystem::path& file) const {
    const auto directory = directory_of(file);
    // Made at the start, and judged by itself.
    if (same_place(directory, node().data_dir)) return std::nullopt;
    const auto problem = why_not_writable(directory);
    return problem ? std::optional(file.string() + ": is not there and cannot be made: " + *problem) : std::nullopt;
  }

 private:
  static std::string hint_of(std::string_view what) {
    const bool is_credential = what.find("/run/credentials/") != what.npos;
    if (!is_credential || what.find("no such file") == what.npos) return {};
    return " (systemd puts it there while the unit runs, from what LoadCredential= names)";
  }

  const config::Settings& settings_;
  const Look look_;
  config::OptionSet& options_;
  config::Problems& problems_;
  config::Problems cautions_;
};

/// The SQLite file of a database URL that can be meant; nothing for MariaDB.
std::optional<std::filesystem::path> check_database(const config::Settings& settings, StartChecks& checks) {
  std::optional<std::filesystem::path> file;
  checks.attempt("--database", [&] {
    storage::DatabaseSettings database;
    database.url = settings.database;
    database.data_dir = settings.node.data_dir;
    const auto address = storage::parse_database_url(database);
    if (const auto* sqlite = std::get_if<storage::SqliteAddress>(&address)) file = sqlite->file;
  });
  return file;
}

void check_storage(const config::Settings& settings, const Modules& modules, StartChecks& checks) {
  const auto sqlite = check_database(settings, checks);
  if (!checks.looks_at_files()) return;
  if (const auto problem = why_no_data_dir(settings.node.data_dir)) checks.wrong("--data-dir", *problem);
  if (modules.migrations().empty()) return;  // keeps no database
  if (!settings.database_password_file.empty()) {
    checks.secret_file("--database-password-file", settings.database_password_file);
  }
  if (!sqlite) return;
  auto problem = may_exist(*sqlite) ? why_no_sqlite_file(*sqlite) : checks.why_not_made(*sqlite);
  // The node's own, where nothing else was asked for, would be damaged: that is for whoever opens it to say.
  if (!problem && checks.is_given("--database")) problem = why_another_format(*sqlite);
  if (problem) checks.wrong("--database", *problem);
}

void check_certificate(const config::Settings& settings, StartChecks& checks) {
  if (settings.tls_certificate_file.empty() || settings.tls_key_file.empty() || !checks.looks_at_files()) return;
  const auto read = security::read_certificate({settings.tls_certificate_file, settings.tls_key_file});
  if (const auto* problem = std::get_if<security::CertificateProblem>(&read)) {
    const bool is_key = problem->of == security::CertificateProblem::Of::key;
    checks.wrong(is_key ? "--tls-key-file" : "--tls-certificate-file", problem->what);
  }
}

void check_redis(const config::Settings& settings, StartChecks& checks) {
  if (settings.redis.empty()) return;
  const auto address = shared::parse_redis_url(settings.redis);
  if (!address) {  // not named: it may hold a password
    checks.wrong("--redis",
                 "must be redis://[USER@]HOST[:PORT][/DB], the same with rediss (TLS), or unix:PATH[?user=USER&db=DB]; "
                 "a password is given by --redis-password-file");
  } else if (!address->tls && !address->is_loopback && !settings.allow_insecure_http) {
    checks.wrong("--redis",
                 "must be rediss (TLS) to another machine, because secrets travel there (or give "
                 "--allow-insecure-http)");
  }
  if (!settings.redis_password_file.empty()) {
    checks.secret_file("--redis-password-file", settings.redis_password_file);
  }
}

}  // namespace

config::Problems check_settings(const config::Settings& settings, const Modules& modules, Look look,
                                config::OptionSet& options, config::Problems& problems) {
  StartChecks checks(settings, look, options, problems);
  checks.attempt("--timezone", [&] { time::Zone{settings.timezone}; });
  checks.attempt("--trusted-proxy", [&] { http::Networks{settings.trusted_proxies}; });
  checks.attempt("--management-host", [&] { http::ManagementHosts{settings.management_hosts}; });
  checks.attempt("--internal-allow", [&] { http::Networks{settings.internal_allow}; });
  check_storage(settings, modules, checks);
  check_certificate(settings, checks);
  check_redis(settings, checks);
  modules.check(checks);
  return checks.cautions();
}

}  // namespace dontgoback::app
