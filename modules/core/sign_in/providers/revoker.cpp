#include "sign_in/providers/revoker.hpp"

#include "sign_in/revocations.hpp"

namespace dontgoback::core::sign_in {
namespace {

using Delivery = jobs::Outbox::Delivery;

constexpr std::string_view kUse = "provider-token|";

std::string context_of(const Person& person) { return person.issuer + ' ' + person.subject; }

Delivery deliver(storage::Database& database, const sessions::Sessions& sessions, const OpenIdSignIns& providers,
                 std::string_view payload) {
  const auto revocation = read_revocation(payload);
  const auto* const provider = revocation ? providers.of_issuer(revocation->person.issuer) : nullptr;
  if (provider == nullptr) return Delivery::drop;
  const auto& person = revocation->person;
  // Who came back meanwhile has agreed anew.
  const bool is_back =
      database.read([&](storage::Connection& connection) { return holder_of(connection, person).has_value(); });
  if (is_back) return Delivery::done;
  std::optional<std::string> token;
  if (revocation->token) {
    token = sessions.unseal(kUse, *revocation->token, context_of(person));
    if (!token) return Delivery::drop;  // the session keys were made anew
  }
  return provider->end_consent(person.subject, token);
}

}  // namespace

std::optional<std::string> sealed_token(const sessions::Sessions& sessions, const ProvenPerson& proven) {
  if (!proven.token) return std::nullopt;
  return sessions.seal(kUse, *proven.token, context_of(proven.person));
}

void deliver_revocations(jobs::Outbox& outbox, storage::Database& database, const sessions::Sessions& sessions,
                         std::shared_ptr<const OpenIdSignIns> providers) {
  outbox.on(kRevocationTopic,
            [&database, &sessions, providers = std::move(providers)](std::int64_t, std::string_view payload) {
              return deliver(database, sessions, *providers, payload);
            });
}

}  // namespace dontgoback::core::sign_in
