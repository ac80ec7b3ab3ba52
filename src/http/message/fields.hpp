#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>

#include "dontgoback/http/request.hpp"

namespace dontgoback::http {

/// A request's header fields in the order they came, as views into the connection's buffer. Holds no more than kMost,
/// in memory that it has from its first field on and keeps: a further request costs no allocation, and who sends none,
/// or has a new list given to it after the last, none of its 2 KiB. Most browsers send about twenty.
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

  const Field* begin() const { return fields_ ? fields_->data() : nullptr; }
  const Field* end() const { return fields_ ? fields_->data() + size_ : nullptr; }

 private:
  std::unique_ptr<std::array<Field, kMost>> fields_;
  std::size_t size_ = 0;
};

}  // namespace dontgoback::http
