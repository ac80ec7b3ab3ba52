// Compiled for the headers that every test source begins with: see tests/CMakeLists.txt.
