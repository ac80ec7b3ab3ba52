#include "dontgoback/json/writer.hpp"
#include "percentiles.hpp"

namespace dontgoback::walk::boards {
namespace {

class PercentileOfWalker final : public walkers::Exporter {
  std::string_view name() const override { return "percentile"; }
  void write(storage::Connection& connection, WalkerId walker, json::Writer& writer) const override {
    const auto percentile = percentile_of(connection, walker);
    writer.begin_object();
    writer.field("optIn", percentile.opted_in);
    writer.field("percent", percentile.percent);
    writer.end_object();
  }
};

}  // namespace

const walkers::Exporter& exporter() {
  static const PercentileOfWalker kExporter;
  return kExporter;
}

}  // namespace dontgoback::walk::boards
