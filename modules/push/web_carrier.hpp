#pragma once

#include "carrier.hpp"
#include "dontgoback/http/client.hpp"
#include "gate.hpp"
#include "vapid.hpp"

namespace dontgoback::push {

/// To browsers, by whatever push service each has.
class WebCarrier final : public Carrier {
 public:
  /// `gate` is one for all who call push services.
  WebCarrier(http::Client& client, Gate& gate, Vapid vapid)
      : Carrier("push"), client_(client), gate_(gate), vapid_(std::move(vapid)) {}

  Carried carry(const ports::PushDevice& device, const Message& message, time::Timestamp now) override;
  /// Twice what one push service gets: one that has just become slow leaves half of them to the others.
  std::size_t at_once() const override { return 2 * Origins::kAtOnce; }

 private:
  http::Client& client_;
  Gate& gate_;
  const Vapid vapid_;
};

}  // namespace dontgoback::push
