#include <memory>

#include "archive_library.hpp"
#include "claims.hpp"
#include "dontgoback/http/error.hpp"
#include "export.hpp"
#include "file.hpp"
#include "page.hpp"

namespace dontgoback::core::exports {
namespace {

constexpr Failure kOneAtATime{FailureKind::rate_limited,
                              {"이미 내려받는 중입니다. 끝난 뒤에 다시 시도해 주세요.",
                               "A download is under way already. Please try again when it has ended."}};
constexpr std::string_view kRetryAfter = "30";
// Until an operator has installed the library.
constexpr int kLibraryRetryAfter = 600;

/// What the handler needs; for as long as a body is made after it, too.
struct Exports {
  storage::Database& database;
  const time::Clock& clock;
  const time::Zone& zone;
  const accounts::Directory& directory;
  std::shared_ptr<Claims> claims;
};

/// Before anything is answered: later there is no way to say why.
void load_library() {
  try {
    ArchiveLibrary::get();
  } catch (const std::runtime_error& missing) {
    throw Unavailable(missing.what(), kLibraryRetryAfter);
  }
}

void write_archive(const Exports& exports, const http::Identity& who, http::Language language, http::BodyWriter& out) {
  const auto now = exports.clock.now();
  const auto today = exports.zone.day_of(now);
  const auto& words = words_in(language);
  const Source source(exports.database, who);
  const auto profile = source.read([&](storage::Connection& connection, UserId user) {
    return read_profile(connection, exports.directory, user, today);
  });

  Zip zip([&out](std::string_view bytes) { out.write(bytes); });
  File read_me(zip, "README.txt", now);
  read_me.text() = words.read_me;
  read_me.end();
  write_profile(zip, profile, now);
  write_ways_in(zip, profile, now);
  write_sessions(zip, profile, now);
  write_days(zip, source, now, today);
  write_posts(zip, source, now);
  write_comments(zip, source, now);
  write_unlinked(zip, source, now);
  write_moderation(zip, source, now);
  write_choices(zip, source, now);
  write_notifications(zip, source, now);
  const auto likes = write_likes(zip, source, now);
  write_page(zip, source, profile, likes, {words, exports.zone, now, today});
  zip.finish();
}

http::Response export_own(const Exports& exports, const http::Request& request) {
  load_library();
  const auto& who = request.identity;
  const bool makes_one = request.method != http::Method::head;
  const auto claim = makes_one ? Claims::take(exports.claims, who.user) : nullptr;
  if (makes_one && !claim) throw http::Error(kOneAtATime).header("Retry-After", std::string(kRetryAfter));
  const auto chosen = exports.database.read(
      [&](storage::Connection& connection) { return accounts::language_of(connection, who.user); });
  const auto language = chosen.value_or(request.language);

  http::Response response;
  response.content_type = "application/zip";
  response.header("Content-Disposition", "attachment; filename=\"dontgoback-export-" +
                                             time::to_string(exports.zone.day_of(exports.clock.now())) + ".zip\"");
  response.write_body = [exports, who, language, claim](http::BodyWriter& out) {
    write_archive(exports, who, language, out);
  };
  return response;
}

}  // namespace

void add_routes(Host& host, const http::Authenticator& sessions, const accounts::Directory& directory) {
  const Exports exports{host.database, host.clock, host.zone, directory, std::make_shared<Claims>()};
  host.router.add({http::Method::get, "/api/v1/users/me/export",
                   http::Access::account(sessions).as(http::RouteClass::export_), http::Lane::query, http::kNoBody,
                   [exports](const http::Request& request) { return export_own(exports, request); }});
}

}  // namespace dontgoback::core::exports
