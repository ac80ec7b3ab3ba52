#include "resource_server/deny_set.hpp"

#include <algorithm>
#include <array>
#include <boost/describe.hpp>
#include <utility>

#include "dontgoback/json/writer.hpp"
#include "dontgoback/security/jose/numeric_date.hpp"

namespace dontgoback::auth {
namespace {

constexpr std::size_t kMaxText = 4 * 1024 * 1024;

constexpr std::array<std::pair<Denial::Kind, std::string_view>, 3> kTypes{
    {{Denial::Kind::token, "token"}, {Denial::Kind::client, "client"}, {Denial::Kind::key, "key"}}};

std::string_view type_of(Denial::Kind kind) {
  return std::find_if(kTypes.begin(), kTypes.end(), [kind](const auto& row) { return row.first == kind; })->second;
}

std::int64_t number_of(std::chrono::sys_seconds moment) { return moment.time_since_epoch().count(); }

struct Typed {
  std::string type;
};
BOOST_DESCRIBE_STRUCT(Typed, (), (type))

// Members are named as on the wire.
struct Entry {
  std::string value;
  security::NumericDate exp;
  std::optional<security::NumericDate> issuedUntil;
};
BOOST_DESCRIBE_STRUCT(Entry, (), (value, exp, issuedUntil))

/// False when it is malformed. One of a type that is not known (a newer auth server's) adds nothing.
bool add_denial(const boost::json::value& from, std::vector<Denial>& denials) {
  Typed typed;
  if (!json::detail::read(from, typed)) return false;
  const auto row =
      std::find_if(kTypes.begin(), kTypes.end(), [&typed](const auto& known) { return known.second == typed.type; });
  if (row == kTypes.end()) return true;
  Entry entry;
  if (!json::detail::read(from, entry) || entry.value.empty()) return false;
  Denial denial{row->first, std::move(entry.value), {}, entry.exp.moment};
  if (denial.kind == Denial::Kind::client) {
    if (!entry.issuedUntil) return false;
    denial.issued_until = entry.issuedUntil->moment;
  }
  denials.push_back(std::move(denial));
  return true;
}

}  // namespace

DenySet::DenySet(std::vector<Denial> denials) : denials_(std::move(denials)) {
  for (const auto& denial : denials_) {
    switch (denial.kind) {
      case Denial::Kind::token:
        tokens_.insert(denial.value);
        break;
      case Denial::Kind::key:
        keys_.insert(denial.value);
        break;
      case Denial::Kind::client: {
        auto& until = clients_.try_emplace(denial.value, denial.issued_until).first->second;
        until = std::max(until, denial.issued_until);
        break;
      }
    }
  }
}

bool DenySet::denies(const security::Claims& claims) const {
  if (denials_.empty()) return false;
  if (tokens_.contains(claims.jti) || keys_.contains(claims.kid)) return true;
  const auto until = client_denied_until(claims.client());
  return until && claims.issued_at <= *until;
}

std::optional<std::chrono::sys_seconds> DenySet::client_denied_until(std::string_view client) const {
  const auto found = clients_.find(client);
  return found == clients_.end() ? std::nullopt : std::optional(found->second);
}

std::string DenySet::to_json() const {
  std::string text;
  json::Writer writer(text);
  writer.begin_object();
  writer.key("denials");
  writer.begin_array();
  for (const auto& denial : denials_) {
    writer.begin_object();
    writer.field("type", type_of(denial.kind));
    writer.field("value", denial.value);
    if (denial.kind == Denial::Kind::client) writer.field("issuedUntil", number_of(denial.issued_until));
    writer.field("exp", number_of(denial.ends));
    writer.end_object();
  }
  writer.end_array();
  writer.end_object();
  return text;
}

std::optional<DenySet> DenySet::from_json(std::string_view text) {
  if (text.size() > kMaxText) return std::nullopt;
  const auto document = json::parse(text);
  if (!document || !document->is_object()) return std::nullopt;
  const auto* list = document->get_object().if_contains("denials");
  if (list == nullptr || !list->is_array() || list->get_array().size() > kMaxDenials) return std::nullopt;
  std::vector<Denial> denials;
  for (const auto& element : list->get_array()) {
    if (!add_denial(element, denials)) return std::nullopt;
  }
  return DenySet(std::move(denials));
}

}  // namespace dontgoback::auth
