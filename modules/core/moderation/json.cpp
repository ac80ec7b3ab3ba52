#include "json.hpp"

#include "case_store.hpp"
#include "dontgoback/time/day.hpp"
#include "reports.hpp"

namespace dontgoback::core::moderation {
namespace {

void write_target(json::Writer& writer, const Target& target) {
  writer.field("targetType", to_string(target.kind));
  writer.field("targetId", target.id);
}

void write_objection(json::Writer& writer, const Act& act) {
  writer.key("objection");
  if (!act.objection) return writer.null();
  writer.begin_object();
  writer.field("text", *act.objection);
  writer.field("at", act.objected_at);
  writer.field("state", !act.outcome ? "OPEN" : *act.outcome == Outcome::kept ? "KEPT" : "UNDONE");
  writer.end_object();
}

void write_act(json::Writer& writer, const Act& act) {
  writer.field("actId", act.id);
  writer.field("action", audit::to_string(act.action));
  write_target(writer, act.target);
  writer.field("reason", act.reason);
  writer.field("at", act.at);
  writer.field("until", act.ends_at);
  write_objection(writer, act);
}

void write_why(json::Writer& writer, int why) {
  writer.key("why");
  writer.begin_array();
  const auto add = [&](Why each, std::string_view name) {
    if ((why & static_cast<int>(each)) != 0) writer.value(name);
  };
  add(Why::reported, "REPORTED");
  add(Why::word, "WORD");
  add(Why::link, "LINK");
  add(Why::objection, "OBJECTION");
  writer.end_array();
}

std::string_view state_of(const feed::Whole& text) {
  const auto has = [&](feed::Withheld why) { return (text.withheld & static_cast<int>(why)) != 0; };
  if (text.deleted) return "DELETED";
  if (has(feed::Withheld::moderated)) return "HIDDEN";
  if (has(feed::Withheld::waiting)) return "WAITING";
  if (has(feed::Withheld::archived)) return "ARCHIVED";
  return "SHOWN";
}

/// As it is now; without its words when its author deleted it.
void write_text(json::Writer& writer, const std::optional<Found>& found, http::Language language) {
  writer.key("text");
  if (!found || !found->text) return writer.null();
  const auto& text = *found->text;
  writer.begin_object();
  writer.field("state", state_of(text));
  writer.field("feedId", text.post);
  const bool nameless = found->is_unlinked() && text.author.empty();
  writer.field("author", nameless ? http::in(language, accounts::kNoName) : std::string_view(text.author));
  if (found->is_unlinked()) writer.field("unlinked", true);
  writer.field("content",
               text.deleted ? std::optional<std::string_view>() : std::optional<std::string_view>(text.content));
  writer.field("createdAt", text.created_at);
  writer.field("updatedAt", text.updated_at);
  writer.end_object();
}

void write_author(json::Writer& writer, storage::Connection& connection, UserId id) {
  const auto account = accounts::find_standing(connection, id);
  const auto dates = accounts::find_dates(connection, id);
  writer.key("account");
  if (!account || !dates || id == accounts::kDeparted || id == accounts::kUnlinked) return writer.null();
  writer.begin_object();
  writer.field("userId", id);
  writer.field("userRole", accounts::to_string(account->role));
  writer.field("status", accounts::to_string(account->status));
  writer.field("createdAt", dates->created_at);
  const auto suspension = find_suspension(connection, id);
  writer.field("suspendedUntil", suspension ? suspension->ends_at : std::nullopt);
  writer.end_object();
}

void write_reasons(json::Writer& writer, storage::Connection& connection, CaseId id) {
  writer.key("reasons");
  writer.begin_array();
  for (const auto& each : reasons_of(connection, id)) {
    writer.begin_object();
    writer.field("reason", to_string(each.reason));
    writer.field("memberCount", each.members);
    writer.field("guestCount", each.guests);
    writer.end_object();
  }
  writer.end_array();
}

void write_decision(json::Writer& writer, storage::Connection& connection, const Case* of) {
  if (!of || !of->decision) return writer.null();
  writer.begin_object();
  writer.field("decision", to_string(*of->decision));
  writer.field("reason", of->reason);
  writer.field("at", of->decided_at);
  writer.field("by", of->entry ? audit::actor_of(connection, *of->entry) : std::nullopt);
  writer.end_object();
}

/// What was decided on the same target last before it.
void write_earlier(json::Writer& writer, storage::Connection& connection, const Case& of) {
  const auto before = last_decided(connection, of.target, of.id.value);
  writer.key("earlier");
  write_decision(writer, connection, before ? &*before : nullptr);
}

void write_reports(json::Writer& writer, storage::Connection& connection, CaseId id) {
  writer.key("reports");
  writer.begin_array();
  for (const auto& report : reports_of(connection, id, kKeptReports)) {
    writer.begin_object();
    writer.field("reason", to_string(report.reason));
    writer.field("text", report.text);
    writer.field("guest", report.guest);
    writer.field("createdAt", report.created_at);
    writer.end_object();
  }
  writer.end_array();
}

}  // namespace

void write(json::Writer& writer, const Act& act) {
  writer.begin_object();
  write_act(writer, act);
  writer.end_object();
}

void write(json::Writer& writer, const Standing& standing) {
  writer.begin_object();
  write_act(writer, standing.act);
  writer.field("userId", standing.act.user == accounts::kUnlinked ? UserId{} : standing.act.user);
  writer.field("by", standing.by);
  writer.end_object();
}

void write_case(json::Writer& writer, storage::Connection& connection, const Case& of, Reports reports,
                http::Language language) {
  writer.begin_object();
  writer.field("reportId", of.id);
  writer.field("state", of.open ? "OPEN" : "CLOSED");
  write_target(writer, of.target);
  write_why(writer, of.why);
  writer.field("memberCount", of.members);
  writer.field("guestCount", of.guests);
  write_reasons(writer, connection, of.id);
  writer.field("openedAt", of.opened_at);
  write_text(writer, find_target(connection, of.target), language);
  write_author(writer, connection, of.author);
  writer.key("objectionTo");
  if (const auto act = of.objection_to ? find_act(connection, *of.objection_to) : std::nullopt) {
    write(writer, Standing{*act, audit::actor_of(connection, act->id)});
  } else {
    writer.null();
  }
  writer.key("decision");
  write_decision(writer, connection, &of);
  if (reports == Reports::written) {
    write_earlier(writer, connection, of);
    write_reports(writer, connection, of.id);
  }
  writer.end_object();
}

}  // namespace dontgoback::core::moderation
