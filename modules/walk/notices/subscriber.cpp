#include <limits>

#include "device_store.hpp"
#include "json.hpp"
#include "settings_store.hpp"
#include "store.hpp"

namespace dontgoback::walk::notices {
namespace {

constexpr int kRowsASlice = 500;

class NoticesOfWalkers final : public walkers::Subscriber {
  void status_changed(storage::Connection& connection, WalkerId walker, walkers::Status, walkers::Status after,
                      time::Timestamp) const override {
    if (after != walkers::Status::active) remove_devices_of(connection, walker);
  }
  void merged(storage::Connection& connection, WalkerId from, WalkerId to) const override {
    hand_over(connection, from, to);
    remove_devices_of(connection, from);
  }
  bool removed_some(storage::Connection& connection, WalkerId walker) const override {
    return forget_some_about(connection, walker);
  }
  void removed(storage::Connection& connection, WalkerId walker) const override {
    while (!forget_some_about(connection, walker)) continue;
    remove_all_of(connection, walker);
    remove_devices_of(connection, walker);
    remove_settings(connection, walker);
  }
};

class ExportedNotices final : public walkers::Exporter {
  std::string_view name() const override { return "notifications"; }
  void write(storage::Connection& connection, WalkerId walker, json::Writer& writer) const override {
    writer.begin_object();
    writer.key("settings");
    write_settings(writer, find_settings(connection, walker));
    writer.field("devices", static_cast<std::int64_t>(devices_of(connection, walker).size()));
    writer.key("notifications");
    writer.begin_array();
    each_notice(connection, walker, std::numeric_limits<Number>::max(), kKept,
                [&](const Notice& each) { notices::write(writer, each, http::Language::ko); });
    writer.end_array();
    writer.end_object();
  }
};

using RemoveSlice = std::int64_t (*)(storage::Connection&, const time::Span&, int);

std::int64_t remove_older(Host& host, const jobs::Run& run, time::Timestamp::duration life, RemoveSlice remove) {
  std::int64_t removed = 0;
  for (const auto& span : host.trust.spans_older_than(life)) {
    while (!run.stop.stop_requested() && run.keep_alive()) {
      const auto slice =
          host.database.write([&](storage::Connection& connection) { return remove(connection, span, kRowsASlice); });
      if (slice == 0) break;
      removed += slice;
    }
  }
  return removed;
}

}  // namespace

const walkers::Exporter& exporter() {
  static const ExportedNotices kExporter;
  return kExporter;
}

const walkers::Subscriber& subscriber() {
  static const NoticesOfWalkers kSubscriber;
  return kSubscriber;
}

jobs::Job purge(Host& host) {
  return {.name = "walk-notices-purge",
          .schedule = {.daily_at = std::chrono::hours(4), .every = {}},
          .once_for_all_nodes = true,
          .work =
              [&host](const jobs::Run& run) {
                const auto removed = remove_older(host, run, kLife, delete_notices_within) +
                                     remove_older(host, run, kUnseen, delete_unseen_within) +
                                     remove_older(host, run, kFailing, delete_failing_within);
                return "removed " + std::to_string(removed) + " rows";
              },
          .needs_confirmed_clock = true};
}

}  // namespace dontgoback::walk::notices
