// Written from grammars: articles, prepositions, pronouns, conjunctions, auxiliaries and particles.
// Words that several languages share stand in each; it is the whole that decides.

#include "importers/language_words.h"

#include <array>

namespace relata {

namespace {

constexpr std::array<LanguageWords, 36> table = {{
    {"en", "English",
     "the of and to in a is that for on was with as by at he his be from are it this have an had "
     "they which or were their but not she her has been one who will would its you all there we "
     "what when if said more no out up into than them after about two could other over these any "
     "some him so only between before during against under while where because did do"},
    {"af", "Afrikaans",
     "die van en in is het dat vir nie met op wat te was hy sy aan om as deur na ook word sal kan "
     "hulle haar hierdie uit tot oor maar by een meer 'n ons daar nog moet gesê"},
    {"bg", "Bulgarian",
     "на и в да се за от с не по че са са е като до това при който които след през или ще му те "
     "той "
     "тя бе беше но във със ще го което към между още само има"},
    {"ca", "Catalan",
     "de la i el que a les els en per un del una amb es al dels no va ha com més són o està seva "
     "seu també hi aquest aquesta pel però entre sobre fins han ser quan on segons després"},
    {"cs", "Czech",
     "a v se na je že s z do o i to k ve pro za by ale jako po od který která které jsou jeho nebo "
     "byl bylo byla podle když ze ke jen už také aby při není než své před mezi této"},
    {"cy", "Welsh",
     "y yn a i o ar yr ei mae am eu wedi gan bod fod ac oedd sydd hyn nid ond fel bydd dros mewn "
     "rhwng roedd hefyd nhw hi ef ni gyda at un cael"},
    {"da", "Danish",
     "og i at det er en til af på som for de med der den har ikke et om var han men fra sig ved "
     "vil "
     "blev kan efter også eller hun skal siger over være mod blevet havde nu ud under hvor"},
    {"de", "German",
     "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an "
     "werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum "
     "war haben nur oder aber vor zur bis mehr durch man sein wurde sei gegen vom können schon "
     "wenn"},
    {"es", "Spanish",
     "de la que el en y a los del se las por un para con no una su al lo como más pero sus le ya o "
     "este sí porque esta entre cuando muy sin sobre también me hasta hay donde desde ha fue son "
     "según tras contra durante han había"},
    {"et", "Estonian",
     "ja on et ei ta see oli kui ka mis aga oma või ning kes tema seda nad siis selle mida pärast "
     "kuid kõik eest enne üle juba veel nii välja olid"},
    {"eu", "Basque",
     "eta da ez du bat dira den egin zuen dute hori baina ere izan zen duen dela bere beste egiten "
     "dituzte baino arte izango oso zuten gabe"},
    {"fi", "Finnish",
     "ja on ei että oli se hän mutta myös joka kun ovat ole jo sen olla tai kuin mukaan mitä jotka "
     "nyt niin sekä vielä tämä hänen jälkeen ennen voi vain vuoden he kanssa olisi"},
    {"fr", "French",
     "de la le et les des en un une du que est pour qui dans a par plus pas au sur ne se ce il "
     "sont "
     "la avec son ses elle aux mais ou comme cette été leur nous vous ont être entre après sans "
     "ces selon contre où fait deux lors était"},
    {"hr", "Croatian, Bosnian or Serbian",
     "i u je na se da za su od s o a kako koji koja koje ne što kao će nije to ili sa iz do bi "
     "više "
     "nakon prema između još samo bio bila ali zbog po te već među protiv"},
    {"hu", "Hungarian",
     "a az és hogy nem is egy ez van meg de csak azt volt már el mint ki még vagy ha majd után "
     "szerint között ezt amely amelyet lesz ami aki mert pedig sem lehet minden nagyon"},
    {"id", "Indonesian or Malay",
     "yang dan di dengan untuk ini dari dalam itu pada tidak akan ke adalah oleh juga telah "
     "sebagai "
     "mereka kepada dia ia karena bahwa ada bisa lebih saat atau kata para sudah tersebut tahun"},
    {"is", "Icelandic",
     "og að í á er sem til um við en það var af með ekki fyrir hann hefur því eru frá eftir þeir "
     "hún "
     "sér verið þess hafa eða þetta voru undir svo segir"},
    {"it", "Italian",
     "di e il la che a in un è per non del una i le con si da dei al come della nel sono alla ha "
     "più "
     "gli ma lo anche delle su dal o suo hanno stato tra dalla questo dopo nella degli contro se "
     "ed "
     "sua loro fra ai"},
    {"lt", "Lithuanian",
     "ir kad į yra su iš bei kaip tai jis ne apie už buvo po bus dar bet ar jie jo nuo taip per "
     "kurie "
     "prie šios tik gali pagal iki jau dėl savo ji kuris"},
    {"lv", "Latvian",
     "un ir ka ar no par uz ko bija kas lai arī pēc bet tas vai nav to gan kā jau šo savu tā viņš "
     "tiek līdz ne starp jo būs pie kur gada"},
    {"mk", "Macedonian",
     "на и во се да од за со не ги што е го како кои дека ќе по до или ја беше но му тоа кој која "
     "биде има меѓу по уште само"},
    {"nl", "Dutch",
     "de van het een en in is dat op te zijn met voor die niet aan er om ook als dan maar bij uit "
     "door naar over ze hij worden wordt heeft nog wel werd tot tegen was hun meer zich deze kan "
     "al "
     "geen hebben na zegt zou had haar of"},
    {"no", "Norwegian",
     "og i det er på som en til av for at å med de har ikke den om et var fra seg han men vi ble "
     "etter "
     "også skal vil kan eller sier ved over da være mot blir mer enn hadde under hvor ut"},
    {"pl", "Polish",
     "w i na z do się nie że to jest o jak po od za przez dla co tym są ale tego oraz który która "
     "które "
     "był było była jego być może przed ze już tylko czy także został przy między jej pod lub"},
    {"pt", "Portuguese",
     "de a o que e do da em um para com não uma os no se na por mais as dos como mas ao ele das à "
     "seu "
     "sua ou quando muito nos já também só pelo pela até isso entre depois sem mesmo foi são está "
     "ser após contra segundo disse"},
    {"ro", "Romanian",
     "de și în a la cu că pe din nu o un care pentru mai sunt au fost este prin lui ca dar sau fi "
     "după "
     "ce ale cele iar între unei unui lor sa acest aceasta fără până când către"},
    {"ru", "Russian",
     "и в не на что с по это как он к из за от о то для но его а у до так же все был или они она "
     "при "
     "также после который которые было были если уже только об году ее их со есть может"},
    {"sk", "Slovak",
     "a v sa na je že s z do o aj to k vo pre za by ale ako po od ktorý ktorá ktoré sú jeho alebo "
     "bol "
     "bolo bola podľa keď zo ku len už tiež aby pri nie než svoje pred medzi tejto"},
    {"sl", "Slovenian",
     "in je v na se da za so pa ne ki z s po bi o tudi ali od kot ni do iz bo k še pri več med bil "
     "bila "
     "če ko zaradi lahko kar ob tem"},
    {"sq", "Albanian",
     "të e në dhe i për një me që nga së është u ka do si më por ai kjo nuk janë ishte kanë mbi "
     "tha "
     "pas kur edhe ndërsa deri duke ose"},
    {"sv", "Swedish",
     "och i att det som en på är av för med till den har de inte om ett var från han men sig så "
     "vid "
     "kan efter också eller hon ska säger över under mot blev nu vi där ut upp varit när sedan"},
    {"tr", "Turkish",
     "ve bir bu da de için ile çok olarak daha olan gibi en kadar ne sonra ama olduğu o ancak göre "
     "değil var ise her ki tarafından dedi yeni oldu ya şey iki üzerine"},
    {"sr", "Serbian",
     "и у је на се да за су од с о а како који која које не што као ће није то или са из до би "
     "више "
     "након према између још само био била али због по те већ међу против"},
    {"tl", "Filipino",
     "ang ng sa mga na at ay si ni ito para hindi kay ko siya niya may nang mula sila kung ayon pa "
     "din rin kanyang isang"},
    {"uk", "Ukrainian",
     "і в на не що у з до та за як він про від це для його але й є вони вона при також після який "
     "які "
     "було були якщо вже тільки році її їх зі може під щоб"},
    {"vi", "Vietnamese",
     "và của là có trong được cho các những không một người với này đã khi để đến ra vào năm cũng "
     "từ về tại sẽ theo ông trên"},
}};

}  // namespace

std::span<const LanguageWords> language_words() {
  return table;
}

}  // namespace relata
