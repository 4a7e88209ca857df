/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Issuing an RMA: RULES N1–N6, I1, I4, O4, C4, C5, C8 at the desk, on both engines. */
#include <stdlib.h>
#include <string.h>

#include "backhaul/audit.h"
#include "backhaul/care.h"
#include "backhaul/destroy.h"
#include "backhaul/issue.h"
#include "backhaul/returns.h"
#include "world.h"
#include "wrap.h"

#define CASE  "2026-1101-000001"
#define RACES 12

typedef struct {
  TestWrap *wrap;
  BhDesk *desk;
  int acts;
} World;

static void
run_sql (World *world, const char *sql)
{
  g_autoptr (GError) error = NULL;

  bh_store_run (bh_desk_store (world->desk), NULL, &error, sql, "");
  g_assert_no_error (error);
}

static BhDesk *
open_desk (const char *uri, const char *operator, const char * station)
{
  g_autoptr (GError) error = NULL;
  BhDesk *desk = bh_desk_open (uri, BH_STORE_MIGRATE, operator, "north", station, &error);

  g_assert_no_error (error);
  return desk;
}

/* The levels of table 5 as units SN-LEVEL0 … SN-LEVEL7, and one unit for each ground. */
static void
set_up (World *world, gconstpointer data)
{
  gsize n = 0;
  const BhLevel *levels = bh_levels (&n);

  world->wrap = test_wrap_new (test_wrap_engine_from_env ());
  world->desk = open_desk (test_wrap_uri (world->wrap), "tess", "station-1");
  world->acts = 0;
  world_fill (world->desk);
  for (gsize i = 0; i < n; i++) {
    g_autofree char *sql = g_strdup_printf (
        "INSERT INTO unit (serial, part, account, contract, contract_level, contract_until)"
        " VALUES ('SN-LEVEL%d', 'PN-100', 'A1', 'C-%d', '%s', '2026-12-31')",
        (int) i, (int) i, levels[i].name);

    run_sql (world, sql);
  }
  run_sql (world, "INSERT INTO unit (serial, part, account, shipped, registered) VALUES"
                  " ('SN-WARRANT', 'PN-100', 'A1', '2026-06-01', '2026-06-02')");
  run_sql (world, "INSERT INTO unit (serial, part, account, shipped, registered, contract,"
                  " contract_level, contract_until) VALUES ('SN-CORE-W', 'PN-100', 'A1',"
                  " '2026-06-01', '2026-06-02', 'C-9', 'Core', '2026-12-31')");
  run_sql (world, "INSERT INTO product (part, third_party) VALUES ('PN-3RD', 1)");
  run_sql (world, "INSERT INTO unit (serial, part, account) VALUES ('SN-OPTIC1', 'PN-3RD', 'A1')");
}

static void
on_fault (const char *what, gpointer data)
{
  g_test_message ("%s", what);
  (*(guint *) data)++;
}

/* After every test the store is in order and its journal whole. */
static void
tear_down (World *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *bad = NULL;
  gint64 entries = 0;
  guint faults = 0;

  g_assert_true (bh_store_integrity (bh_desk_store (world->desk), on_fault, &faults, &error));
  g_assert_cmpuint (faults, ==, 0);
  g_assert_true (bh_desk_audit_verify (world->desk, &entries, &bad, &error));
  g_assert_cmpstr (bad, ==, NULL);
  bh_desk_close (world->desk);
  test_wrap_free (world->wrap);
}

/* Each act a UUID of its own, at WORLD_NOW. */
static BhWhen
when (World *world)
{
  static char act[40];

  g_snprintf (act, sizeof act, "act-%d", ++world->acts);
  return (BhWhen){ act, WORLD_NOW, FALSE };
}

/* A draft with the units in @serials, divided by blanks, each with :ra or :fa after it. */
static char *
draft (BhDesk *desk, const BhWhen *at, const char *serials, GPtrArray **advice, GError **error)
{
  g_auto (GStrv) words = g_strsplit (serials, " ", -1);
  BhIssueUnit units[16] = { 0 };
  BhIssue issue = { .case_no = CASE,
                    .account = "A1",
                    .site = "S1",
                    .destination = "SJC",
                    .reference = "PO 9 red",
                    .contact = "Ann",
                    .units = units };
  char *rma = NULL;

  for (char **word = words; *word != NULL; word++) {
    char *colon = strchr (*word, ':');

    if (colon != NULL)
      *colon++ = '\0';
    units[issue.n_units++] = (BhIssueUnit){ *word, colon };
  }
  bh_desk_issue (desk, at, &issue, &rma, advice, error);
  return rma;
}

static char *
drafted (World *world, const char *serials)
{
  g_autoptr (GError) error = NULL;
  BhWhen at = when (world);
  char *rma = draft (world->desk, &at, serials, NULL, &error);

  g_assert_no_error (error);
  return rma;
}

static char *
confirmed (World *world, const char *serials)
{
  g_autoptr (GError) error = NULL;
  char *rma = drafted (world, serials);
  BhWhen at = when (world);

  g_assert_true (bh_desk_confirm (world->desk, &at, rma, NULL, &error));
  g_assert_no_error (error);
  return rma;
}

static gint64 count_of (World *world, const char *format, ...) G_GNUC_PRINTF (2, 3);

static gint64
count_of (World *world, const char *format, ...)
{
  g_autofree char *sql = NULL;
  va_list values;

  va_start (values, format);
  sql = g_strdup_vprintf (format, values);
  va_end (values);
  return world_count (world->desk, sql);
}

/* "draft/open SERIAL:state…" */
static char *
state_of (World *world, const char *rma)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BhRmaPage) page = bh_desk_rma_page (world->desk, rma, WORLD_NOW, &error);
  GString *text;

  g_assert_no_error (error);
  text = g_string_new (page->state);
  for (guint i = 0; i < page->lines->len; i++) {
    const BhReturnRow *line = g_ptr_array_index (page->lines, i);

    g_string_append_printf (text, " %s:%s%s%s", line->serial, line->line_state,
                            line->flag != NULL ? ":" : "", line->flag != NULL ? line->flag : "");
  }
  return g_string_free (text, FALSE);
}

/* ---- drafts ------------------------------------------------------------------------------ */

