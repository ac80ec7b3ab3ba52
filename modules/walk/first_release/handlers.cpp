#include "handlers.hpp"

#include <boost/describe.hpp>

#include "answers.hpp"
#include "dontgoback/http/error.hpp"
#include "dontgoback/json/reader.hpp"
#include "walkers/nickname.hpp"
#include "walkers/tokens.hpp"

namespace dontgoback::walk::first_release {
namespace {

// Members are named as on the wire. All may be missing: what that means, each call says itself.
struct SignUp {
  std::optional<std::string> socialId;
};
BOOST_DESCRIBE_STRUCT(SignUp, (), (socialId))
struct SignIn {
  std::optional<std::string> accessToken;
};
BOOST_DESCRIBE_STRUCT(SignIn, (), (accessToken))
struct Refresh {
  std::optional<std::string> refreshToken;
};
BOOST_DESCRIBE_STRUCT(Refresh, (), (refreshToken))
struct Somebody {
  std::optional<std::string> userId;
};
BOOST_DESCRIBE_STRUCT(Somebody, (), (userId))
struct Changed {
  std::optional<std::string> userUuid;
  std::optional<std::string> nickName;
  std::optional<std::string> fcmToken;
  std::optional<std::int64_t> dailyTargetStep;
};
BOOST_DESCRIBE_STRUCT(Changed, (), (userUuid, nickName, fcmToken, dailyTargetStep))
struct Asked {
  std::optional<std::string> senderNickname;
  std::optional<std::string> friendNickname;
};
BOOST_DESCRIBE_STRUCT(Asked, (), (senderNickname, friendNickname))
struct Accepted {
  std::optional<std::string> recipientNickname;
  std::optional<std::string> friendNickname;
};
BOOST_DESCRIBE_STRUCT(Accepted, (), (recipientNickname, friendNickname))

/// The app sends no body to some calls, which was an empty object to the first release.
template <class T>
T read(const http::Request& request) {
  return http::unwrap(json::read<T>(request.body.empty() ? "{}" : request.body));
}

/// As JavaScript puts what is missing into a text.
std::string_view or_undefined(const std::optional<std::string>& text) {
  return text ? std::string_view(*text) : "undefined";
}

std::string joined(std::string_view before, std::string_view name, std::string_view after = {}) {
  return std::string(before).append(name).append(after);
}

http::Response befriended(const Result<Service::Befriended>& done, std::string_view message,
                          std::string_view friend_nickname, const std::string& no_self) {
  using Befriended = Service::Befriended;
  switch (http::unwrap(done)) {
    case Befriended::no_friend:
      return failed(404, joined("Friend user not found: ", friend_nickname));
    case Befriended::no_self:
      return failed(404, no_self);
    case Befriended::no_request:
      return failed(404, "친구 요청이 존재하지 않습니다.");
    case Befriended::again:
      return broken();
    case Befriended::done:
      break;
  }
  return said(201, message);
}

}  // namespace

http::Response sign_up(const Parts& parts, const http::Request& request) {
  // Whose it is nothing proves, so it is not kept.
  if (!read<SignUp>(request).socialId) return broken();
  if (auto refused = parts.signing_up.refuse(request)) return std::move(*refused);
  const auto pair = parts.service.sign_up();
  return with_tokens(said(201, "Signup 성공!"), pair.access_token, pair.refresh_token);
}

http::Response sign_in(const Parts& parts, const http::Request& request) {
  const auto body = read<SignIn>(request);
  const auto token = walkers::bare(body.accessToken ? *body.accessToken : request.header("Authorization"));
  if (const auto why = parts.service.why_not_signed_in(token)) {
    return failed(401, joined("Invalid or expired access token: ", *why));
  }
  return with_tokens(said(201, "SignIn 성공!"), token, {});
}

http::Response refresh(const Parts& parts, const http::Request& request) {
  const auto body = read<Refresh>(request);
  const auto pair = parts.service.renew(walkers::bare(body.refreshToken.value_or("")));
  if (!pair) return failed(401, "Invalid or expired refresh token");
  auto response = answer(201, [&](json::Writer& writer) {
    writer.field("accessToken", pair->access_token);
    writer.field("refreshToken", pair->refresh_token);
  });
  return with_tokens(std::move(response), pair->access_token, pair->refresh_token);
}

http::Response sign_out(const Parts& parts, const http::Request& request) {
  const auto body = read<Somebody>(request);
  if (body.userId) parts.service.sign_out(*body.userId);
  return said(201, joined("카카오 유저(", or_undefined(body.userId), ") 로그아웃 완료"));
}

http::Response leave(const Parts& parts, const http::Request& request) {
  const auto body = read<Somebody>(request);
  if (body.userId) parts.service.leave(*body.userId);
  return said(201, joined("카카오 유저(", or_undefined(body.userId), ") 계정 탈퇴 완료"));
}

http::Response update(const Parts& parts, const http::Request& request) {
  auto body = read<Changed>(request);
  if (!body.nickName && !body.fcmToken && !body.dailyTargetStep) return broken();
  const auto there = parts.service.update(body.userUuid.value_or(""),
                                          {std::move(body.nickName), std::move(body.fcmToken), body.dailyTargetStep});
  if (!http::unwrap(there)) return failed(404, joined("User not found: ", or_undefined(body.userUuid)));
  return said(200, "유저 정보가 업데이트되었습니다.");
}

http::Response ask_friend(const Parts& parts, const http::Request& request) {
  const auto body = read<Asked>(request);
  // Who is not named is nobody, whatever somebody calls itself.
  const auto other = body.friendNickname.value_or("");
  if (auto refused = parts.asking.refuse(request, walkers::folded_nickname(other))) return std::move(*refused);
  return befriended(parts.service.ask(body.senderNickname.value_or(""), other), "Friend request notification sent.",
                    or_undefined(body.friendNickname),
                    joined("Sender user not found: ", or_undefined(body.senderNickname)));
}

http::Response accept_friend(const Parts& parts, const http::Request& request) {
  const auto body = read<Accepted>(request);
  return befriended(parts.service.accept(body.recipientNickname.value_or(""), body.friendNickname.value_or("")),
                    "Friend accept notification sent.", or_undefined(body.friendNickname),
                    joined("Recipient user not found: ", or_undefined(body.recipientNickname)));
}

http::Response list_friends(const Parts& parts, const http::Request& request) {
  std::vector<walkers::Uuid> friends;
  if (const auto walker = parts.service.holder_of(walkers::bare(request.header("Authorization")))) {
    friends = parts.service.friends_of(*walker);
  }
  return answer(200, [&friends](json::Writer& writer) {
    writer.key("friendUuids");
    writer.begin_array();
    for (const auto& uuid : friends) writer.value(to_string(uuid));
    writer.end_array();
  });
}

}  // namespace dontgoback::walk::first_release
