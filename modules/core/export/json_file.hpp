#pragma once

#include "dontgoback/json/writer.hpp"
#include "file.hpp"

namespace dontgoback::core::exports {

/// A file of one JSON value.
struct JsonFile {
  JsonFile(Zip& zip, const char* name, time::Timestamp modified) : file(zip, name, modified) {}

  template <class F>
  void object(F members) {
    writer.begin_object();
    members();
    writer.end_object();
    file.pass();
  }
  template <class F>
  void array(F elements) {
    writer.begin_array();
    elements();
    writer.end_array();
  }
  void end() {
    file.text() += '\n';
    file.end();
  }

  File file;
  json::Writer writer{file.text()};
};

}  // namespace dontgoback::core::exports
