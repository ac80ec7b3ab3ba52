#pragma once

#include <map>
#include <string>
#include <vector>

#include "dontgoback/http/request.hpp"

namespace dontgoback::test {

/// Header fields as given, by their exact names.
class Fields final : public http::HeaderFields {
 public:
  explicit Fields(std::map<std::string, std::vector<std::string>, std::less<>> fields) : fields_(std::move(fields)) {}
  std::optional<std::string_view> find(std::string_view name) const override {
    const auto found = fields_.find(name);
    if (found == fields_.end() || found->second.empty()) return std::nullopt;
    return found->second.front();
  }
  std::size_t count(std::string_view name) const override {
    const auto found = fields_.find(name);
    return found == fields_.end() ? 0 : found->second.size();
  }

 private:
  std::map<std::string, std::vector<std::string>, std::less<>> fields_;
};

}  // namespace dontgoback::test
