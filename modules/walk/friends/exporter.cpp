#include "dontgoback/json/writer.hpp"
#include "store.hpp"

namespace dontgoback::walk::friends {
namespace {

class FriendshipsOfWalker final : public walkers::Exporter {
  std::string_view name() const override { return "friends"; }
  void write(storage::Connection& connection, WalkerId walker, json::Writer& writer) const override {
    writer.begin_object();
    for (const auto& [key, kind] : {std::pair{"friends", Kind::friends}, std::pair{"asked", Kind::asked},
                                    std::pair{"askedBy", Kind::asked_by}, std::pair{"blocks", Kind::blocks}}) {
      writer.key(key);
      writer.begin_array();
      for (const auto& each : listed(connection, walker, kind)) {
        writer.begin_object();
        writer.field("walkerId", walkers::to_string(each.uuid));
        writer.field("nickname", each.nickname.empty() ? std::nullopt : std::optional(each.nickname));
        writer.end_object();
      }
      writer.end_array();
    }
    writer.end_object();
  }
};

}  // namespace

const walkers::Exporter& exporter() {
  static const FriendshipsOfWalker kExporter;
  return kExporter;
}

}  // namespace dontgoback::walk::friends
