#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "dontgoback/result.hpp"

// Why a decision is not taken, in process and as another node is told.
namespace dontgoback::walk::reports {

inline constexpr Failure kNoReport{FailureKind::not_found, {"신고를 찾을 수 없습니다.", "There is no such report."}};
inline constexpr Failure kNoMore{FailureKind::not_found,
                                 {"신고된 것이 이제 없습니다.", "What was reported is no more."}};
inline constexpr Failure kOtherwise{FailureKind::conflict,
                                    {"이미 다르게 처리되었습니다.", "It was decided in another way."}};
inline constexpr Failure kTaken{FailureKind::conflict,
                                {"이미 다른 사람이 쓰는 별명입니다.", "Somebody else has that nickname."}};
inline constexpr Failure kNoName{
    FailureKind::invalid,
    {"그런 이름은 줄 수 없습니다. 별명은 한글이나 로마자로 3–50자, 그룹 이름은 1–30자입니다.",
     "No such name can be given: a nickname has 3 to 50 characters of Hangul or of Latin letters, a group's name 1 to "
     "30."}};
inline constexpr Failure kNoSuspendedGroup{
    FailureKind::invalid,
    {"그룹은 정지할 수 없습니다. 닫으려면 REMOVE를 보내세요.", "A group cannot be suspended; REMOVE closes it."}};

struct Refusal {
  std::string_view name;
  Failure failure;
};
inline constexpr std::array kRefusals{
    Refusal{"NO_REPORT", kNoReport}, Refusal{"NO_MORE", kNoMore}, Refusal{"OTHERWISE", kOtherwise},
    Refusal{"TAKEN", kTaken},        Refusal{"NO_NAME", kNoName}, Refusal{"NO_SUSPENDED_GROUP", kNoSuspendedGroup}};

/// Nothing: it is none of these.
constexpr std::optional<std::string_view> name_of(const Failure& failure) {
  for (const auto& each : kRefusals) {
    if (each.failure.message.en == failure.message.en) return each.name;
  }
  return std::nullopt;
}
constexpr std::optional<Failure> refusal_named(std::string_view name) {
  for (const auto& each : kRefusals) {
    if (each.name == name) return each.failure;
  }
  return std::nullopt;
}

}  // namespace dontgoback::walk::reports
