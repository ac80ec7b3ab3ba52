#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "dontgoback/config/table.hpp"
#include "dontgoback/jobs/scheduler.hpp"

// What is told of jobs: by `GET /jobs` of the management address as JSON, by `jobs list` as a table.
namespace dontgoback::app {

/// A job as one line of either. What is not known is absent.
struct JobRow {
  std::string name;
  std::optional<bool> running;
  std::optional<std::string> lastStarted;  // RFC 3339
  std::optional<std::string> lastFinished;
  std::optional<std::string> next;
  std::optional<std::string> waitsFor;  // what puts it off, when it is due: a confirmed clock
  std::optional<std::string> lastResult;
};

/// What a server tells of its jobs, and which one it is.
struct JobReport {
  std::int64_t processId = 0;
  std::string role;
  std::vector<JobRow> jobs;
};

/// All that the server whose scheduler it is knows.
JobRow row_of(const jobs::JobState& state);
std::string to_json(const JobReport& report);
/// Nothing when it is none.
std::optional<JobReport> read_job_report(const std::string& json);

/// The columns of `jobs list`; `known_by` says who knew it: nobody, when empty.
config::Table job_table();
void add_row(config::Table& table, const JobRow& row, const std::string& known_by);

}  // namespace dontgoback::app
