#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "dontgoback/result.hpp"

// Why somebody reports something to who runs the service: the one list, whoever takes the report.
namespace dontgoback {

/// The number is a column's.
enum class ReportReason { spam = 1, abuse = 2, hate = 3, sexual = 4, privacy = 5, illegal = 6, other = 7 };

inline constexpr std::array kReportReasons{ReportReason::spam,   ReportReason::abuse,   ReportReason::hate,
                                           ReportReason::sexual, ReportReason::privacy, ReportReason::illegal,
                                           ReportReason::other};

/// `SPAM`, `ABUSE`, `HATE`, `SEXUAL`, `PRIVACY`, `ILLEGAL` or `OTHER`.
constexpr std::string_view to_string(ReportReason reason) {
  switch (reason) {
    case ReportReason::spam:
      return "SPAM";
    case ReportReason::abuse:
      return "ABUSE";
    case ReportReason::hate:
      return "HATE";
    case ReportReason::sexual:
      return "SEXUAL";
    case ReportReason::privacy:
      return "PRIVACY";
    case ReportReason::illegal:
      return "ILLEGAL";
    case ReportReason::other:
      break;
  }
  return "OTHER";
}

constexpr std::optional<ReportReason> report_reason_named(std::string_view name) {
  for (const auto reason : kReportReasons) {
    if (to_string(reason) == name) return reason;
  }
  return std::nullopt;
}

/// What is said to who names another one.
inline constexpr Failure kNoReportReason{
    FailureKind::invalid,
    {"`reason`은 SPAM, ABUSE, HATE, SEXUAL, PRIVACY, ILLEGAL, OTHER 중 하나입니다.",
     "`reason` is one of SPAM, ABUSE, HATE, SEXUAL, PRIVACY, ILLEGAL and OTHER."}};

}  // namespace dontgoback
