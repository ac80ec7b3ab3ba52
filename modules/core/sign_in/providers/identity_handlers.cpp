#include "dontgoback/http/error.hpp"
#include "dontgoback/http/parameters.hpp"
#include "sign_in/providers/way.hpp"

namespace dontgoback::core::sign_in {
namespace {

constexpr Message kGoThere{"제공자에서 계속해 주세요.", "Go on at the provider."};
constexpr Message kFound{"조회되었습니다.", "Found."};
constexpr Message kUnlinked{"로그인 수단 연결이 해제되었습니다.", "It is no way to sign in any more."};
constexpr Failure kAway{FailureKind::unavailable,
                        {"로그인 제공자에 연결할 수 없습니다. 잠시 후 다시 시도해 주세요.",
                         "The sign-in provider cannot be reached. Please try again."}};

}  // namespace

http::Response begin_linking(const ProviderSignIn& sign_in, const http::Request& request) {
  const auto& provider = provider_of(sign_in, request.path_parameter("id"));
  const auto way = set_out(sign_in, provider, request, {.provider = {}, .link_to = request.identity.user}, "");
  if (!way) throw http::Error(kAway);
  auto response = http::envelope(request, 200, kGoThere, [&](json::Writer& writer) {
    writer.begin_object();
    writer.field("location", way->location);
    writer.end_object();
  });
  cookie_of(sign_in, provider).set(response, way->cookie);
  return response;
}

http::Response list_identities(const ProviderSignIn& sign_in, const http::Request& request) {
  const auto user = request.identity.user;
  std::vector<LinkedIdentity> identities;
  std::optional<std::string> email;
  sign_in.base.database.read([&](storage::Connection& connection) {
    identities = identities_of(connection, user);
    email = accounts::find_email(connection, user);
  });
  return http::envelope(request, 200, kFound, [&](json::Writer& writer) {
    writer.begin_object();
    writer.key("identities");
    writer.begin_array();
    for (const auto& each : identities) {
      const auto* const provider = sign_in.providers.find(each.provider);
      writer.begin_object();
      writer.field("identityId", each.id);
      writer.field("provider", each.provider);
      writer.field("name", provider == nullptr ? each.provider : provider->settings().name);
      writer.field("linkedAt", each.linked_at);
      writer.end_object();
    }
    writer.end_array();
    writer.field("email", email ? std::optional(accounts::masked_email(*email)) : std::nullopt);
    writer.end_object();
  });
}

http::Response remove_identity(const ProviderSignIn& sign_in, const http::Request& request) {
  const auto identity = http::path_id(request, "id");
  const auto& base = sign_in.base;
  base.database.write([&](storage::Connection& connection) {
    unlink_identity(connection, base.ways_in, request.identity.user, identity);
  });
  return http::envelope(request, 200, kUnlinked, [&](json::Writer& writer) {
    writer.begin_object();
    writer.field("identityId", identity);
    writer.end_object();
  });
}

}  // namespace dontgoback::core::sign_in
