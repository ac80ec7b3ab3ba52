#pragma once

#include <string>
#include <string_view>

namespace dontgoback::mail {

/// Follows the talk with a mail server (RFC 5321): how far it came, and what the server said last. Keeps commands'
/// verbs and reply codes only, since the rest may be an address or a secret.
class Dialogue {
 public:
  void command(std::string_view line);  ///< we sent
  void content();                       ///< of the mail, we sent
  void reply(std::string_view line);    ///< the server sent

  /// 0 when there has been no answer to what was sent last.
  int code() const { return code_; }
  /// Whether the server was asked about this mail's recipient or content: what it refuses for good then is the mail.
  /// Before that it is us: a sender or a password it does not know, which an operator mends.
  bool is_about_the_mail() const { return stage_ == "RCPT" || stage_ == "DATA" || sends_content_; }
  /// Whether the server may have taken the mail, so that it should be heard to its end.
  bool sends_content() const { return sends_content_; }
  /// Whether we have said that nothing follows.
  bool has_ended() const { return has_ended_; }
  /// `550 5.1.1 at RCPT`.
  std::string last_answer() const;

 private:
  std::string stage_;  ///< the verb of the last command
  bool sends_content_ = false;
  bool has_ended_ = false;
  int code_ = 0;
  std::string enhanced_;  ///< RFC 3463: 5.1.1
};

}  // namespace dontgoback::mail
