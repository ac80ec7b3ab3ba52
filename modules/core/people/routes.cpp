#include <boost/describe.hpp>

#include "dontgoback/http/error.hpp"
#include "dontgoback/json/reader.hpp"
#include "people.hpp"
#include "ticket_store.hpp"

namespace dontgoback::core::people {
namespace {

constexpr std::size_t kSmallBody = 4096;
constexpr std::size_t kLongestIssuer = 255;
constexpr std::size_t kLongestSubject = 255;

// Members are named as on the wire.
struct IdentityAsked {
  std::string issuer;
  std::string subject;
};
BOOST_DESCRIBE_STRUCT(IdentityAsked, (), (issuer, subject))

struct TicketBrought {
  std::string ticket;
};
BOOST_DESCRIBE_STRUCT(TicketBrought, (), (ticket))

constexpr Message kTicket{"걷기로 가는 티켓입니다.", "A ticket to walk."};
constexpr Message kPerson{"누구인지 알려 드립니다.", "Who it is."};

http::Response give_ticket(storage::Database& database, const time::Clock& clock, const http::Request& request) {
  const auto ticket = sessions::new_opaque_token();
  database.write([&](storage::Connection& connection) {
    accounts::lock_account(connection, request.identity.user);
    add_ticket(connection, request.identity.user, sessions::stored_form(ticket), clock.now());
  });
  auto response = http::envelope(request, 201, kTicket, [&](json::Writer& writer) {
    writer.begin_object();
    writer.field("ticket", ticket);
    writer.field("expiresIn", static_cast<std::int64_t>(kTicketLife.count()));
    writer.end_object();
  });
  response.header("Cache-Control", "no-store");
  return response;
}

http::Response of_identity(ports::People& people, const http::Request& request) {
  auto asked = http::unwrap(json::read<IdentityAsked>(request.body));
  if (asked.issuer.size() > kLongestIssuer || asked.subject.size() > kLongestSubject) {
    throw http::Error(json::kMalformed);
  }
  const auto person = http::unwrap(people.of_identity({std::move(asked.issuer), std::move(asked.subject)}));
  return http::envelope(request, 200, kPerson, [&](json::Writer& writer) {
    writer.begin_object();
    writer.field("person", person);
    writer.end_object();
  });
}

void write(json::Writer& writer, const ports::Identity& identity) {
  writer.begin_object();
  writer.field("issuer", identity.issuer);
  writer.field("subject", identity.subject);
  writer.end_object();
}

/// A ticket that is not good is an answer, and no 401: that is the caller's own token.
http::Response redeem(ports::People& people, const http::Request& request) {
  const auto brought = http::unwrap(json::read<TicketBrought>(request.body));
  const auto redeemed = people.redeem(brought.ticket);
  if (!redeemed && redeemed.failure().kind != FailureKind::unauthenticated) throw http::Error(redeemed.failure());
  return http::envelope(request, 200, kPerson, [&](json::Writer& writer) {
    writer.begin_object();
    writer.field("person", redeemed ? redeemed->person : std::nullopt);
    writer.key("identities");
    writer.begin_array();
    if (redeemed) {
      for (const auto& identity : redeemed->identities) write(writer, identity);
    }
    writer.end_array();
    writer.key("arrivedBy");
    if (redeemed && redeemed->arrived_by) {
      write(writer, *redeemed->arrived_by);
    } else {
      writer.null();
    }
    writer.end_object();
  });
}

}  // namespace

void add_routes(Host& host, const sessions::Sessions& sessions, const http::Authenticator& services,
                std::shared_ptr<ports::People> people) {
  using http::Access, http::Lane, http::Method, http::RouteClass;
  // Guests have nothing to come back to but their cookie.
  host.router.add({Method::post, "/api/v1/users/me/walker-ticket",
                   Access::account(sessions.authenticator(), http::Role::user).as(RouteClass::renew), Lane::command,
                   kSmallBody, [&database = host.database, &clock = host.clock](const http::Request& request) {
                     return give_ticket(database, clock, request);
                   }});
  const auto service = Access::internal_service(services, "people:read");
  host.router.add({Method::post, "/msa/core/api/people/of-identity", service, Lane::query, kSmallBody,
                   [people](const http::Request& request) { return of_identity(*people, request); }});
  host.router.add({Method::post, "/msa/core/api/people/redeem", service, Lane::command, kSmallBody,
                   [people](const http::Request& request) { return redeem(*people, request); }});
}

}  // namespace dontgoback::core::people
