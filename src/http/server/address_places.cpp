#include "http/server/address_places.hpp"

#include "dontgoback/limits/address_group.hpp"

namespace dontgoback::http {
namespace {

constexpr unsigned kSite = 48;
constexpr std::size_t kNetworksOfSite = 2;

}  // namespace

AddressPlaces::Place& AddressPlaces::Place::operator=(Place&& other) noexcept {
  std::swap(places_, other.places_);
  std::swap(network_, other.network_);
  std::swap(site_, other.site_);
  std::swap(over_, other.over_);
  return *this;
}

AddressPlaces::Place::~Place() {
  if (places_ == nullptr) return;
  const std::lock_guard lock(places_->mutex_);
  places_->leave(network_);
  places_->leave(site_);
}

AddressPlaces::Place AddressPlaces::take(std::string_view address) {
  auto network = limits::address_group(address);
  auto site = limits::address_group(address, kSite);
  const bool has_site = site != network;
  const std::lock_guard lock(mutex_);
  Place place;
  place.places_ = this;
  place.network_ = &count(std::move(network));
  if (has_site) place.site_ = &count(std::move(site));
  place.over_ = place.network_->second > most_ || (has_site && place.site_->second > kNetworksOfSite * most_);
  return place;
}

AddressPlaces::Count& AddressPlaces::count(std::string group) {
  auto& found = *counts_.try_emplace(std::move(group)).first;
  ++found.second;
  return found;
}

void AddressPlaces::leave(Count* count) {
  if (count == nullptr || --count->second > 0) return;
  counts_.erase(counts_.find(count->first));
}

}  // namespace dontgoback::http
