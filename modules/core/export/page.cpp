#include "page.hpp"

#include "days.hpp"
#include "feed/feed.hpp"
#include "file.hpp"

namespace dontgoback::core::exports {
namespace {

// What is far from being seen is not laid out: years of posts are one file.
constexpr std::string_view kStyle = R"css(
:root{color-scheme:light dark;--paper:#f7f4ec;--sheet:#fffdf8;--ink:#1b1d22;--soft:#5c5f66;--line:#ded8c9}
@media(prefers-color-scheme:dark){:root{--paper:#12151a;--sheet:#191d24;--ink:#eceae4;--soft:#a3a6ad;--line:#2d323b}}
*{box-sizing:border-box}
html{background:var(--paper);color:var(--ink);font:1rem/1.6 system-ui,-apple-system,'Apple SD Gothic Neo','Malgun Gothic','Noto Sans KR',sans-serif}
body{margin:0;overflow-wrap:anywhere}
main{margin:0 auto;max-width:42rem;padding:2rem 1rem}
h2{border-top:1px solid var(--line);margin-top:2.5rem;padding-top:1rem}
article{background:var(--sheet);border:1px solid var(--line);border-radius:.625rem;content-visibility:auto;contain-intrinsic-size:auto 8rem;margin:1rem 0;padding:.75rem 1rem}
article p{margin:.5rem 0 0;white-space:pre-wrap}
header,summary,dt,th{color:var(--soft);font-size:.875rem;font-weight:400;text-align:start}
header b{color:var(--ink);font-size:1rem}
dl{display:grid;gap:.25rem 1rem;grid-template-columns:max-content 1fr}
dd{margin:0}
table{border-collapse:collapse;width:100%}
td,th{border-bottom:1px solid var(--line);padding:.25rem .5rem .25rem 0;vertical-align:top}
td.number{font-variant-numeric:tabular-nums;text-align:end}
)css";

/// Those that a member can have while signed in, and came from, have words.
std::string_view status_in(const Words& words, accounts::AccountStatus status) {
  const auto number = static_cast<std::size_t>(status);
  return number < words.statuses.size() ? words.statuses[number] : accounts::to_string(status);
}

/// The page while it is written.
class Page {
 public:
  Page(Zip& zip, const PageSettings& settings)
      : words_(settings.words), zone_(settings.zone), file_(zip, "index.html", settings.now) {}

  void begin() {
    const auto& words = words_;
    add({"<!doctype html>\n<html lang=\"", words.language,
         "\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
         "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
         "<title>",
         words.title, " · ", words.brand, "</title><style>", kStyle, "</style></head>\n<body><main><h1>", words.title,
         "</h1>\n"});
  }
  void end() {
    add({"</main></body></html>\n"});
    file_.end();
  }

  /// Markup, as it is.
  void add(std::initializer_list<std::string_view> parts) {
    for (const auto part : parts) file_.text() += part;
    file_.pass();
  }
  void text(std::string_view text) { append_escaped(file_.text(), text); }
  void moment(time::Timestamp at) {
    add({"<time datetime=\"", time::to_rfc3339(at), "\">", local_time(zone_, at), "</time>"});
  }
  void heading(std::string_view words) { add({"<h2>", words, "</h2>\n"}); }
  /// Of a list of terms.
  void term(std::string_view name, std::string_view value) {
    add({"<dt>", name, "</dt><dd>"});
    text(value);
    add({"</dd>\n"});
  }
  void term(std::string_view name, time::Timestamp at) {
    add({"<dt>", name, "</dt><dd>"});
    moment(at);
    add({"</dd>\n"});
  }
  void begin_table(std::initializer_list<std::string_view> columns) {
    add({"<table><thead><tr>"});
    for (const auto column : columns) add({"<th scope=\"col\">", column, "</th>"});
    add({"</tr></thead><tbody>\n"});
  }
  void end_table() { add({"</tbody></table>\n"}); }
  void cell(std::string_view value) {
    add({"<td>"});
    text(value);
    add({"</td>"});
  }
  void cell(time::Timestamp at) {
    add({"<td>"});
    moment(at);
    add({"</td>"});
  }

  /// One post or comment, whose head begins with the name it was written under.
  template <class F>
  void entry(const feed::OwnText& entry, F where) {
    add({"<article><header><b>"});
    text(entry.author.empty() ? words_.nameless : std::string_view(entry.author));
    add({"</b> · "});
    moment(entry.created_at);
    where();
    if (entry.updated_at != entry.created_at) {
      add({" · ", words_.changed, " "});
      moment(entry.updated_at);
    }
    if (entry.deleted_at) {
      add({" · ", words_.deleted, " "});
      moment(*entry.deleted_at);
    }
    if (entry.likes > 0) add({" · ", words_.likes, " ", std::to_string(entry.likes)});
    add({"</header><p>"});
    text(entry.content);
    add({"</p>"});
    earlier(entry.revisions);
    add({"</article>\n"});
  }

 private:
  void earlier(const std::vector<feed::Revision>& revisions) {
    if (revisions.empty()) return;
    add({"<details><summary>", words_.earlier, " ", std::to_string(revisions.size()), "</summary>"});
    for (const auto& revision : revisions) {
      add({"<header>"});
      moment(revision.written_at);
      add({"</header><p>"});
      text(revision.content);
      add({"</p>"});
    }
    add({"</details>"});
  }

  const Words& words_;
  const time::Zone& zone_;
  File file_;
};

void write_account(Page& page, const Profile& profile, const PageSettings& settings) {
  const auto& words = settings.words;
  const auto& account = profile.account;
  page.add({"<dl>"});
  page.term(words.made, settings.now);
  page.term(words.account, std::to_string(account.id.value));
  page.term(words.name, account.name());
  page.term(words.amount, grouped(account.amount) + std::string(words.won));
  page.term(words.role, words.roles[static_cast<std::size_t>(account.role)]);
  page.term(words.status, status_in(words, account.status));
  page.term(words.email, account.email ? std::string_view(*account.email) : words.none);
  page.term(words.profile, account.profile == accounts::Visibility::everybody ? words.open : words.hidden);
  page.term(words.created, profile.dates.created_at);
  page.term(words.last_seen, profile.dates.last_seen_at);
  if (profile.consent) page.term(words.terms, profile.consent->terms);
  page.add({"</dl>\n"});
}

void write_history(Page& page, const Profile& profile, const Words& words) {
  page.heading(words.history);
  page.begin_table({words.when, words.status, words.reason});
  for (auto entry = profile.history.rbegin(); entry != profile.history.rend(); ++entry) {
    page.add({"<tr>"});
    page.cell(entry->at);
    page.cell(status_in(words, entry->status));
    page.cell(entry->reason);
    page.add({"</tr>\n"});
  }
  page.end_table();
}

void write_leave_requests(Page& page, const Profile& profile, const Words& words) {
  if (profile.leave_requests.empty()) return;
  page.heading(words.leave_requests);
  page.begin_table({words.when, words.reason, words.used});
  for (const auto& request : profile.leave_requests) {
    page.add({"<tr>"});
    page.cell(request.asked_at);
    page.cell(request.kind == "CLOSE" ? words.to_close : words.to_deactivate);
    if (request.used_at) {
      page.cell(*request.used_at);
    } else {
      page.add({"<td></td>"});
    }
    page.add({"</tr>\n"});
  }
  page.end_table();
}

void write_ways_in(Page& page, const Profile& profile, const Words& words) {
  if (profile.identities.empty() && profile.passkeys.empty()) return;
  page.heading(words.ways_in);
  page.begin_table({words.name, words.created, words.used});
  for (const auto& identity : profile.identities) {
    page.add({"<tr>"});
    page.cell(identity.provider);
    page.cell(identity.linked_at);
    page.add({"<td></td></tr>\n"});
  }
  for (const auto& passkey : profile.passkeys) {
    page.add({"<tr>"});
    page.cell(words.passkey);
    page.cell(passkey.created_at);
    if (passkey.last_used_at) {
      page.cell(*passkey.last_used_at);
    } else {
      page.add({"<td></td>"});
    }
    page.add({"</tr>\n"});
  }
  page.end_table();
}

void write_sessions(Page& page, const Profile& profile, const Words& words) {
  page.heading(words.sessions);
  page.begin_table({words.device, words.address, words.created, words.used});
  for (const auto& session : profile.sessions) {
    page.add({"<tr>"});
    page.cell(session.device ? std::string_view(*session.device) : words.unknown);
    page.cell(session.address ? std::string_view(*session.address) : words.unknown);
    page.cell(session.created_at);
    page.cell(session.expires_at - sessions::kSessionLife);
    page.add({"</tr>\n"});
  }
  page.end_table();
}

void write_posts(Page& page, const Source& source, const Words& words) {
  page.heading(words.posts);
  source.each(feed::PostId{0}, feed::own_posts, &feed::OwnPost::id, [&](const feed::OwnPost& post) {
    page.entry(post, [&] {
      if (post.comments > 0) page.add({" · ", words.replies, " ", std::to_string(post.comments)});
    });
  });
}

void write_comments(Page& page, const Source& source, const Words& words) {
  page.heading(words.comments);
  source.each(feed::CommentId{0}, feed::own_comments, &feed::OwnComment::id, [&](const feed::OwnComment& comment) {
    page.entry(comment, [&] {
      page.add({" · ", words.on_post, " ", std::to_string(comment.post.value)});
      if (comment.parent) page.add({" · ", words.reply_to, " ", std::to_string(comment.parent->value)});
    });
  });
}

void write_removal(Page& page, const std::optional<time::Timestamp>& remove_at, const Words& words) {
  if (!remove_at) return;
  page.add({" · ", words.removed_at, " "});
  page.moment(*remove_at);
}

void write_unlinked(Page& page, const Source& source, const Words& words) {
  page.heading(words.unlinked_posts);
  source.each(feed::PostId{0}, feed::own_unlinked_posts, &feed::OwnUnlinkedPost::id,
              [&](const feed::OwnUnlinkedPost& post) {
                page.entry(post, [&] { write_removal(page, post.remove_at, words); });
              });
  page.heading(words.unlinked_comments);
  source.each(feed::CommentId{0}, feed::own_unlinked_comments, &feed::OwnUnlinkedComment::id,
              [&](const feed::OwnUnlinkedComment& comment) {
                page.entry(comment, [&] {
                  page.add({" · ", words.on_post, " ", std::to_string(comment.post.value)});
                  write_removal(page, comment.remove_at, words);
                });
              });
}

void write_days(Page& page, const Source& source, const PageSettings& settings) {
  page.heading(settings.words.days);
  page.begin_table({settings.words.day, settings.words.amount});
  each_day(source, settings.today, [&](const assets::OwnDay& day) {
    page.add({"<tr><td>", time::to_string(day.day), "</td><td class=\"number\">", grouped(day.fortune.amount),
              settings.words.won, "</td></tr>\n"});
  });
  page.end_table();
}

}  // namespace

void write_page(Zip& zip, const Source& source, const Profile& profile, const Likes& likes,
                const PageSettings& settings) {
  const auto& words = settings.words;
  Page page(zip, settings);
  page.begin();
  write_account(page, profile, settings);
  write_history(page, profile, words);
  write_leave_requests(page, profile, words);
  write_ways_in(page, profile, words);
  write_sessions(page, profile, words);
  page.heading(words.likes);
  page.add({"<dl>"});
  page.term(words.likes_on_posts, std::to_string(likes.posts));
  page.term(words.likes_on_comments, std::to_string(likes.comments));
  page.add({"</dl>\n"});
  write_posts(page, source, words);
  write_comments(page, source, words);
  write_unlinked(page, source, words);
  write_days(page, source, settings);
  page.end();
}

}  // namespace dontgoback::core::exports
