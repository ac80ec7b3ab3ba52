#include "serve.hpp"

#include <malloc.h>

#include <algorithm>
#include <atomic>
#include <future>
#include <iostream>
#include <optional>

#include "certificate_watch.hpp"
#include "config/processors.hpp"
#include "data_dir_lock.hpp"
#include "dontgoback/telemetry/log.hpp"
#include "dontgoback/text/endpoint.hpp"
#include "http/server/server.hpp"
#include "last_resort.hpp"
#include "management.hpp"
#include "open_files.hpp"
#include "own_listeners.hpp"
#include "passed_sockets.hpp"
#include "restore_recovery.hpp"
#include "runtime.hpp"
#include "startup_pages.hpp"
#include "supervisor.hpp"
#include "version.hpp"

namespace dontgoback::app {
namespace {

using std::chrono::milliseconds;

// What they touched is given back, too.
constexpr milliseconds kFirstJobsAreOver{2'000};

// Each thread's own heap would cost more memory than two shared ones cost time.
void share_heaps() { ::mallopt(M_ARENA_MAX, 2); }

http::ServerSettings server_settings(const config::Settings& settings, std::int64_t connections,
                                     const PassedSockets& passed, limits::Limiter& limiter,
                                     const security::ServerCertificate* certificate) {
  http::ServerSettings server;
  server.listen_descriptor = passed.http;
  server.management_descriptor = passed.management;
  server.policies = settings.limits;
  server.limiter = &limiter;
  server.certificate = certificate;
  server.listen = {settings.listen};
  server.management_listen = settings.management_listen;
  server.management_hosts = settings.management_hosts;
  server.io_threads = static_cast<std::size_t>(settings.io_threads);
  server.max_connections = static_cast<std::size_t>(connections);
  server.max_per_address = static_cast<std::size_t>(settings.max_connections_per_address);
  server.max_streams = static_cast<std::size_t>(settings.max_streams);
  server.memory = static_cast<std::size_t>(settings.request_memory) * 1024 * 1024;
  server.query.threads = std::max<std::size_t>(2, config::usable_processors());
  server.trusted_proxies = settings.trusted_proxies;
  server.internal_networks = settings.internal_allow;
  server.public_url_is_https = settings.node.public_url_is_https;
  return server;
}

void print_ready(const std::string& role, const http::Server& server, const std::vector<Module::Listening>& others) {
  std::cout << "ready role=" << role << " http=" << server.addresses().front()
            << " management=" << server.management_address();
  for (const auto& [name, address] : others) std::cout << ' ' << name << '=' << address;
  std::cout << " version=" << kVersion << std::endl;
}

// Until a signal. The manager is told that the node is alive only when its own front door answers.
void wait_for_end(const Signals& signals, const Supervisor& supervisor, http::Client& client,
                  const std::string& management_address) {
  http::ClientRequest probe;
  probe.url = text::Endpoint::parse(management_address).value().url() + "/livez";
  while (!signals.wait(supervisor.alive_every())) {
    const auto answer = client.send(probe);
    if (answer && answer->status == 200) {
      supervisor.alive();
    } else {
      telemetry::log_error("the node does not answer itself");
    }
  }
}

}  // namespace

void serve(config::Settings& settings, Modules& modules, const config::Environment& environment,
           const Signals& signals) {
  const Supervisor supervisor(environment);
  const auto passed = PassedSockets::of(environment);
  share_heaps();
  const auto connections = allow_files_for(settings.max_connections, modules.most_connections());
  const DataDirLock lock(settings.node.data_dir);
  end_interrupted_restore(settings, modules);

  const auto certificate = served_certificate(settings);
  std::optional<LastResort> last_resort;  // goes last, so that it watches every end below
  std::atomic<bool> draining = false;
  http::RouteTable management;
  OwnListeners own(modules.own_listeners());
  Runtime runtime(settings, modules, open_database(settings, modules));
  // After the runtime, so that it ends before what its handlers use.
  http::Server server(server_settings(settings, connections, passed, runtime.limiter(), certificate.get()),
                      runtime.routes(), management, runtime.metrics());
  own.open(server);
  // Without a port of its own it is called what it would be with one; what browsers see is the public URL.
  const auto& bound = server.addresses().front();
  settings.listens_at(text::Endpoint::parse(bound) ? bound : settings.listen);
  server.allow_origins(settings.node.web_origins);  // the public URL's may hold the port that the system chose
  runtime.start();
  if (certificate) watch_certificate(*certificate, runtime);
  own.add_routes(runtime.host());
  add_management_routes(management, runtime, draining);
  runtime.start_jobs();
  server.run();
  lock.announce(text::Endpoint::parse(server.management_address()).value().url());
  auto others = modules.listening();
  for (auto& listening : own.listening()) others.push_back(std::move(listening));
  print_ready(settings.node.role, server, others);
  supervisor.ready();
  release_startup_pages();
  if (!signals.wait(kFirstJobsAreOver)) {
    release_startup_pages();
    wait_for_end(signals, supervisor, runtime.host().client, server.management_address());
  }

  telemetry::log_info("stopping");
  supervisor.stopping();
  draining = true;
  const std::chrono::seconds limit(settings.shutdown_limit);
  last_resort.emplace(limit);
  auto jobs_end = std::async(std::launch::async, [&runtime] { runtime.stop_jobs(); });
  const bool all_answered = server.drain(limit - limit / 5);
  if (!all_answered) telemetry::log_warn("some requests did not end in time and were cut off");
  jobs_end.get();
}

}  // namespace dontgoback::app
