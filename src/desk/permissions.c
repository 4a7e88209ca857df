/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* RULES §2: the one table of who may do what, and which act asks for which right. */

#include "backhaul/permissions.h"

/* bits 1 << BhRole that may */
#define R(role) (1u << BH_ROLE_##role)
static const struct {
  guint roles;
  const char *what; /* "may not WHAT" */
} rights[] = {
  [BH_MAY_READ] = { R (RECEIVER) | R (TECHNICIAN) | R (CSR) | R (SUPERVISOR) | R (ADMINISTRATOR),
                    "read the store" },
  [BH_MAY_RECEIVE] = { R (RECEIVER) | R (SUPERVISOR), "receive boxes" },
  [BH_MAY_VOID] = { R (SUPERVISOR), "void a receipt" },
  [BH_MAY_IMPORT] = { R (SUPERVISOR) | R (ADMINISTRATOR), "import" },
  [BH_MAY_SET_TIME] = { R (SUPERVISOR), "say when an act happened (--at)" },
  [BH_MAY_POLICY] = { R (SUPERVISOR), "change policy" },
  [BH_MAY_BACKUP] = { R (SUPERVISOR) | R (ADMINISTRATOR), "back up or restore" },
  [BH_MAY_CALENDAR] = { R (SUPERVISOR) | R (ADMINISTRATOR), "change calendars" },
  [BH_MAY_ISSUE] = { R (CSR) | R (SUPERVISOR), "issue RMAs or keep cases" },
  [BH_MAY_OVERRIDE] = { R (SUPERVISOR), "confirm an RMA without coverage" },
  [BH_MAY_CHASE] = { R (CSR) | R (SUPERVISOR), "chase returns" },
  [BH_MAY_CHARGE] = { R (SUPERVISOR), "charge or waive" },
  [BH_MAY_HOLDS] = { R (CSR) | R (SUPERVISOR), "resolve holds" },
  [BH_MAY_ENROL] = { R (ADMINISTRATOR), "enrol operators" },
  [BH_MAY_MOVE] = { R (RECEIVER) | R (TECHNICIAN) | R (SUPERVISOR), "move units" },
  [BH_MAY_BENCH] = { R (TECHNICIAN) | R (SUPERVISOR), "work on repair jobs" },
  [BH_MAY_APPROVE] = { R (SUPERVISOR), "approve an RA past five years" },
  [BH_MAY_PRINT] = { R (RECEIVER) | R (CSR) | R (SUPERVISOR), "print labels" },
  [BH_MAY_REPRINT] = { R (CSR) | R (SUPERVISOR), "print labels again" },
  [BH_MAY_PRINTERS] = { R (ADMINISTRATOR) | R (SUPERVISOR), "set printers" },
  [BH_MAY_STATIONS] = { R (ADMINISTRATOR) | R (SUPERVISOR), "give a station another key" },
};

