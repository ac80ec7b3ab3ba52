#include "grpc_server.hpp"

#include <grpc/grpc.h>
#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/resource_quota.h>
#include <grpcpp/security/server_credentials.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <stdexcept>

namespace dontgoback::walk::rpc {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr int kLargestMessage = 256 * 1024;      // received
constexpr int kLargestAnswer = 4 * 1024 * 1024;  // what clients take unless told otherwise
constexpr int kLargestMetadata = 8 * 1024;
constexpr int kStreamsOfConnection = 600;         // a friend each for the first app, and calls beside them
constexpr std::size_t kStreamsPerConnection = 4;  // of all, on the average
constexpr int kReflectionThreads = 4;             // a stream of reflection holds one
constexpr std::size_t kQuotaAtLeast = std::size_t{32} * 1024 * 1024;
constexpr std::size_t kQuotaPerConnection = std::size_t{64} * 1024;
// First messages that have not come whole: 32 MiB of walkers and 16 MiB of strangers, and of them so many for one
// walker or one network. Those that wait hold what comes without being asked for, at most 64 KiB each.
constexpr std::size_t kMessages = std::size_t{32} * 1024 * 1024 / kLargestMessage;
constexpr std::size_t kStrangers = kMessages / 2;
constexpr std::size_t kOfOne = 8;
constexpr std::size_t kWaiting = 1024;
constexpr std::size_t kWaitingOfOne = kMostStreamsOfWalker;  // the first app opens a stream for each friend at once
constexpr std::size_t kUploadsOfOne = 16;                    // streams that a walker's devices tell something on
constexpr seconds kDrained{2};

int in_ms(milliseconds span) { return static_cast<int>(span.count()); }

std::shared_ptr<CertificateCredentials> certificate_of(const Settings& settings, Calls& calls) {
  if (settings.certificate.empty()) return nullptr;
  return std::make_shared<CertificateCredentials>(security::CertificateFiles{settings.certificate, settings.key},
                                                  calls);
}

void bound(grpc::ServerBuilder& builder, const Settings& settings) {
  builder.SetMaxReceiveMessageSize(kLargestMessage);
  builder.SetMaxSendMessageSize(kLargestAnswer);
  builder.AddChannelArgument(GRPC_ARG_MAX_METADATA_SIZE, kLargestMetadata);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, kStreamsOfConnection);
  // A few compressed bytes can be many.
  builder.SetCompressionAlgorithmSupportStatus(GRPC_COMPRESS_GZIP, false);
  builder.SetCompressionAlgorithmSupportStatus(GRPC_COMPRESS_DEFLATE, false);
  // What each connection or call would hold for what nobody asks of it: how it fares (channelz), answers that are
  // compressed, writes that the kernel does not copy.
  builder.AddChannelArgument(GRPC_ARG_ENABLE_CHANNELZ, 0);
  builder.AddChannelArgument(GRPC_ARG_ENABLE_PER_MESSAGE_COMPRESSION, 0);
  builder.AddChannelArgument(GRPC_ARG_TCP_TX_ZEROCOPY_MAX_SIMULT_SENDS, 1);
  // Windows stay as small as they begin.
  builder.AddChannelArgument(GRPC_ARG_HTTP2_BDP_PROBE, 0);
  builder.AddChannelArgument(GRPC_ARG_SERVER_HANDSHAKE_TIMEOUT_MS, in_ms(seconds(10)));
  // Whoever is gone without a word is found; a client may ask the same as often as phones do.
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, in_ms(minutes(1)));
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, in_ms(seconds(20)));
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, in_ms(seconds(10)));
  // Nothing goes on for ever: a client opens its streams again on a new connection.
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_IDLE_MS, in_ms(minutes(5)));
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_MS, in_ms(minutes(60)));
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_GRACE_MS, in_ms(minutes(1)));
  grpc::ResourceQuota quota("walk");
  quota.Resize(kQuotaAtLeast + settings.max_connections * kQuotaPerConnection);
  quota.SetMaxThreads(kReflectionThreads);
  builder.SetResourceQuota(quota);
  builder.SetSyncServerOption(grpc::ServerBuilder::NUM_CQS, 1);
  builder.SetSyncServerOption(grpc::ServerBuilder::MIN_POLLERS, 1);
  builder.SetSyncServerOption(grpc::ServerBuilder::MAX_POLLERS, 1);
}

// A stream whose caller is known by name is anybody's, and read before that is known.
std::size_t uploads(const Settings& settings) {
  const auto of_walkers = settings.max_connections + of_network(settings.max_connections);
  return settings.callers == Settings::Callers::by_token ? of_walkers : std::min(of_walkers, kMessages);
}
std::size_t uploads_of_one(const Settings& settings) {
  return settings.callers == Settings::Callers::by_token ? kUploadsOfOne : kMessages / 4;
}

}  // namespace

GrpcServer::GrpcServer(const Settings& settings, Calls& calls)
    : callers_(settings.callers),
      certificate_(certificate_of(settings, calls)),
      listener_(settings.listen, settings.max_connections),
      streams_(settings.max_connections * kStreamsPerConnection, settings.client_reads),
      messages_(kMessages, kOfOne, kWaiting, kWaitingOfOne),
      strangers_(kStrangers, kOfOne, kWaiting / 2, kWaitingOfOne),
      uploads_(uploads(settings), uploads_of_one(settings)),
      watches_(settings.max_connections, of_network(settings.max_connections)),
      step_service_(parts(calls)),
      walk_service_(parts(calls)),
      health_service_(parts(calls), healths_, watches_) {
  grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  grpc::ServerBuilder builder;
  bound(builder, settings);
  using Experimental = grpc::ServerBuilder::experimental_type;
  std::shared_ptr<grpc::ServerCredentials> credentials = certificate_;
  if (!credentials) credentials = grpc::InsecureServerCredentials();
  acceptor_ =
      builder.experimental().AddExternalConnectionAcceptor(Experimental::ExternalConnectionType::FROM_FD, credentials);
  builder.RegisterService(&step_service_);
  if (callers_ == Settings::Callers::by_token) builder.RegisterService(&walk_service_);
  builder.RegisterService(&health_service_);
  server_ = builder.BuildAndStart();
  if (!server_) throw std::runtime_error("gRPC does not start");
  set_serving(true);
  listener_.start([this](int socket) { take(socket); }, [this] { look(); }, settings.looked_at);
}

GrpcServer::~GrpcServer() {
  set_serving(false);
  listener_.stop();
  streams_.end({grpc::StatusCode::UNAVAILABLE, "The server is stopping."});
  server_->Shutdown(std::chrono::system_clock::now() + kDrained);
}

Parts GrpcServer::parts(Calls& calls) { return {calls, streams_, messages_, strangers_, uploads_, callers_}; }

void GrpcServer::set_serving(bool serving) {
  healths_.set("", serving);
  healths_.set("step.StepService", serving);
  if (callers_ == Settings::Callers::by_token) healths_.set("walk.v1.WalkService", serving);
}

void GrpcServer::look() {
  streams_.look(Clock::now());
  if (certificate_) certificate_->look();
}

void GrpcServer::take(int socket) {
  grpc::experimental::ExternalConnectionAcceptor::NewConnectionParameters connection;
  connection.fd = socket;
  acceptor_->HandleNewConnection(&connection);
}

}  // namespace dontgoback::walk::rpc
