#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dontgoback/config/checks.hpp"
#include "dontgoback/config/options.hpp"

namespace dontgoback::walk::walkers {

/// Whose ID tokens sign walkers in.
struct ProviderSettings {
  std::string name;                       ///< "kakao": what clients call it
  std::string issuer;                     ///< as its metadata spells it; core names its members' identities by the same
  std::vector<std::string> also_issuers;  ///< other spellings of `iss`
  std::vector<std::string> client_ids;    ///< of our apps: every `aud` must be one of them
  bool takes_no_nonce = false;            ///< its own SDK leaves the nonce out
};

struct ReadProviders {
  struct Problem {
    std::string_view option;
    std::string what;
  };
  std::vector<ProviderSettings> providers;
  std::vector<Problem> problems;
};

/// `--walk-sign-in` and `--walk-sign-in-without-nonce`.
class ProviderOptions {
 public:
  void declare(config::Options& options);
  /// Pure.
  ReadProviders read() const;
  /// Of a node that walk runs on.
  void check(config::Checks& checks) const;

  // As they are given; for tests.
  std::vector<std::string> sign_in, without_nonce;
};

}  // namespace dontgoback::walk::walkers
