#include "commands/client_arguments.hpp"

#include <ostream>
#include <stdexcept>

#include "commands/key_file.hpp"
#include "dontgoback/text/utf8.hpp"
#include "tokens/issuer.hpp"

namespace dontgoback::auth {
namespace {

constexpr std::size_t kLongestName = 100;

std::string every_scope() {
  std::string names;
  for (const auto scope : kOwnScopes) names.append(names.empty() ? "" : ", ").append(scope);
  return names;
}

template <class Complain>
std::vector<std::string> given_scopes(const ClientArguments& given, const Complain& complain) {
  auto scopes = scopes_of(joined(given.scopes));
  for (const auto& scope : scopes) {
    if (is_own_scope(scope)) continue;
    complain("--scope: '" + scope + "' is none of this program's scopes (" + every_scope() +
             "); one of another service's is given by --other-scope");
  }
  return words_of(joined(scopes) + ' ' + joined(given.other_scopes));
}

void declare_description(config::Options& options, ClientArguments& given) {
  declare_id(options, given);
  options.text("--name", given.name, "What it is, for people");
  options.list("--scope", given.scopes,
               "A scope it may ask for: " + every_scope() + "; repeatable. It has none that is not given");
  options.list("--other-scope", given.other_scopes,
               "A scope of somebody else's service, which is taken as it is; repeatable");
  options.list("--audience", given.audiences,
               "A resource (RFC 8707) it may ask for besides urn:dontgoback; repeatable");
  options.text("--jwks-file", given.jwks_file,
               "Its public keys (RFC 7517): it signs assertions (private_key_jwt) and has no secret");
}

}  // namespace

void declare_id(config::Options& options, ClientArguments& given) { options.text("id", given.id, "The client's id"); }

void declare_add(config::Options& options, ClientArguments& given) {
  declare_description(options, given);
  options.toggle("--dpop", given.dpop, "It must prove a key (RFC 9449) for every token");
}

void declare_change(config::Options& options, ClientArguments& given) {
  declare_description(options, given);
  options.toggle("--no-scopes", given.no_scopes, "Takes all its scopes");
  options.toggle("--no-audiences", given.no_audiences, "Takes all its audiences");
  options.choice<std::optional<bool>>("--dpop", given.change_dpop, {{"true", true}, {"false", false}},
                                      "Whether it must prove a key (RFC 9449) for every token");
}

void apply(const ClientArguments& given, const std::string& issuer, Client& client, std::ostream& notes) {
  std::string wrong;
  const auto complain = [&wrong](const std::string& about) { wrong += (wrong.empty() ? "" : "; ") + about; };
  if (!is_client_id(client.id)) complain("the id must be 1 to 64 printable ASCII characters without a space");
  if (!given.name.empty()) client.name = given.name;
  if (!text::is_utf8(client.name) || text::code_points(client.name) > kLongestName) {
    complain("--name: at most 100 characters of UTF-8");
  }
  const bool gives_scopes = !given.scopes.empty() || !given.other_scopes.empty();
  if (given.no_scopes && gives_scopes) complain("--scope (or --other-scope) and --no-scopes: one or the other");
  if (given.no_audiences && !given.audiences.empty()) complain("--audience and --no-audiences: one or the other");
  if (given.no_scopes) client.scopes.clear();
  if (given.no_audiences) client.audiences.clear();
  if (gives_scopes) client.scopes = given_scopes(given, complain);
  for (const auto& scope : client.scopes) {
    if (!is_scope(scope)) complain("--scope: '" + scope + "' is no scope (RFC 6749 section 3.3)");
  }
  if (!given.audiences.empty()) client.audiences = words_of(joined(given.audiences));
  for (const auto& audience : client.audiences) {
    if (!is_audience(audience)) complain("--audience: '" + audience + "' is no absolute URI without fragment");
  }
  if (const auto size = largest_token_of(client, issuer); size > kLargestToken) {
    complain("its tokens could have " + std::to_string(size) + " bytes, more than " + std::to_string(kLargestToken) +
             ": id, scopes and audiences must be shorter");
  }
  if (!wrong.empty()) throw std::invalid_argument(wrong);
  if (given.jwks_file.empty()) return;
  auto keys = read_key_file(given.jwks_file);
  for (const auto& note : keys.notes) notes << "--jwks-file: " << note << '\n';
  client.jwks = std::move(keys.jwks);
}

}  // namespace dontgoback::auth
