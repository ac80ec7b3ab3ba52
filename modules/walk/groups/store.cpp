#include "store.hpp"

#include <algorithm>

#include "dontgoback/storage/planned.hpp"

namespace dontgoback::walk::groups {
namespace {

using storage::args;
using storage::Connection;
using storage::Dialect;
using storage::Planned;

const Planned kMembers("groups/members", "SELECT m.walker_id, w.uuid, w.nickname " + planned_members() +
                                             walkers::planned_join("w", "m.walker_id") + " WHERE " + is_member_of() +
                                             " AND " + walkers::is_active("w") + " LIMIT :limit");
const Planned kSince("groups/since", "SELECT walker_id, since FROM group_members {PRIMARY} WHERE group_id = :group");
const Planned kCountMembers("groups/count-members",
                            "SELECT COUNT(*) FROM group_members m {PRIMARY} WHERE m.group_id = :group");
const Planned kCountGroups(
    "groups/count-groups",
    "SELECT COUNT(*) FROM group_members m {group_members_by_walker} WHERE m.walker_id = :walker");
const Planned kOfWalker("groups/of-walker",
                        "SELECT g.id, g.uuid, g.name, g.owner_id FROM group_members m "
                        "{group_members_by_walker} CROSS JOIN walk_groups g {PRIMARY} ON g.id = m.group_id WHERE "
                        "m.walker_id = :walker");
const Planned kLinks("groups/links",
                     "SELECT id FROM group_links {group_links_of_group} WHERE group_id = :group ORDER BY id DESC");
std::string_view bytes(const walkers::Uuid& uuid) {
  return {reinterpret_cast<const char*>(uuid.bytes.data()), uuid.bytes.size()};
}

walkers::Uuid uuid_of(std::string_view bytes) {
  walkers::Uuid uuid;
  std::copy_n(bytes.begin(), std::min(bytes.size(), uuid.bytes.size()), uuid.bytes.begin());
  return uuid;
}

auto into(std::vector<Group>& found) {
  return [&found](GroupId id, std::string_view uuid, std::string_view name, std::optional<WalkerId> owner) {
    found.push_back({id, uuid_of(uuid), std::string(name), owner});
  };
}

std::optional<Group> only(std::vector<Group> found) {
  return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

}  // namespace

GroupId add_group(Connection& connection, const walkers::Uuid& uuid, std::string_view name, WalkerId owner) {
  connection.execute("INSERT INTO walk_groups (uuid, name, owner_id) VALUES (:uuid, :name, :owner)", bytes(uuid), name,
                     owner);
  return {connection.last_insert_id()};
}

std::optional<Group> find_group(Connection& connection, GroupId group) {
  std::vector<Group> found;
  connection.each("SELECT id, uuid, name, owner_id FROM walk_groups WHERE id = :id", args(group), into(found));
  return only(std::move(found));
}

std::optional<Group> find_group(Connection& connection, const walkers::Uuid& uuid) {
  std::vector<Group> found;
  const auto text = bytes(uuid);
  connection.each("SELECT id, uuid, name, owner_id FROM walk_groups WHERE uuid = :uuid", args(text), into(found));
  return only(std::move(found));
}

void lock_group(Connection& connection, GroupId group) {
  if (connection.dialect() == Dialect::sqlite) return;  // who writes is alone
  (void)connection.one<std::int64_t>("SELECT id FROM walk_groups WHERE id = :id FOR UPDATE", group);
}

void set_name(Connection& connection, GroupId group, std::string_view name) {
  connection.execute("UPDATE walk_groups SET name = :name WHERE id = :id", name, group);
}

void set_owner(Connection& connection, GroupId group, std::optional<WalkerId> owner) {
  connection.execute("UPDATE walk_groups SET owner_id = :owner WHERE id = :id", owner, group);
}

void drop_group(Connection& connection, GroupId group) {
  drop_snapshots(connection, group);
  drop_links(connection, group, 0);
  connection.execute("DELETE FROM walk_groups WHERE id = :id", group);
}

bool is_member(Connection& connection, GroupId group, WalkerId walker) {
  return connection
      .one<std::int64_t>("SELECT 1 FROM group_members WHERE group_id = :group AND walker_id = :walker", group, walker)
      .has_value();
}

void add_member(Connection& connection, GroupId group, WalkerId walker, time::Timestamp since) {
  connection.execute("INSERT INTO group_members (group_id, walker_id, since) VALUES (:group, :walker, :since)", group,
                     walker, since);
}

void drop_member(Connection& connection, GroupId group, WalkerId walker) {
  connection.execute("DELETE FROM group_members WHERE group_id = :group AND walker_id = :walker", group, walker);
}

std::int64_t count_members(Connection& connection, GroupId group) {
  return std::get<0>(connection.one<std::int64_t>(kCountMembers.on(connection), group).value());
}

std::int64_t count_groups(Connection& connection, WalkerId walker) {
  return std::get<0>(connection.one<std::int64_t>(kCountGroups.on(connection), walker).value());
}

std::optional<WalkerId> first_member(Connection& connection, GroupId group) {
  std::optional<std::pair<time::Timestamp, WalkerId>> first;
  connection.each(kSince.on(connection), args(group), [&first](WalkerId walker, time::Timestamp since) {
    const std::pair each{since, walker};
    if (!first || each < *first) first = each;
  });
  return first ? std::optional(first->second) : std::nullopt;
}

std::vector<Member> members(Connection& connection, GroupId group) {
  std::vector<Member> found;
  const auto of = find_group(connection, group);
  connection.each(kMembers.on(connection), args(group, kMostMembers),
                  [&](WalkerId walker, std::string_view uuid, std::string_view nickname) {
                    found.push_back({walker, uuid_of(uuid), std::string(nickname), of && of->owner == walker});
                  });
  std::ranges::sort(found, {}, &Member::uuid);
  return found;
}

std::vector<Group> groups_of(Connection& connection, WalkerId walker) {
  std::vector<Group> found;
  connection.each(kOfWalker.on(connection), args(walker), into(found));
  std::ranges::sort(found, {}, &Group::uuid);
  return found;
}

void add_link(Connection& connection, GroupId group, std::string_view hash, std::int64_t uses,
              time::Timestamp expires_at) {
  connection.execute(
      "INSERT INTO group_links (hash, group_id, uses_left, expires_at) VALUES (:hash, :group, :uses, :expires_at)",
      hash, group, uses, expires_at);
}

std::optional<Link> find_link(Connection& connection, std::string_view hash) {
  const auto row = connection.one<std::int64_t, GroupId, std::int64_t, time::Timestamp>(
      "SELECT id, group_id, uses_left, expires_at FROM group_links WHERE hash = :hash", hash);
  if (!row) return std::nullopt;
  return Link{std::get<0>(*row), std::get<1>(*row), std::get<2>(*row), std::get<3>(*row)};
}

bool use_link(Connection& connection, std::int64_t link) {
  return connection.execute("UPDATE group_links SET uses_left = uses_left - 1 WHERE id = :id AND uses_left > 0",
                            link) == 1;
}

void drop_links(Connection& connection, GroupId group, int kept) {
  std::vector<std::int64_t> links;
  connection.each(kLinks.on(connection), args(group), [&](std::int64_t id) {
    if (kept-- <= 0) links.push_back(id);
  });
  for (const auto link : links) connection.execute("DELETE FROM group_links WHERE id = :id", link);
}

}  // namespace dontgoback::walk::groups
