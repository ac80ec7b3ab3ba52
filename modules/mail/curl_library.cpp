#include "curl_library.hpp"

#include <dlfcn.h>

#include <stdexcept>
#include <string>

namespace dontgoback::mail {

const CurlLibrary& CurlLibrary::get() {
  static const CurlLibrary library;
  return library;
}

CurlLibrary::CurlLibrary() : handle_(::dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL)) {
  if (handle_ == nullptr) {
    throw std::runtime_error(
        "mail is sent by the library libcurl.so.4, which is not here: install the package libcurl4");
  }
  decltype(&curl_global_init) global_init;
  find(global_init, "curl_global_init");
  find(easy_init, "curl_easy_init");
  find(easy_cleanup, "curl_easy_cleanup");
  find(easy_setopt, "curl_easy_setopt");
  find(easy_perform, "curl_easy_perform");
  find(easy_strerror, "curl_easy_strerror");
  find(slist_append, "curl_slist_append");
  find(slist_free_all, "curl_slist_free_all");
  if (global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) throw std::runtime_error("libcurl cannot be initialised");
}

template <class F>
void CurlLibrary::find(F& function, const char* name) {
  function = reinterpret_cast<F>(::dlsym(handle_, name));
  if (function == nullptr) throw std::runtime_error(std::string("libcurl.so.4 has no ") + name + ": it is too old");
}

}  // namespace dontgoback::mail
