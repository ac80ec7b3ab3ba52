#include "dontgoback/identity/id_token.hpp"

#include <algorithm>
#include <boost/describe.hpp>
#include <utility>

#include "dontgoback/security/crypto/equal_constant_time.hpp"
#include "dontgoback/security/crypto/hash.hpp"
#include "dontgoback/security/crypto/hex.hpp"
#include "dontgoback/security/jose/audience.hpp"
#include "dontgoback/security/jose/numeric_date.hpp"
#include "dontgoback/security/tokens/skew.hpp"

namespace dontgoback::identity {
namespace {

using security::Audience;
using security::NumericDate;

constexpr std::size_t kLongestSubject = 255;

/// Apple writes `"true"`.
struct Flag {
  bool set = false;
};

bool read(const boost::json::value& from, Flag& to) {
  to.set = (from.is_bool() && from.get_bool()) || (from.is_string() && from.get_string() == "true");
  return from.is_bool() || from.is_string();
}

// Members are named as on the wire.
struct Payload {
  std::string iss, sub;
  Audience aud;
  NumericDate exp, iat;
  std::optional<NumericDate> nbf;
  std::optional<std::string> azp, nonce, email, name;
  std::optional<Flag> email_verified;
};
BOOST_DESCRIBE_STRUCT(Payload, (), (iss, sub, aud, exp, iat, nbf, azp, nonce, email, name, email_verified))

bool contains(const std::vector<std::string>& list, const std::string& text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

// A blank at an end would be no difference to MariaDB.
bool is_subject(const std::string& subject) {
  return !subject.empty() && subject.size() <= kLongestSubject &&
         std::all_of(subject.begin(), subject.end(), [](char c) { return c > ' ' && c <= '~'; });
}

bool is_nonce(const Nonce& expected, const std::string& found) {
  using Form = Nonce::Form;
  const bool plain = security::equal_constant_time(expected.value, found);
  const bool hashed =
      security::equal_constant_time(security::hex(security::bytes(security::sha256(expected.value))), found);
  return (plain && expected.form != Form::sha256) || (hashed && expected.form != Form::plain);
}

/// Empty: it is for one of our clients.
std::string wrong_audience(const Payload& payload, const IdTokenRules& rules) {
  const auto& names = payload.aud.names;
  if (names.empty()) return "aud of the ID token is empty";
  for (const auto& name : names) {
    if (!contains(rules.audiences, name)) return "aud of the ID token names somebody else than this service";
  }
  if (!payload.azp) return names.size() > 1 ? "the ID token has several aud and no azp" : "";
  const bool ours = contains(rules.audiences, *payload.azp) || contains(rules.parties, *payload.azp);
  return ours ? "" : "azp of the ID token is no client of this service";
}

/// Empty: it is good now.
std::string wrong_time(const Payload& payload, std::chrono::seconds leeway, time::Timestamp now) {
  if (now >= payload.exp.moment + leeway) {
    const auto ago = std::chrono::floor<std::chrono::seconds>(now) - payload.exp.moment;
    return "the ID token ended " + std::to_string(ago.count()) + " s ago (" + std::to_string(leeway.count()) +
           " s are borne)";
  }
  for (const auto& [claim, date] : {std::pair{"iat", std::optional(payload.iat)}, {"nbf", payload.nbf}}) {
    if (!date || date->moment <= now) continue;
    if (auto measured = security::skew(claim, date->moment, now, leeway)) return *std::move(measured);
  }
  return {};
}

}  // namespace

IdTokenReading read_id_token(std::string_view claims, const IdTokenRules& rules, const std::optional<Nonce>& nonce,
                             time::Timestamp now) {
  auto payload = json::read<Payload>(claims);
  const auto refused = [](std::string why) { return IdTokenReading{std::nullopt, std::move(why)}; };
  if (!payload) return refused("iss, sub, aud, exp or iat of the ID token is missing, or a claim has the wrong type");
  if (!contains(rules.issuers, payload->iss)) return refused("iss of the ID token is not its issuer");
  if (!is_subject(payload->sub)) return refused("sub of the ID token is not 1 to 255 ASCII characters");
  if (auto why = wrong_audience(*payload, rules); !why.empty()) return refused(std::move(why));
  if (auto why = wrong_time(*payload, rules.leeway, now); !why.empty()) return refused(std::move(why));
  if (nonce && (!payload->nonce || !is_nonce(*nonce, *payload->nonce))) {
    return refused("nonce of the ID token is not the one that was given out");
  }

  IdToken token;
  const bool one = payload->aud.names.size() == 1;
  token.client_id = one ? std::move(payload->aud.names.front()) : *std::move(payload->azp);
  token.issuer = std::move(payload->iss);
  token.subject = std::move(payload->sub);
  token.email = std::move(payload->email).value_or("");
  token.email_verified = payload->email_verified.value_or(Flag{}).set;
  token.name = std::move(payload->name).value_or("");
  token.claims = claims;
  token.issued_at = payload->iat.moment;
  token.expires_at = payload->exp.moment;
  return {std::move(token), {}};
}

}  // namespace dontgoback::identity
