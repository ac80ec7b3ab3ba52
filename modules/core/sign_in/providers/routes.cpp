#include "sign_in/providers/routes.hpp"

#include <stdexcept>

#include "dontgoback/security/files/secret_file.hpp"
#include "pages/pages.hpp"
#include "sign_in/providers/handlers.hpp"
#include "sign_in/providers/paths.hpp"

namespace dontgoback::core::sign_in {
namespace {

/// A form of Apple's brings a code, a token and, once in a life, a name; a notification a token.
constexpr std::size_t kFormBody = 16 * 1024;
constexpr std::size_t kSmallBody = 4096;

std::unique_ptr<OpenIdSignIn> open_provider(Host& host, const ProviderSettings& provider,
                                            const std::shared_ptr<std::atomic<int>>& waiting) {
  const http::PeerWatch watch{host.health, host.scheduler, host.metrics};
  std::optional<std::string> admin_key;
  if (provider.admin_key_file) {
    admin_key = security::secret_of("--sign-in-admin-key-file", *provider.admin_key_file);
  }
  const auto open = [&](auto&&... secret) {
    ProviderSecrets secrets{std::make_unique<const ClientSecret>(std::forward<decltype(secret)>(secret)...), admin_key};
    return std::make_unique<OpenIdSignIn>(host.client, host.clock, provider, std::move(secrets), host.node.public_url,
                                          waiting, &watch);
  };
  if (provider.secret_file) return open(security::secret_of("--sign-in-secret-file", *provider.secret_file));
  if (!provider.key) return open();
  try {
    return open(ClientKey{provider.key->team, provider.key->key_id,
                          security::SigningKey::from_pem(security::read_secret_file(provider.key->file))},
                provider.client_id, provider.issuer);
  } catch (const std::runtime_error& unreadable) {
    throw std::invalid_argument(std::string("--sign-in-key: ") + unreadable.what());
  }
}

}  // namespace

std::shared_ptr<const OpenIdSignIns> open_providers(Host& host, const std::vector<ProviderSettings>& providers) {
  std::vector<std::unique_ptr<OpenIdSignIn>> all;
  const auto waiting = std::make_shared<std::atomic<int>>(0);
  for (const auto& each : providers) all.push_back(open_provider(host, each, waiting));
  return std::make_shared<const OpenIdSignIns>(std::move(all));
}

void add_provider_routes(Host& host, const SignIn& sign_in, std::shared_ptr<const void> keeping,
                         std::shared_ptr<const OpenIdSignIns> providers) {
  using http::Access, http::Lane, http::Method, http::RouteClass;
  using Handle = http::Response (*)(const ProviderSignIn&, const http::Request&);
  const auto& sessions = sign_in.sessions.authenticator();
  const ProviderSignIn all{sign_in, *providers, http::CookieRules{host.node.public_url_is_https}};
  const auto route = [&](Method method, std::string_view path, const Access& access, Lane lane, std::size_t body,
                         Handle handle) {
    return http::Route{
        .method = method,
        .path = path,
        .access = access,
        .lane = lane,
        .body_limit = body,
        .handler = [all, keeping, providers, handle](const http::Request& request) { return handle(all, request); },
        .failure_form = path == kAuthorizationPath || path == kCallbackPath ? pages::to_sign_in_page : nullptr};
  };
  const auto anybody = Access::account_if_any(sessions).as(RouteClass::sign_in);
  const auto member = Access::account(sessions, http::Role::user);
  auto& router = host.router;

  // They write, and wait for the provider.
  router.add(route(Method::get, kAuthorizationPath, anybody, Lane::command, http::kNoBody, begin_sign_in));
  router.add(route(Method::get, kCallbackPath, anybody, Lane::command, http::kNoBody, come_back));
  auto form =
      route(Method::post, kCallbackPath, Access::anyone().as(RouteClass::sign_in), Lane::command, kFormBody, take_form);
  form.from_other_sites = true;
  router.add(std::move(form));

  router.add(route(Method::post, kNotificationsPath, Access::anyone().as(RouteClass::sign_in), Lane::command, kFormBody,
                   take_notification));

  router.add(
      route(Method::get, kIdentitiesPath, member.as(RouteClass::read), Lane::query, http::kNoBody, list_identities));
  router.add(
      route(Method::post, kIdentityPath, member.as(RouteClass::sign_in), Lane::command, kSmallBody, begin_linking));
  router.add(
      route(Method::del, kIdentityPath, member.as(RouteClass::write), Lane::command, http::kNoBody, remove_identity));
}

}  // namespace dontgoback::core::sign_in
