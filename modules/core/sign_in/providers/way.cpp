#include "sign_in/providers/way.hpp"

#include "dontgoback/http/error.hpp"

namespace dontgoback::core::sign_in {
namespace {

constexpr Failure kNoProvider{FailureKind::not_found,
                              {"로그인 제공자를 찾을 수 없습니다.", "There is no such sign-in provider."}};

}  // namespace

const OpenIdSignIn& provider_of(const ProviderSignIn& sign_in, std::string_view id) {
  const auto* const found = sign_in.providers.find(id);
  if (found == nullptr) throw http::Error(kNoProvider);
  return *found;
}

std::string login_path(std::string_view status) { return std::string("/login?status=").append(status); }

http::Response to_login(std::string_view status) { return http::redirect(login_path(status)); }

http::Response to_page_of(const Try& made, std::string_view status) {
  return made.walk_mark ? http::redirect(std::string("/walk/sign-in?status=").append(status)) : to_login(status);
}

std::optional<SetOut> set_out(const ProviderSignIn& sign_in, const OpenIdSignIn& provider, const http::Request& request,
                              Try made, std::string_view prompt) {
  const Hop hop{cookie_of(sign_in, provider).find_or_make(request), sessions::new_opaque_token()};
  auto location = provider.authorization_url(hop, prompt);
  if (!location) return std::nullopt;
  made.provider = provider.settings().id;
  sign_in.base.database.write(
      [&](storage::Connection& connection) { add_try(connection, hop, made, sign_in.base.clock.now()); });
  return SetOut{*std::move(location), hop.browser};
}

}  // namespace dontgoback::core::sign_in
