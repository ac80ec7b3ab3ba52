#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dontgoback/storage/connection.hpp"
#include "dontgoback/time/clock_trust.hpp"
#include "nickname.hpp"
#include "walkers.hpp"

// Rows of walkers, and of who signs in to them. Everything runs in the caller's transaction.
namespace dontgoback::walk::walkers {

/// `person`: whose it is, as ports::People names them; nothing of a phone that nobody knows yet.
Walker add_walker(storage::Connection& connection, const std::optional<std::string>& person, time::Timestamp now);
void delete_walker(storage::Connection& connection, WalkerId id);

/// Whatever its status.
std::optional<Walker> find_by_folded(storage::Connection& connection, std::string_view folded);
std::optional<Walker> find_by_person(storage::Connection& connection, std::string_view person);
std::optional<std::string> person_of(storage::Connection& connection, WalkerId id);
void set_person(storage::Connection& connection, WalkerId id, const std::optional<std::string>& person);

/// `identity` is the keyed hash of an issuer and a subject.
std::optional<Walker> find_by_identity(storage::Connection& connection, std::string_view identity);
/// Throws storage::DuplicateKey when it signs in to a walker already.
void add_identity(storage::Connection& connection, std::string_view identity, WalkerId id);
std::int64_t count_identities(storage::Connection& connection, WalkerId id);
void move_identities(storage::Connection& connection, WalkerId from, WalkerId to);

/// Nothing: it never had another.
std::optional<time::Timestamp> renamed_at(storage::Connection& connection, WalkerId id);
/// False: somebody else has it. `at`: when it counts as renamed; nothing: as before.
bool set_nickname(storage::Connection& connection, WalkerId id, const std::optional<Nickname>& nickname,
                  std::optional<time::Timestamp> at);
/// It is shown under it and not found by it.
void set_shown_nickname(storage::Connection& connection, WalkerId id, std::string_view nickname);
/// When it consented; nothing: it did not.
std::optional<time::Timestamp> consented_at(storage::Connection& connection, WalkerId id);
void set_consent(storage::Connection& connection, WalkerId id, std::optional<time::Timestamp> at);
void set_status(storage::Connection& connection, WalkerId id, Status status, time::Timestamp now);
std::optional<time::Timestamp> status_at(storage::Connection& connection, WalkerId id);

struct Leaving {
  WalkerId id;
  time::Timestamp since;
};
/// Those that began to leave within the span, in order of when.
std::vector<Leaving> leaving_within(storage::Connection& connection, const time::Span& span, int limit);

/// A nonce or an ID token that signs somebody in, by its hash. False: it did so before.
bool use_proof(storage::Connection& connection, std::string_view hash, time::Timestamp now);
std::int64_t delete_proofs_within(storage::Connection& connection, const time::Span& span, int limit);

/// In order of number, those after `after`.
std::vector<Walker> list_walkers(storage::Connection& connection, WalkerId after, int limit);

}  // namespace dontgoback::walk::walkers
