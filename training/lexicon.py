"""The lemma lexicon of the model file: (form in lower case, UPOS) -> lemma, for pairs of which one is sure.

Seen pairs come from the treebanks; more are made by the spelling rules of English inflection from every verb, noun and
adjective that the treebanks or the PropBank frames name. What the rules make from two lemmas is left out.
"""
import re
from collections import Counter, defaultdict

# Past tense and participle of irregular verbs: "base past participle" (variants after a slash).
IRREGULAR_VERBS = """
arise arose arisen; awake awoke awoken; bear bore borne/born; beat beat beaten; become became become; begin began begun;
bend bent bent; bet bet bet; bind bound bound; bite bit bitten; bleed bled bled; blow blew blown; break broke broken;
breed bred bred; bring brought brought; broadcast broadcast broadcast; build built built; burst burst burst; buy bought bought;
cast cast cast; catch caught caught; choose chose chosen; cling clung clung; come came come; cost cost cost; creep crept crept;
cut cut cut; deal dealt dealt; dig dug dug; draw drew drawn; drink drank drunk; drive drove driven; eat ate eaten; fall fell fallen;
feed fed fed; feel felt felt; fight fought fought; flee fled fled; fling flung flung; fly flew flown; forbid forbade forbidden;
forecast forecast forecast; foresee foresaw foreseen; forget forgot forgotten; forgive forgave forgiven; freeze froze frozen; get got gotten;
give gave given; go went gone; grind ground ground; grow grew grown; hang hung hung; hear heard heard; hide hid hidden; hit hit hit;
hold held held; hurt hurt hurt; keep kept kept; kneel knelt knelt; know knew known; lay laid laid; lead led led; leap leapt leapt;
leave left left; lend lent lent; let let let; light lit lit; lose lost lost; make made made; mean meant meant; meet met met;
mislead misled misled; mistake mistook mistaken; misunderstand misunderstood misunderstood; outgrow outgrew outgrown; overcome overcame overcome;
overhear overheard overheard; override overrode overridden; oversee oversaw overseen; overtake overtook overtaken;
overthrow overthrew overthrown; partake partook partaken; pay paid paid; put put put; quit quit quit; read read read; rebuild rebuilt rebuilt;
repay repaid repaid; ride rode ridden; ring rang rung; rise rose risen; run ran run; say said said; see saw seen; seek sought sought;
sell sold sold; send sent sent; set set set; shake shook shaken; shed shed shed; shine shone shone; shoot shot shot; show showed shown;
shrink shrank shrunk; shut shut shut; sing sang sung; sink sank sunk; sit sat sat; sleep slept slept; slide slid slid; speak spoke spoken;
speed sped sped; spend spent spent; spin spun spun; split split split; spread spread spread; spring sprang sprung; stand stood stood;
steal stole stolen; stick stuck stuck; sting stung stung; strike struck struck/stricken; strive strove striven; swear swore sworn;
sweep swept swept; swim swam swum; swing swung swung; take took taken; teach taught taught; tear tore torn; tell told told;
think thought thought; throw threw thrown; undergo underwent undergone; understand understood understood; undertake undertook undertaken;
undo undid undone; uphold upheld upheld; wake woke woken; wear wore worn; weave wove woven; weep wept wept; win won won; withdraw withdrew withdrawn;
withhold withheld withheld; withstand withstood withstood; write wrote written; rewrite rewrote rewritten; resell resold resold; retake retook retaken;
slay slew slain; overrun overran overrun; outrun outran outrun; wind wound wound; unwind unwound unwound; bid bid bid; outbid outbid outbid; thrust thrust thrust;
swell swelled swollen; sow sowed sown; sew sewed sewn; stride strode stridden; tread trod trodden; forgo forwent forgone; foretell foretold foretold;
outdo outdid outdone; overdo overdid overdone; redo redid redone; beset beset beset; upset upset upset; offset offset offset; reset reset reset; spit spat spat;
slit slit slit; sling slung slung; string strung strung; dwell dwelt dwelt; behold beheld beheld; beget begot begotten; beseech besought besought;
browbeat browbeat browbeaten; misread misread misread; overeat overate overeaten; overfly overflew overflown; overhang overhung overhung; retell retold retold;
rethink rethought rethought; remake remade remade; redraw redrew redrawn; underwrite underwrote underwritten; undercut undercut undercut; underlie underlay underlain;
outsell outsold outsold; overspend overspent overspent; rerun reran rerun; recast recast recast; regrow regrew regrown; stink stank stunk;
strew strewed strewn; rid rid rid; wed wed wed; bust bust bust; knit knit knit; abide abode abode; forsake forsook forsaken; smite smote smitten
"""
IRREGULAR_NOUNS = """
man men; woman women; child children; foot feet; tooth teeth; mouse mice; goose geese; person people; life lives; wife wives; knife knives; leaf leaves; half halves;
thief thieves; wolf wolves; shelf shelves; self selves; loaf loaves; crisis crises; basis bases; analysis analyses; hypothesis hypotheses; thesis theses;
phenomenon phenomena; criterion criteria; bacterium bacteria; policeman policemen; spokesman spokesmen; spokeswoman spokeswomen; gunman gunmen;
fisherman fishermen; businessman businessmen; businesswoman businesswomen; congressman congressmen; chairman chairmen; serviceman servicemen;
servicewoman servicewomen; policewoman policewomen; militiaman militiamen; tribesman tribesmen; cameraman cameramen; fireman firemen; salesman salesmen;
lawman lawmen; statesman statesmen; clergyman clergymen; crewman crewmen; rifleman riflemen; grandchild grandchildren; stimulus stimuli; nucleus nuclei; alumnus alumni
"""
VOWELS = "aeiou"


