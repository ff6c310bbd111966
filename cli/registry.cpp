// The commands in the order of the help: one entry each.

#include <array>

#include "cli/commands.h"

namespace relata::cli {

namespace {

constexpr std::array table = {
    CommandEntry{"build", "Read texts and write their graph",
                 "  relata build article.txt -o graph.json --date 2024-12-27\n"
                 "  relata build articles/ -o graph.svg --events relations\n"
                 "  relata build articles/ -o case.kg\n"
                 "  relata build crawl.warc.gz mail.mbox report.pdf news.zip -o graph.json\n"
                 "  relata build export.csv --field text=story --field title=kop -o graph.json\n"
                 "  cat article.txt | relata build - -o - --format dot | dot -Tpdf > graph.pdf\n",
                 make_build},
    CommandEntry{"add", "Add texts and graphs to a store",
                 "  relata add case.kg today/\n"
                 "  relata add case.kg article.txt --date 2024-12-27 --replace\n",
                 make_add},
    CommandEntry{"remove", "Take documents out of a store, with all that only they tell",
                 "  relata remove case.kg articles/hoax.txt\n", make_remove},
    CommandEntry{"merge", "Make one store of several",
                 "  relata merge mine.kg yours.kg -o ours.kg\n", make_merge},
    CommandEntry{"info", "Tell what a store holds and whether it is sound",
                 "  relata info case.kg\n"
                 "  relata info case.kg --sources\n"
                 "  relata info case.kg --check --json\n",
                 make_info},
    CommandEntry{"path", "Tell how two nodes are connected, with the sentence for each step",
                 "  relata path graph.json \"Kim Jong-un\" \"Kursk region\"\n"
                 "  relata path graph.json Russia NIS -k 3 --no-denied --as-of 2024-12-31\n"
                 "  relata path graph.json Putin Kursk --avoid Russia --kind actor --json\n"
                 "  relata path graph.json Putin NIS --all --max-hops 3 -o ways.svg\n",
                 make_path},
    CommandEntry{"show", "Show a node and its edges",
                 "  relata show graph.json \"North Korea\"\n"
                 "  relata show graph.json NIS --json\n",
                 make_show},
    CommandEntry{"why", "Show all evidence between two nodes, the words marked",
                 "  relata why graph.json NIS \"North Korea\"\n", make_why},
    CommandEntry{"find", "Find nodes and sentences by their words",
                 "  relata find graph.json kursk\n"
                 "  relata find graph.json \"special forces\" --limit 5\n",
                 make_find},
    CommandEntry{"neighbours", "List what lies around a node, step by step",
                 "  relata neighbours graph.json \"North Korea\" --depth 2\n"
                 "  relata neighbours graph.json Putin --kind place --no-denied -o around.svg\n",
                 make_neighbours},
    CommandEntry{"query", "Ask in a query language (the reading part of openCypher)",
                 "  relata query graph.json \"MATCH (a:actor)-[r:captured_by]->(b) "
                 "WHERE r.date > '2024-12-01' RETURN a.name, b.name\"\n"
                 "  relata query graph.json \"MATCH (a:person) RETURN a.name, a.degree "
                 "ORDER BY a.degree DESC LIMIT 10\" --csv\n"
                 "  relata query graph.json \"MATCH p = (a {name: 'NIS'})-[*1..3]-(b:event) "
                 "RETURN p LIMIT 20\" --json\n",
                 make_query},
    CommandEntry{"shell", "Ask one graph many questions, with history and completion",
                 "  relata shell graph.json\n"
                 "  echo \"MATCH (a:person) RETURN a.name\" | relata shell graph.json\n",
                 make_shell},
    CommandEntry{"rank", "Rank nodes by how much they matter",
                 "  relata rank graph.json --kind actor --limit 10\n"
                 "  relata rank graph.json --by betweenness --sample 500\n"
                 "  relata rank graph.json --by degree --relation \"captured by\"\n",
                 make_rank},
    CommandEntry{"components", "List the parts that hang together",
                 "  relata components graph.json --min-size 2\n", make_components},
    CommandEntry{"communities", "List groups that have more to do with one another than others",
                 "  relata communities graph.json --min-size 3 --min-confidence 0.5\n",
                 make_communities},
    CommandEntry{"timeline", "Tell what happened when",
                 "  relata timeline graph.json\n"
                 "  relata timeline graph.json Zelenskyy --between 2024-12 2025-01\n",
                 make_timeline},
    CommandEntry{"disputes", "List what sources contradict each other in",
                 "  relata disputes graph.json\n", make_disputes},
    CommandEntry{"diff", "Tell what changed from one graph to another",
                 "  relata diff yesterday.json today.json\n"
                 "  relata diff before.kg case.kg --json\n",
                 make_diff},
    CommandEntry{"stats", "Count what a graph holds",
                 "  relata stats graph.json\n"
                 "  relata stats graph.json --json\n",
                 make_stats},
    CommandEntry{"convert", "Write a graph in another format",
                 "  relata convert graph.json graph.graphml\n"
                 "  relata convert graph.json - --to dot | dot -Tsvg > graph.svg\n"
                 "  relata convert graph.json - --for yed > graph.graphml\n"
                 "  relata convert --check graph.json --for gephi\n",
                 make_convert},
    CommandEntry{"analyze", "Show what each stage of the reader makes of a text",
                 "  relata analyze article.txt\n"
                 "  relata analyze article.txt --stage names --stage predicates\n"
                 "  relata analyze article.txt --format conllu\n",
                 make_analyze},
};

}  // namespace

std::span<const CommandEntry> commands() {
  return table;
}

const CommandEntry* find_command(std::string_view name) {
  for (const CommandEntry& entry : table) {
    if (entry.name == name) return &entry;
  }
  return nullptr;
}

}  // namespace relata::cli