static const BhPermission permissions[] = {
  { "read", "look up, search, list, report, export, verify", BH_MAY_READ, NULL },
  { "receive", "scan, receive, refuse, photograph a box", BH_MAY_RECEIVE, "D1-D20" },
  { "void", "void a mistaken receipt", BH_MAY_VOID, "D16" },
  { "import", "import accounts, products, units, RMAs, fault codes", BH_MAY_IMPORT, NULL },
  { "state-time", "say when an act happened (--at), with the right to the act", BH_MAY_SET_TIME,
    NULL },
  { "policy-set", "change what a site decides", BH_MAY_POLICY, NULL },
  { "export-policy", "change a country's export policy", BH_MAY_POLICY, "C8" },
  { "mail-set", "say where mail comes from and goes through", BH_MAY_POLICY, NULL },
  { "backup", "write a copy of the store", BH_MAY_BACKUP, NULL },
  { "restore", "put a copy in place of the store", BH_MAY_BACKUP, NULL },
  { "calendar-add", "replace a holiday calendar", BH_MAY_CALENDAR, "C11" },
  { "case-new", "open a support case", BH_MAY_ISSUE, "I2" },
  { "case-update", "update a case", BH_MAY_ISSUE, "C6" },
  { "case-close", "close a case", BH_MAY_ISSUE, NULL },
  { "case-reopen", "open a closed case again", BH_MAY_ISSUE, NULL },
  { "case-escalate", "escalate a case", BH_MAY_ISSUE, "F5" },
  { "rma-new", "draft an RMA", BH_MAY_ISSUE, "N1" },
  { "rma-edit", "change a draft", BH_MAY_ISSUE, "N1" },
  { "rma-confirm", "confirm an RMA", BH_MAY_ISSUE, "N2-N5" },
  { "rma-flag", "flag a line for RA or FA", BH_MAY_ISSUE, "N6" },
  { "rma-cancel", "cancel an RMA or a line", BH_MAY_ISSUE, NULL },
  { "rma-close", "close an RMA", BH_MAY_ISSUE, NULL },
  { "rma-delivered", "record that a replacement was delivered", BH_MAY_ISSUE, "F4" },
  { "rma-replacement", "say which unit replaces", BH_MAY_ISSUE, NULL },
  { "rma-override", "confirm an RMA without coverage, with a reason", BH_MAY_OVERRIDE, "N2" },
  { "chase", "the daily run", BH_MAY_CHASE, "O1" },
  { "remind", "remind of chosen lines", BH_MAY_CHASE, "O1" },
  { "clock-pause", "pause a clock", BH_MAY_CHASE, "C9" },
  { "clock-resume", "let a paused clock run on", BH_MAY_CHASE, "C9" },
  { "extend", "give more days to return a unit", BH_MAY_CHASE, "O2" },
  { "sold", "cancel by the customer's purchase order", BH_MAY_CHASE, "O4" },
  { "claim-new", "record a proof of delivery", BH_MAY_CHASE, "O5" },
  { "claim-decide", "accept or reject a claim", BH_MAY_CHASE, "O5" },
  { "destroy", "record a certificate of destruction", BH_MAY_CHASE, "C8" },
  { "mail-send", "send what waits", BH_MAY_CHASE, "F4" },
  { "mail-retry", "put a failed mail back", BH_MAY_CHASE, NULL },
  { "mail-bounce", "record mails that came back", BH_MAY_CHASE, NULL },
  { "charge", "charge an overdue unit", BH_MAY_CHARGE, "O2" },
  { "credit", "credit a charge", BH_MAY_CHARGE, "O3" },
  { "waive", "expect a unit no more", BH_MAY_CHARGE, "O2" },
  { "hold-resolve", "end a hold", BH_MAY_HOLDS, "D4-D6" },
  { "operator-add", "enrol a person", BH_MAY_ENROL,
    "a supervisor, too, while there is no administrator" },
  { "operator-import", "import people", BH_MAY_ENROL,
    "a supervisor, too, while there is no administrator" },
  { "operator-change", "change a person's name, role or mark", BH_MAY_ENROL,
    "the last who may enrol stays one" },
  { "operator-badge", "give a person a badge, or withdraw it", BH_MAY_ENROL, NULL },
  { "operator-pin", "set a person's PIN", BH_MAY_ENROL, "everybody sets their own" },
  { "operator-disable", "disable a person", BH_MAY_ENROL, "the last who may enrol stays" },
  { "operator-enable", "let a disabled person in again", BH_MAY_ENROL, NULL },
  { "operator-database", "give people database logins of their own", BH_MAY_ENROL,
    "connected as the tables' owner" },
  { "move", "move units", BH_MAY_MOVE,
    "RA4; receivers between docks, technicians between benches" },
  { "bench-start", "open a repair job", BH_MAY_BENCH, "RA5, RA6" },
  { "bench-take", "take a job over", BH_MAY_BENCH, NULL },
  { "bench-intake", "check a unit's components", BH_MAY_BENCH, "RA7" },
  { "bench-log", "write down work and findings", BH_MAY_BENCH, "RA10" },
  { "bench-consent", "record the customer's consent", BH_MAY_BENCH, "RA2" },
  { "bench-insufficient", "follow an RA by an FA", BH_MAY_BENCH, "RA3" },
  { "bench-post", "post a result", BH_MAY_BENCH, "RA8: authorised technicians only" },
  { "bench-return", "send a unit on after its repair", BH_MAY_BENCH, NULL },
  { "bench-approve", "approve an RA past five years", BH_MAY_APPROVE, "RA5" },
  { "print", "print labels for the first time", BH_MAY_PRINT, NULL },
  { "print-send", "send labels that wait", BH_MAY_PRINT, NULL },
  { "reprint", "print labels again", BH_MAY_REPRINT, NULL },
  { "printer-set", "say which station prints where", BH_MAY_PRINTERS, NULL },
  { "printer-unset", "forget a printer", BH_MAY_PRINTERS, NULL },
  { "printer-test", "print a test label", BH_MAY_PRINTERS, NULL },
  { "station-key", "give a station another key to sign with", BH_MAY_STATIONS, "F6" },
};

const BhPermission *
bh_permissions (gsize *n)
{
  *n = G_N_ELEMENTS (permissions);
  return permissions;
}

const char *
bh_may_text (BhMay may)
{
  g_return_val_if_fail ((guint) may < G_N_ELEMENTS (rights), "");
  return rights[may].what;
}

gboolean
bh_role_may (BhRole role, BhMay act)
{
  g_return_val_if_fail ((guint) act < G_N_ELEMENTS (rights), FALSE);
  return (rights[act].roles & (1u << role)) != 0;
}

static void
add_row (GString *page, const BhPermission *row)
{
  g_string_append_printf (page, "| %s | %s |", row->act, row->what);
  for (int role = 0; role < BH_ROLE_LAST; role++)
    g_string_append (page, bh_role_may ((BhRole) role, row->may) ? " yes |" : " - |");
  g_string_append_printf (page, " %s |\n", row->rule != NULL ? row->rule : "");
}

char *
bh_permissions_page (void)
{
  GString *page = g_string_new ("# Who may do what\n\n"
                                "Each act and each role of RULES §2, as the desk asks before the "
                                "act. `backhaulctl\npermissions --markdown` writes this page from "
                                "the table in `src/desk/permissions.c`;\n"
                                "`tests/cli/contract-permissions.py` tries every cell.\n\n"
                                "| act | what it does |");

  for (int role = 0; role < BH_ROLE_LAST; role++)
    g_string_append_printf (page, " %s |", bh_role_name ((BhRole) role));
  g_string_append (page, " besides |\n| --- | --- |");
  for (int role = 0; role < BH_ROLE_LAST; role++)
    g_string_append (page, " --- |");
  g_string_append (page, " --- |\n");
  for (gsize i = 0; i < G_N_ELEMENTS (permissions); i++)
    add_row (page, &permissions[i]);
  return g_string_free (page, FALSE);
}
