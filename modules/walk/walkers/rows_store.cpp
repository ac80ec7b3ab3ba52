#include "rows_store.hpp"

#include "row_store.hpp"
#include "slices_store.hpp"

namespace dontgoback::walk::walkers {
namespace {

using storage::Planned;

const Slices kOldProofs("walker-proofs/purge", "walker-proofs/purge-bound", "walker_proofs", "used_at",
                        "walker_proofs_by_age");
const Planned kLeaving("walkers/leaving",
                       "SELECT id, status_at FROM walkers {walkers_by_status} WHERE status = 2 AND status_at >= :after "
                       "AND status_at < :until ORDER BY status_at, id LIMIT :limit");
const Planned kMove("walker-identities/move",
                    "UPDATE walker_identities {walker_identities_by_walker} SET walker_id = :to_id WHERE walker_id = "
                    ":from_id");
const Planned kCountIdentities("walker-identities/count",
                               "SELECT COUNT(*) FROM walker_identities {walker_identities_by_walker} WHERE walker_id = "
                               ":walker");
const Planned kListed("walkers/list", "SELECT " WALKER_COLUMNS
                                      " FROM walkers w {PRIMARY} WHERE w.id > :after ORDER BY w.id LIMIT :limit");

std::string_view bytes_of(const Uuid& uuid) {
  return {reinterpret_cast<const char*>(uuid.bytes.data()), uuid.bytes.size()};
}

}  // namespace

Walker add_walker(storage::Connection& connection, const std::optional<std::string>& person, time::Timestamp now) {
  Walker walker;
  walker.uuid = random_uuid();
  connection.execute(
      "INSERT INTO walkers (uuid, nickname, renamed_at, status, status_at, offset_minutes, created_at, person) VALUES "
      "(:uuid, '', 0, 0, :since, :offset, :now, :person)",
      bytes_of(walker.uuid), now, kUsualOffset, now, person);
  walker.id = {connection.last_insert_id()};
  walker.offset_minutes = kUsualOffset;
  return walker;
}

void delete_walker(storage::Connection& connection, WalkerId id) {
  connection.execute("DELETE FROM walkers WHERE id = :id", id);
}

std::optional<Walker> find_by_folded(storage::Connection& connection, std::string_view folded) {
  return one_walker(connection, "SELECT " WALKER_COLUMNS " FROM walkers w WHERE w.folded = :folded", folded);
}

std::optional<Walker> find_by_person(storage::Connection& connection, std::string_view person) {
  return one_walker(connection, "SELECT " WALKER_COLUMNS " FROM walkers w WHERE w.person = :person", person);
}

std::optional<std::string> person_of(storage::Connection& connection, WalkerId id) {
  const auto row = connection.one<std::optional<std::string>>("SELECT person FROM walkers WHERE id = :id", id);
  return row ? std::get<0>(*row) : std::nullopt;
}

void set_person(storage::Connection& connection, WalkerId id, const std::optional<std::string>& person) {
  connection.execute("UPDATE walkers SET person = :person WHERE id = :id", person, id);
}

std::optional<Walker> find_by_identity(storage::Connection& connection, std::string_view identity) {
  return one_walker(connection,
                    "SELECT " WALKER_COLUMNS
                    " FROM walker_identities i JOIN walkers w ON w.id = i.walker_id WHERE i.hash = :hash",
                    identity);
}

void add_identity(storage::Connection& connection, std::string_view identity, WalkerId id) {
  connection.execute("INSERT INTO walker_identities (hash, walker_id) VALUES (:hash, :walker)", identity, id);
}

std::int64_t count_identities(storage::Connection& connection, WalkerId id) {
  return std::get<0>(connection.one<std::int64_t>(kCountIdentities.on(connection), id).value());
}

void move_identities(storage::Connection& connection, WalkerId from, WalkerId to) {
  connection.execute(kMove.on(connection), to, from);
}

std::optional<time::Timestamp> renamed_at(storage::Connection& connection, WalkerId id) {
  const auto row = connection.one<time::Timestamp>("SELECT renamed_at FROM walkers WHERE id = :id", id);
  if (!row || std::get<0>(*row) == time::Timestamp{}) return std::nullopt;
  return std::get<0>(*row);
}

bool set_nickname(storage::Connection& connection, WalkerId id, const std::optional<Nickname>& nickname,
                  std::optional<time::Timestamp> at) {
  const std::string text = nickname ? nickname->text : "";
  const auto folded = nickname ? std::optional(nickname->folded) : std::nullopt;
  try {
    connection.execute(
        "UPDATE walkers SET nickname = :nickname, folded = :folded, renamed_at = COALESCE(:at, renamed_at) WHERE id = "
        ":id",
        text, folded, at, id);
    return true;
  } catch (const storage::DuplicateKey&) {
    return false;
  }
}

void set_shown_nickname(storage::Connection& connection, WalkerId id, std::string_view nickname) {
  connection.execute("UPDATE walkers SET nickname = :nickname, folded = NULL WHERE id = :id", nickname, id);
}

std::optional<time::Timestamp> consented_at(storage::Connection& connection, WalkerId id) {
  const auto row =
      connection.one<std::optional<time::Timestamp>>("SELECT consented_at FROM walkers WHERE id = :id", id);
  return row ? std::get<0>(*row) : std::nullopt;
}

void set_consent(storage::Connection& connection, WalkerId id, std::optional<time::Timestamp> at) {
  connection.execute("UPDATE walkers SET consented_at = :at WHERE id = :id", at, id);
}

void set_status(storage::Connection& connection, WalkerId id, Status status, time::Timestamp now) {
  connection.execute("UPDATE walkers SET status = :status, status_at = :now WHERE id = :id", static_cast<int>(status),
                     now, id);
}

std::optional<time::Timestamp> status_at(storage::Connection& connection, WalkerId id) {
  const auto row = connection.one<time::Timestamp>("SELECT status_at FROM walkers WHERE id = :id", id);
  if (!row) return std::nullopt;
  return std::get<0>(*row);
}

std::vector<Leaving> leaving_within(storage::Connection& connection, const time::Span& span, int limit) {
  std::vector<Leaving> found;
  connection.each(kLeaving.on(connection), storage::args(span.from, span.until, limit),
                  [&](WalkerId id, time::Timestamp since) {
                    found.push_back({id, since});
                  });
  return found;
}

bool use_proof(storage::Connection& connection, std::string_view hash, time::Timestamp now) {
  try {
    connection.execute("INSERT INTO walker_proofs (hash, used_at) VALUES (:hash, :now)", hash, now);
    return true;
  } catch (const storage::DuplicateKey&) {
    return false;
  }
}

std::int64_t delete_proofs_within(storage::Connection& connection, const time::Span& span, int limit) {
  return kOldProofs.remove_some(connection, span, limit);
}

std::vector<Walker> list_walkers(storage::Connection& connection, WalkerId after, int limit) {
  std::vector<Walker> found;
  each_walker(
      connection, kListed.on(connection), [&](Walker walker) { found.push_back(std::move(walker)); }, after, limit);
  return found;
}

}  // namespace dontgoback::walk::walkers
