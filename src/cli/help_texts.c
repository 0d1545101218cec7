/* SPDX-License-Identifier: Apache-2.0
 * Texts of help. docs/operate.md says the same at more length. */
#include "cli/help_texts.h"

#include "base/macros.h"

const char help_usage[] = "usage: plumbline --data STORE COMMAND …\n"
                          "       plumbline --data STORE TYPE [list|show|steps|history|export|VERB] [NUMBER] "
                          "[--FIELD VALUE …]\n"
                          "\n"
                          "Internal audits and corrective actions of ISO/IEC 27001, with a record that can be proven.\n"
                          "STORE is a folder, or postgresql://USER@HOST/DATABASE?schema=NAME.\n";

const HelpEntry help_commands[] = {
    { "init", "make a store: organisation, first administrator, signing key" },
    { "serve", "serve the web pages, the API and the local socket" },
    { "TYPE list", "records of a type; conditions by --FIELD VALUE" },
    { "TYPE show NUMBER", "one record, now or as it stood (--as-of)" },
    { "TYPE steps NUMBER", "what you can do with it now, and what stands against the rest" },
    { "TYPE history NUMBER", "who did what to it, when and why" },
    { "TYPE export", "all records as CSV" },
    { "report export NUMBER", "a report as a file: --format pdf, docx, xlsx, html or json; --output FILE" },
    { "TYPE VERB [NUMBER]", "do it" },
    { "search WORDS", "words in all types" },
    { "verify", "is the record what was recorded?" },
    { "prove EVENT", "a proof that an event is in the record, for others to check" },
    { "indicators", "the figures K-1 to K-15, now or at the end of a day (--as-of)" },
    { "sample size", "how many items a confidence needs; no store needed" },
    { "sample bound", "what the deviations of a sample allow to say; no store needed" },
    { "sample draw", "draw items from a file or a range, the same on any machine; no store needed" },
    { "types", "what types there are" },
    { "content load", "put the built-in outline of the standard into the records" },
    { "scenario FILE", "make an organisation and its history from a file" },
};
const size_t help_commands_len = countof(help_commands);

const HelpEntry help_options[] = {
    { "--data STORE", "the organisation's store; PLUMBLINE_DATA when it is left away" },
    { "--folder DIR", "files, keys and local socket of a PostgreSQL store; else under XDG_STATE_HOME" },
    { "--as PERSON",
      "who asks: name to sign in with, or number of the person; PLUMBLINE_AS, or the name of the system's "
      "user, when it is left away. For the owner of the store only" },
    { "--json", "the answer as the API gives it" },
    { "--now TIME", "demonstrations only: the clock moves on to 2026-11-18T09:00:00Z and runs from there" },
    { "--as-of DAY", "show, indicators: as it stood at the end of that day" },
    { "--revision N", "verbs: the revision you have seen; a later one is a conflict, not overwritten" },
    { "--key KEY", "verbs: an idempotency key; the same request with it is done once" },
    { "--input FILE", "verbs: the fields as a JSON object; - is standard input" },
    { "--FIELD-file FILE", "verbs: the text of a field from a file; - is standard input" },
    { "--help", "help on what stands in front of it" },
};
const size_t help_options_len = countof(help_options);

const HelpEntry help_exits[] = {
    { "0", "done" },
    { "1", "verify: the record was tampered with" },
    { "2", "the command line cannot be followed; verify: whole, but payloads were erased" },
    { "3", "refused by a rule, or for others to do" },
    { "4", "the input cannot be taken" },
    { "5", "somebody changed the record since you read it" },
    { "6", "there is no such record, or it is not shared with you" },
    { "7", "the world failed: disk, network, database, a lock" },
};
const size_t help_exits_len = countof(help_exits);

const char help_verb_end[] =
    "\nBehind the verb an option means the field of that name first; write the program's own options (--as, --json,\n"
    "--key, --revision, --input) in front of the type where both have a name. Lists are written with commas: --refs\n"
    "A.8.8,A.8.13. An empty value empties a field.\n";

const HelpEntry help_readings[] = {
    { "list",
      "list [--FIELD VALUE …]\n\n"
      "Records that you may see, a page at a time. --FIELD VALUE limits them: several values with commas, \"me\" "
      "for\nyourself, \"none\" for empty; --FIELD.not, --FIELD.before DAY and --FIELD.from DAY; --state STATE; --q "
      "WORDS.\n--sort FIELD, or -FIELD downwards. --limit 1 to 200. --after continues where a page ended.\n" },
    { "export",
      "export [--FIELD VALUE …]\n\nAll records that you may see as CSV (RFC 4180), limited as in a list.\n\n"
      "Of a report also: export NUMBER [--format pdf|docx|xlsx|html|json] [--output FILE], the report as a file.\n"
      "The PDF of an issued report is the one that was kept at its issue.\n" },
    { "show", "show NUMBER [--as-of DAY]\n\nOne record with all its fields, now or at the end of a day.\n" },
    { "steps",
      "steps NUMBER\n\nWhat you can do with it now. Where a rule stands against it: which one, what is missing,\n"
      "who could do it, and what to do next.\n" },
    { "history",
      "history NUMBER [--before EVENT] [--limit N]\n\nWhat happened to it, newest first, read from the record.\n" },
};
const size_t help_readings_len = countof(help_readings);