static void
test_draft (World *world, gconstpointer data)
{
  g_autofree char *rma = drafted (world, "SN-LEVEL5:ra sn-warrant");
  g_autofree char *state = state_of (world, rma);
  g_autofree char *held = NULL;

  g_assert_cmpstr (state, ==, "draft SN-LEVEL5:draft:ra SN-WARRANT:draft");
  g_assert_cmpint (count_of (world,
                             "SELECT count(*) FROM rma WHERE rma = '%s' AND case_no = '" CASE
                             "' AND confirmed_us IS NULL",
                             rma),
                   ==, 1);
  /* both ways: the case's journal names the RMA, and the case was worked on (F2) */
  g_assert_cmpint (count_of (world,
                             "SELECT count(*) FROM audit WHERE entity = 'case:" CASE
                             "' AND after LIKE '%%%s%%'",
                             rma),
                   ==, 1);
  g_assert_cmpint (world_count (world->desk, "SELECT modified_us FROM support_case"), ==,
                   WORLD_NOW);
  g_assert_cmpint (world_count (world->desk, "SELECT count(*) FROM mail"), ==, 0);
  g_assert_cmpint (world_count (world->desk, "SELECT count(*) FROM search_word WHERE word = 'red'"),
                   ==, 1);
  held = world_receive (world->desk, NULL, "SN-LEVEL5 | BH!NEXT-BOX");
  g_assert_cmpstr (held, ==, "D3 refuse");
}

static void
test_queue (World *world, gconstpointer data)
{
  g_autofree char *one = drafted (world, "SN-LEVEL5");
  g_autofree char *two = drafted (world, "SN-WARRANT");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) numbers = NULL;
  g_autoptr (GPtrArray) first = NULL;

  /* moved up by an escalation (F5) */
  run_sql (world, "UPDATE rma SET urgency = 1 WHERE rma = (SELECT max(rma) FROM rma"
                  " WHERE state = 'draft')");
  numbers = bh_desk_drafts (world->desk, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (numbers->len, ==, 3);
  g_assert_cmpstr (numbers->pdata[0], ==, two);
  g_assert_cmpstr (numbers->pdata[1], ==, "R0000000004"); /* the world's, a day older */
  g_assert_cmpstr (numbers->pdata[2], ==, one);
  first = bh_desk_drafts (world->desk, 1, &error);
  g_assert_cmpuint (first->len, ==, 1);
}

/* I1: above what is on record, in sequence, never twice, whatever an import brings */
static void
test_numbers (World *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *one = drafted (world, "SN-LEVEL1");
  g_autofree char *two = NULL;
  g_autofree char *three = NULL;
  g_autofree char *four = NULL;
  g_autofree char *five = NULL;
  BhWhen at = when (world);

  g_assert_cmpstr (one, ==, "R0000000011");
  g_assert_true (bh_desk_cancel (world->desk, &at, one, 0, "mistake", NULL, &error));
  two = drafted (world, "SN-LEVEL1");
  g_assert_cmpstr (two, ==, "R0000000012");
  /* an old number of eight digits is no reason to jump; the very next one taken is */
  run_sql (world, "INSERT INTO rma (rma, state, status, account, created_us) VALUES"
                  " ('R21056835', 'closed', 'closed', 'A1', 1),"
                  " ('R0000000013', 'closed', 'closed', 'A1', 1),"
                  " ('R0000000500', 'closed', 'closed', 'A1', 1)");
  three = drafted (world, "SN-LEVEL2");
  g_assert_cmpstr (three, ==, "R0000000501");
  /* the highest of all is used up: what is free below goes on */
  run_sql (world, "INSERT INTO rma (rma, state, status, account, created_us) VALUES"
                  " ('R0000000502', 'closed', 'closed', 'A1', 1),"
                  " ('R9999999999', 'closed', 'closed', 'A1', 1)");
  four = drafted (world, "SN-LEVEL3");
  g_assert_cmpstr (four, ==, "R0000000503");
  five = drafted (world, "SN-LEVEL4");
  g_assert_cmpstr (five, ==, "R0000000504");
}

