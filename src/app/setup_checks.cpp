#include "setup_checks.hpp"

#include <netdb.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstring>
#include <ctime>
#include <sstream>

#include "check_database.hpp"
#include "data_dir_lock.hpp"
#include "dontgoback/text/endpoint.hpp"
#include "dontgoback/time/day.hpp"
#include "file_checks.hpp"
#include "http/client/probe.hpp"
#include "storage/disk_space.hpp"

namespace dontgoback::app {
namespace {

namespace fs = std::filesystem;
using setup::Said;
using State = setup::Said::State;
using std::chrono::seconds;

constexpr seconds kClocksMayDiffer{60};
constexpr std::chrono::days kRenewedBefore{14};
constexpr seconds kPatience{5};
constexpr std::uint64_t kComfortable = 200 * 1024 * 1024;

/// RFC 9110 section 5.6.7, the form that servers send.
std::optional<std::chrono::sys_seconds> moment_of(const std::string& date) {
  std::tm parts{};
  const char* end = ::strptime(date.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
  if (end == nullptr || *end != '\0') return std::nullopt;
  return std::chrono::sys_seconds(seconds(::timegm(&parts)));
}

std::string in_words(seconds difference) {
  const auto count = std::chrono::abs(difference).count();
  if (count < 120) return std::to_string(count) + " seconds";
  if (count < 7200) return std::to_string(count / 60) + " minutes";
  if (count < 172'800) return std::to_string(count / 3600) + " hours";
  return std::to_string(count / 86'400) + " days";
}

class NodeCheck {
 public:
  NodeCheck(Loaded& node, const std::string& instance, const time::Clock& clock)
      : node_(node), settings_(node.settings), instance_(instance), clock_(clock) {}

  std::vector<Said> all() {
    for (const auto& problem : node_.problems) wrong(problem);
    for (const auto& caution : node_.cautions) say(State::note, caution);
    if (!node_.problems.empty()) return std::move(said_);
    look_at_database();
    look_at_disk();
    look_at_files();
    look_at_ports();
    look_at_own_clock();
    for (const auto& module : node_.modules.all()) {
      auto* party = dynamic_cast<setup::Party*>(module.get());
      if (party == nullptr) continue;
      for (const auto& other : party->others(settings_.node)) look_at(other);
    }
    look_at_public_url();
    return std::move(said_);
  }

 private:
  void say(State state, std::string text, std::string line = {}) {
    said_.push_back({state, std::move(text), std::move(line)});
  }
  void wrong(std::string text) { say(State::wrong, std::move(text)); }

  void look_at_database() {
    std::ostringstream out;
    std::ostringstream notes;
    try {
      for (const auto& problem : problems_in_database(node_.program(out, notes))) wrong(problem);
    } catch (const std::exception& error) {
      wrong(error.what());
    }
    std::istringstream lines(notes.str());
    for (std::string line; std::getline(lines, line);) say(State::note, line);
  }

  void look_at_disk() {
    const auto& folder = settings_.node.data_dir;
    if (!may_exist(folder)) return say(State::left, folder.string() + ": is not there yet; setup makes it");
    const auto space = storage::disk_space_at(folder);
    if (!space) return;
    if (!space->enough()) return wrong(folder.string() + ": nothing can be written: " + storage::lack_of_space(folder));
    if (space->bytes < kComfortable) {
      say(State::note, folder.string() + ": only " + std::to_string(space->bytes / 1024 / 1024) +
                           " MiB are free there: make space before members come");
    }
  }

  /// Files that the node's user could not open, left by commands of another; and secrets that others may read.
  void look_at_files() {
    struct stat of_folder {};
    const auto& folder = settings_.node.data_dir;
    if (::stat(folder.c_str(), &of_folder) != 0) return;
    if ((of_folder.st_mode & S_IRWXO) != 0) {
      wrong(folder.string() + ": others may look into it, and it holds secrets: chmod 0700 " + folder.string());
    }
    std::error_code unreadable;
    for (const auto& file : fs::directory_iterator(folder, unreadable)) {
      struct stat of_file {};
      if (::stat(file.path().c_str(), &of_file) != 0 || of_file.st_uid == of_folder.st_uid) continue;
      wrong(file.path().string() + ": is another user's than the folder, so that the node cannot use it: chown " +
            std::to_string(of_folder.st_uid) + ":" + std::to_string(of_folder.st_gid) + " " + file.path().string());
    }
    if (unreadable) wrong(folder.string() + ": cannot be read: " + unreadable.message());
  }

  /// Whether somebody else has the address; what this node's own server has is as it should be.
  void look_at_ports() {
    const auto server = server_on(settings_.node.data_dir);
    if (server) {
      say(State::note, "the node runs (process " + std::to_string(server->process_id) + ")");
      return;
    }
    std::error_code ignored;
    const bool by_systemd = fs::exists("/run/dontgoback/" + instance_ + ".sock", ignored);
    for (const auto& option : node_.line.options().options()) {
      if (option.name != "listen" && !option.name.ends_with("-listen")) continue;
      if (option.name == "listen" && by_systemd) continue;
      const auto endpoint = text::Endpoint::parse(option.value());
      if (!endpoint || endpoint->port == 0) continue;
      if (const auto cause = why_not_bound(*endpoint)) {
        wrong(option.place() + ": " + endpoint->text() + " cannot be listened at: " + *cause);
      }
    }
  }

  static std::optional<std::string> why_not_bound(const text::Endpoint& endpoint) {
    addrinfo hints{};
    hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE;
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (::getaddrinfo(endpoint.address.c_str(), std::to_string(endpoint.port).c_str(), &hints, &found) != 0) return {};
    const int opened = ::socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int on = 1;
    int cause = 0;
    if (opened >= 0) {
      ::setsockopt(opened, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
      if (::bind(opened, found->ai_addr, found->ai_addrlen) != 0 || ::listen(opened, 1) != 0) cause = errno;
      ::close(opened);
    }
    ::freeaddrinfo(found);
    switch (cause) {
      case 0:
        return std::nullopt;
      case EADDRINUSE:
        return "another program has that port (ss -ltnp shows which): end it, or give this node another address";
      case EACCES:
        return "ports below 1024 are for root: take a higher one, and a web server in front";
      case EADDRNOTAVAIL:
        return "this machine has no such address";
      default:
        return std::string(std::strerror(cause));
    }
  }

  /// What can be told without anybody: files of a time to come were written by a clock that was further on.
  void look_at_own_clock() {
    std::error_code unreadable;
    for (const auto& file : fs::directory_iterator(settings_.node.data_dir, unreadable)) {
      struct stat status {};
      if (::stat(file.path().c_str(), &status) != 0) continue;
      const auto ahead = std::chrono::sys_seconds(seconds(status.st_mtime)) - clock_.now();
      if (ahead <= kClocksMayDiffer) continue;
      return wrong("this machine's clock is behind: " + file.path().string() + " was written " +
                   in_words(std::chrono::floor<seconds>(ahead)) +
                   " from now. Without a battery it needs a time server: timedatectl set-ntp true");
    }
  }

  /// The answer, of whatever status; nothing where there is none, which is said.
  std::optional<http::Seen> ask(const std::string& subject, const std::string& url, State when_none) {
    const auto answer = http::probe(url, kPatience);
    if (const auto* none = std::get_if<http::NoAnswer>(&answer)) {
      say(none->not_trusted ? State::wrong : when_none, subject + " does not answer at " + url + ": " + none->cause);
      return std::nullopt;
    }
    const auto& seen = std::get<http::Seen>(answer);
    look_at_certificate(subject, seen);
    if (seen.status >= 502 && seen.status <= 504) {
      say(when_none, subject + ": " + url + " answers " + std::to_string(seen.status) +
                         ": the web server in front is there, and the node behind it is not. Does it run?");
    }
    return seen;
  }

  void look_at_certificate(const std::string& subject, const http::Seen& answer) {
    if (!answer.certificate_ends) return;
    const auto left = *answer.certificate_ends - clock_.now();
    if (left >= kRenewedBefore) return;
    wrong(subject + ": its certificate ends at " + time::to_rfc3339(*answer.certificate_ends) + ", in " +
          in_words(std::chrono::floor<seconds>(left)) +
          ". Renew it there, and see that it renews itself (certbot renew --dry-run)");
  }

  void look_at(const setup::OtherNode& other) {
    const auto before = clock_.now();
    const auto answer = ask(other.subject + " (" + other.option + ")", other.url + other.path, State::wrong);
    if (!answer) return;
    const auto after = clock_.now();
    if (answer->status / 100 == 3) {
      wrong(other.option + ": " + other.url +
            " answers with a redirection, which is not followed: give the URL that it "
            "leads to");
    }
    const auto theirs = moment_of(answer->date);
    if (!theirs) return;
    // Whole seconds, of some moment between the two.
    const auto ours = before + (after - before) / 2;
    const auto ahead = std::chrono::floor<seconds>(ours - *theirs);
    if (std::chrono::abs(ahead) <= kClocksMayDiffer) return;
    wrong("this machine's clock is " + in_words(ahead) + (ahead > seconds(0) ? " ahead of" : " behind") + " that of " +
          other.subject + " at " + other.url +
          ": tokens will be refused. Set the one that is wrong (timedatectl set-ntp true)");
  }

  void look_at_public_url() {
    const auto& url = settings_.node.public_url;
    if (url.empty()) return;
    static_cast<void>(ask("this node itself (--public-url)", url + "/", State::left));
  }

  Loaded& node_;
  const config::Settings& settings_;
  const std::string& instance_;
  const time::Clock& clock_;
  std::vector<Said> said_;
};

}  // namespace

std::vector<Said> check_node(Loaded& node, const std::string& instance, const time::Clock& clock) {
  return NodeCheck(node, instance, clock).all();
}

}  // namespace dontgoback::app
