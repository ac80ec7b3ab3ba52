#pragma once

#include "http/message/fields.hpp"
#include "http/server/networks.hpp"

namespace dontgoback::http {

/// Who a request comes from (contract, section 4). Only `X-Forwarded-For` is ever believed, and only from a trusted
/// proxy.
struct Origin {
  Address client;          ///< what a trusted proxy says, else the peer
  bool by_proxy = false;   ///< the peer is a trusted proxy
  bool named = false;      ///< it said for whom
  bool malformed = false;  ///< its `X-Forwarded-For` could not be read up to the client
};

/// The client is the rightmost entry of all `X-Forwarded-For` fields that is not itself a trusted proxy, if the peer is
/// one; when all entries are, the leftmost. An entry is an address, `v4:port` or `[v6]:port`; empty ones are skipped
/// (RFC 9110 section 5.6.1.2). Pure.
Origin origin_of(const Address& peer, const FieldList& fields, const Networks& trusted_proxies);

/// Whether it may come from anybody: it was forwarded, and nobody who is trusted says for whom.
bool is_doubtful(const Origin& origin, const FieldList& fields);

/// Whether a field of that name is one that proxies, load balancers or content networks add. The names differ by
/// vendor, so whole families are taken for such.
bool is_forwarding_field(std::string_view name);

}  // namespace dontgoback::http
