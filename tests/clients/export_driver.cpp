// Writes the sample graphs in every format and profile to a folder, for the clients' scripts:
//   export_driver FOLDER
// makes FOLDER/GRAPH.FORMAT (FOLDER/GRAPH.PROFILE.FORMAT for a profile, FOLDER/GRAPH.PART.FORMAT
// for one of several parts).

#include <exception>
#include <fstream>
#include <iostream>

#include "exporters/exporter.h"
#include "tests/exporters/sample_graphs.h"

namespace {

void write(const relata::ExportFormat& format, const relata::Graph& graph, const std::string& stem,
           const std::string& profile) {
  std::vector<std::string_view> parts = format.parts;
  if (parts.empty()) parts.emplace_back();
  for (const std::string_view part : parts) {
    std::string path = stem;
    if (!profile.empty()) path += "." + profile;
    if (!part.empty()) path += "." + std::string(part);
    path += "." + std::string(format.name);
    std::ofstream out(path, std::ios::binary);
    relata::ExportOptions options;
    options.profile = profile;
    options.part = part;
    format.make()->write(graph, out, options);
    if (!out.flush()) throw std::runtime_error("cannot write to " + path);
  }
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc != 2) {
    std::cerr << "usage: export_driver FOLDER\n";
    return 2;
  }
  for (const auto& [name, graph] : relata::tests::sample_graphs()) {
    for (const relata::ExportFormat& format : relata::export_formats()) {
      const std::string stem = std::string(argv[1]) + "/" + name;
      write(format, graph, stem, "");
      for (const std::string_view profile : format.profiles) {
        write(format, graph, stem, std::string(profile));
      }
    }
  }
  return 0;
} catch (const std::exception& error) {
  std::cerr << "export_driver: " << error.what() << '\n';
  return 1;
}
