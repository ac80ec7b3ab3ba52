#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "groups.hpp"

// SQL of groups, their members and links.
namespace dontgoback::walk::groups {

struct Group {
  GroupId id;
  walkers::Uuid uuid;
  std::string name;
  std::optional<WalkerId> owner;  ///< nobody: it is closed
};

GroupId add_group(storage::Connection& connection, const walkers::Uuid& uuid, std::string_view name, WalkerId owner);
std::optional<Group> find_group(storage::Connection& connection, GroupId group);
std::optional<Group> find_group(storage::Connection& connection, const walkers::Uuid& uuid);
void set_name(storage::Connection& connection, GroupId group, std::string_view name);
void set_owner(storage::Connection& connection, GroupId group, std::optional<WalkerId> owner);
void drop_group(storage::Connection& connection, GroupId group);

bool is_member(storage::Connection& connection, GroupId group, WalkerId walker);
void add_member(storage::Connection& connection, GroupId group, WalkerId walker, time::Timestamp since);
void drop_member(storage::Connection& connection, GroupId group, WalkerId walker);
/// Also those who take no part now.
std::int64_t count_members(storage::Connection& connection, GroupId group);
std::int64_t count_groups(storage::Connection& connection, WalkerId walker);
/// Who has been there longest, if anybody.
std::optional<WalkerId> first_member(storage::Connection& connection, GroupId group);
/// Those of a walker, in order of UUID.
std::vector<Group> groups_of(storage::Connection& connection, WalkerId walker);

struct Link {
  std::int64_t id;
  GroupId group;
  std::int64_t uses_left;
  time::Timestamp expires_at;
};
void add_link(storage::Connection& connection, GroupId group, std::string_view hash, std::int64_t uses,
              time::Timestamp expires_at);
std::optional<Link> find_link(storage::Connection& connection, std::string_view hash);
/// False: it has no use left.
bool use_link(storage::Connection& connection, std::int64_t link);
/// All of a group but its newest `kept`.
void drop_links(storage::Connection& connection, GroupId group, int kept);

}  // namespace dontgoback::walk::groups
