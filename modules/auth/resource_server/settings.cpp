#include "resource_server/settings.hpp"

#include <algorithm>

#include "dontgoback/config/base_url.hpp"
#include "dontgoback/telemetry/log.hpp"
#include "names.hpp"

namespace dontgoback::auth {
namespace {

constexpr std::size_t kLongestIssuer = 255;

/// The URL in its one form; a text that is none as it is.
std::string normalized(const std::string& url) {
  const auto parsed = config::parse_base_url(url);
  return parsed ? parsed->text() : url;
}

}  // namespace

void Settings::declare(config::Options& options) {
  options.text("--auth-url", "URL", auth_url_, "The auth node, when auth does not run here");
  options.text("--client-id", "ID", client_id, "This node's name at the auth server");
  options.text("--client-secret-file", "FILE", client_secret_file, "This node's secret at the auth server");
  options.text("--issuer", "URL", issuer_,
               "iss of tokens between servers: the auth node's URL as others reach it. With --accept-legacy-issuer "
               "whatever those tokens say");
  options.toggle("--accept-legacy-issuer", accept_legacy_,
                 "Take tokens of a first-release auth server: no kid, typ, aud or scope");
  options.integer("--clock-leeway", clock_leeway_, 0, 300, "Seconds that the clocks of other machines may be off");
  options.integer("--deny-list-interval", deny_list_interval_, 1, 300,
                  "Seconds between looks at what the auth node has taken back");
  options.integer("--deny-list-max-age", deny_list_max_age_, 0, 86400,
                  "Seconds after which a list of it is too old, and tokens are answered 503 while the auth node is "
                  "away. 0: the last one serves however old");
}

void Settings::check(config::Checks& checks, bool runs_here) const {
  if (!auth_url_.empty()) {
    if (const auto problem = checks.problem_of_url(auth_url_)) checks.wrong("--auth-url", *problem);
  } else if (!runs_here) {
    checks.warn("no auth node is known (--auth-url): calls of other servers will be refused");
  }
  if (deny_list_max_age_ != 0 && deny_list_max_age_ < 2 * deny_list_interval_) {
    checks.wrong("--deny-list-max-age",
                 "must be 0 or at least twice --deny-list-interval, or one lost answer would stop all calls");
  }
  check_issuer(checks, runs_here);
  check_client(checks, runs_here);
}

void Settings::check_issuer(config::Checks& checks, bool runs_here) const {
  if (issuer_.empty()) return;
  if (accept_legacy_ && !runs_here) {
    // Kept as it is: a server of the first release may say anything.
    if (!std::ranges::all_of(issuer_, [](unsigned char c) { return c >= ' ' && c != 0x7F; })) {
      checks.wrong("--issuer", "must not hold control characters");
    }
  } else if (auto problem = checks.problem_of_url(issuer_)) {
    if (!runs_here && !config::parse_base_url(issuer_))
      *problem += "; only with --accept-legacy-issuer it may be another text";
    checks.wrong("--issuer", *problem);
  } else if (normalized(issuer_).size() > kLongestIssuer) {
    checks.wrong("--issuer",
                 "must have at most " + std::to_string(kLongestIssuer) + " characters: every token carries it");
  }
}

void Settings::check_client(config::Checks& checks, bool runs_here) const {
  const auto visible = [](unsigned char c) { return c > ' ' && c <= '~'; };
  if (client_id.size() > 64 || !std::ranges::all_of(client_id, visible)) {
    checks.wrong("--client-id", "must be 1 to 64 printable ASCII characters without a space");
  }
  if (runs_here) return;  // signs its tokens itself
  if (client_id.empty() && !client_secret_file.empty()) {
    checks.wrong("--client-secret-file", "needs --client-id: whose secret it is");
  }
  if (!client_id.empty() && client_secret_file.empty()) {
    checks.wrong("--client-id", "needs --client-secret-file: a name without a secret gets no token");
  }
  if (!auth_url_.empty() && has_credentials()) checks.secret_file("--client-secret-file", client_secret_file);
}

std::string Settings::auth_url() const { return normalized(auth_url_); }

std::string Settings::issuer(bool runs_here) const {
  return accept_legacy_ && !runs_here ? issuer_ : normalized(issuer_);
}

std::string Settings::own_issuer(const config::Node& node) const {
  auto named = issuer(true);
  return named.empty() ? node.own_url : named;
}

void Settings::warn_of_own_name(const config::Node& node) const {
  const bool is_for_others = node.role == "auth" && (node.public_url_is_https || node.has_any_address);
  if (!is_for_others || !issuer_.empty()) return;
  telemetry::log_warn("tokens name this node as others do not: give --issuer, the auth-url of the others",
                      {{"iss", node.own_url}});
}

security::Expectations Settings::expectations(const config::Node& node, bool runs_here) const {
  security::Expectations expected;
  const auto named = issuer(runs_here);
  expected.issuer = !named.empty() ? named : runs_here ? node.own_url : auth_url();
  // Letter by letter: how an auth node of an earlier version, or of the first release, may have it in its tokens.
  expected.also_issuer = !issuer_.empty() ? issuer_ : runs_here ? std::string() : auth_url_;
  expected.audience = kDefaultAudience;
  expected.leeway = leeway();
  expected.accept_legacy = accept_legacy_;
  return expected;
}

std::vector<std::string> Settings::own_urls(const config::Node& node, bool runs_here) const {
  std::vector<std::string> urls{node.own_url, node.public_url};
  // What clients of the auth server know it by, which may be a URL that only its proxy has.
  if (runs_here && !issuer_.empty()) urls.push_back(issuer(runs_here));
  return urls;
}

DenyListCopy Settings::deny_list_copy() const {
  return {std::chrono::seconds(deny_list_interval_), std::chrono::seconds(deny_list_max_age_)};
}

}  // namespace dontgoback::auth
