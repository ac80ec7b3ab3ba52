#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dontgoback/backup.hpp"
#include "dontgoback/config/checks.hpp"
#include "dontgoback/config/options.hpp"
#include "sign_in/providers/settings.hpp"

namespace dontgoback::core::sign_in {

/// The providers that options name, and all that is wrong with them.
struct ReadProviders {
  struct Problem {
    std::string_view option;  ///< `--sign-in-client`
    std::string what;
  };
  std::vector<ProviderSettings> providers;  ///< in the order they were named
  std::vector<Problem> problems;
};

/// The options of sign-in with a provider. Each value begins with the id of its provider: `google=…`.
class ProviderOptions {
 public:
  void declare(config::Options& options);
  /// Pure: opens no file.
  ReadProviders read() const;
  /// Of a node that core runs on.
  void check(config::Checks& checks) const;
  std::vector<backup::KeptFile> kept_files() const;

  // As they are given; for tests.
  std::vector<std::string> providers, clients, secret_files, admin_key_files, keys, scopes, names;
};

}  // namespace dontgoback::core::sign_in
