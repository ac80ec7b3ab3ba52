#pragma once

#include <curl/curl.h>

namespace dontgoback::mail {

/// libcurl (Debian's libcurl4), loaded at the first use: initialised it takes 4.6 MB, and only who has a mail server
/// pays for it.
class CurlLibrary {
 public:
  /// Throws std::runtime_error, naming the package, when it is not here or has no SMTP.
  static const CurlLibrary& get();

  decltype(&curl_easy_init) easy_init;
  decltype(&curl_easy_cleanup) easy_cleanup;
  decltype(&curl_easy_setopt) easy_setopt;
  decltype(&curl_easy_perform) easy_perform;
  decltype(&curl_easy_strerror) easy_strerror;
  decltype(&curl_slist_append) slist_append;
  decltype(&curl_slist_free_all) slist_free_all;

 private:
  CurlLibrary();
  template <class F>
  void find(F& function, const char* name);

  void* handle_;
};

}  // namespace dontgoback::mail
