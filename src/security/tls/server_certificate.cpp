#include "tls/server_certificate.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <optional>
#include <stdexcept>
#include <string_view>
#include <utility>
#include <variant>

#include "dontgoback/telemetry/log.hpp"
#include "dontgoback/time/day.hpp"

namespace dontgoback::security {
namespace {

// Certificates of 90 days are renewed 30 days before their end, those of a few days a day or two.
constexpr std::chrono::hours kNear{14 * 24};
// The keys of the tickets are the context's.
constexpr std::chrono::hours kTicketKeys{24};

template <auto Free>
struct FreedBy {
  template <class T>
  void operator()(T* object) const {
    Free(object);
  }
};
using Bio = std::unique_ptr<BIO, FreedBy<BIO_free>>;
using Certificate = std::unique_ptr<X509, FreedBy<X509_free>>;
using Key = std::unique_ptr<EVP_PKEY, FreedBy<EVP_PKEY_free>>;

Bio over(const std::string& content) { return Bio(BIO_new_mem_buf(content.data(), static_cast<int>(content.size()))); }

time::Timestamp time_of(const ASN1_TIME* told) {
  std::tm parts{};
  if (ASN1_TIME_to_tm(told, &parts) != 1) return time::Timestamp::max();
  return time::Timestamp(std::chrono::seconds(::timegm(&parts)));
}

int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* size, const unsigned char* offered,
                    unsigned int offered_size, void*) {
  constexpr std::string_view kHttp11 = "http/1.1";
  const auto* end = offered + offered_size;
  for (const auto* at = offered; at < end && at + *at < end; at += 1 + *at) {
    if (std::string_view(reinterpret_cast<const char*>(at) + 1, *at) != kHttp11) continue;
    *chosen = at + 1;
    *size = *at;
    return SSL_TLSEXT_ERR_OK;
  }
  return SSL_TLSEXT_ERR_ALERT_FATAL;
}

void set_rules(SSL_CTX& context) {
  SSL_CTX_set_min_proto_version(&context, TLS1_2_VERSION);
  SSL_CTX_set_cipher_list(&context, "ECDHE+AESGCM:ECDHE+CHACHA20");
  // Phones without instructions for AES say that they prefer the other.
  SSL_CTX_set_options(&context, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE |
                                    SSL_OP_PRIORITIZE_CHACHA);
  SSL_CTX_set_mode(&context,
                   SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
  // Without it a read ends with each message that holds no bytes of the request: clients may send any number of those.
  SSL_CTX_clear_mode(&context, SSL_MODE_AUTO_RETRY);
  // Sessions are resumed by what clients keep.
  SSL_CTX_set_session_cache_mode(&context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_num_tickets(&context, 1);
  SSL_CTX_set_alpn_select_cb(&context, choose_protocol, nullptr);
}

void demand(bool well, const std::string& file) {
  if (well) return;
  const auto error = ERR_peek_last_error();
  ERR_clear_error();
  const char* reason = ERR_reason_error_string(error);
  throw std::invalid_argument(file + ": cannot serve: " + (reason != nullptr ? reason : "OpenSSL refuses it"));
}

}  // namespace

ServerCertificate::ServerCertificate(CertificateFiles files)
    : files_(std::move(files)), shown_(made_of(pair_of(files_))) {}

CertificatePair ServerCertificate::pair_of(const CertificateFiles& files) {
  auto read = read_certificate(files);
  if (const auto* problem = std::get_if<CertificateProblem>(&read)) throw std::invalid_argument(problem->what);
  return std::get<CertificatePair>(std::move(read));
}

ServerCertificate::Shown ServerCertificate::made_of(CertificatePair pair) const {
  const Context context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
  if (!context) throw std::bad_alloc();
  set_rules(*context);
  const auto chain = over(pair.certificate);
  const Certificate own(PEM_read_bio_X509(chain.get(), nullptr, nullptr, nullptr));
  demand(own && SSL_CTX_use_certificate(context.get(), own.get()) == 1, files_.certificate);
  Shown shown{{},
              context,
              time_of(X509_get0_notBefore(own.get())),
              time_of(X509_get0_notAfter(own.get())),
              std::chrono::steady_clock::now()};
  while (Certificate next{PEM_read_bio_X509(chain.get(), nullptr, nullptr, nullptr)}) {
    demand(SSL_CTX_add1_chain_cert(context.get(), next.get()) == 1, files_.certificate);
  }
  const auto key_text = over(pair.key);
  const Key key(PEM_read_bio_PrivateKey(key_text.get(), nullptr, nullptr, nullptr));
  demand(key && SSL_CTX_use_PrivateKey(context.get(), key.get()) == 1, files_.key);
  ERR_clear_error();
  shown.pair = std::move(pair);
  return shown;
}

TlsSession ServerCertificate::begin(int socket) const {
  Context context;
  {
    const std::lock_guard lock(mutex_);
    context = shown_.context;
  }
  return {context, socket};
}

void ServerCertificate::look() {
  std::string problem;
  try {
    auto pair = pair_of(files_);
    const bool is_new = pair != shown_.pair;  // nobody else changes it
    const bool renews = is_new || std::chrono::steady_clock::now() - shown_.made > kTicketKeys;
    auto fresh = renews ? std::optional(made_of(std::move(pair))) : std::nullopt;
    const std::lock_guard lock(mutex_);
    problem_.clear();
    said_ = false;
    if (fresh) shown_ = *std::move(fresh);
    if (is_new) telemetry::log_info("a new certificate is served", {{"until", time::to_rfc3339(shown_.ends)}});
    return;
  } catch (const std::invalid_argument& error) {
    problem = error.what();
  }
  const std::lock_guard lock(mutex_);
  // Who replaces two files does so one after the other: it is said of what lasts.
  const bool lasts = problem == problem_;
  problem_ = std::move(problem);
  if (!lasts) said_ = false;
  if (lasts && !std::exchange(said_, true)) {
    telemetry::log_warn("the certificate from before is served on", {{"cause", problem_}});
  }
}

time::Timestamp ServerCertificate::ends() const {
  const std::lock_guard lock(mutex_);
  return shown_.ends;
}

telemetry::Finding ServerCertificate::finding(time::Timestamp now) const {
  using Weight = telemetry::Finding::Weight;
  const std::lock_guard lock(mutex_);
  if (now >= shown_.ends) {
    return {Weight::note, files_.certificate + " has ended at " + time::to_rfc3339(shown_.ends) +
                              ": browsers refuse this node; renew it"};
  }
  if (now < shown_.begins) {
    return {Weight::note, files_.certificate + " begins at " + time::to_rfc3339(shown_.begins) +
                              ": until then browsers refuse this node; is the clock right?"};
  }
  if (said_) return {Weight::note, problem_ + "; the certificate from before is served on"};
  if (shown_.ends - now < kNear) {
    return {Weight::note, files_.certificate + " ends at " + time::to_rfc3339(shown_.ends) + ": renew it"};
  }
  return {};
}

}  // namespace dontgoback::security
