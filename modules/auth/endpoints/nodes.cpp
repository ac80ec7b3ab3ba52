#include "endpoints/nodes.hpp"

#include <algorithm>

#include "dontgoback/config/base_url.hpp"
#include "dontgoback/json/writer.hpp"
#include "dontgoback/security/crypto/base64.hpp"
#include "endpoints/authenticated.hpp"
#include "endpoints/credentials.hpp"
#include "endpoints/refusal.hpp"

namespace dontgoback::auth {
namespace {

constexpr std::size_t kLongestUrl = 255;
/// Whose failures those of codes are: nobody's that is registered.
constexpr Claimant kJoiner{"node-join", false};

security::Digest digest_in(const Form& form) {
  security::Digest digest{};
  const auto bytes = security::base64url_decode(form.needed("secret_digest"));
  if (!bytes || bytes->size() != digest.size())
    throw invalid_request("no_digest", "secret_digest must be the base64url of a SHA-256");
  std::copy(bytes->begin(), bytes->end(), digest.begin());
  return digest;
}

security::Digest shown_in(const http::Request& request, const Form& form) {
  return security::sha256(read_credentials(request, form).secret);
}

std::string url_in(std::string_view given) {
  const auto url = config::parse_base_url(given);
  if (!url || given.size() > kLongestUrl) throw invalid_request("no_url", "url must be http(s)://HOST[:PORT]");
  return url->text();
}

std::string_view reason_of(FailureKind kind) {
  switch (kind) {
    case FailureKind::conflict:
      return "used_code";
    case FailureKind::forbidden:
      return "expired_code";
    case FailureKind::invalid:
      return "other_client";
    default:
      return "unknown_code";
  }
}

Refusal refusal_for(const Failure& failure) {
  const std::string description(failure.message.en);
  if (failure.kind == FailureKind::unauthenticated) return invalid_client("wrong_secret", description);
  return {400, "unauthorized_client", "no_node", description};
}

http::Response description(std::string_view client_id, const std::vector<JoinedNode>& nodes) {
  http::Response response;
  json::Writer writer(response.body);
  writer.begin_object();
  writer.field("clientId", client_id);
  writer.key("nodes");
  writer.begin_array();
  for (const auto& node : nodes) {
    writer.begin_object();
    writer.field("role", node.role);
    writer.field("clientId", node.client_id);
    writer.field("url", node.url);
    writer.end_object();
  }
  writer.end_array();
  writer.end_object();
  response.header("Cache-Control", "no-store").header("Pragma", "no-cache");
  return response;
}

}  // namespace

http::Response NodesEndpoint::join(const http::Request& request) const {
  return refusals_.guard("node join", request, [&] { return admit(request); });
}

http::Response NodesEndpoint::look(const http::Request& request) const {
  return refusals_.guard("nodes", request, [&] { return tell(request); });
}

http::Response NodesEndpoint::replace_secret(const http::Request& request) const {
  return refusals_.guard("node secret", request, [&] { return take_secret(request); });
}

http::Response NodesEndpoint::admit(const http::Request& request) const {
  need_form(request);
  const Form form(request.body);
  const auto code = form.needed("code");
  static_cast<void>(digest_in(form));
  const auto url = url_in(form.needed("url"));
  if (const auto wait = failures_.wait_for(kJoiner, request.client_address)) throw too_many_failures(*wait);
  const auto node = admission_.admit({code, form.needed("secret_digest"), url, request.client_address});
  if (!node) {
    failures_.failed(kJoiner, request.client_address);
    throw Refusal(400, "invalid_grant", reason_of(node.failure().kind), std::string(node.failure().message.en));
  }
  registry_.refresh();
  return description(node->client_id, admission_.nodes());
}

http::Response NodesEndpoint::tell(const http::Request& request) const {
  need_form(request);
  const Form form(request.body);
  const auto [snapshot, client] = authenticated(clients_, request, form);
  auto nodes = admission_.nodes();
  const auto own = std::ranges::find(nodes, client->id, &JoinedNode::client_id);
  if (own == nodes.end())
    throw Refusal(400, "unauthorized_client", "no_node", "this client is no node that has joined");
  if (const auto given = form.find("url")) {
    if (auto url = url_in(*given); url != own->url) {
      const auto moved = admission_.move({client->id, shown_in(request, form), request.client_address}, url);
      if (!moved) throw refusal_for(moved.failure());
      own->url = std::move(url);
    }
  }
  return description(client->id, nodes);
}

http::Response NodesEndpoint::take_secret(const http::Request& request) const {
  need_form(request);
  const Form form(request.body);
  const auto [snapshot, client] = authenticated(clients_, request, form);
  const auto done =
      admission_.add_secret({client->id, shown_in(request, form), request.client_address}, digest_in(form));
  if (!done) throw refusal_for(done.failure());
  registry_.refresh();
  return description(client->id, admission_.nodes());
}

}  // namespace dontgoback::auth
