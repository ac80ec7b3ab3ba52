#include "setup.hpp"

#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <stdexcept>

#include "config_file.hpp"
#include "data_dir_lock.hpp"
#include "dontgoback/config/base_url.hpp"
#include "dontgoback/security/files/secret_file.hpp"
#include "dontgoback/setup.hpp"
#include "file_checks.hpp"
#include "http/client/pooled_client.hpp"
#include "loaded.hpp"
#include "setup_checks.hpp"
#include "setup_database.hpp"
#include "setup_lock.hpp"
#include "setup_parts.hpp"

namespace dontgoback::app {
namespace {

namespace fs = std::filesystem;
using setup::Joining;
using setup::Said;
using State = setup::Said::State;

class Setup {
 public:
  explicit Setup(const SetupCall& call)
      : call_(call),
        role_(call.settings.node.role),
        instance_(call.instance.empty() ? role_ : call.instance),
        folder_(fs::absolute(call.options.folder)),
        file_(folder_ / (instance_ + ".toml")),
        client_(http::make_client()) {}

  int run() {
    if (call_.options.check) return check();
    make_folder();
    const SetupLock lock(folder_);
    if (call_.options.new_secret) return change_secret();
    read_present();
    find_public_url();
    find_data_dir();
    refuse_other_environment();
    refuse_differences(change_of(text_, file_.string(), wanted_));  // before anybody else is told
    make_own_data_dir(data_dir_);
    join();
    write();
    Loaded node(call_.table, call_.environment, file_, instance_, Look::at_files_too);
    if (node.problems.empty()) add(prepare_node(node));
    add(check_node(node, instance_, clock_));
    if (node.problems.empty()) say_how_to_start(node);
    return answer();
  }

 private:
  int check() {
    if (!may_exist(file_)) {
      throw std::invalid_argument(file_.string() + ": there is no such file: `dontgoback setup --role=" + instance_ +
                                  "` writes it");
    }
    Loaded node(call_.table, call_.environment, file_, instance_, Look::at_files_too);
    add(check_node(node, instance_, clock_));
    if (answer() != 0) return node.problems.empty() ? 1 : 2;
    if (!call_.json) std::cout << "nothing is wrong\n";
    return 0;
  }

  int change_secret() {
    Loaded node(call_.table, call_.environment, file_, instance_, Look::at_settings);
    for (const auto& problem : node.problems) said_.push_back({State::wrong, problem});
    if (node.problems.empty()) take(node, Joining::To::new_secret);
    if (said_.empty()) {
      throw std::invalid_argument("--new-secret: this node has no secret at an auth server: nothing to change");
    }
    return answer();
  }

  void make_folder() const {
    std::error_code failed;
    fs::create_directories(folder_, failed);
    if (failed) throw std::runtime_error("cannot make " + folder_.string() + ": " + failed.message());
  }

  void read_present() {
    text_ = read_config_file(file_);
    auto present = config::parse_toml(text_, file_.string());
    if (!present.problem.empty()) {
      if (!call_.options.again) {
        throw std::invalid_argument(present.problem +
                                    ": mend that line, or have the file written anew by --again; "
                                    "then it is kept as " +
                                    file_.string() + ".before");
      }
      write_config_file(file_.string() + ".before", text_, file_);
      text_.clear();
      present.entries.clear();
    }
    present_ = std::move(present.entries);
    for (const auto& option : call_.line.options().options()) {
      if (option.source != "flag" || option.name == "role" || option.name == "config") continue;
      want(option.name, config::file_value_of(option.target));
    }
  }

