// Texts in other languages than English are recognised. The sentences are written for this test.

#include "importers/language.h"

#include <doctest/doctest.h>

#include "importers/language_words.h"

using namespace relata;

namespace {

struct Sample {
  const char* code;
  const char* text;
};

// Each says about: the minister told reporters on Monday that the talks about the border had failed
// and would go on next week.
constexpr Sample samples[] = {
    {"en",
     "The minister told reporters on Monday that the talks about the border had failed and "
     "would be resumed next week."},
    {"af",
     "Die minister het Maandag aan verslaggewers gesê dat die samesprekings oor die grens "
     "misluk het en dat dit volgende week voortgesit sal word."},
    {"bg",
     "Министърът каза в понеделник на журналистите, че преговорите за границата са се "
     "провалили и ще продължат през следващата седмица."},
    {"ca",
     "El ministre va dir dilluns als periodistes que les converses sobre la frontera han "
     "fracassat i que continuaran la setmana que ve amb una nova proposta."},
    {"cs",
     "Ministr v pondělí řekl novinářům, že jednání o hranici selhala a že budou pokračovat "
     "příští týden, když se na tom obě strany dohodnou."},
    {"da",
     "Ministeren sagde mandag til journalister, at forhandlingerne om grænsen var slået fejl, "
     "og at de ville blive genoptaget i næste uge."},
    {"de",
     "Der Minister sagte am Montag vor Journalisten, dass die Gespräche über die Grenze "
     "gescheitert sind und in der nächsten Woche fortgesetzt werden."},
    {"el",
     "Ο υπουργός είπε τη Δευτέρα στους δημοσιογράφους ότι οι συνομιλίες για τα σύνορα απέτυχαν."},
    {"es",
     "El ministro dijo el lunes a los periodistas que las conversaciones sobre la frontera "
     "habían fracasado y que se reanudarían la próxima semana."},
    {"et",
     "Minister ütles esmaspäeval ajakirjanikele, et piiri üle peetud läbirääkimised ei olnud "
     "edukad ja need jätkuvad järgmisel nädalal, kui see on võimalik."},
    {"fi",
     "Ministeri sanoi maanantaina toimittajille, että rajaa koskevat neuvottelut ovat "
     "epäonnistuneet, mutta ne jatkuvat ensi viikolla, kun se on mahdollista."},
    {"fr",
     "Le ministre a déclaré lundi aux journalistes que les négociations sur la frontière "
     "avaient échoué et qu'elles reprendraient la semaine prochaine."},
    {"hr",
     "Ministar je u ponedjeljak rekao novinarima da su pregovori o granici propali i da će se "
     "nastaviti sljedećeg tjedna."},
    {"hu",
     "A miniszter hétfőn azt mondta az újságíróknak, hogy a határról folytatott tárgyalások "
     "nem voltak sikeresek, és a jövő héten folytatódnak."},
    {"id",
     "Menteri mengatakan kepada wartawan pada hari Senin bahwa perundingan tentang perbatasan "
     "itu telah gagal dan akan dilanjutkan pada minggu depan."},
    {"it",
     "Il ministro ha detto lunedì ai giornalisti che i colloqui sulla frontiera sono falliti e "
     "che riprenderanno la prossima settimana."},
    {"lt",
     "Ministras pirmadienį žurnalistams sakė, kad derybos dėl sienos buvo nesėkmingos ir kad "
     "jos bus tęsiamos kitą savaitę, jei tai yra įmanoma."},
    {"lv",
     "Ministrs pirmdien žurnālistiem teica, ka sarunas par robežu bija neveiksmīgas un ka tās "
     "turpināsies nākamajā nedēļā, lai gan tas nav droši."},
    {"nl",
     "De minister zei maandag tegen journalisten dat de gesprekken over de grens zijn mislukt "
     "en dat ze volgende week worden hervat."},
    {"pl",
     "Minister powiedział w poniedziałek dziennikarzom, że rozmowy o granicy się nie powiodły i "
     "że będą kontynuowane w przyszłym tygodniu."},
    {"pt",
     "O ministro disse na segunda-feira aos jornalistas que as conversações sobre a fronteira "
     "não foram um sucesso e que serão retomadas na próxima semana."},
    {"ro",
     "Ministrul a declarat luni pentru ziariști că discuțiile despre frontieră au eșuat și că "
     "vor fi reluate în săptămâna următoare."},
    {"ru",
     "Министр сказал в понедельник журналистам, что переговоры о границе не были успешными и "
     "что они продолжатся на следующей неделе."},
    {"sk",
     "Minister v pondelok povedal novinárom, že rokovania o hranici zlyhali a že budú "
     "pokračovať na budúci týždeň, keď sa na tom obe strany dohodnú."},
    {"sl",
     "Minister je v ponedeljek novinarjem povedal, da so pogovori o meji propadli in da se "
     "bodo nadaljevali prihodnji teden."},
    {"sq",
     "Ministri u tha gazetarëve të hënën se bisedimet për kufirin kanë dështuar dhe se ato do "
     "të vazhdojnë në javën e ardhshme."},
    {"sv",
     "Ministern sade på måndagen till journalister att samtalen om gränsen hade misslyckats "
     "och att de ska återupptas nästa vecka."},
    {"tr",
     "Bakan pazartesi günü gazetecilere sınır için yapılan görüşmelerin başarısız olduğunu ve "
     "daha sonra yeni bir tarihte devam edeceğini söyledi, ancak bu kesin değil."},
    {"uk",
     "Міністр сказав у понеділок журналістам, що переговори про кордон не були успішними і що "
     "вони продовжаться на наступному тижні."},
    {"vi",
     "Bộ trưởng nói với các nhà báo vào thứ hai rằng các cuộc đàm phán về biên giới đã không "
     "thành công và sẽ được tiếp tục trong tuần này."},
    {"ar",
     "قال الوزير للصحفيين يوم الاثنين إن المحادثات حول الحدود قد فشلت وستستمر الأسبوع المقبل"},
    {"he", "השר אמר ביום שני לעיתונאים כי השיחות על הגבול נכשלו וכי הן יימשכו בשבוע הבא"},
    {"zh", "部长星期一对记者说，关于边界的会谈已经失败，下周将继续进行，双方都表示希望达成协议。"},
    {"ja", "大臣は月曜日に記者団に対し、国境に関する協議は失敗し、来週再開されると述べた。"},
    {"ko",
     "장관은 월요일 기자들에게 국경에 관한 회담이 실패했으며 다음 주에 계속될 것이라고 말했다."},
    {"hi", "मंत्री ने सोमवार को पत्रकारों से कहा कि सीमा पर बातचीत विफल रही और अगले सप्ताह जारी रहेगी।"},
    {"th", "รัฐมนตรีกล่าวกับนักข่าวเมื่อวันจันทร์ว่าการเจรจาเรื่องพรมแดนล้มเหลวและจะดำเนินต่อไปในสัปดาห์หน้า"},
};

text::Document document_of(std::string text, std::string language = "") {
  text::Document document;
  document.id = "d";
  document.text = std::move(text);
  document.metadata.language = std::move(language);
  return document;
}

/// "read", or the language for which it was left out.
std::string fate(text::Document document) {
  std::string result;
  const ArticleSink sink =
      only_english([&](text::Document&&) { result = "read"; },
                   [&](text::Document&&, const std::string& language) { result = language; });
  sink(std::move(document));
  return result;
}

}  // namespace

