/* SPDX-License-Identifier: Apache-2.0
 * Text checks. A text becomes a list of words that know whether they begin a sentence or a clause; every check is a
 * walk over it with one of the tables of English phrases below. A phrase is words parted by a blank; a star at its end
 * stands for any ending ("careless*"). An apostrophe parts words: "shouldn't" is "shouldn" and "t". */
#include "org/wording.h"

#include <assert.h>
#include <string.h>

#include "org/likeness.h"

/* clang-format off */
static const char *const warning_texts[] = {
    [WORDING_NAMES_PERSON]        = N_("The condition names a person. Say which role or process it is, a finding is about the system."),
    [WORDING_BLAMES]              = N_("This word blames somebody. Say what was seen, not what kind of person did it."),
    [WORDING_SAYS_SHOULD]         = N_("A condition says what is. What ought to be stands in the criterion or the recommendation."),
    [WORDING_NO_NUMBERS]          = N_("Say how many of how many were looked at (for example \"3 of 20\")."),
    [WORDING_OFI_BREAKS_RULE]     = N_("This says that a rule was broken. Then it is a nonconformity, not an opportunity for improvement."),
    [WORDING_CAUSE_IS_CONDITION]  = N_("This says the condition again. Why could it happen?"),
    [WORDING_CAUSE_ONLY_BLAMES]   = N_("People make mistakes everywhere. What allowed it?"),
    [WORDING_ACTION_ONLY_REMINDS] = N_("The cause lies in a tool or rule. Reminding or training people leaves it there."),
};
static_assert(countof(warning_texts) == WORDING_CODES, "a warning has no text");

static const char *const blame_words[] = {
    "careless*", "negligen*", "neglectful*", "lazy", "laziness", "incompeten*", "ignoran*", "sloppy", "sloppiness", "reckless*",
    "irresponsib*", "stupid*", "unprofessional*", "inattentive*", "forgot", "forgetful*", "guilty", "culprit*", "blame*",
    "to blame", "at fault", "fault of", "his fault", "her fault", "their fault", "human error*", "did not care", "did not bother",
    "didn t bother", "didn t care", "could not be bothered",
};

static const char *const should_words[] = {
    "should", "shouldn", "ought to", "needs to be", "need to be", "needs to have", "recommend*", "it is advisable",
    "would be better", "it would be good",
};

static const char *const broken_rule_words[] = {
    "nonconform*", "non conform*", "noncomplian*", "non complian*", "not compliant", "does not comply", "do not comply",
    "did not comply", "not comply with", "does not conform", "do not conform", "did not conform", "does not meet", "do not meet",
    "did not meet", "not met", "not fulfilled", "does not fulfil*", "violat*", "breach of", "breaches the", "breached the",
    "in breach", "contrary to", "against the policy", "against policy", "against the rule", "not in line with",
    "not in accordance with", "as required by", "required by the", "although required", "is required but", "are required but",
    "not as required", "is mandatory but", "rule was broken", "requirement is broken",
};

static const char *const blame_causes[] = {
    "human error*", "human mistake*", "human failure*", "human factor*", "human fault*", "operator error*", "user error*",
    "personal error*", "individual error*", "staff error*", "error of the", "error by the", "error by an", "by mistake", "a mistake",
    "made mistakes", "mistake of", "mistake by", "forgot", "forgotten", "forgets", "forgetful*", "forgetting", "did not remember",
    "didn t remember", "overlooked", "oversight by", "an oversight", "oversight of the", "lack of awareness", "lacking awareness",
    "lacked awareness", "low awareness", "poor awareness", "missing awareness", "insufficient awareness", "no awareness",
    "not enough awareness", "awareness was missing", "awareness was low", "awareness is missing", "not aware", "unaware",
    "weren t aware", "wasn t aware", "lack of attention", "inattenti*", "did not pay attention", "not paying attention",
    "not attentive", "lack of care", "careless*", "not careful", "negligen*", "lack of discipline", "undisciplined",
    "lack of diligence", "lack of motivation", "laziness", "lazy", "no time", "lack of time", "not enough time", "too little time",
    "insufficient time", "had little time", "time constraints", "time pressure", "deadline pressure", "under pressure", "too busy",
    "was busy", "were busy", "high workload", "heavy workload", "work overload", "overworked", "stress*", "ignored the",
    "did not follow the", "didn t follow the", "failed to follow", "not followed by",
};