  const config::FileValue* value_of(std::string_view key) const {
    const auto wanted = std::ranges::find(wanted_, key, &Wanted::key);
    if (wanted != wanted_.end()) return &wanted->value;
    const auto found = std::ranges::find(present_, key, &config::FileEntry::key);
    return found != present_.end() ? &found->value : nullptr;
  }
  template <class Type>
  Type present(std::string_view key) const {
    const auto* value = value_of(key);
    const auto* typed = value == nullptr ? nullptr : std::get_if<Type>(value);
    return typed == nullptr ? Type{} : *typed;
  }
  void want(std::string key, config::FileValue value) {
    std::erase_if(wanted_, [&](const Wanted& wanted) { return wanted.key == key; });
    wanted_.push_back({std::move(key), std::move(value)});
  }
  /// Where nobody has said otherwise.
  void want_default(const std::string& key, config::FileValue value) {
    if (value_of(key) == nullptr) want(key, std::move(value));
  }

  void find_public_url() {
    public_url_ = present<std::string>("public-url");
    if (public_url_.empty() && ::isatty(STDIN_FILENO) == 1) {
      std::cerr << "Where is it to be reached? (https://…, what people or the other nodes type): " << std::flush;
      std::getline(std::cin, public_url_);
    }
    const auto url = config::parse_base_url(public_url_);
    if (public_url_.empty()) {
      throw std::invalid_argument("--public-url is missing: where this node is reached, https://HOST");
    }
    if (!url || !url->path.empty()) {
      throw std::invalid_argument("--public-url: " + (url ? std::string("must have no path: https://HOST[:PORT]")
                                                          : config::problem_of_base_url(public_url_)));
    }
    public_url_ = url->origin();
    want_default("role", role_);
    want_default("public-url", public_url_);
    for (const auto& module : call_.modules.all()) {
      const auto* party = dynamic_cast<const setup::Party*>(module.get());
      if (party == nullptr) continue;
      for (auto& [key, value] : party->settings(role_, public_url_)) want_default(key, std::move(value));
    }
    // Who ends TLS is on this machine, and its word for who calls is taken.
    if (url->https) want_default("trusted-proxy", std::vector<std::string>{"127.0.0.1/32", "::1/128"});
  }

  void find_data_dir() {
    data_dir_ = present<std::string>("data-dir");
    if (data_dir_.empty()) data_dir_ = "/var/lib/dontgoback-" + instance_;
    data_dir_ = fs::absolute(data_dir_).lexically_normal();
    const bool given = std::ranges::find(wanted_, "data-dir", &Wanted::key) != wanted_.end();
    if (given) want("data-dir", data_dir_.string());
    want_default("data-dir", data_dir_.string());
  }

  /// The environment of this call beats the file, and is not there when the node starts.
  void refuse_other_environment() const {
    Loaded now(call_.table, call_.environment, file_, instance_, Look::at_settings);
    std::string differing;
    for (const auto& option : now.line.options().options()) {
      const auto* value = value_of(option.name);
      if (value == nullptr || option.source != option.variable()) continue;
      if (config::file_value_of(option.target) == *value) continue;
      differing += "\n  " + option.variable() + ": the file says " + config::toml_line(option.name, *value);
    }
    if (differing.empty()) return;
    throw std::invalid_argument(
        "the environment says otherwise than " + file_.string() +
        " will, and the node would not have it: unset it, or give the flag the same value:" + differing);
  }

  std::string code() const {
    const auto& options = call_.options;
    if (!options.join.empty() && !options.join_file.empty()) {
      throw std::invalid_argument("--join and --join-file: one or the other");
    }
    if (options.join_file.empty()) return options.join;
    std::string code;
    if (options.join_file == "-") {
      std::cin >> code;
    } else {
      std::ifstream(options.join_file) >> code;
    }
    if (code.empty()) throw std::invalid_argument("--join-file: there is no code in " + options.join_file);
    return code;
  }

  void join() {
    const auto code = this->code();
    if (!code.empty()) return take(call_.modules, Joining::To::join, code);
    if (present_.empty()) return;
    Loaded before(call_.table, call_.environment, file_, instance_, Look::at_settings);
    if (before.problems.empty()) take(before, Joining::To::look);
  }

