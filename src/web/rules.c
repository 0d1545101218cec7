/* SPDX-License-Identifier: Apache-2.0
 * The general rules (ISO/IEC 27001 9.2.2 b, 10.2, 7.2; ISO 19011 4 and 5) as people read them. */
#include "web/rules.h"

#include "pages/pages.h"
#include "web/pages.h"

/* clang-format off */
static const struct {
    const char *rule, *text;
} rule_texts[] = {
    { "G-01", N_("Nobody audits what he owned, operated, wrote or approved within the last twelve months.") },
    { "G-02", N_("An auditor who works beside the audited person, or above or below, needs an answer for it.") },
    { "G-03", N_("Whoever approves the programme does not manage it.") },
    { "G-04", N_("Internal audit itself is audited by somebody who neither manages the programme nor did the audits judged.") },
    { "G-05", N_("Whoever approves a plan owns no action in it.") },
    { "G-06", N_("Whoever verifies owns no action in the case and did none of its work.") },
    { "G-07", N_("Whoever reviews effectiveness owns no action in the case; for a major one he is from another process.") },
    { "G-08", N_("Whoever approves a report is not its only author.") },
    { "G-09", N_("Administering the system gives no right to its content.") },
    { "G-10", N_("Lowering a grade after issue takes the lead auditor, the programme manager and a reason.") },
    { "G-11", N_("A new date is decided by somebody who owns no action in the case; the second one by top management.") },
    { "G-12", N_("A risk is accepted by a risk owner of sufficient authority, for a limited time.") },
    { "G-13", N_("Nothing that was issued is deleted: it is voided and keeps its number.") },
    { "G-14", N_("Evidence is written once; what is removed for privacy leaves a mark with reason and approver.") },
    { "G-15", N_("An auditor does not write causes or plans for cases of his own audit; advice is marked as such.") },
    { "G-16", N_("The team knows what the scope needs, with one qualified lead, and trainees beside a named auditor.") },
    { "G-17", N_("Reading the file of an audit takes an accepted duty of confidentiality.") },
    { "G-18", N_("The audited person may comment before a finding is issued.") },
    { "G-19", N_("A case is closed by two people at least: one who acted and one who checked.") },
    { "G-20", N_("Where nobody else is there, top management may override a rule of independence, with reason and measure, and it is printed in the report.") },
    { "state", N_("Each step leads on from certain states only.") },
    { "who", N_("Each step is for those who answer for it.") },
    { "read-only", N_("A record that did not pass its verification is not written to.") },
};
/* clang-format on */

Str rule_text(const Visit *visit, Str rule)
{
    for (size_t i = 0; i < countof(rule_texts); i++) {
        if (str_eq_c(rule, rule_texts[i].rule)) return visit_text(visit, rule_texts[i].text);
    }
    return (Str){ 0 };
}

Str sentence_of(Arena *arena, Str text)
{
    Buf out = buf_open(arena, text.len + 2);

    if (text.len == 0) return text;
    char first = text.ptr[0];
    buf_add_byte(&out, first >= 'a' && first <= 'z' ? (char)(first - 'a' + 'A') : first);
    buf_add(&out, str_slice(text, 1, text.len));
    char last = text.ptr[text.len - 1];
    if (last != '.' && last != '?') buf_add_byte(&out, '.');
    return buf_str(&out);
}

RefusalCards refusal_cards(const Visit *visit, const RefusalList *refusals, Str title)
{
    RefusalCards cards = { 0 };

    for (size_t i = 0; i < refusals->len; i++) {
        const Refusal *refusal                   = &refusals->at[i];
        RefusalCard *card                        = list_push(visit->arena, &cards);
        card->id                                 = str_fmt(visit->arena, "refusal-%zu", cards.len);
        card->title                              = title;
        card->rule                               = refusal->rule;
        card->rule_text                          = rule_text(visit, refusal->rule);
        card->could                              = refusal->could;
        card->next                               = refusal->next;
        *list_push(visit->arena, &card->missing) = sentence_of(visit->arena, refusal->missing);
    }
    return cards;
}

/* ---- the page of a rule ---- */

static bool rule_show(Visit *visit, Err *err)
{
    Str text = rule_text(visit, visit->word);

    if (!visit_read(visit, err)) return false;
    if (text.len == 0)
        text = visit_text(visit, N_("A condition of one step. The refusal says what is missing, who could do it, and "
                                    "what to do next."));
    Html page     = visit_html(visit);
    PageHead head = { .number = visit->word, .title = visit_text(visit, N_("Rule")), .sub = text };
    Shell shell   = visit_shell(visit, head.title, STR(""));
    page_plain(&page, &shell, &head);
    return visit_send(visit, 200, &page, err);
}

static const Route rows[] = { { HTTP_GET, "/rules/{word}", rule_show, 0 } };
const Routes rule_routes  = ROUTES_OF(rows);
