#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "dontgoback/storage/connection.hpp"
#include "identities.hpp"

// What a provider is told when a person is nobody's way in any more: messages of the outbox.
namespace dontgoback::core::sign_in {

inline constexpr std::string_view kRevocationTopic = "sign-in-revocations";

struct Revocation {
  Person person;
  std::optional<std::string> token;  ///< sealed
};

/// Writes it in the caller's transaction, in which the identity goes; nothing for a provider that needs not be told. It
/// is about nobody who is still here, so it outlives the account.
void add_revocation(storage::Connection& connection, const LinkedIdentity& identity);

/// Nothing for what add_revocation has not written.
std::optional<Revocation> read_revocation(std::string_view payload);

}  // namespace dontgoback::core::sign_in
