#include "fcm_account.hpp"

#include <algorithm>
#include <boost/describe.hpp>
#include <stdexcept>

#include "dontgoback/json/reader.hpp"
#include "dontgoback/json/writer.hpp"
#include "dontgoback/security/files/secret_file.hpp"
#include "dontgoback/text/url.hpp"

namespace dontgoback::push {
namespace {

struct File {
  std::string type;
  std::string project_id;
  std::string private_key_id;
  std::string private_key;
  std::string client_email;
  std::string token_uri;
};
BOOST_DESCRIBE_STRUCT(File, (), (type, project_id, private_key_id, private_key, client_email, token_uri))

constexpr std::string_view kScope = "https://www.googleapis.com/auth/firebase.messaging";
constexpr std::chrono::minutes kLife{55};  // an hour is the most, and a clock may be off

/// Project ids, those of domains (`example.com:app`) too, are written into a path.
bool is_project(std::string_view text) {
  return !text.empty() && text.size() <= 100 && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == ':';
  });
}

security::SigningKey key_of(const std::string& pem) {
  auto key = security::SigningKey::from_pem(pem);
  if (key.algorithm() != security::Algorithm::rs256) throw std::runtime_error("private_key is no key of RSA");
  return key;
}

FcmAccount account_of(const std::string& text, std::string_view test_service) {
  const auto file = json::read<File>(text);
  if (!file || file->type != "service_account") {
    throw std::runtime_error("no key file of a service account, as Google's console gives it out");
  }
  if (!is_project(file->project_id)) throw std::runtime_error("project_id is none");
  const auto url = text::Url::parse(file->token_uri);
  const bool is_stand_in = url && !test_service.empty() && url->origin() == test_service;
  if (!url || (!url->https && !is_stand_in)) throw std::runtime_error("token_uri is no https URL");
  return {file->project_id, file->client_email, file->token_uri, file->private_key_id, key_of(file->private_key)};
}

}  // namespace

std::string FcmAccount::assertion(time::Timestamp now) const {
  const auto at = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch();
  std::string claims;
  json::Writer writer(claims);
  writer.begin_object();
  writer.field("iss", client_email);
  writer.field("scope", kScope);
  writer.field("aud", token_uri);
  writer.field("iat", at.count());
  writer.field("exp", std::chrono::seconds(at + kLife).count());
  writer.end_object();
  return key.sign("JWT", claims, key_id);
}

FcmAccount read_fcm_account(const std::filesystem::path& file, std::string_view test_service) {
  const auto text = security::read_secret_file(file);
  try {
    return account_of(text, test_service);
  } catch (const std::runtime_error& error) {
    throw std::runtime_error(file.string() + ": " + error.what());
  }
}

}  // namespace dontgoback::push