const HelpEntry help_pages[] = {
    { "init",
      "usage: plumbline --data STORE init --name NAME [--zone ZONE] [--admin NAME --login LOGIN]\n"
      "                                   [--password-file FILE]\n\n"
      "Makes the store, the organisation's record, the key that signs the record's checkpoints (mode 0600), and the "
      "first\n"
      "administrator. Prints the public key: write it down apart from this machine, it is what others check proofs "
      "by.\n\n"
      "  --name           name of the organisation\n"
      "  --zone           its time zone, for example Europe/Amsterdam; else UTC\n"
      "  --admin          name of the first administrator; left away, serve prints where one is made\n"
      "  --login          name to sign in with: a to z, 0 to 9, . - _ @\n"
      "  --mail           mail address of the administrator\n"
      "  --password-file  file with the password in its first line; else PLUMBLINE_PASSWORD, else you are asked.\n"
      "                   Never on the command line: others on this machine could read it\n" },
    { "serve",
      "usage: plumbline --data STORE serve [--listen ADDRESS:PORT] [--tls-cert FILE --tls-key FILE]\n"
      "                                    [--host NAME]… [--trusted-proxy ADDRESS]…\n\n"
      "Serves web pages and API until SIGTERM or SIGINT, and commands over the local socket. Verifies the record "
      "first:\n"
      "when it is not what was recorded, nothing is written until somebody has looked.\n\n"
      "  --listen         127.0.0.1:8440 when left away; [::1]:8440, unix:/path\n"
      "  --tls-cert       certificate chain (PEM); with --tls-key it serves HTTPS\n"
      "  --host           values of Host that are ours, with port, separated by commas\n"
      "  --trusted-proxy  addresses whose X-Forwarded-For counts, separated by commas; \"unix\" for a unix socket\n" },
    { "search", "usage: plumbline --data STORE search WORDS\n\n"
                "Records of all types in which the words occur, best first; the last word may be a beginning.\n" },
    { "verify",
      "usage: plumbline --data STORE verify [--quick|--full] [--against FILE]\n\n"
      "Compares the stored events with their tree, the signed checkpoints and the signer's memory, and every row with "
      "its\n"
      "event. Exit code 0: whole; 1: tampered with, the first difference is named; 2: whole, but payloads were "
      "erased.\n\n"
      "  --quick    events since the last checkpoint, and the rows they touched\n"
      "  --against  only that this record extends the checkpoint in FILE, found in a report, a mail or a backup\n" },
    { "prove",
      "usage: plumbline --data STORE prove EVENT\n\n"
      "A proof (c2sp.org/tlog-proof) that the event is in the record, to give away. With --json also the event's\n"
      "own bytes and the keys to check it by. Event numbers stand in the history of a record.\n" },
    { "indicators",
      "usage: plumbline --data STORE indicators [--as-of DAY]\n\n"
      "How many findings and nonconformities there are, which are late, how long they take, what came back, what is\n"
      "covered: today, or as it was seen at the end of an earlier day. docs/formats/indicators.md explains each.\n" },
    { "content",
      "usage: plumbline --data STORE --as PERSON content load\n\n"
      "Puts the built-in outline of ISO/IEC 27001 into the records: clauses, controls, the map from the edition of\n"
      "2013, test procedures, and a line of the Statement of Applicability for each control. The same version again\n"
      "changes nothing; a newer one adds and changes, and leaves what is your own. For the ISMS manager.\n" },
    { "scenario",
      "usage: plumbline --data STORE scenario FILE [--until DAY] [--accounts FILE] [--demo]\n\n"
      "Makes an organisation with its history from a scenario file (docs/formats/scenario.md): each step calls the\n"
      "verb that a person would have called, as that person on that day. All of it or nothing, into a store that is\n"
      "empty.\n\n"
      "  --until     the last day that is loaded\n"
      "  --accounts  an account for each person, with the password in the first line of FILE\n"
      "  --demo      a demonstration: its clock stands at the file's day, and --now TIME moves it on. No other store\n"
      "              has such a clock\n" },
    { "types",
      "usage: plumbline types [--json]\n\nThe types of records. Their fields and verbs: plumbline TYPE --help\n" },
};
const size_t help_pages_len = countof(help_pages);
