#pragma once

#include <map>

#include "dontgoback/security/files/known_keys.hpp"

namespace dontgoback::test {

/// Known for as long as the object lives.
class RememberedKeys final : public security::KnownKeys {
 public:
  std::optional<std::string> find(std::string_view name) override {
    const auto found = keys_.find(name);
    return found == keys_.end() ? std::nullopt : std::optional(found->second);
  }
  void remember(std::string_view name, std::string_view fingerprint) override {
    keys_.insert_or_assign(std::string(name), std::string(fingerprint));
  }

 private:
  std::map<std::string, std::string, std::less<>> keys_;
};

}  // namespace dontgoback::test
