#include "provider_options.hpp"

#include <algorithm>
#include <array>

#include "dontgoback/config/base_url.hpp"
#include "dontgoback/text/ascii.hpp"
#include "dontgoback/text/parts.hpp"

namespace dontgoback::walk::walkers {
namespace {

constexpr std::string_view kSignIn = "--walk-sign-in";
constexpr std::string_view kWithoutNonce = "--walk-sign-in-without-nonce";
constexpr std::size_t kLongestName = 32;  // with what else is in it a job's name
constexpr std::size_t kLongestIssuer = 255;

/// What is known of a provider beforehand.
struct Preset {
  std::string_view name, issuer, also_issuer;
};
constexpr std::array<Preset, 3> kPresets{{{"google", "https://accounts.google.com", "accounts.google.com"},
                                          {"kakao", "https://kauth.kakao.com", ""},
                                          {"apple", "https://appleid.apple.com", ""}}};

bool is_name(std::string_view name) {
  return !name.empty() && name.size() <= kLongestName && std::ranges::all_of(name, [](char c) {
    return text::is_digit(c) || (text::is_letter(c) && text::lower(c) == c) || c == '-';
  });
}

/// Nothing to complain of: "".
std::string read_one(std::string_view option, ReadProviders& into) {
  ProviderSettings provider;
  auto head = text::take(option, ' ');
  provider.name = text::take(head, '=');
  const std::string quoted = "'" + provider.name + "'";
  if (!is_name(provider.name)) return quoted + " is not 1 to 32 of a-z, 0-9 and -";
  if (std::ranges::find(into.providers, provider.name, &ProviderSettings::name) != into.providers.end()) {
    return quoted + " is given twice";
  }
  const auto* const preset = std::ranges::find(kPresets, provider.name, &Preset::name);
  if (!head.empty()) {
    provider.issuer = head;
    if (provider.issuer.size() > kLongestIssuer || !config::parse_base_url(provider.issuer)) {
      return "the issuer of " + quoted + " is no URL of at most 255 characters";
    }
  } else if (preset == kPresets.end()) {
    return quoted + " is none that is known: give \"NAME=ISSUER CLIENT_ID\"";
  } else {
    provider.issuer = preset->issuer;
    if (!preset->also_issuer.empty()) provider.also_issuers.emplace_back(preset->also_issuer);
  }
  while (!option.empty()) {
    const auto id = text::take(option, ' ');
    if (id.empty()) continue;
    if (!std::ranges::all_of(id, text::is_visible)) return "a client id of " + quoted + " is not ASCII";
    provider.client_ids.emplace_back(id);
  }
  if (provider.client_ids.empty()) return quoted + " has no client id: give \"NAME CLIENT_ID\"";
  into.providers.push_back(std::move(provider));
  return {};
}

}  // namespace

void ProviderOptions::declare(config::Options& options) {
  options.list(kSignIn, sign_in,
               "\"NAME[=ISSUER] CLIENT_ID CLIENT_ID\": whose ID tokens sign walkers in, and the client ids of the apps "
               "that ask for them; google, kakao and apple need no issuer; repeatable");
  options.list(kWithoutNonce, without_nonce,
               "NAME: take its ID tokens without a nonce too, at most 5 minutes old and once (Kakao's own SDK leaves "
               "it out)");
}

ReadProviders ProviderOptions::read() const {
  ReadProviders result;
  for (const auto& each : sign_in) {
    if (auto what = read_one(each, result); !what.empty()) result.problems.push_back({kSignIn, std::move(what)});
  }
  for (const auto& name : without_nonce) {
    const auto found = std::ranges::find(result.providers, name, &ProviderSettings::name);
    if (found == result.providers.end()) {
      result.problems.push_back({kWithoutNonce, "'" + name + "' is no " + std::string(kSignIn)});
    } else {
      found->takes_no_nonce = true;
    }
  }
  return result;
}

void ProviderOptions::check(config::Checks& checks) const {
  const auto all = read();
  for (const auto& [option, what] : all.problems) checks.wrong(option, what);
  for (const auto& provider : all.providers) {
    if (const auto problem = checks.problem_of_url(provider.issuer)) {
      checks.wrong(kSignIn, "the issuer of '" + provider.name + "' " + *problem);
    }
  }
}

}  // namespace dontgoback::walk::walkers
