#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "dontgoback/http/request.hpp"
#include "dontgoback/http/response.hpp"

namespace dontgoback::web {

/// A GET with these header fields.
class Asked : public http::HeaderFields {
 public:
  using Fields = std::map<std::string, std::string, std::less<>>;
  explicit Asked(Fields fields) : fields_(std::move(fields)) { request.headers = this; }
  Asked(const Asked&) = delete;
  Asked& operator=(const Asked&) = delete;

  std::optional<std::string_view> find(std::string_view name) const override {
    const auto found = fields_.find(name);
    return found == fields_.end() ? std::nullopt : std::optional<std::string_view>(found->second);
  }
  std::size_t count(std::string_view name) const override { return fields_.count(name); }

  http::Request request;

 private:
  Fields fields_;
};

inline std::string field(const http::Response& response, std::string_view name) {
  for (const auto& [known, value] : response.headers) {
    if (known == name) return value;
  }
  return {};
}

}  // namespace dontgoback::web
