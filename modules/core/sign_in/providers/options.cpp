#include "sign_in/providers/options.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "dontgoback/config/base_url.hpp"
#include "dontgoback/security/files/secret_file.hpp"
#include "dontgoback/security/jose/signing_key.hpp"
#include "dontgoback/text/ascii.hpp"
#include "dontgoback/text/parts.hpp"
#include "dontgoback/text/utf8.hpp"

namespace dontgoback::core::sign_in {
namespace {

constexpr std::string_view kProvider = "--sign-in-provider";
constexpr std::string_view kClient = "--sign-in-client";
constexpr std::string_view kSecretFile = "--sign-in-secret-file";
constexpr std::string_view kAdminKeyFile = "--sign-in-admin-key-file";
constexpr std::string_view kKey = "--sign-in-key";
constexpr std::string_view kScope = "--sign-in-scope";
constexpr std::string_view kName = "--sign-in-name";
constexpr std::size_t kLongestId = 32;
constexpr std::size_t kLongestIssuer = 255;
constexpr std::size_t kLongestName = 40;

/// What is known of a provider beforehand.
struct Preset {
  std::string_view id, name, issuer, also_issuer, scope;
};
constexpr std::array<Preset, 3> kPresets{{
    {"google", "Google", "https://accounts.google.com", "accounts.google.com", "openid email"},
    // An application that is not allowed to ask for the address is refused when it does.
    {kKakao, "카카오", "https://kauth.kakao.com", "", "openid"},
    // Without a scope Apple answers by a plain redirect.
    {"apple", "Apple", "https://appleid.apple.com", "", ""},
}};
constexpr std::string_view kScopeOfOthers = "openid email";
constexpr std::string_view kApple = "apple";

const Preset* preset_of(std::string_view id) {
  const auto* const found = std::ranges::find(kPresets, id, &Preset::id);
  return found == kPresets.end() ? nullptr : found;
}

bool is_id(std::string_view id) {
  return !id.empty() && id.size() <= kLongestId && std::ranges::all_of(id, [](char c) {
    return text::is_digit(c) || (text::is_letter(c) && text::lower(c) == c) || c == '-';
  });
}

bool is_visible(std::string_view text) { return !text.empty() && std::ranges::all_of(text, text::is_visible); }

std::vector<std::string> words(std::string_view text) {
  std::vector<std::string> found;
  while (!text.empty()) {
    if (const auto word = text::take(text, ' '); !word.empty()) found.emplace_back(word);
  }
  return found;
}

struct Given {
  std::string id, value;
};

class Reader {
 public:
  void name(const std::string& option) {
    const auto equals = option.find('=');
    ProviderSettings provider;
    provider.id = option.substr(0, equals);
    const auto* const preset = preset_of(provider.id);
    if (!is_id(provider.id)) {
      return complain(kProvider, "'" + provider.id + "' is not 1 to 32 of a-z, 0-9 and -");
    }
    if (find(provider.id) != nullptr) return complain(kProvider, "'" + provider.id + "' is given twice");
    if (preset == nullptr && equals == std::string::npos) {
      return complain(kProvider, "'" + provider.id + "' is none that is known: give ID=ISSUER");
    }
    provider.name = preset == nullptr ? provider.id : std::string(preset->name);
    provider.scope = preset == nullptr ? kScopeOfOthers : preset->scope;
    if (equals == std::string::npos) {
      provider.issuer = preset->issuer;
      if (!preset->also_issuer.empty()) provider.also_issuers.emplace_back(preset->also_issuer);
    } else {
      provider.issuer = option.substr(equals + 1);
      if (provider.issuer.size() > kLongestIssuer || !config::parse_base_url(provider.issuer)) {
        return complain(kProvider, "the issuer of '" + provider.id + "' is no URL of at most 255 characters");
      }
    }
    result.providers.push_back(std::move(provider));
  }

  void client(const std::string& option) {
    with_provider(kClient, option, [&](ProviderSettings& provider, const std::string& value) {
      auto ids = words(value);
      if (ids.empty()) return complain(kClient, "'" + provider.id + "' has none");
      if (!provider.client_id.empty()) return complain(kClient, "'" + provider.id + "' is given twice");
      if (!std::ranges::all_of(ids, is_visible)) return complain(kClient, "'" + provider.id + "' is not ASCII");
      provider.client_id = ids.front();
      provider.apps.assign(ids.begin() + 1, ids.end());
    });
  }

  void secret_file(const std::string& option) {
    with_provider(kSecretFile, option,
                  [](ProviderSettings& provider, const std::string& value) { provider.secret_file = value; });
  }

  void admin_key_file(const std::string& option) {
    with_provider(kAdminKeyFile, option, [&](ProviderSettings& provider, const std::string& value) {
      if (provider.id != kKakao) return complain(kAdminKeyFile, "'" + provider.id + "' takes none: kakao does");
      provider.admin_key_file = value;
    });
  }

  void key(const std::string& option) {
    with_provider(kKey, option, [&](ProviderSettings& provider, const std::string& value) {
      std::string_view rest = value;
      ClientKeySettings key;
      key.team = text::take(rest, ' ');
      key.key_id = text::take(rest, ' ');
      key.file = rest;
      if (!is_visible(key.team) || !is_visible(key.key_id) || rest.empty()) {
        return complain(kKey, "'" + provider.id + "' is not ID=TEAM KEY_ID FILE");
      }
      provider.key = std::move(key);
    });
  }