/* What comes after is the cause of what stands before. */
static const char *const cause_links[] = {
    "because", "due to", "caused by", "since", "as a result of", "result of", "owing to", "reason is", "reason was", "led by",
};

static const char *const clause_links[] = { "and", "but", "while", "which", "so", "whereas", "although", "then", "also" };

/* Words that say nothing about why: small words, and whom the blame falls on. */
static const char *const empty_words[] = {
    "a", "an", "the", "this", "that", "these", "those", "it", "its", "he", "she", "they", "him", "her", "them", "his", "their", "we",
    "i", "our", "who", "what", "when", "where", "there", "of", "in", "on", "at", "by", "to", "for", "from", "with", "as", "about",
    "is", "are", "was", "were", "be", "been", "has", "have", "had", "do", "does", "did", "not", "no", "t", "s", "one", "two", "some",
    "all", "any", "again", "simply", "just", "only", "probably", "possibly", "case", "cases", "happens", "happened", "occurred",
    "root", "cause", "reason", "people", "person", "persons", "staff", "employee", "employees", "user", "users", "team", "teams",
    "colleague", "colleagues", "worker", "workers", "operator", "operators", "engineer", "engineers", "administrator",
    "administrators", "admin", "admins", "manager", "managers", "owner", "owners", "lead", "leads", "auditor", "auditors",
    "developer", "developers", "somebody", "someone", "everybody", "everyone", "individual", "individuals", "department",
};

static const char *const remind_words[] = {
    "remind*", "train", "trains", "training*", "retrain*", "re train*", "be careful", "more careful", "be more", "pay attention",
    "pay more attention", "raise awareness", "awareness", "sensiti*", "instruct*", "inform the", "inform all", "inform staff",
    "tell the", "tell all", "tell everyone", "brief the", "briefing*", "send a mail", "send an email", "e mail to", "email to",
    "mail to all", "talk to", "speak to", "speak with", "toolbox talk*", "refresher*", "coach*", "double check", "take care",
};

/* Verbs of an action that leaves something changed. Not "updated" and the like, which may describe what people are told. */
static const char *const change_words[] = {
    "add", "adds", "adapt", "alert*", "alarm*", "approve", "assign", "automat*", "block*", "build", "buy", "change", "close",
    "configure", "connect", "correct", "create", "cut", "define", "delete", "deploy", "design", "disable", "enable", "encrypt",
    "enforce*", "enter", "extend", "fix", "implement", "install", "integrate", "introduce", "limit*", "lock", "make", "migrate",
    "monitor*", "move", "prevent*", "redesign", "refuse*", "reject*", "remove", "rename", "replace", "require*", "restrict*",
    "revise", "rewrite", "separate", "set", "shorten", "show", "simplify", "split", "stop*", "switch", "test", "update", "write",
    "cannot", "must", "only if",
};

static const char *const number_words[] = {
    "none", "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "half",
};

static const char *const whole_words[] = { "all", "both", "every", "each", "none" };
static const char *const titles[]      = { "mr", "mrs", "ms", "dr", "prof" };
/* clang-format on */

/* Two texts this alike (millionths), or a cause of which this much stands in the condition, say the same. In the
 * demonstration organisation good causes stay below 0.24 and 0.57. */
enum { SAME_LIKENESS = 600000, SAME_WITHIN = 800000 };

typedef struct {
    Str shown; /* slice of the text */
    Str plain; /* folded: lower case, no accents */
    bool starts_clause, starts_sentence;
} Word;

typedef struct {
    Word *at;
    size_t len, cap;
} Words;

/* A run of words: [first, end). Empty when end == first. */
typedef struct {
    size_t first, end;
} Run;

