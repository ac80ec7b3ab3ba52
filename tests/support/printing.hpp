#pragma once

#include <catch2/catch.hpp>
#include <filesystem>
#include <optional>
#include <string>

#include "dontgoback/id.hpp"
#include "dontgoback/money.hpp"
#include "dontgoback/result.hpp"
#include "dontgoback/time/clock_trust.hpp"
#include "dontgoback/time/day.hpp"

// How a failing test prints what it compared: tests/CMakeLists.txt puts this before every test source, so that no
// failure says only {?}.
namespace Catch {

/// Beyond what can be written as a day or a moment: the number.
template <class T, class Written>
std::string printed(const T& value, std::int64_t number, Written written) {
  try {
    return written(value);
  } catch (const std::exception&) {
    return "number " + std::to_string(number);
  }
}

template <>
struct StringMaker<dontgoback::time::Day> {
  static std::string convert(dontgoback::time::Day day) {
    return printed(day, day.number(), [](auto it) { return dontgoback::time::to_string(it); });
  }
};

template <>
struct StringMaker<dontgoback::time::Timestamp> {
  static std::string convert(dontgoback::time::Timestamp moment) {
    return printed(moment, moment.time_since_epoch().count(), [](auto it) { return dontgoback::time::to_rfc3339(it); });
  }
};

template <>
struct StringMaker<dontgoback::time::Span> {
  static std::string convert(const dontgoback::time::Span& span) {
    return StringMaker<dontgoback::time::Timestamp>::convert(span.from) + " … " +
           StringMaker<dontgoback::time::Timestamp>::convert(span.until);
  }
};

template <>
struct StringMaker<dontgoback::Won> {
  static std::string convert(dontgoback::Won won) { return std::to_string(won.value) + " won"; }
};

template <>
struct StringMaker<dontgoback::Multiplier> {
  static std::string convert(dontgoback::Multiplier multiplier) {
    return std::to_string(multiplier.billionths) + " billionths";
  }
};

template <class Tag>
struct StringMaker<dontgoback::Id<Tag>> {
  static std::string convert(dontgoback::Id<Tag> id) { return "#" + std::to_string(id.value); }
};

template <>
struct StringMaker<dontgoback::FailureKind> {
  static std::string convert(dontgoback::FailureKind kind) {
    using enum dontgoback::FailureKind;
    switch (kind) {
      case invalid:
        return "invalid";
      case unauthenticated:
        return "unauthenticated";
      case forbidden:
        return "forbidden";
      case not_found:
        return "not found";
      case conflict:
        return "conflict";
      case too_large:
        return "too large";
      case rate_limited:
        return "rate limited";
      case unavailable:
        return "unavailable";
    }
    return "kind " + std::to_string(static_cast<int>(kind));
  }
};

template <>
struct StringMaker<dontgoback::Failure> {
  static std::string convert(const dontgoback::Failure& failure) {
    return StringMaker<dontgoback::FailureKind>::convert(failure.kind) + ": " + std::string(failure.message.en);
  }
};

template <class T>
struct StringMaker<dontgoback::Result<T>> {
  static std::string convert(const dontgoback::Result<T>& result) {
    return result ? Detail::stringify(*result) : StringMaker<dontgoback::Failure>::convert(result.failure());
  }
};

template <>
struct StringMaker<dontgoback::Unavailable::Effect> {
  static std::string convert(dontgoback::Unavailable::Effect effect) {
    using enum dontgoback::Unavailable::Effect;
    switch (effect) {
      case not_done:
        return "not done";
      case too_many:
        return "too many";
      case not_read:
        return "not read";
      case not_saved:
        return "not saved";
      case perhaps_saved:
        return "perhaps saved";
    }
    return "effect " + std::to_string(static_cast<int>(effect));
  }
};

template <>
struct StringMaker<std::nullopt_t> {
  static std::string convert(std::nullopt_t) { return "nothing"; }
};

/// Catch takes a path for a range of paths, and these again.
template <>
struct StringMaker<std::filesystem::path> {
  static std::string convert(const std::filesystem::path& path) { return path.string(); }
};

}  // namespace Catch