def table(text):
    return [entry.split() for entry in text.replace("\n", " ").split(";") if entry.strip()]


def doubles(word):
    """True when the last consonant surely doubles before -ed and -ing (one syllable: plan); None when it may (admit)."""
    if not re.search(r"([^aeiou]|qu)[aeiou][bcdfgklmnprtvz]$", word):
        return False
    return True if len(re.findall(r"[aeiouy]+", word)) == 1 else None


def with_s(word):
    if re.search(r"(s|x|z|ch|sh)$", word):
        return word + "es"
    if re.search(r"[^aeiou]y$", word):
        return word[:-1] + "ies"
    return word + "s"


def suffixed(word, suffix):
    """The word with -ed, -ing, -er or -est: one form, or two where doubling is uncertain."""
    vowel = suffix[0]
    if word.endswith("e") and not (vowel == "i" and re.search(r"(ee|oe|ye)$", word)):
        return [word[:-1] + suffix] if not (vowel == "i" and word.endswith("ie")) else [word[:-2] + "ying"]
    if vowel == "e" and re.search(r"[^aeiou]y$", word):
        return [word[:-1] + "i" + suffix]
    double = doubles(word)
    if double is False:
        return [word + suffix]
    return [word + word[-1] + suffix] + ([] if double else [word + suffix])


def verb_forms(word, irregular):
    forms = {word, with_s(word)} | set(suffixed(word, "ing"))
    if word in irregular:
        return forms | irregular[word]
    return forms | set(suffixed(word, "ed"))


def build(train, aliases):
    """[(form, UPOS, lemma)], sorted. train: examples with lemma and upos; aliases: (lemma, pos, roleset) of the frames."""
    counts, ewt, lemmas = defaultdict(Counter), defaultdict(Counter), {"VERB": set(), "NOUN": set(), "ADJ": set()}
    for example in train:
        for word, lemma, upos in zip(example["words"], example.get("lemma", ()), example.get("upos", ())):
            if lemma and not re.search(r"[\s0-9]", word + lemma):
                counts[(word.lower(), upos)][lemma] += 1
                if example["source"] == "ewt":
                    ewt[(word.lower(), upos)][lemma] += 1
                # A lemma that is never a word of its own is a slip of the annotation: "fled" under "flead".
                if upos in lemmas and re.fullmatch(r"[a-z]{3,}", lemma) and (
                        upos != "VERB" or word.lower() == lemma):
                    lemmas[upos].add(lemma)
    for lemma, pos, _ in aliases:
        upos = {"v": "VERB", "n": "NOUN", "j": "ADJ"}.get(pos)
        if upos and re.fullmatch(r"[a-z]{3,}", lemma):
            lemmas[upos].add(lemma)
    result = {}
    for (form, upos), seen in counts.items():
        if sum(ewt[(form, upos)].values()) >= 5:  # where the treebanks differ (people: people or person), EWT decides
            seen = ewt[(form, upos)]
        lemma, count = max(seen.items(), key=lambda item: (item[1], item[0]))
        total = sum(seen.values())
        sure = total >= 2 and count == total if upos == "PROPN" else count >= 0.9 * total
        if sure:
            result[(form, upos)] = lemma
    past = {base: set("/".join(forms).split("/")) for base, *forms in table(IRREGULAR_VERBS)}
    made = defaultdict(set)
    for word in lemmas["VERB"] | set(past):
        for form in verb_forms(word, past):
            made[(form, "VERB")].add(word)
    plural = {base: {form} for base, form in table(IRREGULAR_NOUNS)}
    for word in lemmas["NOUN"] | set(plural):
        for form in plural.get(word, {with_s(word)}) | {word}:
            made[(form, "NOUN")].add(word)
    for word in lemmas["ADJ"]:
        made[(word, "ADJ")].add(word)
        if len(re.findall(r"[aeiouy]+", word)) <= 2 and len(word) <= 7:
            for form in suffixed(word, "er") + suffixed(word, "est"):
                made[(form, "ADJ")].add(word)
    framed = {lemma for lemma, pos, _ in aliases if pos == "v"} | set(past)
    for key, words in made.items():
        seen = counts.get(key, Counter())
        if key[1] == "VERB":
            if len(words) > 1:  # "enrolled": of enrol and enroll the one that has a frame
                words = words & framed or words
            # A few occurrences with a lemma that is no word of its own ("fre") weigh less than the rules.
            slip = sum(seen.values()) < 5 and not any(lemma in lemmas["VERB"] for lemma in seen)
            if len(words) == 1 and (not seen or slip or (key not in result and sum(seen.values()) < 10)):
                result[key] = next(iter(words))
        elif len(words) == 1 and not seen:
            result[key] = next(iter(words))
    return sorted((form, upos, lemma) for (form, upos), lemma in result.items())
