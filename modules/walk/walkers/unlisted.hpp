#pragma once

#include <string_view>

#include "walkers.hpp"

// Walkers that somebody else signs in, of whom no other walker hears by any call of this API.
namespace dontgoback::walk::walkers {

/// A new walker of nobody, which no search finds. Who makes it says that its steps are to be kept.
Walker add_unlisted(storage::Connection& connection, time::Timestamp now);
/// What its friends read; "": nothing. Nobody finds it by it, nor does it keep anybody from having the same.
void show_unlisted_as(storage::Connection& connection, WalkerId id, std::string_view nickname);
/// It is as if not there from now on, and no way leads back: the next run of the job removes it. The walker is locked.
void leave_for_good(storage::Connection& connection, const Subscribers& subscribers, WalkerId id, time::Timestamp now);

}  // namespace dontgoback::walk::walkers
