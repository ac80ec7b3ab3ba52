#include "boards.hpp"
#include "percentile_store.hpp"

namespace dontgoback::walk::boards {
namespace {

class PercentilesOfWalkers final : public walkers::Subscriber {
  void removed(storage::Connection& connection, WalkerId walker) const override { drop_compared(connection, walker); }
};

}  // namespace

const walkers::Subscriber& subscriber() {
  static const PercentilesOfWalkers kSubscriber;
  return kSubscriber;
}

}  // namespace dontgoback::walk::boards
