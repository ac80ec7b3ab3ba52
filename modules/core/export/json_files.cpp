#include "json_files.hpp"

#include "days.hpp"
#include "feed/feed.hpp"
#include "json_file.hpp"
#include "moderation/moderation.hpp"

namespace dontgoback::core::exports {
namespace {

using storage::Connection;

/// `type`: what the API calls the author's direction that day.
void write_text(json::Writer& writer, const feed::OwnText& text, std::string_view type) {
  writer.field("content", text.content);
  writer.field("author", text.author);
  writer.field(type, accounts::to_string(text.author_type));
  writer.field("likeCount", text.likes);
  writer.field("createdAt", text.created_at);
  writer.field("updatedAt", text.updated_at);
  writer.field("deletedAt", text.deleted_at);
  writer.key("revisions");
  writer.begin_array();
  for (const auto& revision : text.revisions) {
    writer.begin_object();
    writer.field("number", revision.number);
    writer.field("content", revision.content);
    writer.field("writtenAt", revision.written_at);
    writer.end_object();
  }
  writer.end_array();
}

void write_history(JsonFile& json, const std::vector<accounts::HistoryEntry>& history) {
  json.writer.key("history");
  json.array([&] {
    for (auto entry = history.rbegin(); entry != history.rend(); ++entry) {
      json.object([&] {
        json.writer.field("status", accounts::to_string(entry->status));
        json.writer.field("reason", entry->reason);
        json.writer.field("at", entry->at);
      });
    }
  });
}

void write_leave_requests(JsonFile& json, const std::vector<leaving::OwnRequest>& requests) {
  json.writer.key("leaveRequests");
  json.array([&] {
    for (const auto& request : requests) {
      json.object([&] {
        json.writer.field("kind", request.kind);
        json.writer.field("askedAt", request.asked_at);
        json.writer.field("usedAt", request.used_at);
      });
    }
  });
}

void write_consent(JsonFile& json, const std::optional<sign_in::Consent>& consent) {
  json.writer.key("consent");
  if (!consent) return json.writer.null();
  json.object([&] {
    json.writer.field("age14", true);
    json.writer.field("terms", consent->terms);
    json.writer.field("acceptedAt", consent->at);
  });
}

/// The ids under `name`; how many there were.
template <class Id>
std::int64_t write_ids(JsonFile& json, std::string_view name, const Source& source,
                       std::vector<Id> (*page)(Connection&, UserId, Id, int)) {
  std::int64_t count = 0;
  json.writer.key(name);
  json.array([&] {
    source.each(
        Id{0}, page, [](Id id) { return id; },
        [&](Id id) {
          json.writer.value(id);
          json.file.pass();
          ++count;
        });
  });
  return count;
}

}  // namespace

void write_profile(Zip& zip, const Profile& profile, time::Timestamp now) {
  const auto& account = profile.account;
  JsonFile json(zip, "profile.json", now);
  json.object([&] {
    json.writer.field("userId", account.id);
    json.writer.field("userType", accounts::to_string(account.type()));
    json.writer.field("userRole", accounts::to_string(account.role));
    json.writer.field("userStatus", accounts::to_string(account.status));
    json.writer.field("email", account.email);
    json.writer.field("userName", account.name());
    json.writer.field("amount", account.amount);
    json.writer.field("multiplier", account.multiplier);
    json.writer.field("createdAt", profile.dates.created_at);
    json.writer.field("lastSeenAt", profile.dates.last_seen_at);
    json.writer.key("settings");
    accounts::write_settings(json.writer, profile.settings);
    write_consent(json, profile.consent);
    write_history(json, profile.history);
    write_leave_requests(json, profile.leave_requests);
    json.writer.field("exportedAt", now);
  });
  json.end();
}

void write_ways_in(Zip& zip, const Profile& profile, time::Timestamp now) {
  JsonFile json(zip, "ways-in.json", now);
  json.object([&] {
    json.writer.field("email", profile.account.email);
    json.writer.key("identities");
    json.array([&] {
      for (const auto& identity : profile.identities) {
        json.object([&] {
          json.writer.field("identityId", identity.id);
          json.writer.field("provider", identity.provider);
          json.writer.field("issuer", identity.person.issuer);
          json.writer.field("subject", identity.person.subject);
          json.writer.field("linkedAt", identity.linked_at);
        });
      }
    });
    json.writer.key("passkeys");
    json.array([&] {
      for (const auto& passkey : profile.passkeys) {
        json.object([&] {
          json.writer.field("passkeyId", passkey.id);
          json.writer.field("createdAt", passkey.created_at);
          json.writer.field("lastUsedAt", passkey.last_used_at);
        });
      }
    });
  });
  json.end();
}

void write_sessions(Zip& zip, const Profile& profile, time::Timestamp now) {
  JsonFile json(zip, "sessions.json", now);
  json.array([&] {
    for (const auto& session : profile.sessions) {
      json.object([&] {
        json.writer.field("sessionId", session.id);
        json.writer.field("device", session.device);
        json.writer.field("address", session.address);
        json.writer.field("createdAt", session.created_at);
        json.writer.field("lastUsedAt", session.expires_at - sessions::kSessionLife);
      });
    }
  });
  json.end();
}

void write_days(Zip& zip, const Source& source, time::Timestamp now, time::Day today) {
  JsonFile json(zip, "assets.json", now);
  json.array([&] {
    each_day(source, today, [&](const assets::OwnDay& day) {
      json.object([&] {
        json.writer.field("date", day.day);
        json.writer.field("amount", day.fortune.amount);
        json.writer.field("multiplier", day.fortune.multiplier);
      });
    });
  });
  json.end();
}

namespace {

void write_post(json::Writer& writer, const feed::OwnPost& post) {
  writer.field("feedId", post.id);
  write_text(writer, post, "feedType");
  writer.field("commentCount", post.comments);
}

void write_comment(json::Writer& writer, const feed::OwnComment& comment) {
  writer.field("commentId", comment.id);
  writer.field("feedId", comment.post);
  writer.field("parentCommentId", comment.parent);
  write_text(writer, comment, "commentType");
  writer.field("subCommentCount", comment.replies);
}

}  // namespace

void write_posts(Zip& zip, const Source& source, time::Timestamp now) {
  JsonFile json(zip, "posts.json", now);
  json.array([&] {
    source.each(feed::PostId{0}, feed::own_posts, &feed::OwnPost::id,
                [&](const feed::OwnPost& post) { json.object([&] { write_post(json.writer, post); }); });
  });
  json.end();
}

void write_comments(Zip& zip, const Source& source, time::Timestamp now) {
  JsonFile json(zip, "comments.json", now);
  json.array([&] {
    source.each(feed::CommentId{0}, feed::own_comments, &feed::OwnComment::id,
                [&](const feed::OwnComment& comment) { json.object([&] { write_comment(json.writer, comment); }); });
  });
  json.end();
}

void write_unlinked(Zip& zip, const Source& source, time::Timestamp now) {
  JsonFile json(zip, "unlinked.json", now);
  json.object([&] {
    json.writer.key("feeds");
    json.array([&] {
      source.each(feed::PostId{0}, feed::own_unlinked_posts, &feed::OwnUnlinkedPost::id,
                  [&](const feed::OwnUnlinkedPost& post) {
                    json.object([&] {
                      write_post(json.writer, post);
                      json.writer.field("removeAt", post.remove_at);
                    });
                  });
    });
    json.writer.key("comments");
    json.array([&] {
      source.each(feed::CommentId{0}, feed::own_unlinked_comments, &feed::OwnUnlinkedComment::id,
                  [&](const feed::OwnUnlinkedComment& comment) {
                    json.object([&] {
                      write_comment(json.writer, comment);
                      json.writer.field("removeAt", comment.remove_at);
                    });
                  });
    });
  });
  json.end();
}

void write_moderation(Zip& zip, const Source& source, time::Timestamp now) {
  JsonFile json(zip, "moderation.json", now);
  const auto target = [&json](const moderation::Target& of) {
    json.writer.field("targetType", audit::to_string(of.kind));
    json.writer.field("targetId", of.id);
  };
  json.object([&] {
    json.writer.key("acts");
    json.array([&] {
      source.each(moderation::ActId{0}, moderation::own_acts, &moderation::Act::id, [&](const moderation::Act& act) {
        json.object([&] {
          json.writer.field("actId", act.id);
          json.writer.field("action", audit::to_string(act.action));
          target(act.target);
          json.writer.field("reason", act.reason);
          json.writer.field("at", act.at);
          json.writer.field("until", act.ends_at);
          json.writer.field("objection", act.objection);
          json.writer.field("objectedAt", act.objected_at);
        });
      });
    });
    json.writer.key("reports");
    json.array([&] {
      source.each(moderation::CaseId{0}, moderation::own_reports, &moderation::OwnReport::in,
                  [&](const moderation::OwnReport& report) {
                    json.object([&] {
                      target(report.target);
                      json.writer.field("reason", to_string(report.reason));
                      json.writer.field("text", report.text);
                      json.writer.field("createdAt", report.created_at);
                    });
                  });
    });
  });
  json.end();
}

Likes write_likes(Zip& zip, const Source& source, time::Timestamp now) {
  JsonFile json(zip, "likes.json", now);
  Likes likes;
  json.object([&] {
    likes.posts = write_ids(json, "feeds", source, feed::liked_posts);
    likes.comments = write_ids(json, "comments", source, feed::liked_comments);
  });
  json.end();
  return likes;
}

}  // namespace dontgoback::core::exports
