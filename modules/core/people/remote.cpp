#include <boost/describe.hpp>
#include <utility>

#include "dontgoback/json/reader.hpp"
#include "dontgoback/json/writer.hpp"
#include "people.hpp"

namespace dontgoback::core::people {
namespace {

constexpr std::chrono::seconds kTimeLimit{3};
constexpr std::size_t kMostRead = 64 * 1024;
constexpr std::chrono::seconds kLookEvery{10};
constexpr std::chrono::minutes kLookAgain{5};
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
      : client_(client),
        tokens_(std::move(tokens)),
        url_(std::move(url)),
        place_(client, "the core server", "--core-url"),
        use_(client, "calls of the core server", "--core-url") {}

  telemetry::Finding finding() const {
    auto found = use_.finding();
    return found.weight == telemetry::Finding::Weight::unready ? std::move(found) : place_.finding();
  }

  /// Whether there is a core, without asking it for anything: it takes no GET there.
  void look() {
    const auto now = std::chrono::steady_clock::now();
    const bool is_fine = place_.finding().weight == telemetry::Finding::Weight::fine;
    if (is_fine && looked_at_ && now - *looked_at_ < kLookAgain) return;
    looked_at_ = now;
    http::ClientRequest request;
    request.url = url_ + kOfIdentity;
    const auto answer = client_.send(request);
    if (!answer) return place_.no_answer(request.url);
    if (answer->status == 405 || answer->status == 401 || answer->status == 403) return place_.answered();
    place_.answered_in_vain(request.url, answer->status, {});
  }

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
    use_.not_understood(url_ + path);
    return kAway;
  }

  template <class T, class F>
  Result<T> call(const char* path, F&& write_fields) {
    http::ClientRequest request{.method = http::Method::post, .url = url_ + path, .headers = {}, .body = {}};
    json::Writer writer(request.body);
    writer.begin_object();
    write_fields(writer);
    writer.end_object();
    request.time_limit = kTimeLimit;
    request.body_limit = kMostRead;
    for (bool repeated = false;; repeated = true) {
      const auto token = tokens_->token();
      if (!token) return kAway;
      request.headers = {{"Content-Type", "application/json"}, {"Authorization", "Bearer " + *token}};
      const auto answer = client_.send(request);
      if (!answer) {
        place_.no_answer(request.url);
        return kAway;
      }
      if (answer->status == 401 && !repeated) {
        tokens_->forget(*token);
        continue;
      }
      if (answer->status != 200) {
        use_.answered_in_vain(request.url, answer->status, kNotTaken);
        return kAway;
      }
      auto read = json::read<Enveloped<T>>(answer->body);
      if (!read) return not_understood(path);
      use_.answered();
      place_.answered();
      return std::move(read->data);
    }
  }

  http::Client& client_;
  const std::shared_ptr<ports::TokenSource> tokens_;
  const std::string url_;
  http::Peer place_;
  http::Peer use_;
  std::optional<std::chrono::steady_clock::time_point> looked_at_;  // of the job
};

}  // namespace

std::shared_ptr<ports::People> make_remote_people(http::Client& client, std::shared_ptr<ports::TokenSource> tokens,
                                                  std::string core_url, const http::PeerWatch* watch) {
  auto people = std::make_shared<RemotePeople>(client, std::move(tokens), std::move(core_url));
  if (watch != nullptr) {
    http::watch(
        *watch, "core", kLookEvery, [people] { return people->finding(); }, [people] { people->look(); });
  }
  return people;
}

}  // namespace dontgoback::core::people
