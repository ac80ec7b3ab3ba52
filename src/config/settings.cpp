#include "settings.hpp"

#include <algorithm>

#include "dontgoback/config/base_url.hpp"
#include "dontgoback/text/endpoint.hpp"
#include "dontgoback/text/excerpt.hpp"
#include "dontgoback/text/utf8.hpp"
#include "processors.hpp"

namespace dontgoback::config {
namespace {

constexpr std::uint16_t kManagementDistance = 1000;

void add_once(std::vector<std::string>& list, std::string text) {
  if (std::find(list.begin(), list.end(), text) == list.end()) list.push_back(std::move(text));
}

}  // namespace

Settings::Settings(const Environment& environment)
    : log_priorities(logs_to_journal(environment)),
      log_json(log_priorities),
      io_threads(std::min<std::int64_t>(static_cast<std::int64_t>(usable_processors()), 64)) {
  data_dir = variable(environment, "STATE_DIRECTORY");  // systemd.exec(5); several are parted by colons
  data_dir = data_dir.substr(0, data_dir.find(':'));
  if (data_dir.empty()) data_dir = "./var";
}

void Settings::declare(OptionSet& options, const Roles& roles) {
  roles_ = roles;
  roles_.insert(roles_.begin(), kAllRoles);
  std::vector<std::string> names;
  std::string other_ports;
  for (const auto& role : roles_) {
    names.emplace_back(role.name);
    if (role.port == kAllRoles.port) continue;
    other_ports += (other_ports.empty() ? " (" : ", ") + names.back() + ": " + std::to_string(role.port);
  }
  using telemetry::Level;
  options.begin_group("Node");
  options.choice("--role", node.role, std::move(names),
                 "Which modules run here; ROLE-N, of the Nth on one machine, reads the file ROLE-N.toml");
  options.list("--modules", "NAME", modules, "Only these of the role's modules; repeatable");
  options.text("--data-dir", "DIR", data_dir, "Database, keys and backups; ./var, under systemd $STATE_DIRECTORY");
  options.text("--timezone", "ZONE", timezone, "IANA name of the zone that the service's days are of");
  options.toggle(
      "--clock-trusted", clock_trusted,
      "This machine's clock is right from the start (it has a battery, or NTP is waited for): without this, or "
      "the file below, nothing is deleted by its age until the clock has run evenly for 24 hours");
  options.text("--clock-synchronized-file", "FILE", clock_synchronized_file,
               "Is there once the clock was set by a time server, and touched at each time; systemd-timesyncd's");
  options.choice<Level>(
      "--log-level", log_level,
      {{"debug", Level::debug}, {"info", Level::info}, {"warn", Level::warn}, {"error", Level::error}},
      "The least that is logged");
  options.toggle("--log-json", log_json, "Log lines are JSON; so by itself when they go to systemd's journal");

  options.begin_group("Server");
  options.text("--listen", "ADDR:PORT", listen,
               "User and server API; 127.0.0.1 and " + std::to_string(kAllRoles.port) + other_ports +
                   (other_ports.empty() ? "" : ")") +
                   ". Port 0 picks one. A socket named http that systemd passes goes first");
  options.text("--management-listen", "ADDR:PORT", management_listen,
               "/livez, /readyz and /metrics; 127.0.0.1 and the port above + 1000");
  options.text(
      "--tls-certificate-file", "FILE", tls_certificate_file,
      "PEM: the certificate and its chain, for https at --listen without a proxy in front; taken up again when "
      "it changes. Management stays http");
  options.text("--tls-key-file", "FILE", tls_key_file, "PEM: the key of --tls-certificate-file");
  options.list("--management-host", "NAME", management_hosts,
               "Name that the management address answers to, besides addresses, names without a dot, those below "
               "localhost and internal, and this machine's; repeatable");
  options.integer("--io-threads", io_threads, 1, 64, "Threads that serve sockets");
  options.integer("--max-connections", max_connections, 1, 1'000'000,
                  "At once; for one more the one that has been idle longest ends, else it is answered 503");
  options.integer("--max-connections-per-address", max_connections_per_address, 0, 1'000'000,
                  "The same for one address (of IPv6 a /64, twice as many a /48) that is no trusted proxy's; "
                  "0 is any number");
  options.integer(
      "--max-streams", max_streams, 0, 1'000'000,
      "Of the connections, how many may be streams of events; one more is answered 503. 0 is seven eighths, "
      "as it is of an address");
  options.integer("--request-memory", request_memory, 1, 65'536,
                  "MiB that large heads, bodies and answers under way may take in all; what does not fit is answered "
                  "503");
  options.integer("--shutdown-limit", shutdown_limit, 1, 600, "Seconds that requests and jobs get to end in");
  options.text("--public-url", "URL", node.public_url,
               "What browsers see; decides Secure cookies and links. http:// and the listen address");
  options.list("--web-origin", "URL", node.web_origins,
               "Origin whose pages may call the API, besides the public URL's; repeatable");
  options.list("--trusted-proxy", "CIDR", trusted_proxies, "Whose X-Forwarded-For is believed; repeatable");
  options.list("--internal-allow", "CIDR", internal_allow, "Who may make internal calls; repeatable");

  options.begin_group("Network");
  options.text("--network-name", "NAME", network_name_,
               "What this network calls itself, where people see it: 돈고백, in English dontgoback; 40 characters");
  options.text("--network-name-en", "NAME", network_name_en_, "The same in English; the name above, if that is given");

  declare_limits(options);

  options.begin_group("Database");
  options.text("--database", "URL", database,
               "sqlite:PATH, mysql://USER@HOST:PORT/NAME or mysql:///NAME?socket=PATH&user=USER; "
               "dontgoback.db in the data directory");
  options.text("--database-password-file", "FILE", database_password_file, "Password of the MariaDB user");
  options.text("--redis", "URL", redis,
               "By which several nodes hear of one another at once: redis://[USER@]HOST[:PORT][/DB], the same with "
               "rediss (TLS), or unix:PATH[?user=USER&db=DB]; without it each keeps to itself");
  options.text("--redis-password-file", "FILE", redis_password_file, "Password of the Redis user");

  options.begin_group("Other nodes");
  options.toggle("--allow-insecure-http", allow_insecure_http,
                 "Call other machines over http, and Redis there without TLS");
}

void Settings::resolve(OptionSet& options, Problems& problems) {
  node.data_dir = data_dir;
  if (database.empty()) database = "sqlite:" + (node.data_dir / "dontgoback.db").string();
  resolve_addresses(options, problems);
  resolve_tls(options, problems);
  resolve_urls(options, problems);
  resolve_limits(options, problems);
  resolve_network(options, problems);
}

void Settings::resolve_network(OptionSet& options, Problems& problems) {
  constexpr std::size_t kLongestName = 40;
  const auto take = [&](std::string_view option, const std::string& given, std::string& name) {
    if (given.empty()) return false;
    // As people see it, whatever stands around it.
    if (!text::is_utf8(given) || text::excerpt(given, kLongestName) != given) {
      problems.push_back(options.find(option)->place() +
                         ": must be 1 to 40 characters on one line, without control characters");
    }
    name = given;
    return true;
  };
  if (take("network-name", network_name_, node.network.ko)) {
    node.network.en = node.network.ko;
    node.network.own = true;
  }
  if (take("network-name-en", network_name_en_, node.network.en)) node.network.own = true;
}

void Settings::resolve_addresses(OptionSet& options, Problems& problems) {
  if (listen.empty()) listen = "127.0.0.1:" + std::to_string(default_port());
  const auto own = text::Endpoint::parse(listen);
  if (!own) problems.push_back(options.find("listen")->place() + ": must be ADDRESS:PORT, an IPv6 address in brackets");

  auto* management = options.find("management-listen");
  if (management_listen.empty() && own) {
    if (own->port > 65535 - kManagementDistance) {
      problems.push_back(management->place() + ": must be given, because " + std::to_string(own->port) +
                         " + 1000 is no port");
      return;
    }
    const auto port = own->port == 0 ? 0 : own->port + kManagementDistance;
    management_listen = "127.0.0.1:" + std::to_string(port);
  }
  const auto second = text::Endpoint::parse(management_listen);
  if (!management_listen.empty() && !second) {
    problems.push_back(management->place() + ": must be ADDRESS:PORT, an IPv6 address in brackets");
  }
  if (own && second && own->overlaps(*second)) {
    problems.push_back(management->place() + ": " + second->text() + " must differ from --listen, which takes " +
                       own->text());
  }
}

void Settings::resolve_tls(OptionSet& options, Problems& problems) {
  if (tls_certificate_file.empty() != tls_key_file.empty()) {
    const auto* missing = options.find(tls_key_file.empty() ? "tls-key-file" : "tls-certificate-file");
    problems.push_back(missing->place() + ": the certificate and its key are given together, or neither");
  }
  if (ends_tls() && node.public_url.starts_with("http://")) {
    problems.push_back(options.find("public-url")->place() +
                       ": must begin with https://, because of --tls-certificate-file");
  }
}

void Settings::resolve_urls(OptionSet& options, Problems& problems) {
  node.nodes_hear_one_another = !redis.empty();
  const auto wrong = [&](std::string_view option, const std::string& problem) {
    problems.push_back(options.find(option)->place() + ": " + problem);
  };
  for (auto& origin : node.web_origins) {
    if (const auto url = parse_base_url(origin); url && url->path.empty()) {
      origin = url->origin();
    } else {
      const bool may_hold_password = origin.find('@') != std::string::npos;
      wrong("web-origin", (may_hold_password ? "" : origin + ": ") +
                              (url ? "must have no path: http(s)://HOST[:PORT]" : problem_of_base_url(origin)));
    }
  }
  if (node.public_url.empty()) {  // follows from the address, which port 0 leaves open
    node.public_url_is_https = ends_tls();
    return;
  }
  const auto url = parse_base_url(node.public_url);
  if (!url || !url->path.empty()) {
    wrong("public-url", url ? "must have no path: http(s)://HOST[:PORT]" : problem_of_base_url(node.public_url));
    return;
  }
  node.public_url = url->origin();
  node.public_url_is_https = url->https;
  add_once(node.web_origins, node.public_url);
}

std::uint16_t Settings::default_port() const {
  const auto role = std::find_if(roles_.begin(), roles_.end(), [&](const auto& r) { return r.name == node.role; });
  return role == roles_.end() ? kAllRoles.port : role->port;
}

std::optional<std::string> Settings::problem_of_url(std::string_view url) const {
  const auto parsed = parse_base_url(url);
  if (!parsed) return problem_of_base_url(url);
  if (parsed->https || parsed->is_loopback() || allow_insecure_http) return std::nullopt;
  return "must be https, because secrets travel there (or give --allow-insecure-http)";
}

void Settings::listens_at(const std::string& address_and_port) {
  const auto endpoint = text::Endpoint::parse(address_and_port);
  if (endpoint) {
    node.own_url = endpoint->url(ends_tls() ? "https" : "http");
    node.has_any_address = endpoint->is_any_address();
  }
  if (node.public_url.empty()) {
    node.public_url = node.own_url;
    add_once(node.web_origins, node.public_url);
  }
}

}  // namespace dontgoback::config
