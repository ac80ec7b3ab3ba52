#pragma once

#include <atomic>
#include <filesystem>
#include <string>

#include "dontgoback/jobs/scheduler.hpp"
#include "dontgoback/telemetry/health.hpp"
#include "dontgoback/telemetry/metrics.hpp"

namespace dontgoback::app {

/// Tells when the node was backed up last, as `backup create` has noted it in the data directory.
class BackupWatch {
 public:
  explicit BackupWatch(std::filesystem::path data_dir) : data_dir_(std::move(data_dir)) {}

  /// `dontgoback_backup_last_success_timestamp_seconds`, and the job that keeps it; 0 while there was none.
  void add_to(telemetry::Metrics& metrics, jobs::Scheduler& scheduler);
  /// What `/readyz` notes: `last good one 2026-11-26T03:00:00Z /var/backups/…`; fine when there was none. Reads the
  /// note, so never on an I/O thread. A backup that is old is no reason not to be ready.
  telemetry::Finding finding() const;

 private:
  const std::filesystem::path data_dir_;
  std::atomic<double> seconds_{0};
};

}  // namespace dontgoback::app
