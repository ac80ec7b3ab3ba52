#include "module.hpp"

#include "dontgoback/config/base_url.hpp"
#include "dontgoback/config/table.hpp"
#include "dontgoback/ports.hpp"

namespace dontgoback::lamp {

storage::Migrations migrations();  // built in from migrations/

namespace {

constexpr std::string_view kPath = "/msa/lamp/api/color";
constexpr Failure kDark{FailureKind::unavailable, {"등불이 보이지 않습니다.", "The lamp is not to be seen."}};

class OwnLight final : public ports::Light {
 public:
  explicit OwnLight(const std::string& color) : color_(color) {}
  Result<std::string> color() override { return color_; }

 private:
  const std::string& color_;
};

class RemoteLight final : public ports::Light {
 public:
  RemoteLight(http::Client& client, const std::string& url) : client_(client) {
    request_.url = url + std::string(kPath);
  }
  Result<std::string> color() override {
    auto answer = client_.send(request_);
    if (!answer || answer->status != 200) return kDark;
    return std::move(answer->body);
  }

 private:
  http::Client& client_;
  http::ClientRequest request_;
};

std::int64_t burns(storage::Database& database) {
  return std::get<0>(database
                         .read([](storage::Connection& connection) {
                           return connection.one<std::int64_t>("SELECT COUNT(*) FROM lamp_burns");
                         })
                         .value());
}

}  // namespace

void LampModule::declare(config::Options& options) {
  options.text("--lamp-color", color_, "How it shines");
  options.text("--lamp-url", url_, "The lamp's node, when lamp does not run here");
}

void LampModule::check(config::Checks& checks) const {
  if (!url_.empty()) {
    if (const auto problem = checks.problem_of_url(url_)) checks.wrong("--lamp-url", *problem);
  }
  if (checks.node().runs(name())) {
    if (color_ == "black") checks.wrong("--lamp-color", "must be a color that can be seen");
  } else if (url_.empty() && checks.node().runs("porch")) {
    checks.warn("no lamp is known (--lamp-url): the porch is dark");
  }
}

storage::Migrations LampModule::migrations() const { return lamp::migrations(); }

std::vector<Command> LampModule::commands() {
  return {{"lamp", "burns", Command::Uses::reads, "How often it has burnt", [](config::Options&) {},
           [](Command::Context context) {
             config::Table table({"burns"});
             table.add({burns(context.host.database)});
             table.print_row(context.out, context.json);
           }}};
}

std::vector<jobs::Job> LampModule::own_jobs(Host& host) {
  return {{.name = "lamp-burn",
           .schedule = {.daily_at = {}, .every = std::chrono::hours(24)},
           .once_for_all_nodes = true,
           .work = [&database = host.database](const jobs::Run&) {
             database.write(
                 [](storage::Connection& connection) { connection.execute("INSERT INTO lamp_burns DEFAULT VALUES"); });
             return std::string("burnt");
           }}};
}

void LampModule::connect(Host& host, Ports& ports) {
  if (host.node.runs(name())) {
    ports.offer<ports::Light>(std::make_shared<OwnLight>(color_));
  } else if (const auto url = config::parse_base_url(url_)) {
    ports.offer<ports::Light>(std::make_shared<RemoteLight>(host.client, url->text()));
  }
}

void LampModule::start(Host& host) {
  host.router.add({http::Method::get, kPath, http::Access::anyone(), http::Lane::inline_, http::kNoBody,
                   [this](const http::Request&) { return http::text(200, color_); }});
}

}  // namespace dontgoback::lamp
