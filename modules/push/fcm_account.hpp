#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "dontgoback/security/jose/signing_key.hpp"
#include "dontgoback/time/clock.hpp"

namespace dontgoback::push {

/// Who we are to Firebase Cloud Messaging: a service account of the project, as Google's console gives it out in a JSON
/// file (https://developers.google.com/identity/protocols/oauth2/service-account).
struct FcmAccount {
  std::string project;
  std::string client_email;
  std::string token_uri;
  std::string key_id;
  security::SigningKey key;

  /// What is exchanged for an access token at `token_uri` (RFC 7523): good for an hour.
  std::string assertion(time::Timestamp now) const;
};

/// Throws std::runtime_error, naming the file, for what is no such file, for a key that does not sign RS256, and for a
/// token_uri that is neither https nor at `test_service`, the origin of a stand-in; "": there is none.
FcmAccount read_fcm_account(const std::filesystem::path& file, std::string_view test_service);

}  // namespace dontgoback::push
