#include "job_states.hpp"

#include <boost/describe.hpp>

#include "dontgoback/json/reader.hpp"
#include "dontgoback/json/writer.hpp"
#include "dontgoback/time/day.hpp"

namespace dontgoback::app {

BOOST_DESCRIBE_STRUCT(JobRow, (), (name, running, lastStarted, lastFinished, next, waitsFor, lastResult))
BOOST_DESCRIBE_STRUCT(JobReport, (), (processId, role, jobs))

namespace {

std::optional<std::string> text_of(const std::optional<time::Timestamp>& moment) {
  return moment ? std::optional(time::to_rfc3339(*moment)) : std::nullopt;
}

template <class T>
config::Table::Cell cell(const std::optional<T>& value) {
  return value ? config::Table::Cell(*value) : config::Table::Cell();
}

}  // namespace

JobRow row_of(const jobs::JobState& state) {
  return {.name = state.name,
          .running = state.running,
          .lastStarted = text_of(state.last_started),
          .lastFinished = text_of(state.last_finished),
          .next = text_of(state.next),
          .waitsFor = state.waits_for_clock ? std::optional<std::string>("a confirmed clock") : std::nullopt,
          .lastResult = state.last_result};
}

std::string to_json(const JobReport& report) {
  std::string text;
  json::Writer writer(text);
  writer.begin_object();
  writer.field("processId", report.processId);
  writer.field("role", report.role);
  writer.key("jobs");
  writer.begin_array();
  for (const auto& row : report.jobs) {
    writer.begin_object();
    writer.field("name", row.name);
    writer.field("running", row.running);
    writer.field("lastStarted", row.lastStarted);
    writer.field("lastFinished", row.lastFinished);
    writer.field("next", row.next);
    writer.field("waitsFor", row.waitsFor);
    writer.field("lastResult", row.lastResult);
    writer.end_object();
  }
  writer.end_array();
  writer.end_object();
  return text;
}

std::optional<JobReport> read_job_report(const std::string& json) {
  auto report = json::read<JobReport>(json);
  return report ? std::optional(*std::move(report)) : std::nullopt;
}

config::Table job_table() {
  return config::Table({"name", "running", "lastStarted", "lastFinished", "next", "waitsFor", "lastResult", "knownBy"});
}

void add_row(config::Table& table, const JobRow& row, const std::string& known_by) {
  table.add({row.name, cell(row.running), cell(row.lastStarted), cell(row.lastFinished), cell(row.next),
             cell(row.waitsFor), cell(row.lastResult),
             known_by.empty() ? config::Table::Cell() : config::Table::Cell(known_by)});
}

}  // namespace dontgoback::app