TEST_CASE("one sentence tells the language") {
  for (const Sample& sample : samples) {
    CAPTURE(sample.code);
    CHECK(guess_language(sample.text).code == sample.code);
  }
}

TEST_CASE("English is read, also with names and quotes from elsewhere") {
  CHECK(fate(document_of(samples[0].text)) == "read");
  CHECK(fate(document_of(
            "Juan de la Cruz of the Partido de los Trabajadores said in San Salvador on "
            "Friday that \"no se puede\" was the answer of the union to the plan.")) == "read");
  CHECK(fate(document_of("Rebels take Almara")) == "read");
  CHECK(fate(document_of("")) == "read");
}

TEST_CASE("another language is left out by its name") {
  CHECK(fate(document_of(samples[6].text)) == "German");
  CHECK(fate(document_of(samples[6].text, "en")) == "German");
}

TEST_CASE("what a page states counts where the text is too short to tell") {
  CHECK(fate(document_of("Almara", "fr-FR")) == "French");
  CHECK(fate(document_of("Almara", "en_GB")) == "read");
  CHECK(fate(document_of("Almara", "x-default")) == "read");
  CHECK(fate(document_of(samples[0].text, "fr")) == "read");
}

TEST_CASE("the language found is set on what is left out") {
  std::string language;
  const ArticleSink sink = only_english([](text::Document&&) {},
                                        [&](text::Document&& document, const std::string&) {
                                          language = document.metadata.language;
                                        });
  sink(document_of(samples[6].text));
  CHECK(language == "de");
}

TEST_CASE("a long text without English words is in no language known, and not read") {
  std::string text;
  for (int i = 0; i < 40; ++i) text += "wazungumzo ya mpaka yalishindwa ";
  CHECK(guess_language(text).code == "und");
}

TEST_CASE("bytes that are no UTF-8 do no harm") {
  CHECK(guess_language("\xFF\xFE\xC3 the of and to in a is \xF0\x9F").english > 0);
}

TEST_CASE("every language listed has its words once") {
  CHECK(language_words().front().code == "en");
  for (const LanguageWords& language : language_words()) {
    CAPTURE(language.code);
    CHECK(language.words.find("  ") == std::string_view::npos);
    CHECK(language_name(language.code) == language.name);
  }
}
