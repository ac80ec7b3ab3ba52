#pragma once

#include <atomic>
#include <boost/intrusive/list.hpp>
#include <chrono>

#include "http/server/address_places.hpp"

namespace dontgoback::http {

class Connection;
struct WaitingTag;
using InWaitingLine = boost::intrusive::list_base_hook<boost::intrusive::tag<WaitingTag>>;

/// The connections of a loop whose clients have something to send, in the order in which they began to wait. For the
/// loop's thread but for `oldest`.
class WaitingLine {
 public:
  using Time = std::chrono::steady_clock::time_point;

  /// At the end; never earlier than who joined before.
  void join(Connection& connection, Time since);
  void leave(Connection& connection);
  /// Since when the first has waited; Time::max() when there is none. Any thread.
  Time oldest() const { return Time(Time::duration(oldest_.load(std::memory_order_relaxed))); }

  /// Ends the one that has waited longest, of `address` when it is given. False: there is none.
  bool make_place(const AddressPlaces::Place* address = nullptr);

 private:
  void note_oldest();

  boost::intrusive::list<Connection, boost::intrusive::base_hook<InWaitingLine>,
                         boost::intrusive::constant_time_size<false>>
      line_;
  std::atomic<Time::rep> oldest_{Time::max().time_since_epoch().count()};
};

}  // namespace dontgoback::http
