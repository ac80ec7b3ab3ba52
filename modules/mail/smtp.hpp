#pragma once

#include <functional>
#include <string>

#include "smtp_url.hpp"
#include "way.hpp"

namespace dontgoback::mail {

struct SmtpSettings {
  SmtpUrl server;
  bool plain = false;  ///< without TLS: only for a server on this machine
  std::string user;    ///< empty: no authentication
  std::string password;
  std::string ca_file;   ///< certificates to check the server's against; empty: the system's
  std::string own_name;  ///< said in EHLO
};

/// A mail server (RFC 5321 submission), by libcurl. A mail is refused when the server says so of its recipient or its
/// content (5xx); everything else that goes wrong may work later.
class Smtp final : public Way {
 public:
  /// `gives_up` is asked about once a second while nothing of the mail's content has been sent. Throws
  /// std::runtime_error when libcurl is not installed.
  Smtp(SmtpSettings settings, std::function<bool()> gives_up);

  Answer send(const Envelope& envelope, std::string_view mail) override;

 private:
  const SmtpSettings settings_;
  const std::string url_;
  const std::function<bool()> gives_up_;
};

}  // namespace dontgoback::mail
