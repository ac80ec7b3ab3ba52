#include "smtp.hpp"

#include <algorithm>
#include <cstring>
#include <memory>
#include <stdexcept>

#include "curl_library.hpp"
#include "dialogue.hpp"

namespace dontgoback::mail {
namespace {

// In all, so that a delivery ends within the outbox's 50 s and a stop within a service manager's patience.
constexpr long kConnectLimitMs = 10'000;
constexpr long kTotalLimitMs = 30'000;

/// What libcurl's calls back work on.
struct Sending {
  std::string_view left;
  const std::function<bool()>& gives_up;
  Dialogue dialogue;
};

std::size_t read_mail(char* to, std::size_t size, std::size_t count, void* user) {
  auto& left = static_cast<Sending*>(user)->left;
  const auto taken = std::min(size * count, left.size());
  std::memcpy(to, left.data(), taken);
  left.remove_prefix(taken);
  return taken;
}

int follow(CURL*, curl_infotype kind, char* data, std::size_t size, void* user) {
  auto& dialogue = static_cast<Sending*>(user)->dialogue;
  if (kind == CURLINFO_HEADER_OUT) dialogue.command({data, size});
  if (kind == CURLINFO_DATA_OUT) dialogue.content();
  if (kind == CURLINFO_HEADER_IN) dialogue.reply({data, size});
  return 0;
}

int progress(void* user, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  const auto& sending = *static_cast<Sending*>(user);
  if (sending.dialogue.has_ended()) return 1;  // libcurl would wait two minutes for the answer to QUIT
  return !sending.dialogue.sends_content() && sending.gives_up() ? 1 : 0;
}

std::size_t ignore(char*, std::size_t size, std::size_t count, void*) { return size * count; }

class Handle {
 public:
  Handle() : handle_(CurlLibrary::get().easy_init()) {
    if (handle_ == nullptr) throw std::bad_alloc();
  }
  ~Handle() { CurlLibrary::get().easy_cleanup(handle_); }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;

  template <class T>
  void set(CURLoption option, T value) {
    const auto result = CurlLibrary::get().easy_setopt(handle_, option, value);
    if (result != CURLE_OK) {
      throw std::runtime_error(std::string("libcurl: ") + CurlLibrary::get().easy_strerror(result));
    }
  }
  CURLcode perform() { return CurlLibrary::get().easy_perform(handle_); }

 private:
  CURL* handle_;
};

using List = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;

List list_of(const std::string& one) {
  List list(CurlLibrary::get().slist_append(nullptr, one.c_str()), CurlLibrary::get().slist_free_all);
  if (!list) throw std::bad_alloc();
  return list;
}

std::string in_brackets(std::string_view address) { return "<" + std::string(address) + ">"; }

/// RFC 4954 section 6, which servers also say of a recipient: our password, which an operator mends.
bool asks_who_we_are(int code) { return code == 530 || code == 534 || code == 535 || code == 538; }

Answer judge(CURLcode result, const Dialogue& dialogue) {
  if (result == CURLE_OK) return {Answer::Kind::done, "handed to the mail server"};
  const bool for_good = dialogue.code() >= 500 && dialogue.is_about_the_mail() && !asks_who_we_are(dialogue.code());
  return {for_good ? Answer::Kind::refused : Answer::Kind::later,
          "the mail server: " + dialogue.last_answer() + " (" + CurlLibrary::get().easy_strerror(result) + ")"};
}

}  // namespace

Smtp::Smtp(SmtpSettings settings, std::function<bool()> gives_up)
    : settings_(std::move(settings)),
      url_(settings_.server.text() + "/" + settings_.own_name),
      gives_up_(std::move(gives_up)) {
  CurlLibrary::get();
}

Answer Smtp::send(const Envelope& envelope, std::string_view mail) {
  Sending sending{mail, gives_up_, {}};
  const auto recipients = list_of(in_brackets(envelope.to));
  Handle handle;
  handle.set(CURLOPT_URL, url_.c_str());
  handle.set(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  handle.set(CURLOPT_PROXY, "");  // whatever the environment says
  handle.set(CURLOPT_NOSIGNAL, 1L);
  handle.set(CURLOPT_FORBID_REUSE, 1L);  // a mail now and then: no server keeps a connection so long
  handle.set(CURLOPT_CONNECTTIMEOUT_MS, kConnectLimitMs);
  handle.set(CURLOPT_TIMEOUT_MS, kTotalLimitMs);
  handle.set(CURLOPT_USE_SSL, static_cast<long>(settings_.plain ? CURLUSESSL_NONE : CURLUSESSL_ALL));
  handle.set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (!settings_.ca_file.empty()) handle.set(CURLOPT_CAINFO, settings_.ca_file.c_str());
  if (!settings_.user.empty()) {
    handle.set(CURLOPT_USERNAME, settings_.user.c_str());
    handle.set(CURLOPT_PASSWORD, settings_.password.c_str());
  }
  const auto from = in_brackets(envelope.from);
  handle.set(CURLOPT_MAIL_FROM, from.c_str());
  handle.set(CURLOPT_MAIL_RCPT, recipients.get());
  handle.set(CURLOPT_UPLOAD, 1L);
  handle.set(CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(mail.size()));
  handle.set(CURLOPT_READFUNCTION, &read_mail);
  handle.set(CURLOPT_READDATA, &sending);
  handle.set(CURLOPT_WRITEFUNCTION, &ignore);
  handle.set(CURLOPT_VERBOSE, 1L);
  handle.set(CURLOPT_DEBUGFUNCTION, &follow);
  handle.set(CURLOPT_DEBUGDATA, &sending);
  handle.set(CURLOPT_NOPROGRESS, 0L);
  handle.set(CURLOPT_XFERINFOFUNCTION, &progress);
  handle.set(CURLOPT_XFERINFODATA, &sending);
  return judge(handle.perform(), sending.dialogue);
}

}  // namespace dontgoback::mail
