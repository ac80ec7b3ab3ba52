#pragma once

#include <string>

#include "dontgoback/http/language.hpp"
#include "model.hpp"

namespace dontgoback::core::notifications {

/// `어제 1257만 → 오늘 1256만 (−0.10 %)`, and in English.
struct DayWords {
  std::string ko;
  std::string en;
};
DayWords words_of_day(Won before, Won today);

/// `814만님 외 3명이 회원님의 글을 좋아합니다.`: the contract's `text`.
std::string text_of(const Notification& notification, http::Language language);

/// What may lie on a locked screen: nobody's name, and nothing of what was written.
Message pushed_text(Kind kind);

}  // namespace dontgoback::core::notifications
