#include "day_store.hpp"
#include "json.hpp"

namespace dontgoback::walk::steps {
namespace {

constexpr std::int64_t kLastDay = 2'932'896;  // 9999-12-31

void write_said(json::Writer& writer, const Said& said) {
  writer.begin_object();
  writer.field("device", said.device);
  writer.field("source", to_string(said.source));
  writer.field("steps", said.total);
  writer.field("version", said.version);
  writer.field("utcOffsetMinutes", said.offset_minutes);
  if (!said.hours.empty()) {
    writer.key("hours");
    writer.begin_array();
    for (const auto hour : said.hours) writer.value(hour);
    writer.end_array();
  }
  writer.end_object();
}

/// Each day with what its devices told, but for what was taken back.
class ExportedSteps final : public walkers::Exporter {
  std::string_view name() const override { return "steps"; }
  void write(storage::Connection& connection, WalkerId walker, json::Writer& writer) const override {
    writer.begin_array();
    for (const auto& row :
         rows_between(connection, walker, time::Day::from_number(0), time::Day::from_number(kLastDay))) {
      writer.begin_object();
      writer.field("day", row.day);
      writer.field("steps", row.total);
      writer.field("byHours", row.by_hours);
      writer.field("confidence", row.confidence);
      writer.key("devices");
      writer.begin_array();
      for (const auto& said : row.told.said) {
        if (!said.taken_back) write_said(writer, said);
      }
      writer.end_array();
      writer.end_object();
    }
    writer.end_array();
  }
};

}  // namespace

const walkers::Exporter& exporter() {
  static const ExportedSteps kExporter;
  return kExporter;
}

}  // namespace dontgoback::walk::steps
