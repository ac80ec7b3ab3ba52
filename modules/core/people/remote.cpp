#include <boost/describe.hpp>
#include <utility>

#include "dontgoback/http/node_calls.hpp"
#include "dontgoback/json/reader.hpp"
#include "dontgoback/json/writer.hpp"
#include "people.hpp"

namespace dontgoback::core::people {
namespace {

constexpr std::size_t kMostRead = 64 * 1024;
constexpr std::string_view kNotTaken =
    "it does not take this node's tokens: both must know the same auth server (--auth-url), the client of this node "
    "must have the scope people:read, and core must let its address in";

constexpr Failure kAway{FailureKind::unavailable,
                        {"지금은 회원 서버에 연결할 수 없습니다. 잠시 후 다시 시도해 주세요.",
                         "The core server cannot be reached right now. Please try again."}};
constexpr Failure kBadTicket{
    FailureKind::unauthenticated,
    {"티켓이 유효하지 않거나 이미 사용되었습니다.", "The ticket is not good, or has been used already."}};

constexpr const char* kOfIdentity = "/msa/core/api/people/of-identity";
constexpr const char* kRedeem = "/msa/core/api/people/redeem";

// Members are named as on the wire.
struct PersonTold {
  std::optional<std::string> person;
};
BOOST_DESCRIBE_STRUCT(PersonTold, (), (person))
struct IdentityTold {
  std::string issuer;
  std::string subject;
};
BOOST_DESCRIBE_STRUCT(IdentityTold, (), (issuer, subject))
struct RedeemedTold {
  std::optional<std::string> person;
  std::vector<IdentityTold> identities;
  std::optional<IdentityTold> arrivedBy;
};
BOOST_DESCRIBE_STRUCT(RedeemedTold, (), (person, identities, arrivedBy))
template <class T>
struct Enveloped {
  T data;
};
BOOST_DESCRIBE_STRUCT(Enveloped<PersonTold>, (), (data))
BOOST_DESCRIBE_STRUCT(Enveloped<RedeemedTold>, (), (data))

constexpr std::size_t kNameLength = 43;
bool is_name(const std::string& person) { return person.size() == kNameLength; }

class RemotePeople final : public ports::People {
 public:
  RemotePeople(http::Client& client, std::shared_ptr<ports::TokenSource> tokens, std::string url)
      : node_(client, std::move(tokens), std::move(url),
              {.subject = "the core server",
               .option = "--core-url",
               .not_taken = std::string(kNotTaken),
               .away = kAway,
               .no_token = kAway}) {}

  void count_in(telemetry::Metrics& metrics, const std::string& name) { node_.count_in(metrics, name); }
  telemetry::Finding finding() const { return node_.finding(); }
  void look() { node_.look({kOfIdentity}); }

  Result<std::optional<std::string>> of_identity(const ports::Identity& identity) override {
    const auto told = call<PersonTold>(kOfIdentity, [&](json::Writer& writer) {
      writer.field("issuer", identity.issuer);
      writer.field("subject", identity.subject);
    });
    if (!told) return told.failure();
    if (told->person && !is_name(*told->person)) return not_understood(kOfIdentity);
    return told->person;
  }

  Result<Redeemed> redeem(std::string_view ticket) override {
    auto told = call<RedeemedTold>(kRedeem, [&](json::Writer& writer) { writer.field("ticket", ticket); });
    if (!told) return told.failure();
    if (!told->person && !told->arrivedBy) return kBadTicket;
    if (told->person && !is_name(*told->person)) return not_understood(kRedeem);
    Redeemed redeemed{std::move(told->person), {}, {}};
    if (told->arrivedBy) {
      redeemed.arrived_by = {std::move(told->arrivedBy->issuer), std::move(told->arrivedBy->subject)};
    }
    for (auto& each : told->identities) {
      redeemed.identities.push_back({std::move(each.issuer), std::move(each.subject)});
    }
    return redeemed;
  }

 private:
  Failure not_understood(const char* path) {
    node_.not_understood(path);
    return kAway;
  }

  template <class T, class F>
  Result<T> call(const char* path, F&& write_fields) {
    std::string body;
    json::Writer writer(body);
    writer.begin_object();
    write_fields(writer);
    writer.end_object();
    const auto answer = node_.post(path, std::move(body), {.body = kMostRead});
    if (!answer) return answer.failure();
    if (answer->status != 200) {
      node_.answered_in_vain(path, answer->status);
      return kAway;
    }
    auto read = json::read<Enveloped<T>>(answer->body);
    if (!read) return not_understood(path);
    node_.answered();
    return std::move(read->data);
  }

  http::NodeCalls node_;
};

}  // namespace

std::shared_ptr<ports::People> make_remote_people(http::Client& client, std::shared_ptr<ports::TokenSource> tokens,
                                                  std::string core_url, const http::PeerWatch* watch) {
  auto people = std::make_shared<RemotePeople>(client, std::move(tokens), std::move(core_url));
  http::watch_node(watch, "core", people);
  return people;
}

}  // namespace dontgoback::core::people
