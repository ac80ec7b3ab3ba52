#include "words.hpp"

namespace dontgoback::walk::notices {
namespace {

Message title(Kind kind) {
  switch (kind) {
    case Kind::friend_request:
      return {"친구 요청", "Friend request"};
    case Kind::friend_accept:
      return {"친구 요청 수락", "Friend request accepted"};
    case Kind::overtaken:
      return {"추월", "Overtaken"};
    case Kind::goal:
      return {"목표 달성", "Goal reached"};
    case Kind::cheer:
      break;
  }
  return {"응원", "Cheer"};
}

/// What follows the name.
Message deed(Kind kind) {
  switch (kind) {
    case Kind::friend_request:
      return {"님이 친구 요청을 보냈습니다.", " sent you a friend request."};
    case Kind::friend_accept:
      return {"님이 친구 요청을 수락했습니다.", " accepted your friend request."};
    case Kind::overtaken:
      return {"님이 오늘 걸음 수에서 앞섰습니다.", " has walked more than you today."};
    case Kind::cheer:
    case Kind::goal:
      break;
  }
  return {"님이 응원을 보냈습니다.", " cheers you on."};
}

constexpr Message kNobody{"친구", "A friend"};

}  // namespace

std::string_view to_string(Kind kind) {
  switch (kind) {
    case Kind::friend_request:
      return "FRIEND_REQUEST";
    case Kind::friend_accept:
      return "FRIEND_ACCEPT";
    case Kind::overtaken:
      return "OVERTAKEN";
    case Kind::goal:
      return "GOAL";
    case Kind::cheer:
      break;
  }
  return "CHEER";
}

std::string_view title_of(Kind kind, http::Language language) { return http::in(language, title(kind)); }

std::string text_of(Kind kind, std::string_view nickname, std::int64_t amount, http::Language language) {
  if (kind == Kind::goal) {
    const auto steps = std::to_string(amount);
    return language == http::Language::en ? "You reached today's goal of " + steps + " steps."
                                          : "오늘 목표 " + steps + "보를 채웠습니다.";
  }
  std::string text(nickname.empty() ? http::in(language, kNobody) : nickname);
  return text.append(http::in(language, deed(kind)));
}

}  // namespace dontgoback::walk::notices
