#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "dontgoback/config/checks.hpp"
#include "dontgoback/config/node.hpp"
#include "dontgoback/config/options.hpp"
#include "dontgoback/security/tokens/token_verifier.hpp"
#include "resource_server/remote.hpp"

namespace dontgoback::auth {

/// The options of every node about tokens between servers, whether it issues them or not: who does, by what name this
/// node asks for its own, and what it takes.
class Settings {
 public:
  void declare(config::Options& options);
  /// Judges them all; `runs_here`: the module does.
  void check(config::Checks& checks, bool runs_here) const;

  /// Where the auth node is, in its one form; empty: not said.
  std::string auth_url() const;
  /// The issuer that `--issuer` names, in the form that tokens carry (RFC 8414 section 2); empty: not said. A verifier
  /// of first-release tokens may expect any text.
  std::string issuer(bool runs_here) const;
  /// The name of a node that runs the module, in its tokens: what the endpoints' URLs begin with.
  std::string own_issuer(const config::Node& node) const;
  /// Says so in the log when that is not the name by which others reach it.
  void warn_of_own_name(const config::Node& node) const;
  /// What a token that another node brings must say.
  security::Expectations expectations(const config::Node& node, bool runs_here) const;
  /// What clients know this node by, for their proofs.
  std::vector<std::string> own_urls(const config::Node& node, bool runs_here) const;
  /// Whether this node can ask for tokens of its own.
  bool has_credentials() const { return !client_id.empty() && !client_secret_file.empty(); }
  DenyListCopy deny_list_copy() const;
  std::chrono::seconds leeway() const { return std::chrono::seconds(clock_leeway_); }

  std::string client_id;           ///< this node's name at the auth server
  std::string client_secret_file;  ///< and its secret

 private:
  void check_issuer(config::Checks& checks, bool runs_here) const;
  void check_client(config::Checks& checks, bool runs_here) const;

  std::string auth_url_;  ///< as it was given
  std::string issuer_;    ///< as it was given
  bool accept_legacy_ = false;
  std::int64_t clock_leeway_ = 60;
  std::int64_t deny_list_interval_ = 5;
  std::int64_t deny_list_max_age_ = 0;
};

}  // namespace dontgoback::auth
