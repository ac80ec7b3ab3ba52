#include "dontgoback/security/files/certificate.hpp"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <cerrno>
#include <cstdio>
#include <memory>
#include <optional>
#include <system_error>

namespace dontgoback::security {
namespace {

constexpr std::size_t kLargestFile = std::size_t{1} << 20U;

using Of = CertificateProblem::Of;

template <auto Free>
struct Freed {
  template <class T>
  void operator()(T* object) const {
    Free(object);
  }
};
using Bio = std::unique_ptr<BIO, Freed<BIO_free>>;
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;

/// The content, or why there is none.
std::optional<std::string> read(const std::string& file, std::string& problem) {
  const std::unique_ptr<std::FILE, Freed<std::fclose>> opened(std::fopen(file.c_str(), "rbe"));
  std::string content(kLargestFile + 1, '\0');
  if (opened) content.resize(std::fread(content.data(), 1, content.size(), opened.get()));
  if (!opened || std::ferror(opened.get()) != 0) {
    problem = file + ": cannot be read: " + std::generic_category().message(errno);
    return std::nullopt;
  }
  if (content.size() > kLargestFile) {
    problem = file + ": is too large";
    return std::nullopt;
  }
  return content;
}

/// Nobody is asked for a passphrase.
int no_passphrase(char*, int, int, void*) { return -1; }

Bio over(const std::string& content) { return Bio(BIO_new_mem_buf(content.data(), static_cast<int>(content.size()))); }

/// The first of the file, when that and all after it are whole.
Certificate certificate_in(const std::string& content) {
  const auto bio = over(content);
  Certificate first;
  ERR_clear_error();
  while (Certificate next{PEM_read_bio_X509(bio.get(), nullptr, no_passphrase, nullptr)}) {
    if (!first) first = std::move(next);
  }
  const bool at_end = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
  ERR_clear_error();
  return at_end ? std::move(first) : nullptr;
}

Key key_in(const std::string& content) {
  const auto bio = over(content);
  Key key(PEM_read_bio_PrivateKey(bio.get(), nullptr, no_passphrase, nullptr));
  ERR_clear_error();
  return key;
}

bool fit(const Certificate& certificate, const Key& key) {
  const bool fits = X509_check_private_key(certificate.get(), key.get()) == 1;
  ERR_clear_error();
  return fits;
}

}  // namespace

std::variant<CertificatePair, CertificateProblem> read_certificate(const CertificateFiles& files) {
  std::string problem;
  auto certificate = read(files.certificate, problem);
  if (!certificate) return CertificateProblem{Of::certificate, problem};
  auto key = read(files.key, problem);
  if (!key) return CertificateProblem{Of::key, problem};
  const auto parsed = certificate_in(*certificate);
  if (!parsed) return CertificateProblem{Of::certificate, files.certificate + ": holds no whole certificate in PEM"};
  const auto parsed_key = key_in(*key);
  if (!parsed_key) {
    return CertificateProblem{Of::key, files.key + ": holds no whole private key in PEM, without a passphrase"};
  }
  if (!fit(parsed, parsed_key)) {
    return CertificateProblem{Of::key, files.key + " is not the key of the certificate in " + files.certificate};
  }
  return CertificatePair{*std::move(certificate), *std::move(key)};
}

}  // namespace dontgoback::security
