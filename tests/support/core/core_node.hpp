#pragma once

#include <filesystem>
#include <string>

#include "core/module.hpp"
#include "support/browser.hpp"
#include "support/set_clock.hpp"
#include "support/test_node.hpp"

namespace dontgoback::test {

inline constexpr std::string_view kPublicUrl = "http://core.test";

/// A core node on a socket, and what its members and its operator do.
class CoreNode {
 public:
  /// `data_dir` holds the session key; `given` are options of core, with --newcomer-writes=0 unless they name that.
  CoreNode(storage::Database& database, const time::Clock& clock, const std::filesystem::path& data_dir,
           const GivenOptions& given = {}, const std::string& public_url = std::string(kPublicUrl));
  ~CoreNode();

  Browser browser(const std::string& source = "127.0.0.1") const { return Browser(node_.address(), source); }
  unsigned short port() const {
    const auto& address = node_.address();
    return static_cast<unsigned short>(std::stoi(address.substr(address.rfind(':') + 1)));
  }
  /// A browser that is signed in as a guest.
  Browser guest() const;
  /// The same, as a member with that id.
  Browser signed_in(UserId user);

  /// Runs `dontgoback GROUP NAME …` and returns what it prints.
  std::string command(const std::string& group, const std::string& name, const GivenOptions& given, bool json = false);
  /// The same of `users`.
  std::string users(const std::string& name, const GivenOptions& given, bool json = false);
  /// What the last of them had to say besides.
  const std::string& notes() const { return last_notes_; }
  UserId create_user(const std::string& role = "USER");
  /// The path and query of a new sign-in link.
  std::string sign_in_link(UserId user);

  jobs::Scheduler& scheduler() { return node_.host().scheduler; }
  telemetry::Health& health() { return node_.host().health; }
  telemetry::NodeOverview& overview() { return node_.overview(); }

 private:
  const std::string public_url_;
  std::string last_notes_;
  TestNode node_;
  core::CoreModule module_;

 public:
  SetTrust& trust = node_.trust;
};

}  // namespace dontgoback::test
