#pragma once

#include <optional>
#include <string>
#include <vector>

#include "accent.hpp"
#include "dontgoback/backup.hpp"
#include "dontgoback/config/checks.hpp"
#include "dontgoback/config/network_name.hpp"
#include "dontgoback/config/options.hpp"
#include "dontgoback/http/language.hpp"

namespace dontgoback::web {

/// A text in both languages; the English is the Korean where none is given.
struct Told {
  std::string ko, en;
  const std::string& in(http::Language language) const { return language == http::Language::en ? en : ko; }
  bool empty() const { return ko.empty() && en.empty(); }
};

/// What the operator says of the network.
struct Network {
  config::NetworkName name;
  std::optional<Colour> accent;
  Told welcome;         ///< below the name where people sign in
  Told rules;           ///< on the page about it
  std::string contact;  ///< `https://…` or `mailto:…`

  /// Whether the page itself looks or speaks otherwise than as it was built.
  bool has_own_page() const { return name.own || accent || !welcome.empty(); }
};

/// Its options. Texts may stand in files, `file:PATH`, which are read once, at the start.
class NetworkOptions {
 public:
  void declare(config::Options& options);
  /// Names each option that cannot work. `looks_at_files` of the checks says whether files are read.
  void check(config::Checks& checks) const;
  /// The files that texts stand in: without one the node does not start.
  std::vector<backup::KeptFile> kept_files() const;
  /// Throws std::invalid_argument for what `check` would have named.
  Network read(const config::NetworkName& name) const;

 private:
  std::string accent_;
  std::string welcome_, welcome_en_;
  std::string rules_, rules_en_;
  std::string contact_;
};

/// What the page knows of its network before anything is asked, as JSON: `{"ko","en","accent":[light,dark],"welcome"}`.
std::string page_json(const Network& network);

}  // namespace dontgoback::web
