// Who asks: the first line is a network, the second the peer, each other line a field.
#include <stdexcept>

#include "dontgoback/text/ascii.hpp"
#include "dontgoback/text/parts.hpp"
#include "fuzz.hpp"
#include "http/server/forwarding.hpp"
#include "http/server/management_hosts.hpp"
#include "http/server/target.hpp"

using namespace dontgoback;
using dontgoback::fuzz::require;

namespace {

http::Networks networks_of(std::string_view cidr) {
  try {
    const http::Networks networks({std::string(cidr)});
    const auto first = http::Address::parse(cidr.substr(0, cidr.find('/')));
    require(first && networks.contains(*first));
    return networks;
  } catch (const std::invalid_argument&) {
    return http::Networks({"10.0.0.0/8", "::1/128"});
  }
}

void check_management(std::string_view name) {
  static const http::ManagementHosts none({});
  if (none.answers(name) && name.find('.') != name.npos) {
    const auto low = text::lower(name);
    require(http::Address::parse(http::host_of_authority(low)) || low.find("localhost") != low.npos ||
            low.find("internal") != low.npos || name.ends_with('.') || name.find(".:") != name.npos);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto rest = fuzz::text_of(data, size);
  const auto trusted = networks_of(text::take(rest, '\n'));
  const auto peer_text = text::take(rest, '\n');
  const auto peer = http::Address::parse(peer_text);
  if (peer) require(http::Address::parse(peer->text()) == peer);
  if (http::is_authority(peer_text)) check_management(peer_text);

  http::FieldList fields;
  bool forwarded = false;
  while (!rest.empty()) {
    auto line = text::take(rest, '\n');
    const auto name = text::take(line, ':');
    if (!fields.add(name, text::trimmed(line))) break;
    forwarded = forwarded || http::is_forwarding_field(name);
  }
  const auto from = peer.value_or(http::Address{});
  const auto origin = http::origin_of(from, fields, trusted);
  require(origin.by_proxy == trusted.contains(from));
  require(origin.client == from || origin.named);
  if (!origin.by_proxy) require(!origin.named && !origin.malformed && http::is_doubtful(origin, fields) == forwarded);
  if (origin.by_proxy) require(http::is_doubtful(origin, fields) == !origin.named);
  return 0;
}
