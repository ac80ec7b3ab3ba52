#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "dontgoback/config/network_name.hpp"

namespace dontgoback::mail {

/// Who mails are from.
struct Sender {
  std::string name;  ///< may be empty
  std::string address;
  /// What subjects begin with in place of the first release's name, where the operator has named the network.
  std::optional<config::NetworkName> network = std::nullopt;

  std::string_view domain() const { return std::string_view(address).substr(address.find('@') + 1); }
};

/// `a@b.kr` or `Name <a@b.kr>`; the name is well-formed UTF-8 of at most 100 bytes without control characters, quotes
/// and angle brackets.
std::optional<Sender> parse_sender(std::string_view text);

}  // namespace dontgoback::mail
