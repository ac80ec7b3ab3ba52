// Runs a fuzz target on every file of the directories named, and on every beginning of each: a parser's commonest fault
// is to trust that there is more. Reports how many inputs there were; none is a failure.
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include "fuzz.hpp"

int main(int argc, char** argv) {
  std::size_t inputs = 0;
  for (const auto& directory : std::vector<std::string>(argv + 1, argv + argc)) {
    for (const auto& entry : std::filesystem::directory_iterator(directory)) {
      std::ifstream file(entry.path(), std::ios::binary);
      const std::string content{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
      for (std::size_t length = 0; length <= content.size(); ++length) {
        // A copy of just that length, so that the address sanitizer sees a read past its end.
        const std::vector<std::uint8_t> beginning(content.begin(),
                                                  content.begin() + static_cast<std::ptrdiff_t>(length));
        LLVMFuzzerTestOneInput(beginning.data(), beginning.size());
        ++inputs;
      }
    }
  }
  std::cout << inputs << " inputs\n";
  return inputs > 0 ? 0 : 1;
}
