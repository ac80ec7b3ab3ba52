#pragma once

#include <memory>
#include <string>
#include <vector>

#include "dontgoback/module.hpp"
#include "sender.hpp"
#include "way.hpp"

namespace dontgoback::mail {

class Delivery;

/// Delivers the mails that others have written to the outbox.
class MailModule final : public Module {
 public:
  MailModule();
  ~MailModule() override;

  std::string_view name() const override { return "mail"; }
  void declare(config::Options& options) override;
  void check(config::Checks& checks) const override;
  std::vector<Command> commands() override;
  std::vector<backup::KeptFile> kept_files(const config::Node& node) const override;
  void start(Host& host) override;

 private:
  void check_server(config::Checks& checks) const;
  Sender sender(const config::Node& node) const;
  std::unique_ptr<Way> way(const Host& host) const;

  std::string from_;
  std::string server_;
  std::string user_;
  std::string password_file_;
  std::string ca_file_;
  bool plain_ = false;
  std::shared_ptr<Delivery> delivery_;
};

}  // namespace dontgoback::mail
