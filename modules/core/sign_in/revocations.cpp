#include "revocations.hpp"

#include <boost/describe.hpp>

#include "dontgoback/jobs/add_due.hpp"
#include "dontgoback/json/reader.hpp"
#include "dontgoback/json/writer.hpp"
#include "providers/settings.hpp"

namespace dontgoback::core::sign_in {
namespace {

struct Payload {
  std::string issuer, subject;
  std::optional<std::string> token;
};
BOOST_DESCRIBE_STRUCT(Payload, (), (issuer, subject, token))

}  // namespace

void add_revocation(storage::Connection& connection, const LinkedIdentity& identity) {
  if (!identity.token && identity.provider != kKakao) return;
  std::string payload;
  json::Writer writer(payload);
  writer.begin_object();
  writer.field("issuer", identity.person.issuer);
  writer.field("subject", identity.person.subject);
  writer.field("token", identity.token);
  writer.end_object();
  jobs::add_due(connection, kRevocationTopic, payload);
}

std::optional<Revocation> read_revocation(std::string_view payload) {
  auto read = json::read<Payload>(payload);
  if (!read) return std::nullopt;
  return Revocation{{std::move(read->issuer), std::move(read->subject)}, std::move(read->token)};
}

}  // namespace dontgoback::core::sign_in
