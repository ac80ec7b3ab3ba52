#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "dontgoback/http/request.hpp"

namespace dontgoback::http {

/// A request's header fields in the order they came, as views into the connection's buffer. Holds no more than kMost,
/// so that a request costs no allocation; most browsers send about twenty.
class FieldList final : public HeaderFields {
 public:
  struct Field {
    std::string_view name;
    std::string_view value;
  };
  static constexpr std::size_t kMost = 64;

  /// False when the list is full.
  bool add(std::string_view name, std::string_view value);
  void clear() { size_ = 0; }

  std::optional<std::string_view> find(std::string_view name) const override;
  std::size_t count(std::string_view name) const override;

  const Field* begin() const { return fields_.data(); }
  const Field* end() const { return fields_.data() + size_; }

 private:
  std::array<Field, kMost> fields_;
  std::size_t size_ = 0;
};

}  // namespace dontgoback::http
