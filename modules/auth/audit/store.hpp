#pragma once

#include <string_view>
#include <vector>

#include "audit/entry.hpp"
#include "dontgoback/storage/connection.hpp"
#include "dontgoback/time/clock_trust.hpp"

namespace dontgoback::auth {

/// Of what was gathered (refusals and revocations) at most this many rows are kept, the newest. Administrative acts
/// that were done, whose result is `done`, are kept for as long as the trail is: no stranger can push them out.
inline constexpr std::int64_t kMaxAuditRows = 100'000;

/// Texts longer than their columns are cut.
void add_entry(storage::Connection& connection, const AuditEntry& entry);
/// Newest first, those with a smaller id than `before` (0: from the newest); of one subject or actor unless empty.
std::vector<AuditEntry> list_entries(storage::Connection& connection, std::int64_t before, std::int64_t limit,
                                     std::string_view client);
/// Removes what is beyond kMaxAuditRows or was written in one of the spans. The number of rows removed.
std::int64_t prune_entries(storage::Connection& connection, const std::vector<time::Span>& aged);

}  // namespace dontgoback::auth
