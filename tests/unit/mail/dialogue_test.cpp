#include "mail/dialogue.hpp"

#include <catch2/catch.hpp>

using dontgoback::mail::Dialogue;

TEST_CASE("how far a talk with a mail server came, without what was said", "[mail]") {
  Dialogue dialogue;
  CHECK(dialogue.last_answer() == "no answer at the beginning");
  dialogue.reply("220 mail.example.com ESMTP\r\n");
  dialogue.command("EHLO b.kr\r\n");
  CHECK(dialogue.last_answer() == "no answer at EHLO");
  dialogue.reply("250-mail.example.com\r\n");
  dialogue.reply("250 SIZE\r\n");
  dialogue.command("AUTH PLAIN\r\n");
  dialogue.reply("334 \r\n");
  dialogue.command("AHVzZXIAcGFzcw==\r\n");
  dialogue.reply("535 5.7.8 Authentication credentials invalid for user@b.kr\r\n");
  CHECK(dialogue.last_answer() == "535 5.7.8 at AUTH");
  CHECK_FALSE(dialogue.is_about_the_mail());
  dialogue.command("MAIL FROM:<a@b.kr>\r\n");
  dialogue.reply("250 2.1.0 fine\r\n");
  CHECK_FALSE(dialogue.is_about_the_mail());
  dialogue.command("RCPT TO:<c@d.kr>\r\n");
  CHECK(dialogue.is_about_the_mail());
  dialogue.reply("550 c@d.kr: who is that\r\n");
  CHECK(dialogue.code() == 550);
  CHECK(dialogue.last_answer() == "550 at RCPT");
}

TEST_CASE("an answer before the content is none to it", "[mail]") {
  Dialogue dialogue;
  dialogue.command("DATA\r\n");
  dialogue.reply("354 go on\r\n");
  CHECK_FALSE(dialogue.sends_content());
  dialogue.content();
  CHECK(dialogue.sends_content());
  CHECK(dialogue.code() == 0);
  dialogue.reply("554 5.6.0 no\r\n");
  dialogue.content();
  CHECK(dialogue.last_answer() == "554 5.6.0 after the content");
  dialogue.command("QUIT\r\n");
  dialogue.reply("221 bye\r\n");
  CHECK(dialogue.has_ended());
  CHECK(dialogue.code() == 554);
}

TEST_CASE("what is no reply is passed over", "[mail]") {
  Dialogue dialogue;
  dialogue.command("RCPT TO:<c@d.kr>\r\n");
  for (const auto* line : {"", "\r\n", "abc", "99", "999 x", "-50 x", "5", "600 5.1.1 x"}) dialogue.reply(line);
  CHECK(dialogue.code() == 0);
  dialogue.reply("450");
  CHECK(dialogue.last_answer() == "450 at RCPT");
  dialogue.reply("450 4.c@d.kr x\r\n");
  CHECK(dialogue.last_answer() == "450 at RCPT");
}
