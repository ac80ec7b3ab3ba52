#include "serving.hpp"

#include <filesystem>
#include <system_error>
#include <utility>

#include "dontgoback/text/endpoint.hpp"
#include "loading.hpp"

namespace dontgoback::walk::rpc {
namespace {

bool is_loopback(const text::Endpoint& endpoint) {
  return endpoint.address.starts_with("127.") || endpoint.address == "::1";
}

bool is_there(const std::string& file) {
  std::error_code none;
  return std::filesystem::is_regular_file(file, none);
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
  if (settings_.certificate.empty()) {
    if (!is_loopback(*endpoint)) {
      checks.warn("--grpc-listen: without --grpc-certificate-file access tokens travel in the clear");
    }
    return;
  }
  if (!checks.looks_at_files()) return;
  if (!is_there(settings_.certificate)) checks.wrong("--grpc-certificate-file", "there is no such file");
  if (!is_there(settings_.key)) checks.wrong("--grpc-key-file", "there is no such file");
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
