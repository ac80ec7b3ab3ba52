#pragma once

#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace dontgoback::http {

/// How many connections each address has; of IPv6 each network of 64 bits, and each site of 48, which may have twice as
/// many. Any thread.
class AddressPlaces {
  using Count = std::pair<const std::string, std::size_t>;

 public:
  explicit AddressPlaces(std::size_t most) : most_(most) {}

  /// One connection's, counted as long as this lives. Ends before the places.
  class Place {
   public:
    Place() = default;  // of nobody who is counted
    Place(Place&& other) noexcept { *this = std::move(other); }
    Place& operator=(Place&& other) noexcept;
    ~Place();

    /// The address had as many as it may when this one came.
    bool is_over() const { return over_; }
    /// Both are counted together.
    bool is_of(const Place& other) const {
      return network_ != nullptr && (network_ == other.network_ || (site_ != nullptr && site_ == other.site_));
    }

   private:
    friend class AddressPlaces;
    AddressPlaces* places_ = nullptr;
    Count* network_ = nullptr;
    Count* site_ = nullptr;
    bool over_ = false;
  };
  Place take(std::string_view address);

 private:
  Count& count(std::string group);
  void leave(Count* count);

  const std::size_t most_;
  std::mutex mutex_;
  std::unordered_map<std::string, std::size_t> counts_;
};

}  // namespace dontgoback::http
