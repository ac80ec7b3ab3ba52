#pragma once

#include <memory>

#include "dontgoback/shared/state.hpp"
#include "shared/topics.hpp"

namespace dontgoback::shared {

/// For a node that is alone, or keeps to itself.
class LocalState final : public State {
 public:
  ~LocalState() override { topics_->stop(); }

  void publish(std::string_view topic, std::string_view message) override {
    Topics::check(topic, message);
    topics_->put(topic, message);
  }
  std::unique_ptr<Subscription> subscribe(std::string_view topic, Heard heard, Lost lost) override {
    return topics_->subscribe(topic, std::move(heard), std::move(lost));
  }

 private:
  const std::shared_ptr<Topics> topics_ = std::make_shared<Topics>();
};

}  // namespace dontgoback::shared