  void scope(const std::string& option) {
    with_provider(kScope, option, [&](ProviderSettings& provider, const std::string& value) {
      if (!std::ranges::all_of(words(value), is_visible)) return complain(kScope, "'" + provider.id + "' is not ASCII");
      provider.scope = value;
    });
  }

  void shown_name(const std::string& option) {
    with_provider(kName, option, [&](ProviderSettings& provider, const std::string& value) {
      const bool plain = std::ranges::none_of(value, [](char c) { return static_cast<unsigned char>(c) < ' '; });
      if (!plain || value.empty() || !text::is_utf8(value) || text::code_points(value) > kLongestName) {
        return complain(kName, "that of '" + provider.id + "' is not 1 to 40 characters");
      }
      provider.name = value;
    });
  }

  void finish() {
    for (auto& provider : result.providers) {
      if (provider.client_id.empty()) complain(kClient, "'" + provider.id + "' has none");
      if (provider.secret_file && provider.key) complain(kKey, "'" + provider.id + "' has a secret file already");
      if (provider.id != kApple) continue;
      // Apple sends what a scope brings by a form only.
      provider.form_post = !words(provider.scope).empty();
      if (!provider.key && !provider.secret_file) complain(kKey, "'apple' has none: its secret is signed with a key");
    }
  }

  ReadProviders result;

 private:
  template <class F>
  void with_provider(std::string_view option, const std::string& given, F&& take) {
    const auto equals = given.find('=');
    const auto id = given.substr(0, equals);
    auto* const provider = find(id);
    if (equals == std::string::npos) return complain(option, "'" + given + "' is not ID=…");
    if (provider == nullptr) {
      return complain(option, "'" + id + "' is no " + std::string(kProvider));
    }
    take(*provider, given.substr(equals + 1));
  }
  ProviderSettings* find(std::string_view id) {
    const auto found = std::ranges::find(result.providers, id, &ProviderSettings::id);
    return found == result.providers.end() ? nullptr : &*found;
  }
  void complain(std::string_view option, std::string what) { result.problems.push_back({option, std::move(what)}); }
};

/// Empty: it is good.
std::string problem_of_key(const std::filesystem::path& file) {
  try {
    const auto key = security::SigningKey::from_pem(security::read_secret_file(file));
    return key.algorithm() == security::Algorithm::es256 ? "" : "it is no EC P-256 key";
  } catch (const std::runtime_error& unreadable) {
    return unreadable.what();
  }
}

}  // namespace

void ProviderOptions::declare(config::Options& options) {
  options.list(
      kProvider, providers,
      "ID or ID=ISSUER: whom members may sign in with; google, kakao and apple need no issuer; repeatable, shown "
      "in this order");
  options.list(kClient, clients,
               "\"ID=CLIENT_ID APP APP\": the client id that the provider gave this service, then those of its apps on "
               "phones");
  options.list(kSecretFile, secret_files, "ID=FILE: the file that holds the client secret; without one there is none");
  options.list(kAdminKeyFile, admin_key_files,
               "kakao=FILE: the file that holds the admin key of the service's application, by which members who have "
               "left are unlinked there; without one they are not");
  options.list(kKey, keys,
               "\"apple=TEAM KEY_ID FILE\": what signs the client secret that Apple takes; FILE is the .p8 file");
  options.list(kScope, scopes, "\"ID=SCOPE SCOPE\": what is asked of the provider in place of the usual");
  options.list(kName, names, "ID=NAME: what the sign-in page calls the provider");
}

ReadProviders ProviderOptions::read() const {
  Reader reader;
  for (const auto& each : providers) reader.name(each);
  for (const auto& each : clients) reader.client(each);
  for (const auto& each : secret_files) reader.secret_file(each);
  for (const auto& each : admin_key_files) reader.admin_key_file(each);
  for (const auto& each : keys) reader.key(each);
  for (const auto& each : scopes) reader.scope(each);
  for (const auto& each : names) reader.shown_name(each);
  reader.finish();
  return std::move(reader.result);
}

void ProviderOptions::check(config::Checks& checks) const {
  const auto all = read();
  for (const auto& [option, what] : all.problems) checks.wrong(option, what);
  for (const auto& provider : all.providers) {
    if (const auto problem = checks.problem_of_url(provider.issuer)) {
      checks.wrong(kProvider, "the issuer of '" + provider.id + "' " + *problem);
    }
    if (provider.form_post && !checks.node().public_url_is_https) {
      checks.wrong(kScope, "Apple answers what a scope asks for by a form, which needs a --public-url with https");
    }
    if (!checks.looks_at_files()) continue;
    if (provider.secret_file) checks.secret_file(kSecretFile, *provider.secret_file);
    if (provider.admin_key_file) checks.secret_file(kAdminKeyFile, *provider.admin_key_file);
    if (!provider.key) continue;
    if (const auto problem = problem_of_key(provider.key->file); !problem.empty()) {
      checks.wrong(kKey, "the key of '" + provider.id + "': " + problem);
    }
  }
}

std::vector<backup::KeptFile> ProviderOptions::kept_files() const {
  std::vector<backup::KeptFile> files;
  for (const auto& provider : read().providers) {
    if (provider.secret_file) files.push_back({"sign-in-secret " + provider.id, *provider.secret_file});
    if (provider.admin_key_file) files.push_back({"sign-in-admin-key " + provider.id, *provider.admin_key_file});
    if (provider.key) files.push_back({"sign-in-key " + provider.id, provider.key->file});
  }
  return files;
}

}  // namespace dontgoback::core::sign_in
