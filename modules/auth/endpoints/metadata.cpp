#include "endpoints/metadata.hpp"

#include <initializer_list>

#include "clients/client.hpp"
#include "dontgoback/json/writer.hpp"
#include "dontgoback/text/url.hpp"
#include "names.hpp"

namespace dontgoback::auth {
namespace {

void list(json::Writer& writer, std::string_view name, std::initializer_list<std::string_view> values) {
  writer.key(name);
  writer.begin_array();
  for (const auto value : values) writer.value(value);
  writer.end_array();
}

}  // namespace

std::string metadata(const std::string& issuer) {
  std::string text;
  json::Writer writer(text);
  const auto endpoint = [&](std::string_view name, std::string_view path) {
    writer.field(name, issuer + std::string(path));
  };
  writer.begin_object();
  writer.field("issuer", issuer);
  endpoint("token_endpoint", kTokenPath);
  endpoint("jwks_uri", kKeySetPath);
  endpoint("revocation_endpoint", kRevocationPath);
  endpoint("introspection_endpoint", kIntrospectionPath);
  list(writer, "scopes_supported", {kUpdateAssets, kRunJobs, kReadPeople, kModerateWalk, kIntrospect});
  list(writer, "response_types_supported", {});  // there is no authorization endpoint
  list(writer, "grant_types_supported", {"client_credentials"});
  for (const std::string_view prefix : {"token_endpoint", "revocation_endpoint", "introspection_endpoint"}) {
    list(writer, std::string(prefix) + "_auth_methods_supported",
         {"client_secret_basic", "client_secret_post", "private_key_jwt"});
    list(writer, std::string(prefix) + "_auth_signing_alg_values_supported", {"RS256", "ES256"});
  }
  list(writer, "dpop_signing_alg_values_supported", {"ES256", "RS256"});
  writer.end_object();
  return text;
}

std::string metadata_path(std::string_view issuer) {
  std::string path = "/.well-known/oauth-authorization-server";
  const auto url = text::Url::parse(issuer);
  if (url && url->path != "/") path.append(url->path);
  return path;
}

}  // namespace dontgoback::auth
