#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "dontgoback/security/tokens/claims.hpp"

namespace dontgoback::auth {

/// Tokens that are refused before they end by themselves.
struct Denial {
  enum class Kind { token, client, key };
  Kind kind = Kind::token;
  std::string value;                      ///< a `jti`, a `client_id` or a `kid`
  std::chrono::sys_seconds issued_until;  ///< a client's tokens up to this `iat`; of no meaning for the others
  std::chrono::sys_seconds ends;          ///< when the last token it is about has ended: it may be forgotten then
  friend bool operator==(const Denial&, const Denial&) = default;
};

/// A deny-list as it was at one moment. Immutable; any thread.
class DenySet {
 public:
  static constexpr std::size_t kMaxDenials = 10'000;

  DenySet() = default;
  explicit DenySet(std::vector<Denial> denials);

  bool denies(const security::Claims& claims) const;
  /// The `iat` up to which tokens of a client are denied; nothing when none of it are.
  std::optional<std::chrono::sys_seconds> client_denied_until(std::string_view client) const;
  std::size_t size() const { return denials_.size(); }

  /// `{"denials":[{"type":"token|client|key","value":…,"issuedUntil":…,"exp":…}]}`, times as NumericDate; `issuedUntil`
  /// for clients only. The order is that of the list given, so that equal lists have equal entity tags.
  std::string to_json() const;
  /// Nothing when it is no such document or has more than kMaxDenials. Types it does not know are left out.
  static std::optional<DenySet> from_json(std::string_view text);

 private:
  std::vector<Denial> denials_;
  std::set<std::string, std::less<>> tokens_;
  std::set<std::string, std::less<>> keys_;
  std::map<std::string, std::chrono::sys_seconds, std::less<>> clients_;
};

}  // namespace dontgoback::auth