  void take(Loaded& node, Joining::To to) { take(node.modules, to, {}); }
  void take(const Modules& modules, Joining::To to, const std::string& code) {
    const Joining joining{to,       code,  role_, public_url_, data_dir_, present<bool>("allow-insecure-http"),
                          *client_, clock_};
    for (const auto& module : modules.all()) {
      auto* party = dynamic_cast<setup::Party*>(module.get());
      if (party == nullptr || call_.modules.runs(module->name())) continue;
      auto joined = party->join(joining);
      for (auto& [key, value] : joined.settings) want(key, std::move(value));
      add(std::move(joined.said));
    }
    if (to == Joining::To::join && wanted_.end() == std::ranges::find(wanted_, "client-id", &Wanted::key)) {
      throw std::invalid_argument("--join: a node of role " + role_ + " has nobody to join");
    }
  }

  void refuse_differences(const FileChange& change) const {
    if (change.differing.empty() || call_.options.again) return;
    std::string text = file_.string() + " says otherwise; --again has it changed, and leave the flag out to keep it:";
    for (const auto& differing : change.differing) text += "\n  " + differing;
    throw std::invalid_argument(text);
  }

  void write() {
    const auto change = change_of(text_, file_.string(), wanted_);
    refuse_differences(change);
    if (change.changes_nothing()) return said_.push_back({State::note, file_.string() + " is as it should be"});
    if (!text_.empty()) write_config_file(file_.string() + ".before", text_, file_);
    write_config_file(file_, change.text, file_);
    changed_ = true;
    for (const auto& differing : change.differing) said_.push_back({State::done, differing});
    said_.push_back({State::done, "wrote " + file_.string()});
  }

  void say_how_to_start(const Loaded& node) {
    if (server_on(node.settings.node.data_dir)) {
      if (changed_)
        said_.push_back({State::left, "restart the node, so that it takes its new settings", start_line("restart")});
      return;
    }
    said_.push_back({State::left, "start the node", start_line("enable --now")});
  }

  std::string start_line(const std::string& verb) const {
    std::error_code ignored;
    const bool by_systemd = folder_ == "/etc/dontgoback" && fs::exists("/run/systemd/system", ignored);
    if (by_systemd) return "systemctl " + verb + " dontgoback@" + instance_;
    return "dontgoback serve --role=" + instance_ + " --config=" + file_.string();
  }

  void add(std::vector<Said> said) {
    said_.insert(said_.end(), std::make_move_iterator(said.begin()), std::make_move_iterator(said.end()));
  }
  int answer() const { return print_said(said_, std::cout, call_.json); }

  const SetupCall& call_;
  const std::string role_;
  const std::string instance_;
  const fs::path folder_;
  const fs::path file_;
  const std::unique_ptr<http::Client> client_;
  const time::SystemClock clock_;
  std::string text_;
  std::vector<config::FileEntry> present_;
  std::vector<Wanted> wanted_;
  std::string public_url_;
  fs::path data_dir_;
  bool changed_ = false;
  std::vector<Said> said_;
};

}  // namespace

config::CommandSyntax SetupOptions::syntax() {
  return {"", "setup",
          "Makes a node of this machine: settings, keys, database, its place among others; and says what is wrong",
          [this](config::Options& options) {
            options.text("--join", "CODE", join, "What the auth node's setup printed for this one");
            options.text("--join-file", "FILE", join_file, "A file that holds it, - for standard input");
            options.toggle("--check", check, "Only look what is wrong; changes nothing");
            options.toggle("--again", again, "Change what the file says otherwise");
            options.toggle("--new-secret", new_secret, "Give this node another secret at its auth server");
            options.text("--config-folder", "DIR", folder, "Where the node's file is (default: /etc/dontgoback)");
          },
          false};
}

int set_up(const SetupCall& call) { return Setup(call).run(); }

}  // namespace dontgoback::app
