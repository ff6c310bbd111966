#include "importers/text/name_keys.h"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <utility>

namespace relata::text {

namespace {

using WordSet = std::set<std::string, std::less<>>;

/// Names that are spelt in so many ways that no rule of sounds covers them, or that differ between
/// the languages of one country; folded. Each row begins with the spelling that stands for all.
const std::map<std::string, std::string, std::less<>>& spellings() {
  static const std::vector<std::vector<std::string_view>> rows = {
      {"muhammad", "mohammed", "mohamed", "mohammad", "mohamad", "muhammed", "mohamud"},
      {"ahmad", "ahmed", "akhmed"},
      {"husayn", "hussein", "hussain", "husain", "hossein", "husein", "hosein"},
      {"yusuf", "youssef", "yousef", "yusef", "yousuf", "youssouf"},
      {"abdallah", "abdullah", "abdulla", "abdalla"},
      {"umar", "omar", "omer"},
      {"usama", "osama"},
      {"ladin", "laden"},
      {"yasir", "yasser", "yassir", "yaser"},
      {"sulayman", "suleiman", "sulaiman", "soleiman", "suleyman"},
      {"gaddafi", "qaddafi", "kadafi", "gadhafi", "khadafy", "qadhafi", "kaddafi", "gadafi",
       "ghadafi", "ghaddafi", "khadafi", "qadafi"},
      {"muammar", "moammar", "moamar", "muamar", "mouammar"},
      {"hizbullah", "hezbollah", "hizbollah", "hezbullah", "hizballah", "hizbollah"},
      {"taliban", "taleban"},
      {"shabab", "shabaab"},
      {"vladimir", "volodymyr", "uladzimir", "wladimir", "wolodymyr"},
      {"alexander", "aleksandr", "oleksandr", "aliaksandr", "alexandr", "aleksander", "olexander",
       "alexandre"},
      {"mikhail", "mykhailo", "mikhailo", "mihail", "michail", "mykhaylo"},
      {"nikolai", "nikolay", "mykola", "nikolaj", "mikalai"},
      {"dmitry", "dmitri", "dmitriy", "dmytro", "dimitri", "dmitrij", "dzmitry"},
      {"sergei", "sergey", "serhiy", "serhii", "sergej", "siarhei", "serguei"},
      {"yevgeny", "evgeny", "yevgeniy", "evgeni", "yevhen", "yevgeni", "evgeniy", "yevgenii"},
      {"yuri", "yury", "yuriy", "iurii", "yurii", "jurij"},
      {"andrei", "andrey", "andriy", "andrii", "andrej"},
      {"alexei", "alexey", "aleksei", "oleksiy", "oleksii", "aleksey", "alexej", "aliaksei"},
      {"yulia", "iuliia", "yuliya", "yuliia"},
      {"lukashenko", "lukashenka"},
      {"yeltsin", "eltsin", "jelzin"},
      {"gorbachev", "gorbachov", "gorbachyov", "gorbatschow"},
      {"kyiv", "kiev"},
      {"organization", "organisation"},
      {"defense", "defence"},
      {"center", "centre"},
      {"labor", "labour"},
      {"program", "programme"},
  };
  static const auto table = [] {
    std::map<std::string, std::string, std::less<>> made;
    for (const auto& row : rows) {
      for (const std::string_view spelling : row) made.emplace(spelling, row.front());
    }
    return made;
  }();
  return table;
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

/// A folded word as it sounds, in the ways that transliterations into English differ by.
std::string sound_of(std::string word) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 30> sounds = {{
      {"tsch", "ch"}, {"tch", "ch"}, {"dzh", "j"}, {"kh", "h"}, {"gh", "g"}, {"dh", "d"},
      {"zh", "j"},    {"dj", "j"},   {"ph", "f"},  {"ck", "k"}, {"ks", "x"}, {"ou", "u"},
      {"oo", "u"},    {"ai", "e"},   {"ay", "e"},  {"iy", "i"}, {"yi", "i"}, {"ij", "i"},
      {"ii", "i"},    {"yy", "i"},   {"ee", "i"},  {"ey", "e"}, {"ei", "e"}, {"y", "i"},
      {"w", "v"},     {"q", "k"},    {"tz", "ts"}, {"oe", "o"}, {"ae", "e"}, {"ie", "i"},
  }};
  const auto known = spellings().find(word);
  if (known != spellings().end()) word = known->second;
  // Short words carry too little for that: "Lee" and "Li" are two names.
  if (word.size() <= 3) {
    std::replace(word.begin(), word.end(), 'y', 'i');
    return word;
  }
  for (const auto& [from, to] : sounds) replace_all(word, from, to);
  word.erase(std::unique(word.begin(), word.end()), word.end());
  if (word.size() > 4 && word.ends_with("ah")) word.pop_back();
  return word;
}

const WordSet& titles() {
  static const WordSet words = {"mr",
                                "mrs",
                                "ms",
                                "miss",
                                "mister",
                                "dr",
                                "doctor",
                                "prof",
                                "professor",
                                "sir",
                                "dame",
                                "lord",
                                "lady",
                                "baroness",
                                "president",
                                "premier",
                                "senator",
                                "sen",
                                "rep",
                                "gov",
                                "governor",
                                "gen",
                                "general",
                                "col",
                                "colonel",
                                "lt",
                                "lieutenant",
                                "sgt",
                                "sergeant",
                                "capt",
                                "captain",
                                "maj",
                                "major",
                                "adm",
                                "admiral",
                                "brig",
                                "brigadier",
                                "marshal",
                                "judge",
                                "justice",
                                "rev",
                                "reverend",
                                "fr",
                                "father",
                                "bishop",
                                "archbishop",
                                "cardinal",
                                "sheikh",
                                "shaikh",
                                "imam",
                                "ayatollah",
                                "mullah",
                                "maulana",
                                "hajji",
                                "chancellor",
                                "minister",
                                "secretary",
                                "ambassador",
                                "mayor",
                                "congressman",
                                "congresswoman",
                                "commander",
                                "chief",
                                "hon",
                                "honourable",
                                "honorable",
                                "pm",
                                "vice",
                                "deputy",
                                "former",
                                "prime",
                                "foreign",
                                "monsieur",
                                "madame",
                                "herr",
                                "frau",
                                "senor",
                                "pope",
                                "king",
                                "queen",
                                "prince",
                                "princess",
                                "emperor",
                                "empress",
                                "sultan",
                                "emir",
                                "saint",
                                "patriarch",
                                "tsar",
                                "czar"};
  return words;
}

/// Titles that make a single given name the name of one person.
bool is_regnal(std::string_view word) {
  static const WordSet words = {"pope",    "king",   "queen", "prince", "princess",  "emperor",
                                "empress", "sultan", "emir",  "saint",  "patriarch", "tsar",
                                "czar",    "sheikh", "lord",  "lady",   "mullah",    "sister"};
  return words.contains(word);
}

bool is_numeral(std::string_view word) {
  return !word.empty() && word.find_first_not_of("ivx") == std::string_view::npos;
}

bool is_generation(std::string_view word) {
  return word == "jr" || word == "sr" || word == "junior" || word == "senior" || word == "phd" ||
         word == "md" || word == "esq";
}

/// Family names that stand before the given name in English news, the frequent ones.
bool family_name_first(const std::vector<std::string>& folded) {
  static const WordSet names = {
      "kim",   "lee",    "park", "choi",  "jung",   "kang",    "cho",  "yoon",  "jang",
      "lim",   "han",    "moon", "roh",   "xi",     "li",      "wang", "zhang", "liu",
      "chen",  "yang",   "zhao", "huang", "zhou",   "wu",      "xu",   "sun",   "hu",
      "zhu",   "gao",    "lin",  "he",    "guo",    "ma",      "luo",  "liang", "song",
      "zheng", "deng",   "mao",  "jiang", "nguyen", "tran",    "pham", "phan",  "bo",
      "tsai",  "chiang", "lam",  "wen",   "hun",    "thaksin", "ban"};
  return folded.size() >= 2 && names.contains(folded.front());
}

std::vector<std::string> split(std::string_view folded) {
  std::vector<std::string> words;
  std::size_t begin = 0;
  while (begin < folded.size()) {
    const std::size_t end = std::min(folded.find(' ', begin), folded.size());
    if (end > begin) words.emplace_back(folded.substr(begin, end - begin));
    begin = end + 1;
  }
  return words;
}

void respell(std::vector<std::string>& words) {
  for (std::string& word : words) word = sound_of(std::move(word));
  // The article of Arabic names is heard in many ways.
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    if (words[i] == "el" || words[i] == "ul") words[i] = "al";
  }
}

/// Titles and marks of generation, which a name has beside its words.
void strip_titles(std::vector<std::string>& words) {
  while (words.size() > 1 && is_generation(words.back())) words.pop_back();
  std::size_t first = 0;
  while (first + 1 < words.size() && titles().contains(words[first])) {
    const std::size_t names = words.size() - first - (is_numeral(words.back()) ? 2 : 1);
    if (is_regnal(words[first]) && names == 1) break;
    ++first;
  }
  words.erase(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(first));
}

}  // namespace

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

