#include "module.hpp"

#include <filesystem>
#include <stdexcept>

#include "commands.hpp"
#include "delivery.hpp"
#include "dontgoback/mail/message.hpp"
#include "dontgoback/security/files/secret_file.hpp"
#include "dontgoback/text/url.hpp"
#include "folder.hpp"
#include "smtp.hpp"

namespace dontgoback::mail {
namespace {

constexpr std::string_view kName = "DontGoBack 운영팀";  // who the first release's mails are from

}  // namespace

MailModule::MailModule() = default;
MailModule::~MailModule() = default;

void MailModule::declare(config::Options& options) {
  options.text("--mail-from", "SENDER", from_,
               "Who mails are from: an address, or a name and an address in angle brackets; needed with --smtp");
  options.text(
      "--smtp", "URL", server_,
      "The mail server: smtp://HOST[:587] with STARTTLS, or smtps://HOST[:465]; without one mails are files in "
      "the data directory");
  options.text("--smtp-user", "NAME", user_, "Who this node is at the mail server");
  options.text("--smtp-password-file", "FILE", password_file_, "The file that holds the mail server's password");
  options.text("--smtp-ca-file", "FILE", ca_file_,
               "Certificates that the mail server's is checked against, in place of the system's");
  options.toggle("--smtp-plain", plain_, "Without TLS, to a mail server on this machine");
}

void MailModule::check(config::Checks& checks) const {
  if (!from_.empty() && !parse_sender(from_)) {
    checks.wrong("--mail-from", "must be an address (a@example.com) or a name and one (Name <a@example.com>)");
  }
  if (checks.node().runs(name()) && !checks.node().runs("core")) {
    checks.wrong("--modules", "mail delivers what core writes: it runs where core does");
  }
  check_server(checks);
}

void MailModule::check_server(config::Checks& checks) const {
  if (server_.empty()) {
    for (const auto* option : {"--smtp-user", "--smtp-password-file", "--smtp-ca-file"}) {
      if (checks.is_set(option)) checks.wrong(option, "needs --smtp");
    }
    if (plain_) checks.wrong("--smtp-plain", "needs --smtp");
    return;
  }
  const auto server = SmtpUrl::parse(server_);
  if (!server) {
    checks.wrong("--smtp", "must be smtp://HOST[:PORT] or smtps://HOST[:PORT]");
  } else if (plain_ && server->implicit_tls) {
    checks.wrong("--smtp-plain", "contradicts smtps://");
  } else if (plain_ && !server->is_loopback) {
    checks.wrong("--smtp-plain", "mails would travel in the clear: only to a server on this machine");
  }
  if (from_.empty() && checks.node().runs(name())) checks.wrong("--mail-from", "must be given with --smtp");
  if (user_.empty() != password_file_.empty()) {
    checks.wrong(user_.empty() ? "--smtp-password-file" : "--smtp-user",
                 "--smtp-user and --smtp-password-file go together");
  }
  if (!checks.looks_at_files()) return;
  if (!password_file_.empty()) checks.secret_file("--smtp-password-file", password_file_);
  if (!ca_file_.empty() && !std::filesystem::exists(ca_file_)) checks.wrong("--smtp-ca-file", "is not there");
}

Sender MailModule::sender(const config::Node& node) const {
  const auto url = text::Url::parse(node.public_url);
  auto sender = parse_sender(from_);
  if (!sender) sender = parse_sender("no-reply@" + (url ? url->host : ""));
  if (!sender) sender = Sender{"", "no-reply@localhost"};  // an IP address is no domain
  if (node.network.own) sender->network = node.network;
  if (sender->name.empty()) sender->name = node.network.own ? node.network.ko : std::string(kName);
  return *sender;
}

std::unique_ptr<Way> MailModule::way(const Host& host) const {
  const auto server = SmtpUrl::parse(server_);
  if (!server) return std::make_unique<Folder>(host.node.data_dir / "mail");
  SmtpSettings settings{*server, plain_, user_, "", ca_file_, std::string(sender(host.node).domain())};
  if (!user_.empty()) settings.password = security::secret_of("--smtp-password-file", password_file_);
  try {
    return std::make_unique<Smtp>(std::move(settings), [&outbox = host.outbox] { return outbox.stopping(); });
  } catch (const std::runtime_error& error) {
    throw std::invalid_argument(std::string("--smtp: ") + error.what());
  }
}

std::vector<Command> MailModule::commands() {
  return mail::commands(
      {[this](const config::Node& node) { return sender(node); }, [this](const Host& host) { return way(host); }});
}

std::vector<backup::KeptFile> MailModule::kept_files(const config::Node&) const {
  std::vector<backup::KeptFile> files;
  if (!password_file_.empty()) files.push_back({.name = "smtp-password", .path = password_file_});
  if (!ca_file_.empty()) files.push_back({.name = "smtp-ca", .path = ca_file_});
  return files;
}

void MailModule::start(Host& host) {
  delivery_ = std::make_shared<Delivery>(way(host), sender(host.node), host.clock, host.metrics);
  host.outbox.on(kTopic, [delivery = delivery_](std::int64_t id, std::string_view payload) {
    return delivery->deliver(id, payload);
  });
  host.health.add("mail", [delivery = delivery_] { return delivery->finding(); });
}

}  // namespace dontgoback::mail
