#include <algorithm>

#include "device_store.hpp"
#include "dontgoback/security/crypto/base64.hpp"
#include "dontgoback/text/ascii.hpp"
#include "settings_store.hpp"

namespace dontgoback::walk::notices {
namespace {

constexpr std::size_t kLongestToken = 1024;

class Devices final : public ports::PushDevices {
 public:
  Devices(Host& host, TestService test_service)
      : database_(host.database), clock_(host.clock), test_service_(std::move(test_service)) {}

  std::optional<ports::PushDevice> find(std::int64_t device) override {
    return database_.read([&](storage::Connection& connection) -> std::optional<ports::PushDevice> {
      const auto row = find_device(connection, device);
      if (!row || !may_be_told(connection, *row)) return std::nullopt;
      const auto& given = row->address.subscription;
      if (row->address.channel == push::Channel::fcm) return ports::PushDevice{ports::FcmToken{given.endpoint}};
      return ports::PushDevice{
          .address = ports::PushSubscription{.endpoint = given.endpoint,
                                             .p256dh = security::base64url_decode(given.p256dh).value(),
                                             .auth = security::base64url_decode(given.auth).value(),
                                             .for_tests = !test_service_.empty() &&
                                                          given.endpoint.starts_with(test_service_ + "/")},
          .refused = row->failing};
    });
  }

  void note(std::int64_t device, Outcome outcome) override {
    database_.write([&](storage::Connection& connection) {
      if (outcome == Outcome::gone) return remove_device(connection, device);
      const bool failing = outcome == Outcome::refused;
      set_device_failing(connection, device, failing ? std::optional(clock_.now()) : std::nullopt);
    });
  }

  std::vector<std::int64_t> of(std::int64_t walker) override {
    return database_.read([&](storage::Connection& connection) {
      std::vector<std::int64_t> ids;
      for (const auto& device : devices_of(connection, WalkerId{walker})) ids.push_back(device.id);
      return ids;
    });
  }

  std::string_view topic() const override { return kPushTopic; }
  std::string_view key_path() const override { return "/api/v1/walkers/push/key"; }

 private:
  bool may_be_told(storage::Connection& connection, const DeviceRow& row) const {
    const auto walker = walkers::find(connection, row.walker);
    if (!walker || walker->status != walkers::Status::active) return false;
    if (row.session != 0 && !walkers::is_live(connection, row.walker, row.session)) return false;
    const auto quiet = find_settings(connection, row.walker).quiet;
    return !quiet || !quiet->hold(minute_of_day(walker->offset_minutes, clock_.now()));
  }

  storage::Database& database_;
  const time::Clock& clock_;
  const TestService test_service_;
};

}  // namespace

bool is_app_token(std::string_view text) {
  return !text.empty() && text.size() <= kLongestToken && std::ranges::all_of(text, text::is_visible);
}

std::shared_ptr<ports::PushDevices> devices(Host& host, const TestService& test_service) {
  return std::make_shared<Devices>(host, test_service);
}

}  // namespace dontgoback::walk::notices
