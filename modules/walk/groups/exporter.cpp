#include "dontgoback/json/writer.hpp"
#include "store.hpp"

namespace dontgoback::walk::groups {
namespace {

class GroupsOfWalker final : public walkers::Exporter {
  std::string_view name() const override { return "groups"; }
  void write(storage::Connection& connection, WalkerId walker, json::Writer& writer) const override {
    writer.begin_array();
    for (const auto& group : groups_of(connection, walker)) {
      writer.begin_object();
      writer.field("groupId", walkers::to_string(group.uuid));
      writer.field("name", group.name);
      writer.field("isOwner", group.owner == walker);
      writer.end_object();
    }
    writer.end_array();
  }
};

}  // namespace

const walkers::Exporter& exporter() {
  static const GroupsOfWalker kExporter;
  return kExporter;
}

}  // namespace dontgoback::walk::groups
