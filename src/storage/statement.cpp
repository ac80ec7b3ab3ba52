#include "statement.hpp"

#include <algorithm>

namespace dontgoback::storage {
namespace {

// A kept statement must not hold the memory of the longest text it ever saw.
constexpr std::size_t kMaxKeptText = 16384;

ColumnType type_of(const Value& value) {
  return std::holds_alternative<std::string_view>(value.get()) ? ColumnType::text : ColumnType::integer;
}

bool is_null(const Value& value) { return std::holds_alternative<std::nullptr_t>(value.get()); }

}  // namespace

Statement::Statement(soci::session& session, std::string_view sql, std::span<const Value> parameters,
                     std::span<const ColumnType> columns)
    : parameters_(parameters.size()), columns_(columns.size()), cells_(columns.size()), statement_(session) {
  statement_.alloc();
  for (std::size_t i = 0; i < columns.size(); ++i) {
    auto& slot = columns_[i];
    slot.type = columns[i];
    if (slot.type == ColumnType::integer) {
      statement_.exchange(soci::into(slot.integer, slot.indicator));
    } else {
      statement_.exchange(soci::into(slot.text, slot.indicator));
    }
  }
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    auto& slot = parameters_[i];
    slot.type = type_of(parameters[i]);
    if (slot.type == ColumnType::integer) {
      statement_.exchange(soci::use(slot.integer, slot.indicator));
    } else {
      statement_.exchange(soci::use(slot.text, slot.indicator));
    }
  }
  statement_.prepare(std::string(sql));
  statement_.define_and_bind();
}

bool Statement::fits(std::span<const Value> parameters, std::span<const ColumnType> columns) const {
  return std::ranges::equal(parameters_, parameters,
                            [](const Slot& slot, const Value& v) { return is_null(v) || slot.type == type_of(v); }) &&
         std::ranges::equal(columns_, columns, {}, &Slot::type);
}

void Statement::bind(std::span<const Value> parameters) {
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    auto& slot = parameters_[i];
    const auto& value = parameters[i].get();
    slot.indicator = soci::i_ok;
    if (const auto* integer = std::get_if<std::int64_t>(&value)) {
      slot.integer = *integer;
    } else if (const auto* text = std::get_if<std::string_view>(&value)) {
      slot.text.assign(*text);
    } else {
      slot.indicator = soci::i_null;
    }
  }
}

void Statement::read_cells() {
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const auto& slot = columns_[i];
    cells_[i].null = slot.indicator == soci::i_null;
    if (slot.type == ColumnType::integer) {
      cells_[i].integer = cells_[i].null ? 0 : slot.integer;
    } else {
      cells_[i].text = cells_[i].null ? std::string_view() : std::string_view(slot.text);
    }
  }
}

void Statement::run(std::span<const Value> parameters, const Connection::Row& row) {
  bind(parameters);
  // Without data exchange a kept statement would not run at all the second time.
  bool has_row = statement_.execute(true);
  while (has_row && !columns_.empty()) {
    read_cells();
    row(cells_);
    has_row = statement_.fetch();
  }
  release_large_buffers();
}

void Statement::release_large_buffers() {
  for (auto* slots : {&parameters_, &columns_}) {
    for (auto& slot : *slots) {
      if (slot.text.capacity() > kMaxKeptText) std::string().swap(slot.text);
    }
  }
}

}  // namespace dontgoback::storage
