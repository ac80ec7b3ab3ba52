#pragma once

#include <cstdint>

#include "dontgoback/time/day.hpp"
#include "profile.hpp"
#include "source.hpp"
#include "zip.hpp"

// The files of an export that programs read, in the words and forms of the API.
namespace dontgoback::core::exports {

void write_profile(Zip& zip, const Profile& profile, time::Timestamp now);
void write_ways_in(Zip& zip, const Profile& profile, time::Timestamp now);
void write_sessions(Zip& zip, const Profile& profile, time::Timestamp now);
void write_days(Zip& zip, const Source& source, time::Timestamp now, time::Day today);
void write_posts(Zip& zip, const Source& source, time::Timestamp now);
void write_comments(Zip& zip, const Source& source, time::Timestamp now);
/// What was written unlinked, in a file of its own.
void write_unlinked(Zip& zip, const Source& source, time::Timestamp now);
void write_moderation(Zip& zip, const Source& source, time::Timestamp now);
/// Whom and what somebody does not want to see, and what they keep.
void write_choices(Zip& zip, const Source& source, time::Timestamp now);
void write_notifications(Zip& zip, const Source& source, time::Timestamp now);

struct Likes {
  std::int64_t posts = 0;
  std::int64_t comments = 0;
};
/// How many there were.
Likes write_likes(Zip& zip, const Source& source, time::Timestamp now);

}  // namespace dontgoback::core::exports
