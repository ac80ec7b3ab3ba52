#include "joining/joiner.hpp"

#include <algorithm>
#include <boost/describe.hpp>
#include <stdexcept>
#include <utility>
#include <vector>

#include "dontgoback/config/base_url.hpp"
#include "dontgoback/json/reader.hpp"
#include "dontgoback/security/crypto/base64.hpp"
#include "dontgoback/security/crypto/hash.hpp"
#include "dontgoback/security/crypto/random_bytes.hpp"
#include "dontgoback/security/files/private_file.hpp"
#include "dontgoback/security/files/secret_file.hpp"
#include "dontgoback/security/jose/jwks.hpp"
#include "dontgoback/text/percent.hpp"
#include "dontgoback/text/url.hpp"
#include "names.hpp"
#include "nodes/code.hpp"

namespace dontgoback::auth {

namespace {

using setup::Joined;
using setup::Joining;
using setup::Said;
using State = setup::Said::State;
using Pairs = std::vector<std::pair<std::string_view, std::string>>;

struct NodeTold {
  std::string role;
  std::string url;
};
BOOST_DESCRIBE_STRUCT(NodeTold, (), (role, url))
struct NodesTold {
  std::string clientId;
  std::vector<NodeTold> nodes;
};
BOOST_DESCRIBE_STRUCT(NodesTold, (), (clientId, nodes))
struct ErrorTold {
  std::string error_description;
};
BOOST_DESCRIBE_STRUCT(ErrorTold, (), (error_description))

constexpr std::string_view kSecretFile = "client-secret";
constexpr std::size_t kSecretBytes = 32;
constexpr std::chrono::seconds kClocksMayDiffer{60};

std::string digest_of(std::string_view secret) {
  return security::base64url_encode(security::bytes(security::sha256(secret)));
}

/// The secret in the file, made first where there is none. An empty file is what a full disk left of one.
std::string made_secret(const std::filesystem::path& file) {
  const auto status = std::filesystem::symlink_status(file);
  const bool is_there = std::filesystem::exists(status);
  if (is_there && !std::filesystem::is_regular_file(status)) {
    throw std::runtime_error(file.string() + ": is no file but a link or the like, which is not followed: remove it");
  }
  const bool is_empty = is_there && std::filesystem::file_size(file) == 0;
  if (is_empty) std::filesystem::remove(file);
  if (!is_there || is_empty) {
    security::create_private_file(file, security::base64url_encode(security::random_bytes(kSecretBytes)) + "\n");
  }
  return security::read_secret_line(file);
}

/// Why the code's secret must not go there; nothing where it may.
std::optional<std::string> why_not_called(const Joining& joining, const std::string& issuer) {
  const auto url = config::parse_base_url(issuer);
  if (!url) return "the code names " + issuer + ", which is no URL: " + config::problem_of_base_url(issuer);
  if (url->https || url->is_loopback() || joining.takes_insecure_http) return std::nullopt;
  return "the auth server of this code is at " + issuer +
         ", without TLS, where others could read the code and join in this node's place: give that node an https URL "
         "(--public-url and --issuer) and have it make a new code, or give --allow-insecure-http";
}

/// The answer to a form; what is wrong is said in `joined`.
std::optional<NodesTold> ask(const Joining& joining, const std::string& auth_url, std::string_view path,
                             const Pairs& form, Joined& joined) {
  http::ClientRequest request;
  request.method = http::Method::post;
  request.url = auth_url + std::string(path);
  request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
  request.time_limit = std::chrono::seconds(10);
  for (const auto& [name, value] : form) {
    request.body.append(request.body.empty() ? "" : "&").append(name).append("=").append(text::percent_encoded(value));
  }
  const auto answer = joining.client.send(request);
  const auto fail = [&](State state, const std::string& text) {
    joined.said.push_back({state, text});
    return std::nullopt;
  };
  if (!answer) {
    const auto why = joining.client.why_no_answer(request.url);
    return fail(State::wrong, "the auth server at " + auth_url +
                                  " cannot be reached: " + (why ? why->cause : std::string("no answer")) +
                                  ". What was done stays; run the same line again when it can");
  }
  if (answer->status == 200) {
    if (auto told = json::read<NodesTold>(answer->body)) return *std::move(told);
  } else if (const auto error = json::read<ErrorTold>(answer->body)) {
    return fail(State::wrong, "the auth server at " + auth_url + " says: " + error->error_description);
  }
  return fail(State::wrong, request.url + " answers " + std::to_string(answer->status) +
                                " and nothing that an auth server of this version would: is the URL right, and what is "
                                "in front of it?");
}

void add_others(const Joining& joining, const NodesTold& told, Joined& joined) {
  const auto url_of = [&](std::string_view role) {
    const auto found = std::ranges::find(told.nodes, role, &NodeTold::role);
    return found == told.nodes.end() ? std::string() : found->url;
  };
  const std::string other = joining.role == "core" ? "extension" : "core";
  const auto url = url_of(other);
  if (url.empty()) {
    joined.said.push_back({State::left, "no " + other + " node has joined yet. When one has, this tells where it is",
                           "dontgoback setup --role=" + joining.role});
    return;
  }
  joined.settings.push_back({other + "-url", url});
  if (other == "extension") joined.settings.push_back({"walk-url", url});  // which runs there, too
  const auto parsed = text::Url::parse(url);
  if (parsed && !parsed->is_loopback()) {
    joined.said.push_back({State::note, "some of what " + other +
                                            " asks of this node is taken from addresses in "
                                            "internal-allow only, which is this machine unless given: name the address "
                                            "that it comes from, internal-allow = [\"127.0.0.0/8\", \"::1/128\", "
                                            "\"ITS.ADDRESS/32\"]"});
  }
}

/// Whether the server there signs with the key that the code names.
bool is_the_one(const Joining& joining, const JoinCode& code, Joined& joined) {
  const auto url = code.issuer + std::string(kKeySetPath);
  http::ClientRequest request;
  request.url = url;
  const auto answer = joining.client.send(request);
  if (!answer) {
    const auto why = joining.client.why_no_answer(url);
    joined.said.push_back({State::wrong, "the auth server at " + code.issuer +
                                             " cannot be reached: " + (why ? why->cause : std::string("no answer")) +
                                             ". What was done stays; run the same line again when it can"});
    return false;
  }
  const auto keys = answer->status == 200 ? security::parse_jwks(answer->body) : std::nullopt;
  if (keys && std::ranges::any_of(*keys, [&](const auto& key) { return key.thumbprint() == code.thumbprint; })) {
    return true;
  }
  joined.said.push_back(
      {State::wrong, keys ? "the server at " + code.issuer +
                                " is not the one that made the code, or has other keys by now: have it make a new code"
                          : url + " answers " + std::to_string(answer->status) +
                                " and no keys: is the auth server behind that address?"});
  return false;
}

void look_at_clock(const Joining& joining, const JoinCode& code, Joined& joined) {
  const time::Timestamp made{std::chrono::seconds(code.made_at)};
  const auto behind = made - joining.clock.now();
  if (behind <= kClocksMayDiffer) return;
  joined.said.push_back({State::wrong, "this machine's clock is behind: by it the code will be made in " +
                                           std::to_string(std::chrono::ceil<std::chrono::minutes>(behind).count()) +
                                           " minutes. Set it (timedatectl set-ntp true), or tokens will be refused"});
}

}  // namespace

Joined join_by_code(const Joining& joining) {
  const auto code = parse_join_code(joining.code);
  if (!code) {
    throw std::invalid_argument(
        "--join: this is no whole code of this version: copy all of the line that the other node's setup printed");
  }
  if (code->role != joining.role) {
    throw std::invalid_argument("--join: the code is for a node of role " + code->role + ", and this is " +
                                joining.role);
  }
  if (const auto why = why_not_called(joining, code->issuer)) throw std::invalid_argument("--join: " + *why);
  Joined joined;
  const auto file = joining.data_dir / kSecretFile;
  const auto secret = made_secret(file);
  joined.settings = {{"auth-url", code->issuer}, {"client-id", code->client_id}, {"client-secret-file", file.string()}};
  look_at_clock(joining, *code, joined);
  if (!is_the_one(joining, *code, joined)) return joined;
  const auto told =
      ask(joining, code->issuer, kJoinPath,
          {{"code", code->secret}, {"secret_digest", digest_of(secret)}, {"url", joining.public_url}}, joined);
  if (!told) return joined;
  joined.said.push_back({State::done, "joined the auth server at " + code->issuer + " as " + told->clientId});
  add_others(joining, *told, joined);
  return joined;
}

Joined look_for_others(const Joining& joining, const OwnClient& own) {
  Joined joined;
  Pairs form{{"client_id", own.client_id}, {"client_secret", security::read_secret_line(own.secret_file)}};
  if (!joining.public_url.empty()) form.emplace_back("url", joining.public_url);
  if (const auto told = ask(joining, own.auth_url, kNodesPath, form, joined)) add_others(joining, *told, joined);
  return joined;
}

Joined change_secret(const Joining& joining, const OwnClient& own) {
  Joined joined;
  const auto file = std::filesystem::canonical(own.secret_file);  // which a link is left to
  auto next_file = file;
  next_file += ".next";  // of a try that was cut short, too: what the auth server may have taken is not lost
  const auto next = made_secret(next_file);
  const auto told = ask(joining, own.auth_url, kNodeSecretPath,
                        {{"client_id", own.client_id},
                         {"client_secret", security::read_secret_line(own.secret_file)},
                         {"secret_digest", digest_of(next)}},
                        joined);
  if (!told) return joined;
  security::replace_private_file(next_file, file);
  joined.said.push_back({State::done,
                         "a new secret is in " + own.secret_file.string() +
                             ", which the running node reads for its next token. The old one goes on "
                             "until the next change, or until this ends it on the auth node",
                         "dontgoback clients rotate-secret " + own.client_id + " --role=auth --finish"});
  return joined;
}

}  // namespace dontgoback::auth
