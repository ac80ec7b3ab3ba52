#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <memory>
#include <string_view>

#include "http/server/address_places.hpp"

namespace dontgoback::http {

/// How many connections may be streams of events, of all and of an address: who only listens, for hours, must not keep
/// out who asks. Any thread.
class StreamPlaces {
 public:
  using Count = std::atomic<std::size_t>;

  /// What is left to requests is an eighth.
  static constexpr std::size_t most_of(std::size_t connections) {
    return std::max<std::size_t>(connections / 8 * 7, 1);
  }

  /// `most` 0: as many as fit so.
  StreamPlaces(std::size_t most, std::size_t connections, std::size_t connections_per_address)
      : most_(most > 0 ? most : most_of(connections)), addresses_(most_of(connections_per_address)) {}

  /// One stream's, counted as long as this lives. Ends before the places.
  class Place {
   public:
    /// Of no address when it is empty.
    Place(StreamPlaces& places, std::string_view address)
        : open_(*places.open_), over_(open_.fetch_add(1, std::memory_order_relaxed) >= places.most_) {
      if (!address.empty()) address_ = places.addresses_.take(address);
    }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    ~Place() { open_.fetch_sub(1, std::memory_order_relaxed); }
    /// There were as many as there may be when this one came.
    bool is_over() const { return over_ || address_.is_over(); }

   private:
    Count& open_;
    const bool over_;
    AddressPlaces::Place address_;
  };
  /// How many there are. May outlive this.
  std::shared_ptr<const Count> open() const { return open_; }

 private:
  const std::size_t most_;
  AddressPlaces addresses_;
  const std::shared_ptr<Count> open_ = std::make_shared<Count>(0);
};

}  // namespace dontgoback::http
