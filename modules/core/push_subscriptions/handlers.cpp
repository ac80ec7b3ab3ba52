#include "handlers.hpp"

#include "dontgoback/http/error.hpp"
#include "store.hpp"

namespace dontgoback::core::push_subscriptions {

http::Response put(const Handlers& handlers, const http::Request& request) {
  const auto subscription = http::unwrap(push::read_subscription(request.body, handlers.test_service));
  const auto& who = request.identity;
  const auto write = [&] {
    handlers.database.write([&](storage::Connection& connection) {
      accounts::lock_account(connection, who.user);
      put(connection, who.user, who.session, subscription, handlers.clock.now());
    });
  };
  try {
    write();
  } catch (const storage::DuplicateKey&) {
    write();  // another account of the browser came first, in this moment
  }
  return http::envelope(request, 200, {"이 브라우저에 알림을 보냅니다.", "This browser is told of what happens."});
}

/// A browser that has nothing any more may say so again, and need not name what it had.
http::Response remove(const Handlers& handlers, const http::Request& request) {
  const auto& who = request.identity;
  handlers.database.write(
      [&](storage::Connection& connection) { remove_of_session(connection, who.user, who.session); });
  return http::envelope(request, 200,
                        {"이 브라우저에 알림을 보내지 않습니다.", "This browser is told of nothing any more."});
}

}  // namespace dontgoback::core::push_subscriptions
