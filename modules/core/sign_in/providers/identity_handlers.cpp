#include "dontgoback/http/error.hpp"
#include "dontgoback/http/parameters.hpp"
#include "sign_in/providers/way.hpp"

namespace dontgoback::core::sign_in {
namespace {

constexpr Failure kNoIdentity{FailureKind::not_found,
                              {"연결된 로그인 수단을 찾을 수 없습니다.", "There is no such way to sign in."}};
constexpr Failure kLastWayIn{FailureKind::conflict,
                             {"마지막 로그인 수단은 해제할 수 없습니다. 다른 수단을 먼저 연결해 주세요.",
                              "This is the last way to sign in. Add another one first."}};

constexpr Message kGoThere{"제공자에서 계속해 주세요.", "Go on at the provider."};
constexpr Message kFound{"조회되었습니다.", "Found."};
constexpr Message kUnlinked{"로그인 수단 연결이 해제되었습니다.", "It is no way to sign in any more."};
constexpr Failure kAway{FailureKind::unavailable,
                        {"로그인 제공자에 연결할 수 없습니다. 잠시 후 다시 시도해 주세요.",
                         "The sign-in provider cannot be reached. Please try again."}};

}  // namespace

http::Response begin_linking(const ProviderSignIn& sign_in, const http::Request& request) {
  const auto& provider = provider_of(sign_in, request.path_parameter("id"));
  const auto way = set_out(sign_in, provider, request, {{}, Posts::leave, request.identity.user, std::nullopt}, "");
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
  const auto user = request.identity.user;
  sign_in.base.database.write([&](storage::Connection& connection) {
    accounts::lock_account(connection, user);  // of two at once the second sees what the first has left
    if (!unlink_identity(connection, user, identity)) throw http::Error(kNoIdentity);
    if (!sign_in.base.ways_in.any(connection, user)) throw http::Error(kLastWayIn);
  });
  return http::envelope(request, 200, kUnlinked, [&](json::Writer& writer) {
    writer.begin_object();
    writer.field("identityId", identity);
    writer.end_object();
  });
}

}  // namespace dontgoback::core::sign_in