static bool is_word_rune(uint32_t rune)
{
    if (rune < 0x80)
        return (rune >= '0' && rune <= '9') || (rune >= 'A' && rune <= 'Z') || (rune >= 'a' && rune <= 'z');
    if (rune < 0xC0 || rune == 0xD7 || rune == 0xF7) return false;
    return !(rune >= 0x2000 && rune <= 0x206F) && !(rune >= 0x3000 && rune <= 0x303F);
}

static bool ends_sentence(uint32_t rune)
{
    return rune < 0x80 && strchr(".;:!?\n", (int)rune) != NULL && rune != 0;
}

static bool ends_clause(uint32_t rune)
{
    return ends_sentence(rune) || rune == ',' || rune == '(' || rune == ')' || rune == 0x2013 || rune == 0x2014;
}

static Words words_of(Arena *arena, Str text)
{
    Words words = { 0 };
    bool inside = false, clause = true, sentence = true;

    for (size_t at = 0; at < text.len;) {
        size_t start  = at;
        uint32_t rune = str_next_rune(text, &at);
        if (!is_word_rune(rune)) {
            clause |= ends_clause(rune);
            sentence |= ends_sentence(rune);
            inside = false;
            continue;
        }
        if (!inside) *list_push(arena, &words) = (Word){ { text.ptr + start, 0 }, { 0 }, clause, sentence };
        words.at[words.len - 1].shown.len += at - start;
        inside = true;
        clause = sentence = false;
    }
    for (size_t i = 0; i < words.len; i++)
        words.at[i].plain = str_fold(arena, words.at[i].shown);
    return words;
}

static bool word_fits(Str plain, Str pattern)
{
    if (str_ends(pattern, STR("*"))) return str_starts(plain, str_slice(pattern, 0, pattern.len - 1));
    return str_eq(plain, pattern);
}

/* The words from `at` that are this phrase, within one clause; empty when they are not. */
static Run phrase_at(const Words *words, size_t at, Str phrase)
{
    Str rest    = phrase, pattern;
    size_t next = at;

    while (str_cut(&rest, ' ', &pattern)) {
        if (next == words->len || !word_fits(words->at[next].plain, pattern)) return (Run){ at, at };
        if (next > at && words->at[next].starts_clause) return (Run){ at, at };
        next++;
    }
    return (Run){ at, next };
}

static bool run_is_empty(Run run)
{
    return run.first == run.end;
}

/* The first of these phrases in `in`. */
static Run find_phrase(const Words *words, Run in, const char *const *phrases, size_t count)
{
    for (size_t at = in.first; at < in.end; at++) {
        for (size_t i = 0; i < count; i++) {
            Run found = phrase_at(words, at, str_from_c(phrases[i]));
            if (!run_is_empty(found)) return found;
        }
    }
    return (Run){ in.end, in.end };
}

static Run whole_of(const Words *words)
{
    return (Run){ 0, words->len };
}

static Str slice_of(const Words *words, Run run)
{
    if (run_is_empty(run)) return STR("");
    assert(words->at && run.end <= words->len);
    Str first = words->at[run.first].shown, last = words->at[run.end - 1].shown;
    return (Str){ first.ptr, (size_t)(last.ptr + last.len - first.ptr) };
}

static void warn(Arena *arena, WordingWarnings *out, WordingCode code, Str where)
{
    *list_push(arena, out) = (WordingWarning){ code, warning_texts[code], where };
}

static bool is_capital(Word word)
{
    return word.shown.len > 0 && word.shown.ptr[0] >= 'A' && word.shown.ptr[0] <= 'Z';
}

/* An accented capital counts as well: its folded form differs and it is longer than one byte. */
static bool looks_like_name(Word word)
{
    return is_capital(word) || (word.shown.len > 0 && (unsigned char)word.shown.ptr[0] >= 0xC3);
}

