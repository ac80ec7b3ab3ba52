#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dontgoback::core::sign_in {

/// Whose tokens cannot be revoked: its service unlinks persons by their number, for who has its admin key.
inline constexpr std::string_view kKakao = "kakao";

/// The key by which a client proves itself to Apple: its secret is a token that the key signs.
struct ClientKeySettings {
  std::string team;
  std::string key_id;
  std::filesystem::path file;  ///< PKCS #8 PEM, EC P-256, as Apple gives it
};

/// A sign-in provider as configuration has it.
struct ProviderSettings {
  std::string id;                         ///< "google": in addresses
  std::string name;                       ///< as members know it
  std::string issuer;                     ///< as its metadata spells it
  std::vector<std::string> also_issuers;  ///< other spellings of `iss`
  std::string client_id;                  ///< ours, for the web
  std::vector<std::string> apps;          ///< ours on phones, whose tokens are taken as well
  std::string scope;                      ///< empty: none is asked
  bool form_post = false;                 ///< the answer is a form that the provider's page sends here
  std::optional<std::filesystem::path> secret_file;
  std::optional<ClientKeySettings> key;
  std::optional<std::filesystem::path> admin_key_file;  ///< Kakao's, to unlink who has left

  std::vector<std::string> audiences() const {
    auto all = apps;
    all.insert(all.begin(), client_id);
    return all;
  }
};

}  // namespace dontgoback::core::sign_in
