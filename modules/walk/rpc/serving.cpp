#include "serving.hpp"

#include <utility>
#include <variant>

#include "dontgoback/security/files/certificate.hpp"
#include "dontgoback/text/endpoint.hpp"
#include "loading.hpp"

namespace dontgoback::walk::rpc {
namespace {

bool is_loopback(const text::Endpoint& endpoint) {
  return endpoint.address.starts_with("127.") || endpoint.address == "::1";
}

}  // namespace

void Options::declare(config::Options& options) {
  options.text("--grpc-listen", "ADDR:PORT", settings_.listen,
               "Serves step.StepService and walk.v1 over gRPC; off unless given. The usual port is 8093");
  options.text("--grpc-certificate-file", "FILE", settings_.certificate,
               "PEM: the certificate and its chain, for TLS at --grpc-listen; taken up again when it changes");
  options.text("--grpc-key-file", "FILE", settings_.key, "PEM: the key of --grpc-certificate-file");
  options.integer("--grpc-max-connections", max_connections_, 1, 100'000,
                  "Connections to --grpc-listen at a time; memory for messages grows with it");
}

void Options::check(config::Checks& checks, std::string_view module) const {
  if (settings_.certificate.empty() != settings_.key.empty()) {
    checks.wrong(settings_.key.empty() ? "--grpc-certificate-file" : "--grpc-key-file",
                 "the certificate and its key are given together, or neither");
  }
  if (!is_on()) return;
  const auto endpoint = text::Endpoint::parse(settings_.listen);
  if (!endpoint) return checks.wrong("--grpc-listen", "must be ADDR:PORT");
  if (!checks.node().runs(module)) return checks.warn("--grpc-listen: gRPC is not served where walk does not run");
  if (settings_.certificate.empty() && !is_loopback(*endpoint)) {
    checks.warn("--grpc-listen: without --grpc-certificate-file access tokens travel in the clear");
  }
}

void Options::check_files(config::Checks& checks) const {
  if (settings_.certificate.empty() || settings_.key.empty() || !checks.looks_at_files()) return;
  const auto read = security::read_certificate({settings_.certificate, settings_.key});
  if (const auto* problem = std::get_if<security::CertificateProblem>(&read)) {
    const bool is_key = problem->of == security::CertificateProblem::Of::key;
    checks.wrong(is_key ? "--grpc-key-file" : "--grpc-certificate-file", problem->what);
  }
}

Settings Options::settings() const {
  auto settings = settings_;
  settings.max_connections = static_cast<std::size_t>(max_connections_);
  return settings;
}

Settings Options::settings_by_name(const std::string& option, const std::string& listen) const {
  auto by_name = settings();
  by_name.option = option;
  by_name.listen = listen;
  by_name.callers = Settings::Callers::by_name;
  return by_name;
}

Serving::Serving(Settings settings, ModuleCalls::Needs needs)
    : settings_(std::move(settings)),
      calls_(std::move(needs)),
      server_(load_server(find_shared_object(), settings_, calls_)) {}

std::string Serving::address() const {
  auto endpoint = text::Endpoint::parse(settings_.listen).value();
  endpoint.port = static_cast<std::uint16_t>(server_->port());
  return endpoint.text();
}

std::string Serving::look(storage::Database& database) {
  const bool reachable = database.reachable();
  server_->set_serving(reachable);
  return reachable ? "serves" : "the database is away";
}

}  // namespace dontgoback::walk::rpc