/* The words from `at` that are this person: the full name, the surname, or (inside a sentence) the given name. */
static Run person_at(const Words *words, size_t at, const Words *name)
{
    Word word  = words->at[at];
    Word given = name->at[0], surname = name->at[name->len - 1];
    size_t same = 0;

    while (same < name->len && at + same < words->len && str_eq(words->at[at + same].plain, name->at[same].plain))
        same++;
    if (same == name->len && name->len > 1) return (Run){ at, at + same };
    if (!looks_like_name(word) || word.shown.len < 3) return (Run){ at, at };
    bool called = str_eq(word.plain, surname.plain) || (!word.starts_sentence && str_eq(word.plain, given.plain));
    return (Run){ at, at + called };
}

static Run title_at(const Words *words, size_t at)
{
    for (size_t i = 0; i < countof(titles); i++)
        if (str_eq_c(words->at[at].plain, titles[i]) && at + 1 < words->len && looks_like_name(words->at[at + 1]))
            return (Run){ at, at + 2 };
    return (Run){ at, at };
}

static Run find_title(const Words *words)
{
    for (size_t at = 0; at < words->len; at++)
        if (!run_is_empty(title_at(words, at))) return title_at(words, at);
    return (Run){ 0, 0 };
}

static Run find_person(Arena *arena, const Words *words, const StrList *people)
{
    Run found = find_title(words);

    for (size_t i = 0; people && i < people->len && run_is_empty(found); i++) {
        Words name = words_of(arena, people->at[i]);
        for (size_t at = 0; at < words->len && name.len > 0 && run_is_empty(found); at++)
            found = person_at(words, at, &name);
    }
    return found;
}

static bool is_digits(Str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] < '0' || text.ptr[i] > '9') return false;
    return text.len > 0;
}

static bool is_one_of(Str word, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq_c(word, list[i])) return true;
    return false;
}

static bool is_number(Word word)
{
    return is_digits(word.plain) || is_one_of(word.plain, number_words, countof(number_words));
}

/* A number stands at `at`, or behind at most two other words ("of the last 12"). */
static bool number_follows(const Words *words, size_t at)
{
    for (size_t i = at; i < words->len && i <= at + 2 && !words->at[i].starts_clause; i++)
        if (is_number(words->at[i])) return true;
    return false;
}

/* "3/25", but neither a date nor a year behind a month. */
static bool is_fraction(const Words *words, size_t at)
{
    if (at + 1 >= words->len) return false;
    Str left = words->at[at].shown, right = words->at[at + 1].shown;
    bool joined = right.ptr == left.ptr + left.len + 1 && left.ptr[left.len] == '/';
    bool year   = right.len == 4 && (str_starts(right, STR("19")) || str_starts(right, STR("20")));
    return joined && !year && is_digits(left) && is_digits(right) && left.len <= right.len;
}

/* "n of N": 3 of 20, two out of five, none of the 12, all 8, both, 3/20. */
static bool has_numbers(const Words *words)
{
    for (size_t i = 0; i < words->len; i++) {
        size_t next = i + 1;
        if (is_one_of(words->at[i].plain, whole_words, countof(whole_words))) {
            if (str_eq_c(words->at[i].plain, "both") || number_follows(words, next)) return true;
            continue;
        }
        if (is_fraction(words, i)) return true;
        if (!is_number(words->at[i])) continue;
        if (next < words->len && str_eq_c(words->at[next].plain, "out")) next++;
        if (next < words->len && str_eq_c(words->at[next].plain, "of") && number_follows(words, next + 1)) return true;
    }
    return false;
}

void wording_check_finding(Arena *arena, const FindingWording *finding, WordingWarnings *out)
{
    Words condition = words_of(arena, finding->condition), extent = words_of(arena, finding->extent);
    Run all      = whole_of(&condition);
    Run person   = find_person(arena, &condition, finding->people);
    Run blame    = find_phrase(&condition, all, blame_words, countof(blame_words));
    Run should   = find_phrase(&condition, all, should_words, countof(should_words));
    Run broken   = find_phrase(&condition, all, broken_rule_words, countof(broken_rule_words));
    bool counted = has_numbers(&condition) || has_numbers(&extent);

    if (!run_is_empty(person)) warn(arena, out, WORDING_NAMES_PERSON, slice_of(&condition, person));
    if (!run_is_empty(blame)) warn(arena, out, WORDING_BLAMES, slice_of(&condition, blame));
    if (!run_is_empty(should)) warn(arena, out, WORDING_SAYS_SHOULD, slice_of(&condition, should));
    if (finding->kind == FINDING_IS_NONCONFORMITY && !counted) warn(arena, out, WORDING_NO_NUMBERS, STR(""));
    if (finding->kind == FINDING_IS_OFI && !run_is_empty(broken))
        warn(arena, out, WORDING_OFI_BREAKS_RULE, slice_of(&condition, broken));
}