std::vector<std::string> NameKeys::words(std::string_view name) {
  std::vector<std::string> words = split(folder_.fold(name));
  respell(words);
  return words;
}

std::vector<std::string> NameKeys::person_words(std::string_view name) {
  std::vector<std::string> words;
  const std::size_t comma = name.find(',');
  if (comma != std::string_view::npos) {
    std::vector<std::string> behind = split(folder_.fold(name.substr(comma + 1)));
    const bool turned = !behind.empty() && !is_generation(behind.front());
    words = split(folder_.fold(name.substr(0, comma)));
    words.insert(turned ? words.begin() : words.end(), behind.begin(), behind.end());
  } else {
    words = split(folder_.fold(name));
  }
  strip_titles(words);
  respell(words);
  return words;
}

std::vector<std::string> NameKeys::body_words(std::string_view name) {
  static const WordSet forms = {"inc",  "corp", "ltd", "llc", "plc", "co",  "ag",
                                "gmbh", "sa",   "spa", "nv",  "llp", "oyj", "limited"};
  std::vector<std::string> words = split(folder_.fold(name));
  std::erase_if(words, [](const std::string& word) { return word == "the" || word == "and"; });
  while (words.size() > 1 && forms.contains(words.back())) words.pop_back();
  const bool of =
      words.size() > 2 && words[1] == "of" && (words[0] == "ministry" || words[0] == "department");
  if (of) {
    words.erase(words.begin() + 1);
    std::rotate(words.begin(), words.begin() + 1, words.end());
  }
  respell(words);
  return words;
}

std::set<std::string> NameKeys::short_forms(std::string_view name) {
  std::set<std::string> forms;
  std::vector<std::string> folded = split(folder_.fold(name));
  strip_titles(folded);
  const std::vector<std::string> words = person_words(name);
  if (words.size() < 2) return forms;
  if (family_name_first(folded)) forms.insert(words.front());
  for (std::size_t first = 1; first < words.size(); ++first) {
    const bool number = first + 1 == words.size() && is_numeral(words.back());
    if (!number)
      forms.insert(joined({words.begin() + static_cast<std::ptrdiff_t>(first), words.end()}));
  }
  if (words.size() > 2) {
    forms.insert(is_numeral(words.back()) ? joined({words.begin(), words.end() - 1})
                                          : words.front() + " " + words.back());
  }
  return forms;
}

std::string spelling_key(std::string_view name) {
  return joined(NameKeys().words(name));
}

}  // namespace relata::text