static void
test_same_act (World *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  BhWhen at = { "the-act", WORLD_NOW, FALSE };
  g_autofree char *one = draft (world->desk, &at, "SN-LEVEL5", NULL, &error);
  g_autofree char *again = draft (world->desk, &at, "SN-LEVEL5", NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (one, ==, again);
  for (int i = 0; i < 2; i++)
    g_assert_true (bh_desk_confirm (world->desk, &at, one, NULL, &error));
  for (int i = 0; i < 2; i++)
    g_assert_true (bh_desk_flag_line (world->desk, &at, one, 1, "ra", NULL, &error));
  for (int i = 0; i < 2; i++)
    g_assert_true (bh_desk_cancel (world->desk, &at, one, 0, "x", NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (count_of (world, "SELECT count(*) FROM audit WHERE entity = 'rma:%s'", one), ==,
                   4);
  /* confirmation and closing, each once */
  g_assert_cmpint (world_count (world->desk, "SELECT count(*) FROM mail"), ==, 2);
}

static void
test_refused (World *world, gconstpointer data)
{
  static const struct {
    const char *units;
    BhError code;
    const char *rule;
  } refused[] = {
    { "SN-LEVEL5 SN-LEVEL5", BH_ERROR_REFUSED, "I4" },
    { "SN-LEVEL5 sn-level5", BH_ERROR_REFUSED, "I4" },
    { "SN-LEVEL5 SN-OPTIC1", BH_ERROR_THIRD_PARTY, "N3" },
    { "SN-LEVEL5 SN-NOBODY", BH_ERROR_NOT_FOUND, NULL },
    { "SN-LEVEL5 SN_!", BH_ERROR_INPUT, "I4" },
    { "SN-LEVEL5 \xff\xfe\xfd\xfc\xfb\xfa", BH_ERROR_INPUT, "I4" },
    { "SN-LEVEL5 ';DROP", BH_ERROR_INPUT, "I4" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++) {
    g_autoptr (GError) error = NULL;
    BhWhen at = when (world);
    g_autofree char *rma = draft (world->desk, &at, refused[i].units, NULL, &error);
    g_autofree char *rule = NULL;

    g_assert_null (rma);
    g_assert_error (error, BH_ERROR, (int) refused[i].code);
    rule = bh_error_rule (error);
    g_assert_cmpstr (rule, ==, refused[i].rule);
  }
  g_assert_cmpint (world_count (world->desk, "SELECT count(*) FROM rma"), ==, 10);
  g_assert_cmpint (world_count (world->desk, "SELECT count(*) FROM audit"), ==, 0);
}

/* Texts of people are kept as they are, or refused; never obeyed. */
static void
test_hostile (World *world, gconstpointer data)
{
  static const struct {
    const char *text;
    gboolean kept;
  } texts[] = {
    { "'; DROP TABLE rma; --", TRUE },
    { "<b>&amp;", TRUE },
    { "=cmd|' /C calc'!A0", TRUE },
    { "\u202eKCATTA", TRUE },
    { "\x1b[2J", FALSE },
    { "\xff\xfe", FALSE },
    { "a\x7f", FALSE },
  };
  g_autofree char *huge = g_strnfill (1 << 20, 'A');
  g_autofree char *rma = drafted (world, "SN-LEVEL5");

  for (guint i = 0; i <= G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL;
    BhWhen at = when (world);
    gboolean kept = i < G_N_ELEMENTS (texts) && texts[i].kept;
    BhIssueEdit edit = { .reference = i < G_N_ELEMENTS (texts) ? texts[i].text : huge };

    g_assert_cmpint (bh_desk_edit_rma (world->desk, &at, rma, &edit, NULL, &error), ==, kept);
    if (kept) {
      g_autoptr (BhRmaPage) page = bh_desk_rma_page (world->desk, rma, WORLD_NOW, NULL);

      g_assert_cmpstr (page->reference, ==, texts[i].text);
    } else {
      g_assert_error (error, BH_ERROR, BH_ERROR_INPUT);
    }
  }
}

/* ---- confirmation ------------------------------------------------------------------------ */

/* N2, N4, C4, C5: what each level sets going, at the confirmation and at the dock */
static void
test_levels (World *world, gconstpointer data)
{
  static const struct {
    const char *serial;
    const char *coverage; /* NULL: not without an override */
    const char *level;    /* of the line */
    gint64 c5;            /* its length in hours; -1 next day; 0 none */
    gboolean c4;
  } units[] = {
    { "SN-LEVEL0", NULL, NULL, 0, FALSE },
    { "SN-LEVEL1", "contract", "Core Plus", 0, TRUE },
    { "SN-LEVEL2", "contract", "Next-Day Delivery", -1, FALSE },
    { "SN-LEVEL3", "contract", "Next-Day Ship", -1, FALSE },
    { "SN-LEVEL4", "contract", "Next-Day Onsite", -1, FALSE },
    { "SN-LEVEL5", "contract", "Same-Day", 4, FALSE },
    { "SN-LEVEL6", "contract", "Same-Day 2-Hour", 2, FALSE },
    { "SN-LEVEL7", "contract", "Same-Day Onsite", 4, FALSE },
    { "SN-WARRANT", "warranty", NULL, 0, TRUE },
    { "SN-CORE-W", "warranty", NULL, 0, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (units); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *rma = drafted (world, units[i].serial);
    g_autofree char *c5 = NULL;
    g_autofree char *got = NULL;
    BhWhen at = when (world);
    gboolean covered = bh_desk_confirm (world->desk, &at, rma, NULL, &error);

    g_assert_cmpint (covered, ==, units[i].coverage != NULL);
    if (!covered) {
      g_assert_error (error, BH_ERROR, BH_ERROR_NO_COVERAGE);
      g_clear_error (&error);
      at = when (world);
      g_assert_true (bh_desk_confirm (world->desk, &at, rma, "goodwill", &error));
      g_assert_no_error (error);
    }
    c5 = g_strdup_printf ("SELECT coalesce(max(due_us), 0) FROM clock c JOIN rma_line l"
                          " ON l.id = c.line_id WHERE c.kind = 'C5' AND l.rma = '%s'",
                          rma);
    if (units[i].c5 >= 0)
      g_assert_cmpint (world_count (world->desk, c5), ==,
                       units[i].c5 > 0 ? WORLD_NOW + units[i].c5 * G_TIME_SPAN_HOUR : 0);
    else
      g_assert_cmpint (world_count (world->desk, c5), >, WORLD_NOW);
    g_assert_cmpint (count_of (world,
                               "SELECT count(*) FROM clock c JOIN rma_line l"
                               " ON l.id = c.line_id WHERE c.kind = 'C1'"
                               " AND c.due = l.return_by AND l.rma = '%s'",
                               rma),
                     ==, 1);
    got = g_strdup_printf (
        "SELECT count(*) FROM rma_line WHERE rma = '%s' AND coverage = '%s' AND awaited = 1"
        " AND coalesce(level, '-') = '%s'",
        rma, units[i].coverage != NULL ? units[i].coverage : "override",
        units[i].level != NULL ? units[i].level : "-");
    g_assert_cmpint (world_count (world->desk, got), ==, 1);
    g_free (world_receive (world->desk, NULL, units[i].serial));
    g_assert_cmpint (count_of (world,
                               "SELECT count(*) FROM clock c JOIN rma_line l"
                               " ON l.id = c.line_id WHERE c.kind = 'C4'"
                               " AND l.rma = '%s'",
                               rma),
                     ==, units[i].c4);
  }
}

/* The day of the confirmation where the unit goes: in Los Angeles it is still yesterday */
static void
test_day (World *world, gconstpointer data)
{
  static const struct {
    const char *until;
    gint64 at_us;
    gboolean covered;
  } days[] = {
    { "2026-11-24", WORLD_NOW, TRUE }, /* 08:00 UTC is midnight in Los Angeles */
    { "2026-11-23", WORLD_NOW, FALSE },
    { "2026-11-23", WORLD_NOW - 1, TRUE },
    { "2026-11-22", WORLD_NOW - 1, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (days); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *act = g_strdup_printf ("day-%u", i);
    g_autofree char *sql = g_strdup_printf (
        "UPDATE unit SET contract_until = '%s' WHERE serial = 'SN-LEVEL5'", days[i].until);
    g_autoptr (BhUnitCheck) check = NULL;
    BhWhen at = { act, days[i].at_us, FALSE };
    g_autofree char *rma = NULL;

    run_sql (world, sql);
    check =
        bh_desk_check_unit (world->desk, "sn-level5", "SJC", BH_DAY_NONE, days[i].at_us, &error);
    g_assert_no_error (error);
    g_assert_cmpint (bh_coverage_entitles (&check->coverage), ==, days[i].covered);
    rma = draft (world->desk, &at, "SN-LEVEL5", NULL, &error);
    g_assert_cmpint (bh_desk_confirm (world->desk, &at, rma, NULL, &error), ==, days[i].covered);
    if (days[i].covered) {
      at = when (world);
      g_assert_true (bh_desk_cancel (world->desk, &at, rma, 0, "next", NULL, NULL));
    } else {
      g_assert_error (error, BH_ERROR, BH_ERROR_NO_COVERAGE);
    }
  }
}

/* N5: the customer's message, in the account's language, with the label; never lost */
static void
test_message (World *world, gconstpointer data)
{
  g_autofree char *rma = confirmed (world, "SN-LEVEL5 SN-WARRANT");
  g_autofree char *second = NULL;

  g_assert_cmpint (count_of (world,
                             "SELECT count(*) FROM mail WHERE kind = 'confirmation' AND"
                             " state = 'queued' AND to_address = 'returns@acme.example' AND"
                             " language = 'en' AND rmas = '%s' AND details LIKE"
                             " '%%box-4x6%%'",
                             rma),
                   ==, 1);
  run_sql (world, "UPDATE account SET email = NULL");
  second = confirmed (world, "SN-LEVEL6");
  g_assert_cmpint (count_of (world,
                             "SELECT count(*) FROM mail WHERE state = 'failed' AND"
                             " error IS NOT NULL AND rmas = '%s'",
                             second),
                   ==, 1);
}

/* I4, N3: told apart by code, each with its rule */
static void
test_confirm_refused (World *world, gconstpointer data)
{
  g_autofree char *first = drafted (world, "SN-LEVEL5");
  g_autofree char *second = drafted (world, "SN-LEVEL5 SN-KNOWN1");
  g_autofree char *third = drafted (world, "SN-LEVEL6");
  g_autoptr (GError) error = NULL;
  BhWhen at = when (world);

  g_assert_true (bh_desk_confirm (world->desk, &at, first, NULL, &error));
  at = when (world);
  /* no override lifts I4, and it is told before the missing coverage */
  g_assert_false (bh_desk_confirm (world->desk, &at, second, "goodwill", &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_ALREADY_AWAITED);
  g_assert_nonnull (strstr (error->message, first));
  g_clear_error (&error);
  /* what became a third party's since the draft */
  run_sql (world, "UPDATE unit SET part = 'PN-3RD' WHERE serial = 'SN-LEVEL6'");
  g_assert_false (bh_desk_confirm (world->desk, &at, third, "goodwill", &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_THIRD_PARTY);
  g_clear_error (&error);
  g_assert_false (bh_desk_confirm (world->desk, &at, first, NULL, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "open already"));
  g_assert_cmpint (world_count (world->desk, "SELECT count(*) FROM mail"), ==, 1);
}

/* An override is kept with who and why, and only where it was needed */
static void
test_override (World *world, gconstpointer data)
{
  g_autofree char *needless = drafted (world, "SN-LEVEL5");
  g_autofree char *needed = drafted (world, "SN-KNOWN1");
  g_autoptr (GError) error = NULL;
  BhWhen at = when (world);

  g_assert_true (bh_desk_confirm (world->desk, &at, needless, "just in case", &error));
  at = when (world);
  g_assert_true (bh_desk_confirm (world->desk, &at, needed, "goodwill", &error));
  g_assert_cmpint (world_count (world->desk, "SELECT count(*) FROM rma"
                                             " WHERE override_reason IS NOT NULL"),
                   ==, 1);
  g_assert_cmpint (count_of (world,
                             "SELECT count(*) FROM rma WHERE override_reason = 'goodwill'"
                             " AND override_by = 'tess' AND rma = '%s'",
                             needed),
                   ==, 1);
}

/* C8: no return is expected, so there is no date, and a certificate closes it */
static void
test_no_export (World *world, gconstpointer data)
{
  g_autofree char *rma = NULL;
  g_autofree char *other = NULL;
  g_autofree char *state = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) paper = g_bytes_new_static ("signed", 6);
  BhDestruction destruction = { .name = "paper.pdf", .document = paper, .reason = "no export" };
  BhWhen at = when (world);

  run_sql (world, "INSERT INTO export_policy (country, possible) VALUES ('US', 0)");
  rma = confirmed (world, "SN-LEVEL5");
  g_assert_cmpint (count_of (world,
                             "SELECT count(*) FROM rma_line WHERE rma = '%s' AND return_by"
                             " IS NULL AND awaited = 1",
                             rma),
                   ==, 1);
  /* a word is no certificate */
  g_assert_false (bh_desk_close_rma (world->desk, &at, rma, "certificate 77", &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_REFUSED);
  g_clear_error (&error);
  destruction.rma = rma;
  g_assert_true (bh_desk_destroy (world->desk, &at, &destruction, &error));
  /* the replacement is owed still: it is closed when that went out */
  at = when (world);
  g_assert_true (bh_desk_close_rma (world->desk, &at, rma, "certificate 77", &error));
  g_assert_no_error (error);
  state = state_of (world, rma);
  g_assert_cmpstr (state, ==, "closed SN-LEVEL5:closed");
  g_assert_cmpint (world_count (world->desk, "SELECT count(*) FROM mail WHERE kind = 'closing' AND"
                                             " details = '{\"reason\":\"certificate 77\"}'"),
                   ==, 1);
  /* elsewhere the unit has to come */
  run_sql (world, "UPDATE export_policy SET possible = 1, extra_days = 5");
  other = confirmed (world, "SN-LEVEL6");
  at = when (world);
  g_assert_false (bh_desk_close_rma (world->desk, &at, other, "certificate 78", &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_REFUSED);
}

/* ---- change and end ---------------------------------------------------------------------- */

/* What the dock put aside under its number is not done either. */
static void
test_held (World *world, gconstpointer data)
{
  g_autofree char *rma = confirmed (world, "SN-LEVEL5");
  g_autofree char *scans = g_strdup_printf ("%s | SN-KNOWN1", rma);
  g_autofree char *got = world_receive (world->desk, NULL, scans);
  g_autoptr (GError) error = NULL;
  BhWhen at = when (world);

  g_assert_cmpstr (got, ==, "D5 hold");
  g_free (world_receive (world->desk, NULL, "SN-LEVEL5"));
  g_assert_false (bh_desk_close_rma (world->desk, &at, rma, "x", &error));
  g_assert_nonnull (strstr (error->message, "1 held at the dock"));
}

static void
test_edit (World *world, gconstpointer data)
{
  static const char *const off[] = { "sn-level5", NULL };
  static const BhIssueUnit on[] = { { "SN-LEVEL5", "fa" } };
  g_autofree char *rma = drafted (world, "SN-LEVEL5 SN-LEVEL6");
  g_autofree char *state = NULL;
  g_autoptr (GError) error = NULL;
  BhIssueEdit edit = { .add = on, .n_add = 1, .remove = off };
  BhIssueEdit again = { .add = on, .n_add = 1 };
  BhWhen at = when (world);

  /* exchanged for itself with a flag; what was taken off is kept */
  g_assert_true (bh_desk_edit_rma (world->desk, &at, rma, &edit, NULL, &error));
  g_assert_no_error (error);
  state = state_of (world, rma);
  g_assert_cmpstr (state, ==, "draft SN-LEVEL5:cancelled SN-LEVEL6:draft SN-LEVEL5:draft:fa");
  at = when (world);
  g_assert_false (bh_desk_edit_rma (world->desk, &at, rma, &again, NULL, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_true (bh_desk_confirm (world->desk, &at, rma, NULL, &error));
  g_free (state);
  state = state_of (world, rma);
  g_assert_cmpstr (state, ==, "open SN-LEVEL5:cancelled SN-LEVEL6:awaited SN-LEVEL5:awaited:fa");
}

/* What of an RMA ends, and what that makes of it */
static void
test_cancel (World *world, gconstpointer data)
{
  g_autofree char *rma = confirmed (world, "SN-LEVEL5 SN-LEVEL6 SN-WARRANT");
  g_autofree char *state = NULL;
  g_autoptr (GError) error = NULL;
  BhWhen at = when (world);

  g_assert_true (bh_desk_cancel (world->desk, &at, rma, 1, "bought", "PO-1", &error));
  g_assert_cmpint (count_of (world,
                             "SELECT count(*) FROM clock c JOIN rma_line l"
                             " ON l.id = c.line_id WHERE c.state = 'void' AND l.line = 1"
                             " AND l.rma = '%s'",
                             rma),
                   ==, 2); /* C1 and C5 */
  g_free (world_receive (world->desk, NULL, "SN-WARRANT"));
  at = when (world);
  g_assert_false (bh_desk_cancel (world->desk, &at, rma, 0, "rest", NULL, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_true (bh_desk_cancel (world->desk, &at, rma, 2, "rest", NULL, &error));
  state = state_of (world, rma);
  g_assert_cmpstr (state, ==,
                   "received SN-LEVEL5:cancelled SN-LEVEL6:cancelled SN-WARRANT:received");
  g_assert_cmpint (count_of (world,
                             "SELECT count(*) FROM rma WHERE purchase_order = 'PO-1' AND"
                             " rma = '%s'",
                             rma),
                   ==, 1);
  /* it goes on: the customer hears of the end only at the end */
  g_assert_cmpint (world_count (world->desk, "SELECT count(*) FROM mail WHERE kind = 'closing'"),
                   ==, 0);
  at = when (world);
  g_assert_true (bh_desk_close_rma (world->desk, &at, rma, "repaired", &error));
  g_assert_cmpint (world_count (world->desk, "SELECT count(*) FROM mail WHERE kind = 'closing'"),
                   ==, 1);
  g_assert_cmpint (world_count (world->desk, "SELECT count(*) FROM clock c JOIN rma_line l"
                                             " ON l.id = c.line_id WHERE l.serial = 'SN-WARRANT'"
                                             " AND c.state IN ('open', 'paused')"),
                   ==, 0);
}

/* F6: the RMA's page tells who did what, each thing once; of an import what is known */
static void
test_history (World *world, gconstpointer data)
{
  g_autofree char *rma = confirmed (world, "SN-LEVEL5");
  const char *const pages[] = { rma, "R0000000001" };
  static const char *const expected[] = { "created/tess issued/tess cancel/tess ",
                                          "created/ issued/ " };
  g_autoptr (GError) error = NULL;
  BhWhen at = when (world);

  g_assert_true (bh_desk_cancel (world->desk, &at, rma, 0, "x", NULL, &error));
  for (guint n = 0; n < G_N_ELEMENTS (pages); n++) {
    g_autoptr (BhRmaPage) page = bh_desk_rma_page (world->desk, pages[n], WORLD_NOW, &error);
    g_autoptr (GString) told = g_string_new (NULL);
    g_auto (GStrv) words = g_strsplit (expected[n], " ", -1);

    g_assert_no_error (error);
    for (guint i = 0; i < page->history->len; i++) {
      const BhHistoryRow *row = page->history->pdata[i];

      g_string_append_printf (told, "%s/%s ", row->what, row->operator);
    }
    /* at one instant the words' order is no one's business */
    g_assert_cmpuint (told->len, ==, strlen (expected[n]));
    for (char **word = words; *word != NULL; word++)
      g_assert_nonnull (strstr (told->str, *word));
  }
}

/* A serial is free for another RMA as soon as its line ended */
static void
test_free_again (World *world, gconstpointer data)
{
  g_autofree char *one = confirmed (world, "SN-LEVEL5");
  g_autofree char *two = NULL;
  g_autofree char *three = NULL;
  g_autofree char *got = NULL;
  g_autoptr (GError) error = NULL;
  BhWhen at = when (world);

  g_assert_true (bh_desk_cancel (world->desk, &at, one, 0, "x", NULL, &error));
  two = confirmed (world, "SN-LEVEL5");
  got = world_receive (world->desk, NULL, "SN-LEVEL5");
  g_assert_cmpstr (got, ==, "D2 accept");
  three = confirmed (world, "SN-LEVEL5");
  g_assert_cmpstr (two, !=, three);
}

/* N6 while open; RA3 once the repair center works on it */
static void
test_flag (World *world, gconstpointer data)
{
  g_autofree char *rma = confirmed (world, "SN-LEVEL5");
  g_autoptr (GError) error = NULL;
  g_autofree char *rule = NULL;
  BhWhen at = when (world);

  g_assert_true (bh_desk_flag_line (world->desk, &at, rma, 1, "fa", NULL, &error));
  at = when (world);
  g_assert_true (bh_desk_flag_line (world->desk, &at, rma, 1, "ra", NULL, &error));
  g_free (world_receive (world->desk, NULL, "SN-LEVEL5"));
  at = when (world);
  g_assert_true (bh_desk_flag_line (world->desk, &at, rma, 1, NULL, NULL, &error));
  run_sql (world, "INSERT INTO clock (kind, line_id, state, started_us, due, zone) SELECT 'C2', id,"
                  " 'open', 1, '2026-12-24', 'UTC' FROM rma_line WHERE serial = 'SN-LEVEL5'");
  at = when (world);
  g_assert_true (bh_desk_flag_line (world->desk, &at, rma, 1, "ra", NULL, &error));
  at = when (world);
  g_assert_false (bh_desk_flag_line (world->desk, &at, rma, 1, "fa", NULL, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_REFUSED);
  rule = bh_error_rule (error);
  g_assert_cmpstr (rule, ==, "RA3");
  g_clear_error (&error);
  /* and it is not done while that runs */
  g_assert_false (bh_desk_close_rma (world->desk, &at, rma, "x", &error));
  g_assert_nonnull (strstr (error->message, "no repair analysis posted"));
}

/* N6 by RA3, RA5, RA6: asked when the draft is made, when it is edited, and when a line
 * is flagged */
static void
test_flag_by_dates (World *world, gconstpointer data)
{
  static const BhIssueUnit past[] = { { "SN-LEVEL6", "ra" } };
  static const BhIssueUnit fine[] = { { "SN-LEVEL6", "fa" } };
  const BhIssueEdit add_past = { .add = past, .n_add = 1 };
  const BhIssueEdit add_fine = { .add = fine, .n_add = 1 };
  g_autofree char *rma = drafted (world, "SN-LEVEL5");
  g_autofree char *none = NULL;
  g_autofree char *rule = NULL;
  g_autoptr (GPtrArray) advice = NULL;
  g_autoptr (GError) error = NULL;
  BhWhen at = when (world);

  /* it is the 24th where the unit goes: the last day of the product's life */
  run_sql (world, "UPDATE product SET first_shipment = '2021-11-23', end_of_life = '2026-11-24'"
                  " WHERE part = 'PN-100'");
  g_assert_true (bh_desk_flag_line (world->desk, &at, rma, 1, "ra", &advice, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (advice->len, ==, 1);
  g_assert_nonnull (strstr (g_ptr_array_index (advice, 0), "RA5"));
  g_assert_nonnull (strstr (g_ptr_array_index (advice, 0), "ended on 2026-11-23"));
  run_sql (world, "UPDATE product SET end_of_life = '2026-11-23' WHERE part = 'PN-100'");
  at = when (world);
  none = draft (world->desk, &at, "SN-LEVEL7:ra", NULL, &error);
  g_assert_null (none);
  g_assert_error (error, BH_ERROR, BH_ERROR_REFUSED);
  rule = bh_error_rule (error);
  g_assert_cmpstr (rule, ==, "RA6");
  g_clear_error (&error);
  g_assert_false (bh_desk_edit_rma (world->desk, &at, rma, &add_past, NULL, &error));
  g_assert_nonnull (strstr (error->message, "RA6"));
  g_clear_error (&error);
  g_assert_true (bh_desk_edit_rma (world->desk, &at, rma, &add_fine, NULL, &error));
  at = when (world);
  g_assert_false (bh_desk_flag_line (world->desk, &at, rma, 2, "ra", NULL, &error));
  g_assert_nonnull (strstr (error->message, "2026-11-23"));
  g_clear_error (&error);
  /* what is flagged already can be taken back */
  g_assert_true (bh_desk_flag_line (world->desk, &at, rma, 1, NULL, NULL, &error));
  g_clear_pointer (&rule, g_free);
  rule = state_of (world, rma);
  g_assert_cmpstr (rule, ==, "draft SN-LEVEL5:draft SN-LEVEL6:draft:fa");
}

/* --at: a supervisor's, and not before what is on record */
static void
test_stated (World *world, gconstpointer data)
{
  g_autofree char *rma = drafted (world, "SN-LEVEL5");
  g_autoptr (GError) error = NULL;
  BhWhen early = { "early", WORLD_NOW - 1, TRUE };
  BhWhen then = { "then", WORLD_NOW, TRUE };
  BhWhen late = { "late", WORLD_NOW + 1, TRUE };
  g_autofree char *none = NULL;

  g_assert_false (bh_desk_confirm (world->desk, &early, rma, NULL, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_INPUT);
  g_clear_error (&error);
  g_assert_true (bh_desk_confirm (world->desk, &late, rma, NULL, &error));
  g_assert_false (bh_desk_cancel (world->desk, &then, rma, 0, "x", NULL, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_INPUT);
  g_clear_error (&error);
  none = draft (world->desk, &then, "SN-LEVEL5", NULL, &error); /* confirmed a moment later */
  g_assert_null (none);
  g_assert_error (error, BH_ERROR, BH_ERROR_INPUT);
}

/* ---- nothing half ------------------------------------------------------------------------ */

typedef enum { ISSUE, CONFIRM, EDIT, FLAG, CANCEL, CLOSE } Act;

static gboolean
do_act (World *world, Act act, const char *rma, GError **error)
{
  static const BhIssueUnit on[] = { { "SN-LEVEL7", "fa" } };
  BhIssueEdit edit = { .reference = "blue", .add = on, .n_add = 1 };
  BhWhen at = { "failing", WORLD_NOW, FALSE };
  g_autofree char *made = NULL;

  switch (act) {
  case ISSUE:
    made = draft (world->desk, &at, "SN-LEVEL5 SN-LEVEL6", NULL, error);
    return made != NULL;
  case CONFIRM:
    return bh_desk_confirm (world->desk, &at, rma, NULL, error);
  case EDIT:
    return bh_desk_edit_rma (world->desk, &at, rma, &edit, NULL, error);
  case FLAG:
    return bh_desk_flag_line (world->desk, &at, rma, 1, "fa", NULL, error);
  case CANCEL:
    return bh_desk_cancel (world->desk, &at, rma, 0, "x", "PO-1", error);
  case CLOSE:
  default:
    return bh_desk_close_rma (world->desk, &at, rma, "x", error);
  }
}

/* All that an act could leave behind, as one number. */
static gint64
traces (World *world)
{
  return world_count (
      world->desk, "SELECT (SELECT count(*) FROM rma) + 100 * (SELECT count(*) FROM rma_line)"
                   " + 10000 * (SELECT count(*) FROM audit) + 1000000 * (SELECT count(*) FROM mail)"
                   " + 100000000 * (SELECT count(*) FROM clock)"
                   " + 10000000000 * (SELECT count(*) FROM rma_line WHERE awaited = 1)"
                   " + 1000000000000 * (SELECT count(*) FROM rma_line WHERE flag IS NOT NULL)"
                   " + 100000000000000 * (SELECT count(*) FROM search_word)"
                   " + (SELECT count(*) FROM rma WHERE state = 'draft') * 31"
                   " + (SELECT count(*) FROM rma WHERE purchase_order IS NOT NULL) * 37"
                   " + (SELECT count(*) FROM clock WHERE state = 'void') * 41"
                   " + (SELECT count(*) FROM setting) * 43");
}

/* The first, second, third … step fails until the act passes: each time as if it never began. */
static void
test_nth_failure (World *world, gconstpointer data)
{
  Act act = (Act) GPOINTER_TO_INT (data);
  g_autofree char *rma = act == CONFIRM || act == EDIT ? drafted (world, "SN-LEVEL5 SN-LEVEL6")
                         : act == ISSUE                ? NULL
                                                       : confirmed (world, "SN-LEVEL5 SN-LEVEL6");
  gboolean passed = FALSE;
  gint64 before;
  int n;

  if (act == CLOSE) {
    g_free (world_receive (world->desk, NULL, "SN-LEVEL5"));
    g_free (world_receive (world->desk, NULL, "SN-LEVEL6"));
  }
  before = traces (world);
  for (n = 1; !passed && n < 500; n++) {
    g_autoptr (GError) error = NULL;

    bh_store_fail_after (bh_desk_store (world->desk), n);
    passed = do_act (world, act, rma, &error);
    bh_store_fail_after (bh_desk_store (world->desk), 0);
    if (!passed) {
      g_assert_error (error, BH_ERROR, BH_ERROR_FULL);
      g_assert_cmpint (traces (world), ==, before);
    }
  }
  g_assert_true (passed);
  g_assert_cmpint (n, >, 8);
  g_assert_cmpint (traces (world), !=, before);
}

/* ---- two at one instant ------------------------------------------------------------------ */

/* A station of its own: at the instant START it confirms, or drafts, as often as it is told,
 * and says on standard output what came of each. usage: test-issue child URI STATION START
 * draft|confirm FIRST N STEP */
static int
child (char **argv)
{
  g_autoptr (BhDesk) desk = open_desk (argv[0], "tess", argv[1]);
  gint64 start = g_ascii_strtoll (argv[2], NULL, 10);
  gint64 first = g_ascii_strtoll (argv[4], NULL, 10);
  gint64 n = g_ascii_strtoll (argv[5], NULL, 10);
  gint64 step = g_ascii_strtoll (argv[6], NULL, 10);

  while (start > g_get_real_time ())
    g_usleep (50);
  for (gint64 i = 0; i < n; i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *act = g_uuid_string_random ();
    BhWhen at = { act, WORLD_NOW, FALSE };
    g_autofree char *rma = NULL;
    gboolean done;

    if (g_str_equal (argv[3], "draft")) {
      rma = draft (desk, &at, "SN-LEVEL5", NULL, &error);
      done = rma != NULL;
    } else {
      rma = g_strdup_printf ("R%010" G_GINT64_FORMAT, first + i * step);
      done = bh_desk_confirm (desk, &at, rma, NULL, &error);
    }
    g_print ("%s %s\n", rma != NULL ? rma : "-", done ? "done" : bh_error_code_name (error));
  }
  return 0;
}

static GSubprocess *
start_child (World *world, const char *station, gint64 start, const char *what, int first, int n,
             int step)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *program = g_test_build_filename (G_TEST_BUILT, "test-issue", NULL);
  g_autofree char *begin = g_strdup_printf ("%" G_GINT64_FORMAT, start);
  g_autofree char *from = g_strdup_printf ("%d", first);
  g_autofree char *times = g_strdup_printf ("%d", n);
  g_autofree char *stride = g_strdup_printf ("%d", step);
  GSubprocess *process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, "child",
                                           test_wrap_uri (world->wrap), station, begin, what, from,
                                           times, stride, NULL);

  g_assert_no_error (error);
  return process;
}

/* What both said, a line each, in two arrays. */
static void
race (World *world, const char *what, int first, int other, int n, int step, char ***a, char ***b)
{
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_real_time () + 300000; /* both are up by then */
  g_autoptr (GSubprocess) north = start_child (world, "north", start, what, first, n, step);
  g_autoptr (GSubprocess) south = start_child (world, "south", start, what, other, n, step);
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;

  g_assert_true (g_subprocess_communicate_utf8 (north, NULL, NULL, &one, NULL, &error));
  g_assert_true (g_subprocess_communicate_utf8 (south, NULL, NULL, &two, NULL, &error));
  g_assert_no_error (error);
  *a = g_strsplit (g_strchomp (one), "\n", -1);
  *b = g_strsplit (g_strchomp (two), "\n", -1);
  g_assert_cmpuint (g_strv_length (*a), ==, n);
  g_assert_cmpuint (g_strv_length (*b), ==, n);
}

static void
test_confirm_race (World *world, gconstpointer data)
{
  g_auto (GStrv) a = NULL;
  g_auto (GStrv) b = NULL;

  for (int i = 0; i < RACES; i++) {
    g_autofree char *serial = g_strdup_printf ("SN-RACE%02d", i);
    g_autofree char *sql =
        g_strdup_printf ("INSERT INTO unit (serial, part, account, contract_level, contract_until)"
                         " VALUES ('%s', 'PN-100', 'A1', 'Same-Day', '2026-12-31')",
                         serial);

    run_sql (world, sql);
    g_free (drafted (world, serial));
  }
  race (world, "confirm", 11, 11, RACES, 1, &a, &b);
  for (int i = 0; i < RACES; i++) {
    gboolean first = g_str_has_suffix (a[i], " done");

    g_assert_true (g_str_has_suffix (first ? a[i] : b[i], " done"));
    g_assert_true (g_str_has_suffix (first ? b[i] : a[i], " refused"));
  }
  g_assert_cmpint (world_count (world->desk, "SELECT count(*) FROM mail"), ==, RACES);
  g_assert_cmpint (world_count (world->desk, "SELECT count(*) FROM clock WHERE kind = 'C5'"), ==,
                   RACES);
  g_assert_cmpint (world_count (world->desk, "SELECT count(*) FROM audit WHERE what = 'confirm'"),
                   ==, RACES);
}

/* Two drafts of one unit, each confirmed by another station: one awaits it */
static void
test_serial_race (World *world, gconstpointer data)
{
  g_auto (GStrv) a = NULL;
  g_auto (GStrv) b = NULL;

  for (int i = 0; i < RACES; i++) {
    g_autofree char *serial = g_strdup_printf ("SN-RACE%02d", i);
    g_autofree char *sql =
        g_strdup_printf ("INSERT INTO unit (serial, part, account, contract_level, contract_until)"
                         " VALUES ('%s', 'PN-100', 'A1', 'Core Plus', '2026-12-31')",
                         serial);

    run_sql (world, sql);
    g_free (drafted (world, serial));
    g_free (drafted (world, serial));
  }
  race (world, "confirm", 11, 12, RACES, 2, &a, &b);
  for (int i = 0; i < RACES; i++) {
    gboolean first = g_str_has_suffix (a[i], " done");

    g_assert_true (g_str_has_suffix (first ? a[i] : b[i], " done"));
    g_assert_true (g_str_has_suffix (first ? b[i] : a[i], " already-awaited"));
  }
}

static void
test_number_race (World *world, gconstpointer data)
{
  g_auto (GStrv) a = NULL;
  g_auto (GStrv) b = NULL;

  race (world, "draft", 0, 0, RACES, 0, &a, &b);
  for (int i = 0; i < RACES; i++) {
    g_assert_true (g_str_has_suffix (a[i], " done"));
    g_assert_true (g_str_has_suffix (b[i], " done"));
  }
  /* each another number, and none left out */
  g_assert_cmpint (world_count (world->desk, "SELECT count(*) FROM rma WHERE rma > 'R0000000010'"
                                             " AND rma <= 'R0000000034'"),
                   ==, 2 * RACES);
}

/* ---- rights ------------------------------------------------------------------------------ */

static void
test_rights (World *world, gconstpointer data)
{
  static const struct {
    const char *login;
    gboolean issues;
    gboolean states_time;
    gboolean overrides;
  } people[] = {
    { "rita", FALSE, FALSE, FALSE }, { "theo", FALSE, FALSE, FALSE },
    { "carl", TRUE, FALSE, FALSE },  { "sam", TRUE, TRUE, TRUE },
    { "ada", FALSE, FALSE, FALSE },
  };

  run_sql (world, "INSERT INTO operator (login, name, role) VALUES ('rita', 'R', 'receiver'),"
                  " ('theo', 'T', 'technician'), ('carl', 'C', 'csr'),"
                  " ('sam', 'S', 'supervisor'), ('ada', 'A', 'administrator')");
  for (guint i = 0; i < G_N_ELEMENTS (people); i++) {
    g_autoptr (BhDesk) desk = open_desk (test_wrap_uri (world->wrap), people[i].login, "station-2");
    g_autofree char *act = g_strdup_printf ("rights-%u", i);
    BhWhen at = { act, WORLD_NOW, FALSE };
    BhWhen stated = { "stated", WORLD_NOW, TRUE };
    g_autoptr (GError) error = NULL;
    g_autofree char *rma = draft (desk, &at, "SN-KNOWN1", NULL, &error);
    g_autofree char *other = NULL;

    g_assert_cmpint (rma != NULL, ==, people[i].issues);
    if (rma == NULL)
      g_assert_error (error, BH_ERROR, BH_ERROR_FORBIDDEN);
    g_clear_error (&error);
    other = draft (desk, &stated, "SN-KNOWN1", NULL, &error);
    g_assert_cmpint (other != NULL, ==, people[i].states_time);
    g_clear_error (&error);
    g_assert_cmpint (
        bh_desk_confirm (desk, &at, rma != NULL ? rma : "R0000000004", "goodwill", &error), ==,
        people[i].overrides);
    if (!people[i].overrides)
      g_assert_error (error, BH_ERROR, BH_ERROR_FORBIDDEN);
  }
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *path;
    void (*run) (World *, gconstpointer);
    int data;
  } tests[] = {
    { "N1/draft-linked-both-ways", test_draft, 0 },
    { "N1/queue", test_queue, 0 },
    { "I1/numbers", test_numbers, 0 },
    { "I1/two-stations-draw-numbers", test_number_race, 0 },
    { "N1/the-same-act-is-done-once", test_same_act, 0 },
    { "N3/refused", test_refused, 0 },
    { "I3/hostile-texts", test_hostile, 0 },
    { "N4/what-each-level-sets-going", test_levels, 0 },
    { "N2/the-day-at-the-destination", test_day, 0 },
    { "N2/override", test_override, 0 },
    { "N5/message", test_message, 0 },
    { "I4/refused-at-confirmation", test_confirm_refused, 0 },
    { "N1/two-stations-confirm-one", test_confirm_race, 0 },
    { "I4/two-stations-confirm-one-unit", test_serial_race, 0 },
    { "C8/no-return-expected", test_no_export, 0 },
    { "D5/a-hold-is-not-done", test_held, 0 },
    { "N1/edit", test_edit, 0 },
    { "O4/cancel", test_cancel, 0 },
    { "F6/who-did-what", test_history, 0 },
    { "I4/free-again", test_free_again, 0 },
    { "N6/flag", test_flag, 0 },
    { "N6/flag-by-dates", test_flag_by_dates, 0 },
    { "F6/stated-times", test_stated, 0 },
    { "N1/rights", test_rights, 0 },
    { "F6/nothing-half/issue", test_nth_failure, ISSUE },
    { "F6/nothing-half/confirm", test_nth_failure, CONFIRM },
    { "F6/nothing-half/edit", test_nth_failure, EDIT },
    { "F6/nothing-half/flag", test_nth_failure, FLAG },
    { "F6/nothing-half/cancel", test_nth_failure, CANCEL },
    { "F6/nothing-half/close", test_nth_failure, CLOSE },
  };
  const char *engine;

  if (argc == 9 && g_str_equal (argv[1], "child"))
    return child (argv + 2);
  g_test_init (&argc, &argv, NULL);
  engine = test_wrap_engine_from_env ();
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++) {
    g_autofree char *path = g_strdup_printf ("/issue/%s/%s", engine, tests[i].path);

    g_test_add (path, World, GINT_TO_POINTER (tests[i].data), set_up, tests[i].run, tear_down);
  }
  return g_test_run ();
}
