#include "rules.hpp"

#include <algorithm>

#include "dontgoback/security/crypto/base64.hpp"
#include "dontgoback/security/crypto/hash.hpp"
#include "dontgoback/security/crypto/random_bytes.hpp"
#include "dontgoback/text/nfc.hpp"
#include "dontgoback/text/parts.hpp"
#include "dontgoback/text/searchable.hpp"
#include "dontgoback/text/utf8.hpp"

namespace dontgoback::walk::groups {
namespace {

using storage::Connection;

constexpr std::size_t kTokenBytes = 16;
constexpr int kMostLinks = 10;  // of a group; one more ends the oldest

constexpr Failure kName{FailureKind::invalid,
                        {"그룹 이름은 1–30자이고 글자나 숫자가 있어야 합니다.",
                         "A group's name has 1 to 30 characters, a letter or a digit among them."}};
constexpr Failure kNotOwner{FailureKind::forbidden,
                            {"그룹을 만든 사람만 할 수 있습니다.", "Only the group's owner may do that."}};
constexpr Failure kTooManyGroups{
    FailureKind::conflict, {"그룹은 20개까지 함께할 수 있습니다.", "You are in 20 groups, and there can be no more."}};
constexpr Failure kFull{
    FailureKind::conflict,
    {"그룹이 꽉 찼습니다. 100명까지 함께할 수 있습니다.", "The group has 100 members, and is full."}};
constexpr Failure kNoLink{
    FailureKind::not_found,
    {"만료되었거나 더 쓸 수 없는 링크입니다.", "This link has expired, or was used up or taken back."}};

std::string hash_of(std::string_view token) {
  const auto digest = security::sha256(token);
  return security::base64url_encode(security::bytes(digest));
}

}  // namespace

Result<std::string> read_name(std::string_view sent) {
  if (!text::is_utf8(sent) || text::code_points(sent) > 4 * kLongestName) return kName;
  const auto name = text::nfc(text::trimmed(sent));
  const auto is_control = [](char c) { return (c >= 0 && c < ' ') || c == 0x7F; };
  if (text::code_points(name) > kLongestName || std::ranges::any_of(name, is_control) ||
      text::searchable(name).empty()) {
    return kName;
  }
  return name;
}

Result<Group> make(Connection& connection, WalkerId owner, const std::string& name, time::Timestamp now) {
  walkers::lock_walker(connection, owner);
  if (count_groups(connection, owner) >= kMostGroups) return kTooManyGroups;
  const auto uuid = walkers::random_uuid();
  const auto id = add_group(connection, uuid, name, owner);
  add_member(connection, id, owner, now);
  return Group{id, uuid, name, owner};
}

Result<Group> find_as(Connection& connection, std::string_view uuid, WalkerId walker, By by) {
  const auto parsed = walkers::parse_uuid(uuid);
  auto found = parsed ? find_group(connection, *parsed) : std::nullopt;
  if (!found || !found->owner || !is_member(connection, found->id, walker)) return kNoGroup;
  if (by == By::owner && found->owner != walker) return kNotOwner;
  return *std::move(found);
}

std::optional<GroupId> find_of_member(Connection& connection, std::string_view uuid, WalkerId member) {
  const auto found = find_as(connection, uuid, member, By::member);
  return found ? std::optional(found->id) : std::nullopt;
}

std::optional<Named> find_named(Connection& connection, GroupId group) {
  auto found = find_group(connection, group);
  if (!found || !found->owner) return std::nullopt;
  return Named{std::move(found->name), *found->owner};
}

bool share_one(Connection& connection, WalkerId one, WalkerId other) {
  return std::ranges::any_of(groups_of(connection, one),
                             [&](const Group& group) { return is_member(connection, group.id, other); });
}

Result<Done> give_name(Connection& connection, GroupId group, std::string_view name) {
  const auto wanted = read_name(name);
  if (!wanted) return wanted.failure();
  lock_group(connection, group);
  if (!find_named(connection, group)) return kNoGroup;
  set_name(connection, group, *wanted);
  return Done{};
}

void close(Connection& connection, GroupId group) {
  if (const auto found = find_group(connection, group)) close(connection, *found);
}

void leave(Connection& connection, const Group& group, WalkerId walker) {
  lock_group(connection, group.id);
  drop_member(connection, group.id, walker);
  const auto now = find_group(connection, group.id);
  if (!now || now->owner != walker) return;
  const auto heir = first_member(connection, group.id);
  if (heir) {
    set_owner(connection, group.id, heir);
  } else {
    drop_group(connection, group.id);
  }
}

std::string make_link(Connection& connection, const Group& group, const LinkTerms& terms) {
  auto token = security::base64url_encode(security::random_bytes(kTokenBytes));
  lock_group(connection, group.id);
  add_link(connection, group.id, hash_of(token), terms.uses, terms.expires_at);
  drop_links(connection, group.id, kMostLinks);
  return token;
}

Result<Group> join(Connection& connection, std::string_view link, WalkerId walker, time::Timestamp now) {
  const auto found = find_link(connection, hash_of(link.substr(link.rfind('#') + 1)));
  if (!found || found->expires_at <= now) return kNoLink;
  walkers::lock_walker(connection, walker);  // before groups, everywhere
  lock_group(connection, found->group);
  auto group = find_group(connection, found->group);
  if (!group || !group->owner) return kNoLink;
  if (is_member(connection, group->id, walker)) return *std::move(group);
  if (count_groups(connection, walker) >= kMostGroups) return kTooManyGroups;
  if (count_members(connection, group->id) >= kMostMembers) return kFull;
  if (!use_link(connection, found->id)) return kNoLink;
  add_member(connection, group->id, walker, now);
  return *std::move(group);
}

void close(Connection& connection, const Group& group) {
  lock_group(connection, group.id);
  for (auto member = first_member(connection, group.id); member; member = first_member(connection, group.id)) {
    drop_member(connection, group.id, *member);
  }
  drop_links(connection, group.id, 0);
  drop_snapshots(connection, group.id);
  set_owner(connection, group.id, std::nullopt);
}

}  // namespace dontgoback::walk::groups