static bool says_the_same(Arena *arena, Str cause, Str condition)
{
    Trigrams of_cause = trigrams_of(arena, cause), of_condition = trigrams_of(arena, condition);

    return likeness(&of_cause, &of_condition) >= SAME_LIKENESS ||
           likeness_within(&of_cause, &of_condition) >= SAME_WITHIN;
}

void wording_check_cause(Arena *arena, Str cause, Str condition, WordingWarnings *out)
{
    if (says_the_same(arena, cause, condition)) warn(arena, out, WORDING_CAUSE_IS_CONDITION, cause);
    if (wording_is_blame_only(arena, cause)) warn(arena, out, WORDING_CAUSE_ONLY_BLAMES, cause);
}

/* The end of the clause that begins at `first`: a sign or a word like "and" parts clauses. */
static size_t clause_end(const Words *words, size_t first, size_t limit)
{
    size_t end = first + 1;

    while (end < limit && !words->at[end].starts_clause &&
           !is_one_of(words->at[end].plain, clause_links, countof(clause_links)))
        end++;
    return end;
}

static size_t sentence_end(const Words *words, size_t first)
{
    size_t end = first + 1;

    while (end < words->len && !words->at[end].starts_sentence)
        end++;
    return end;
}

/* Two words that carry a meaning, and no blame. */
static bool clause_explains(const Words *words, Run clause)
{
    size_t meaning = 0;

    if (!run_is_empty(find_phrase(words, clause, blame_causes, countof(blame_causes)))) return false;
    for (size_t i = clause.first; i < clause.end; i++) {
        Str word = words->at[i].plain;
        meaning += !is_one_of(word, empty_words, countof(empty_words)) &&
                   !is_one_of(word, clause_links, countof(clause_links));
    }
    return meaning >= 2;
}

/* Where a sentence says "because", only what follows is its cause; what stands before is the effect. */
static bool sentence_explains(const Words *words, Run sentence)
{
    Run link     = find_phrase(words, sentence, cause_links, countof(cause_links));
    size_t first = run_is_empty(link) ? sentence.first : link.end;

    while (first < sentence.end) {
        size_t end = clause_end(words, first, sentence.end);
        if (clause_explains(words, (Run){ first, end })) return true;
        first = end;
    }
    return false;
}

static bool is_blame_only(const Words *words)
{
    if (run_is_empty(find_phrase(words, whole_of(words), blame_causes, countof(blame_causes)))) return false;
    for (size_t first = 0; first < words->len;) {
        size_t end = sentence_end(words, first);
        if (sentence_explains(words, (Run){ first, end })) return false;
        first = end;
    }
    return true;
}

bool wording_is_blame_only(Arena *scratch, Str cause)
{
    ArenaMark mark = arena_mark(scratch);
    Words words    = words_of(scratch, cause);
    bool only      = is_blame_only(&words);

    arena_rewind(scratch, mark);
    return only;
}

void wording_check_action(Arena *arena, Str action, CausePlace place, WordingWarnings *out)
{
    Words words = words_of(arena, action);
    Run reminds = find_phrase(&words, whole_of(&words), remind_words, countof(remind_words));
    Run changes = find_phrase(&words, whole_of(&words), change_words, countof(change_words));

    if (place != CAUSE_IN_TOOL_OR_RULE || run_is_empty(reminds) || !run_is_empty(changes)) return;
    warn(arena, out, WORDING_ACTION_ONLY_REMINDS, slice_of(&words, reminds));
}
