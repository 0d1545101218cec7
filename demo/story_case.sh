# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2154 # part of story.sh
# From the nonconformity to its close.
nc=$("$PLUMBLINE" --json --as ciso nonconformity list --state assigned --q "vulnerabilities fixed late" | sed -n 's/.*"number":"\(F-[0-9]*\)".*/\1/p' | head -n 1)
digits=${nc#F-}

day 2026-11-27 "$nc is a nonconformity of Tomasz Wilk. First the situation, then the cause."
as sre nonconformity acknowledge "$nc"
refused R-102-1 sre nonconformity start-analysis "$nc"
as sre nonconformity correct "$nc" --kind repair --text "Both were fixed before the audit; the list of open ones was gone through, none is late." --done-on 2026-11-27
as sre nonconformity start-analysis "$nc" --extent "2 of 15 sampled; 38 of 1,184 in the full population"

day 2026-12-07 "5 Whys, and a first plan against \"people forgot\"."
as sre nonconformity analyse "$nc" --method five_whys --team p-sre,p-te1 --problem "Two high vulnerabilities were fixed 9 and 16 days late" \
    --detection-gap "The weekly list shows what is open, not what is late" --what-allowed-it "Nothing warns before a target day passes"
analysis=$("$PLUMBLINE" --json --as sre analysis list --nonconformity "$nc" | sed -n 's/.*"number":"\(AN-[^"]*\)".*/\1/p')
parent=
for why in "The fix was not planned before the target day" "The engineer on duty forgot" "The list has no target day" "The scanner's days are not taken over into the tickets"; do
    parent=$(made sre cause create --nonconformity "$nc" --analysis "$analysis" --kind why --text "$why" --evidence-text "ticket history" --parent "$parent")
    printf '        why? %s\n' "$why"
done
as sre root_cause create --nonconformity "$nc" --number R1 --text "The engineer forgot" --category competence --level root --confirmed yes --evidence-text "interview"
as sre similar_search create --nonconformity "$nc" --dimension other_systems --searched "all 1,184 findings of six months" --found 38
as sre similar_search create --nonconformity "$nc" --dimension earlier_nonconformities --searched "36 months" --found 0
as sre nonconformity similar-check "$nc" --found yes
as sre action create --nonconformity "$nc" --number "CA-$digits-1" --text "Remind the team" --kind correct_cause --root-cause "$nc/R1" --owner p-sre \
    --due 2027-01-15 --resources "2 days" --expected-proof "Target days in all open tickets"
as sre action create --nonconformity "$nc" --number "CA-$digits-2" --text "Weekly ageing report to the ISMS manager" --kind detect_earlier --root-cause "$nc/R1" \
    --owner p-ciso --due 2027-01-15 --resources "1 day" --expected-proof "First report"
plan() { as sre nonconformity submit-plan "$nc" --criterion "No high or critical one is late in 90 days" --criterion-data "Full population of the scanner" --wait-days 90 --min-occurrences 1 --reviewer p-apm; }
plan
refused G-05 ciso nonconformity approve-plan "$nc"
day 2026-12-09 "Returned: a person who forgot is no cause."
as apm nonconformity return-plan "$nc" --reason blame_only --comment "What let it be forgotten? The answer is in your own fourth why."
as sre root_cause edit "$nc/R1" --text "Target days are not taken over into the tickets, so nothing warns" --category control_missing_in_tool --evidence-text "ticket fields"
as sre action edit "CA-$digits-1" --text "Take the scanner's target day over into each ticket, with a warning five days before"
plan
day 2026-12-11 "Approved by another, who owns no action in it."
as ceo nonconformity approve-plan "$nc"

day 2027-01-14 "The actions are done and proven."
proof() { as "$1" evidence create --nonconformity "$nc" --action "$2" --title "$3" --kind screenshot --fact-date 2027-01-13 --obtained-on 2027-01-14 --obtained-by "p-$1"; as "$1" action claim-done "$2" --done-on 2027-01-13; }
proof sre "CA-$digits-1" "Tickets with target day and warning"
proof ciso "CA-$digits-2" "First weekly ageing report"
refused G-06 ciso nonconformity verify "$nc" --method seen --evidence-text "Looks good"
day 2027-01-18 "Verified by somebody who took no part; the waiting time begins."
as apm nonconformity name-verifier "$nc" --person p-au2
as au2 nonconformity verify "$nc" --method re_performed --evidence-text "Ten new findings: each ticket has its target day; the warning came for the one that was close"
day 2027-03-01 "Too early to say whether it helped."
refused review-1 apm nonconformity effectiveness-review "$nc" --result effective --data "Full population to 1 March" --occurrences 1 --value "0 of 240 late" --lessons "A date that nobody sees is no date"
day 2027-04-20 "After the waiting time: what changed in the ISMS, and did it help?"
for what in risk soa policy training programme; do as ciso isms_change create --nonconformity "$nc" --what "$what" --before "as it was" --after "no change"; done
as ciso isms_change create --nonconformity "$nc" --what procedure --before "targets in the standard" --after "targets in the standard and in each ticket"
as apm nonconformity effectiveness-review "$nc" --result effective --data "Full population to 19 April" --occurrences 1 --value "0 of 540 late" --lessons "A date that nobody sees is no date"
"$PLUMBLINE" --as apm nonconformity show "$nc" | sed -n '1,2p'
"$PLUMBLINE" --as apm nonconformity history "$nc" --limit 5
