#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "dontgoback/time/clock.hpp"
#include "walkers/keys.hpp"
#include "walkers/uuid.hpp"

// The tokens that clients of the first release take apart: JWTs of three parts with `userUuid`, `iat` and `exp`, which
// that release signed HS256 and so does this. Each kind has a key of its own, so that none passes for another, nor for
// a token of a walker who proved something.
namespace dontgoback::walk::first_release {

inline constexpr std::chrono::hours kAccessTokenLife{1};
inline constexpr std::chrono::hours kRefreshTokenLife{7 * 24};

/// What such a client has to show: a random UUID that nobody else is ever told.
struct Secret {
  walkers::Uuid uuid;
  friend bool operator==(const Secret&, const Secret&) = default;
};

/// Any thread.
class Tokens {
 public:
  explicit Tokens(const walkers::Keys& keys);
  ~Tokens();

  std::string access_token(const Secret& secret, time::Timestamp now) const;
  /// The secret, or what the first release's library would say of the token: a literal.
  std::variant<Secret, std::string_view> read_access_token(std::string_view token, time::Timestamp now) const;

  /// The one of this number that was issued then: the same one every time.
  struct Refresh {
    Secret secret;
    std::int64_t serial = 0;
  };
  std::string refresh_token(const Refresh& refresh, time::Timestamp issued_at) const;
  std::optional<Refresh> read_refresh_token(std::string_view token, time::Timestamp now) const;

  /// What the database keeps of a secret: base64url of a hash that takes a key.
  std::string stored_form(const Secret& secret) const;

 private:
  struct Inner;
  std::unique_ptr<const Inner> inner_;
};

}  // namespace dontgoback::walk::first_release
