#include "issuers/watch.hpp"

#include <utility>
#include <vector>

#include "dontgoback/telemetry/log.hpp"
#include "issuers/store.hpp"

namespace dontgoback::auth {

IssuerWatch::IssuerWatch(storage::Database& database, std::string issuer)
    : database_(database), issuer_(std::move(issuer)) {}

std::string IssuerWatch::look() {
  auto found = database_.read([](storage::Connection& connection) { return all_issuers(connection); });
  const bool is_there = found.erase(issuer_) > 0;
  compare(found);
  std::string running;
  int others = 0;
  for (const auto& [issuer, seen] : seen_) {
    if (!seen.runs) continue;
    ++others;
    running += " " + issuer;
  }
  others_.store(others, std::memory_order_relaxed);

  std::vector<std::pair<std::string, std::int64_t>> gone;
  for (const auto& [issuer, seen] : seen_) {
    if (seen.unmoved >= kGoneAfter) gone.emplace_back(issuer, seen.beat);
  }
  if (!is_there || !found.empty()) {
    try {
      database_.write([&](storage::Connection& connection) {
        beat_issuer(connection, issuer_);
        for (const auto& [issuer, beat] : gone) remove_issuer(connection, issuer, beat);
      });
    } catch (const storage::DuplicateKey&) {  // another node of this name put it there just now
    }
  }
  looked_ = true;
  return others == 0 ? "all tokens name " + issuer_
                     : "tokens name " + issuer_ + " here, but on other nodes of this database" + running;
}

void IssuerWatch::compare(const std::map<std::string, std::int64_t>& found) {
  for (auto known = seen_.begin(); known != seen_.end();) {
    if (found.contains(known->first)) {
      ++known;
      continue;
    }
    if (known->second.runs) telemetry::log_info("no other issuer is on this database any more", {{"iss", issuer_}});
    known = seen_.erase(known);
  }
  for (const auto& [issuer, beat] : found) {
    const auto [entry, is_new] = seen_.try_emplace(issuer, Seen{beat});
    auto& seen = entry->second;
    if (is_new && !looked_) {
      telemetry::log_warn(
          "tokens of this database named another issuer before: verifiers that expect it refuse those of this node, "
          "until their --issuer (or --auth-url) is this one",
          {{"iss", issuer_}, {"before", issuer}});
    } else if (is_new || seen.beat != beat) {
      meet(issuer, seen);
      seen.beat = beat;
      seen.unmoved = 0;
    } else {
      ++seen.unmoved;
    }
  }
}

void IssuerWatch::meet(const std::string& issuer, Seen& seen) {
  if (std::exchange(seen.runs, true)) return;
  telemetry::log_error(
      "two auth nodes on this database give tokens as different issuers, and a verifier takes those of one only: give "
      "all of them the same --issuer",
      {{"iss", issuer_}, {"other", issuer}});
}

}  // namespace dontgoback::auth
