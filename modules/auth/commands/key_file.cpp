#include "commands/key_file.hpp"

#include <algorithm>
#include <array>
#include <boost/json/serialize.hpp>
#include <fstream>
#include <iterator>
#include <optional>
#include <stdexcept>
#include <string_view>

#include "dontgoback/json/reader.hpp"
#include "dontgoback/security/jose/public_key.hpp"

namespace dontgoback::auth {
namespace {

using boost::json::object;
using boost::json::value;

constexpr std::size_t kMostBytes = 64 * 1024;
constexpr std::size_t kMostKeys = 32;
constexpr std::string_view kWanted =
    "give a JWKS (RFC 7517: {\"keys\":[...]}), one JWK, or the PEM that `openssl pkey -pubout` writes";
constexpr std::string_view kKinds = "RSA of 2048 to 4096 bit and P-256 are taken";

[[noreturn]] void refuse(const std::filesystem::path& file, std::string_view what) {
  throw std::invalid_argument("--jwks-file: " + file.string() + ' ' + std::string(what));
}

std::string_view member(const object& key, std::string_view name) {
  const auto* found = key.if_contains(name);
  return found != nullptr && found->is_string() ? std::string_view(found->get_string()) : std::string_view();
}

std::string quoted(std::string_view text) { return "\"" + std::string(text.substr(0, 64)) + "\""; }

/// Of a JWK that is no key of ours: the first thing that keeps it from being one.
std::string why_unusable(const value& json) {
  if (!json.is_object()) return "it is no JSON object";
  const auto& key = json.get_object();
  const auto kty = member(key, "kty");
  if (kty.empty()) return "it has no kty";
  if (kty != "RSA" && kty != "EC") return "kty " + quoted(kty) + ": " + std::string(kKinds);
  if (kty == "EC" && member(key, "crv") != "P-256") return "crv " + quoted(member(key, "crv")) + " is not P-256";
  if (key.contains("use") && member(key, "use") != "sig") return "use " + quoted(member(key, "use")) + " is not sig";
  const std::string_view alg = kty == "RSA" ? "RS256" : "ES256";
  if (key.contains("alg") && member(key, "alg") != alg) {
    return "alg " + quoted(member(key, "alg")) + " is not " + std::string(alg);
  }
  using Members = std::array<std::string_view, 2>;
  for (const auto needed : kty == "RSA" ? Members{"n", "e"} : Members{"x", "y"}) {
    if (member(key, needed).empty()) return "it has no " + std::string(needed);
  }
  if (const auto* operations = key.if_contains("key_ops")) {
    const bool verifies =
        operations->is_array() && std::any_of(operations->get_array().begin(), operations->get_array().end(),
                                              [](const value& each) { return each == "verify"; });
    if (!verifies) return "key_ops do not have verify";
  }
  return kty == "RSA" ? "it is no RSA key of 2048 to 4096 bit with an exponent from 65537 to 32 bit"
                      : "x and y are no point of P-256";
}

std::string name_of(const value& json, std::size_t number) {
  auto name = "key " + std::to_string(number);
  if (!json.is_object()) return name;
  const auto& key = json.get_object();
  if (const auto kid = member(key, "kid"); !kid.empty()) name += ", kid " + quoted(kid);
  if (const auto kty = member(key, "kty"); !kty.empty()) name += ", kty " + std::string(kty.substr(0, 16));
  return name;
}

bool has_secret_half(const value& json) {
  return json.is_object() && (json.get_object().contains("d") || json.get_object().contains("k"));
}

GivenKeys keys_of_set(const std::filesystem::path& file, const boost::json::array& set, std::string jwks) {
  if (std::any_of(set.begin(), set.end(), has_secret_half)) {
    refuse(file, "holds a private key; give the public half only");
  }
  if (set.empty()) refuse(file, "has no key in it");
  if (set.size() > kMostKeys) refuse(file, "has more than 32 keys");
  GivenKeys given{std::move(jwks), {}};
  std::string why;
  for (std::size_t i = 0; i < set.size(); ++i) {
    if (security::PublicKey::from_jwk(set[i])) continue;
    given.notes.push_back("left out: " + name_of(set[i], i + 1) + ": " + why_unusable(set[i]));
    why += (why.empty() ? "" : "; ") + given.notes.back().substr(std::string_view("left out: ").size());
  }
  if (given.notes.size() == set.size()) refuse(file, "has no key to verify with: " + why);
  return given;
}

std::string set_of(const std::string& jwk) { return R"({"keys":[)" + jwk + "]}"; }

/// The label of PEM's one block (RFC 7468), and what is in it.
struct Pem {
  std::string_view label;
  std::string base64;
};

Pem read_pem(const std::filesystem::path& file, std::string_view text) {
  static constexpr std::string_view kBegin = "-----BEGIN ", kDashes = "-----", kEnd = "-----END ";
  text.remove_prefix(text.find(kBegin) + kBegin.size());
  Pem pem{text.substr(0, text.find(kDashes)), {}};
  if (pem.label.find("PRIVATE KEY") != pem.label.npos) refuse(file, "holds a private key; give the public half only");
  text.remove_prefix(std::min(text.size(), pem.label.size() + kDashes.size()));
  const auto end = text.find(kEnd);
  if (end == text.npos || text.find(kBegin, end) != text.npos) {
    refuse(file, "is PEM with more than one block, or with none that ends; " + std::string(kWanted));
  }
  for (const char c : text.substr(0, end)) {
    if (c != '\n' && c != '\r' && c != ' ' && c != '\t') pem.base64 += c;
  }
  return pem;
}

GivenKeys key_of_pem(const std::filesystem::path& file, std::string_view text) {
  const auto pem = read_pem(file, text);
  if (pem.label != "PUBLIC KEY") {
    refuse(file, "is PEM of " + quoted(pem.label) + ", not of a PUBLIC KEY; " + std::string(kWanted));
  }
  const auto key = security::PublicKey::from_der_base64(pem.base64);
  if (!key) refuse(file, "has no key to verify with: " + std::string(kKinds));
  return {set_of(key->to_jwk()), {"the key's kid is " + key->kid() + ": an assertion names that one, or none"}};
}

}  // namespace

GivenKeys read_key_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  if (!in) refuse(file, "cannot be read");
  if (text.size() > kMostBytes) refuse(file, "is larger than 64 KiB; " + std::string(kWanted));
  if (text.find("-----BEGIN ") != text.npos) return key_of_pem(file, text);
  const auto document = json::parse(text);
  if (!document || !document->is_object()) refuse(file, "is no JSON object; " + std::string(kWanted));
  const auto& members = document->get_object();
  if (members.contains("kty")) return keys_of_set(file, boost::json::array{*document}, set_of(text));
  const auto* set = members.if_contains("keys");
  if (set == nullptr || !set->is_array()) refuse(file, "has neither keys nor a kty; " + std::string(kWanted));
  return keys_of_set(file, set->get_array(), std::move(text));
}

}  // namespace dontgoback::auth
