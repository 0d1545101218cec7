# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2154 # part of story.sh
# From fieldwork to the issued report.
today=2026-11-16
say "$today  Fieldwork of $audit. The sample of 15 vulnerabilities is tested; two are late."
"$PLUMBLINE" --as apm sample_item list --sample "$audit/S-03" --result deviation
finding=$("$PLUMBLINE" --json --as apm finding list --audit "$audit" --state draft | sed -n 's/.*"number":"\(D-[0-9]*\)".*/\1/p' | head -n 1)
as apm paper edit "$audit/A.8.8-1" --design yes --implementation yes --operation no --conclusion nonconform
as apm paper finish "$audit/A.8.8-1"
as au1 paper review "$audit/A.8.8-1"
say "The finding is drafted from the two deviations; whoever wrote it does not judge it."
as apm finding submit "$finding"
refused accept-1 apm finding accept "$finding" --element-missing no --serious-doubt no --several-minors no --earlier-not-effective no
as au1 finding accept "$finding" --element-missing no --serious-doubt no --several-minors no --earlier-not-effective no --second-reader yes
finding=$(made apm finding present "$finding" --to p-sre --comment-until 2026-11-18)
say "$finding is presented to Tomasz Wilk, who may comment until 18 November (G-18)."
say "The remaining papers: the network walk, and what was begun."
paper apm au1 A.8.20-1 conform yes "Device list and hardening of six network devices"
paper apm au1 A.8.22-1 conform yes "Zone walk Utrecht, five attempts to cross"
paper apm au1 A.8.9-1 conform yes "Drift reports of four platform types"

day 2026-11-17 "Deletion and masking with Support; the last requests come in."
today=2026-11-17
as sre finding agree "$finding" --comment "Two items slipped through the weekly list."
as sup evidence_request submit ER-26-117 --answer "Deletion log of five ended tenants"
as au1 evidence_request accept ER-26-117
as it evidence_request submit ER-26-114 --answer "Retirement records of 8 devices"
as apm evidence_request accept ER-26-114
as apm finding uphold F-024 --reason "Records of 8 devices hold: the extent is 3 of 132. The criterion is still not met."
paper au1 apm A.8.10-1 conform yes "Deletion log, five tenants traced"
paper au1 apm A.8.11-1 conform yes "Masked copies of three data sets"
paper au1 apm A.8.12-1 conform_with_remark partly "Leakage channels, four tried"
as au1 paper edit "$audit/A.8.21-1" --conclusion not_covered --reason "The provider's service report comes in December."
as au1 interview create --audit "$audit" --person p-it --date "$today" --auditor p-au1 --topics "Network services, what was agreed"
as au1 paper edit "$audit/A.8.21-1" --interviews "$audit/IV-02"
as au1 paper finish "$audit/A.8.21-1"
as apm paper review "$audit/A.8.21-1"
say "Elias Brandt worked on A.8.23, so he does not read that paper either (G-01)."
as au1 paper edit "$audit/A.8.23-1" --design yes --implementation yes --operation yes --conclusion conform --reviewer-planned p-au2
as au1 paper finish "$audit/A.8.23-1"
refused G-01 apm paper review "$audit/A.8.23-1"
as au2 paper review "$audit/A.8.23-1"
as apm paper review "$audit/A.8.24-2"
as apm paper review "$audit/E-3.2"

day 2026-11-18 "Closing meeting; fieldwork is finished."
refused finish-4 apm audit finish "$audit"
as apm audit finish "$audit" --start-at 15:00 --place remote --present p-apm,p-au1,p-it,p-sre,p-sup,p-ciso,p-ceo

day 2026-11-26 "The report: written by the lead, approved by another, issued as PDF."
refused issue-report-1 ceo audit issue-report "$audit"
as apm --input "$here/report.json" report create
as apm report submit "$audit"
as ceo audit issue-report "$audit"
as apm finding issue "$finding" --issued report
as apm finding issue F-024 --issued report
as apm distribution create --audit "$audit" --report "$audit" --receiver p-sre --channel mail
"$PLUMBLINE" --as apm report show "$audit" | sed -n '1,2p;/^File\|^Pages\|^Issued/p'
