#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "dontgoback/ports/asset_source.hpp"
#include "dontgoback/ports/token_source.hpp"

// Ports of a command: it may need none of them, so what serves one, with the keys and secrets that takes, is opened
// when the port is first asked. What opening throws is thrown to whoever asked.
namespace dontgoback::app {

template <class Port>
class Late {
 public:
  explicit Late(std::function<std::shared_ptr<Port>()> open) : open_(std::move(open)) {}
  Port& get() {
    const std::lock_guard lock(mutex_);
    if (port_ == nullptr) port_ = open_();
    return *port_;
  }

 private:
  const std::function<std::shared_ptr<Port>()> open_;
  std::mutex mutex_;
  std::shared_ptr<Port> port_;
};

class LateTokens final : public ports::TokenSource {
 public:
  explicit LateTokens(std::function<std::shared_ptr<ports::TokenSource>()> open) : late_(std::move(open)) {}
  Result<std::string> token() override { return late_.get().token(); }
  void forget(const std::string& refused) override { late_.get().forget(refused); }

 private:
  Late<ports::TokenSource> late_;
};

class LateAssets final : public ports::AssetSource {
 public:
  explicit LateAssets(std::function<std::shared_ptr<ports::AssetSource>()> open) : late_(std::move(open)) {}
  std::vector<Result<ports::AssetChange>> changes(time::Day day, std::span<const ports::AssetQuery> queries) override {
    return late_.get().changes(day, queries);
  }

 private:
  Late<ports::AssetSource> late_;
};

}  // namespace dontgoback::app
