/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The dock, RULES §4, on both engines: from scans to a durable verdict. */
#include "backhaul/audit.h"
#include "wrap.h"
#include "world.h"

typedef struct {
  const char *path;
  const char *scans;
  const char *expected;
} Case;

static const Case cases[] = {
  { "D1/number-then-serial", "R0000000001 | SN-ALPHA1 | BH!NEXT-BOX", "D1 accept" },
  { "D1/serial-then-number", "sn-alpha1 | r-0000 000 001 | BH!NEXT-BOX", "D1 accept" },
  { "D1/everything-on-the-box",
    "1Z999AA10123456784 | PN-100 | SSN-ALPHA1 | R0000000001 | 2026-1101-000001 | junk !",
    "D1 accept" },
  { "D1/two-units", "R0000000001 | SN-ALPHA1 | SN-ALPHA2 | BH!NEXT-BOX", "D1 accept, D1 accept" },
  { "D2/no-number", "SN-ALPHA1 | BH!NEXT-BOX", "D2 accept" },
  { "D2/at-once", "SN-ALPHA1", "D2 accept" },
  { "D2/number-not-on-record", "R9999999999 | SN-ALPHA1 | BH!NEXT-BOX", "D2 accept" },
  { "D3/nothing-awaits-it", "SN-NOWHERE | BH!NEXT-BOX", "D3 refuse" },
  { "D3/known-unit-on-no-rma", "SN-KNOWN1 | BH!NEXT-BOX", "D3 refuse" },
  { "D3/number-not-on-record", "R9999999999 | SN-NOWHERE | BH!NEXT-BOX", "D3 refuse" },
  { "D3/unreadable", "BH!NO-NUMBER | BH!UNREADABLE", "D3 refuse" },
  { "D3/history-is-not-open-V4", "SN-OLD001 | BH!NEXT-BOX", "D3 refuse" },
  { "D4/other-rma", "R0000000002 | SN-ALPHA1", "D4 hold" },
  { "D5/mismatch", "R0000000002 | SN-KNOWN1", "D5 hold" },
  { "D5/possible-serial-at-the-end", "R0000000002 | SN-NOWHERE | BH!NEXT-BOX", "D5 hold" },
  { "D5/history-is-not-open-V4", "R0000000002 | SN-OLD001", "D5 hold" },
  { "D6/closed", "R0000000003 | SN-KNOWN1", "D6 hold" },
  { "D6/its-own-line-never-came", "R0000000003 | SN-CLOSED", "D6 hold" },
  { "D6/cancelled", "R0000000006 | SN-CANCEL", "D6 hold" },
  { "D6/unreadable", "R0000000003 | BH!UNREADABLE", "D6 hold" },
  { "D7/closed-number", "R0000000003 | SN-ALPHA1", "D7 accept" },
  { "D7/draft-number", "R0000000004 | SN-ALPHA1", "D7 accept" },
  { "D8/received-lately", "SN-BACK01", "D8 already-received" },
  { "D8/with-its-number", "R0000000005 | SN-BACK01", "D8 already-received" },
  { "D9/draft", "R0000000004 | SN-DRAFT1", "D9 hold" },
  { "D9/unreadable", "R0000000004 | BH!UNREADABLE", "D9 hold" },
  { "D10/part-differs", "R0000000001 | PN-900 | SN-ALPHA1", "D10 hold" },
  { "D10/part-same", "R0000000001 | PN-100 | SN-ALPHA1", "D1 accept" },
  { "D11/nothing", "", "D11 waiting" },
  { "D11/number-only", "R0000000001", "D11 waiting" },
  { "D11/possible-serial-waits", "SN-NOWHERE", "D11 waiting" },
  { "D11/known-serial-waits-for-a-number", "SN-KNOWN1", "D11 waiting" },
  { "D11/unreadable-held", "R0000000001 | BH!UNREADABLE", "D11 hold" },
  { "D11/put-aside", "R0000000001 | BH!HOLD", "D11 hold" },
  { "I6/manual-judges-the-possible", "BH!NO-NUMBER | SN-NOWHERE | BH!MANUAL", "D3 refuse" },
  { "D19/typed-once", "R0000000002 | typed:SN-KNOWN1", "D19 waiting" },
  { "D19/typed-twice", "R0000000002 | typed:SN-KNOWN1 | typed:SN-KNOWN1", "D5 hold" },
  { "D19/an-accept-needs-no-second", "R0000000001 | typed:SN-ALPHA1", "D1 accept" },
  { "D20/two-numbers-each-its-unit", "R0000000001 | R0000000002 | SN-ALPHA1 | SN-BRAVO1",
    "D1 accept, D1 accept" },
  { "D12/partly-refused", "BH!NO-NUMBER | SN-ALPHA1 | SN-KNOWN1 | BH!NEXT-BOX",
    "D2 accept, D3 refuse" },
};

static const char *engine_now;

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  DeskWorld world = { 0 };
  g_autofree char *got = NULL;

  world_set_up (&world, engine_now);
  got = world_receive (world.desk, NULL, c->scans);
  g_assert_cmpstr (got, ==, c->expected);
  world_tear_down (&world, NULL);
}

static void
test_effects (gconstpointer data)
{
  DeskWorld world = { 0 };
  g_autofree char *got = NULL;

  world_set_up (&world, engine_now);
  got = world_receive (world.desk, NULL, "SN-ALPHA1 | BH!NEXT-BOX");
  g_assert_cmpstr (got, ==, "D2 accept");
  g_assert_cmpint (world_count (world.desk, "SELECT count(*) FROM rma_line WHERE id = 1 AND"
                                            " state = 'received' AND awaited = 0"),
                   ==, 1);
  g_assert_cmpint (world_count (world.desk,
                                "SELECT count(*) FROM clock WHERE line_id = 1 AND kind = 'C1'"
                                " AND state = 'met'"),
                   ==, 1);
  /* Core Plus is return to factory (C4): 20 business days without holidays */
  g_assert_cmpint (world_count (world.desk,
                                "SELECT count(*) FROM clock WHERE line_id = 1 AND kind = 'C4'"
                                " AND state = 'open' AND due = '2026-12-22'"),
                   ==, 1);
  g_assert_cmpint (
      world_count (world.desk, "SELECT count(*) FROM label_job WHERE template = 'box-4x6'"), ==, 1);
  g_assert_cmpint (world_count (world.desk, "SELECT count(*) FROM mail WHERE kind = 'receipt'"
                                            " AND to_address = 'returns@acme.example'"),
                   ==, 1);
  g_assert_cmpint (world_count (world.desk, "SELECT count(*) FROM move WHERE serial ="
                                            " 'SN-ALPHA1' AND location = 'dock:north'"),
                   ==, 1);
  g_assert_cmpint (world_count (world.desk, "SELECT count(*) FROM audit WHERE what = 'receive'"),
                   ==, 1);
  g_assert_cmpint (world_count (world.desk, "SELECT count(*) FROM box_scan"), ==, 2);
  world_tear_down (&world, NULL);
}

static void
test_late (gconstpointer data)
{
  DeskWorld world = { 0 };
  g_autoptr (GPtrArray) outcomes = NULL;
  const BhOutcome *outcome;

  world_set_up (&world, engine_now);
  outcomes = world_outcomes (world.desk, "act-late", NULL, "R0000000007 | SN-LATE01", NULL);
  outcome = g_ptr_array_index (outcomes, 0);
  g_assert_cmpstr (outcome->ruling->rule, ==, "D1");
  g_assert_true (outcome->late);
  g_assert_cmpstr (outcome->return_by, ==, "2026-11-10");
  g_assert_nonnull (strstr (outcome->message, "Late"));
  g_assert_cmpint (world_count (world.desk,
                                "SELECT count(*) FROM clock WHERE line_id = 8 AND kind = 'C1'"
                                " AND state = 'missed'"),
                   ==, 1);
  world_tear_down (&world, NULL);
}

/* D14: the sentence names all that the receiver asks for */
static void
test_message (gconstpointer data)
{
  static const char *const words[] = { "ACCEPT", "D1",  "R0000000001",  "SN-ALPHA1",
                                       "PN-100", "SJC", "Acme Networks" };
  DeskWorld world = { 0 };
  g_autoptr (GPtrArray) outcomes = NULL;
  const BhOutcome *outcome;

  world_set_up (&world, engine_now);
  outcomes = world_outcomes (world.desk, "act", NULL, "R0000000001 | SN-ALPHA1", NULL);
  outcome = g_ptr_array_index (outcomes, 0);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    g_assert_nonnull (strstr (outcome->message, words[i]));
  world_tear_down (&world, NULL);
}

static void
test_already (gconstpointer data)
{
  DeskWorld world = { 0 };
  g_autofree char *first = NULL;
  g_autoptr (GPtrArray) outcomes = NULL;
  const BhOutcome *outcome;

  world_set_up (&world, engine_now);
  first = world_receive (world.desk, NULL, "R0000000001 | SN-ALPHA1 | BH!NEXT-BOX");
  g_assert_cmpstr (first, ==, "D1 accept");
  outcomes = world_outcomes (world.desk, "again", NULL, "SN-ALPHA1", NULL);
  outcome = g_ptr_array_index (outcomes, 0);
  g_assert_cmpstr (outcome->ruling->rule, ==, "D8");
  g_assert_nonnull (outcome->receipt); /* the old one's */
  g_assert_nonnull (strstr (outcome->message, "north"));
  g_assert_nonnull (strstr (outcome->message, "tess"));
  g_assert_cmpint (world_count (world.desk, "SELECT count(*) FROM receipt"), ==, 1);
  world_tear_down (&world, NULL);
}

/* The act's UUID makes it idempotent: the same box twice is one receipt. */
static void
test_same_act (gconstpointer data)
{
  DeskWorld world = { 0 };
  g_autoptr (GPtrArray) one = NULL;
  g_autoptr (GPtrArray) two = NULL;

  world_set_up (&world, engine_now);
  one = world_outcomes (world.desk, "act-1", NULL, "SN-ALPHA1 | BH!NEXT-BOX", NULL);
  two = world_outcomes (world.desk, "act-1", NULL, "SN-ALPHA1 | BH!NEXT-BOX", NULL);
  g_assert_cmpstr (((BhOutcome *) one->pdata[0])->receipt, ==,
                   ((BhOutcome *) two->pdata[0])->receipt);
  g_assert_cmpstr (((BhOutcome *) two->pdata[0])->ruling->rule, ==, "D2");
  g_assert_cmpint (world_count (world.desk, "SELECT count(*) FROM receipt"), ==, 1);
  g_assert_cmpint (world_count (world.desk, "SELECT count(*) FROM box_scan"), ==, 2);
  g_assert_cmpint (world_count (world.desk, "SELECT count(*) FROM audit"), ==, 1);
  world_tear_down (&world, NULL);
}

/* Several scanners at one station are told apart in the record, too; what was typed by hand, or
 * came in by a file, has none. */
static void
test_scanner_kept (gconstpointer data)
{
  DeskWorld world = { 0 };
  g_autoptr (BhBox) box = bh_box_new ();
  g_autoptr (GPtrArray) outcomes = NULL;
  g_autoptr (GPtrArray) scans = NULL;
  g_autoptr (GError) error = NULL;
  BhReceiveOptions options = { .box = "box-1" };
  BhScan *scan;

  world_set_up (&world, engine_now);
  scan = bh_scan_new_text ("SN-ALPHA1", BH_SCAN_SCANNED, WORLD_NOW);
  scan->scanner = g_strdup ("/dev/ttyACM0");
  bh_box_add (box, scan);
  bh_box_add (box, bh_scan_new_text ("BH!NEXT-BOX", BH_SCAN_SCANNED, WORLD_NOW));
  outcomes = bh_desk_receive (world.desk, "act-1", box, &options, WORLD_NOW, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (outcomes->len, ==, 1);
  scans = bh_desk_box_scans (world.desk, "box-1", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (scans->len, ==, 2);
  g_assert_cmpstr (((BhScan *) scans->pdata[0])->scanner, ==, "/dev/ttyACM0");
  g_assert_cmpstr (((BhScan *) scans->pdata[1])->scanner, ==, NULL);
  world_tear_down (&world, NULL);
}

/* Scan by scan on one open box: the verdict grows, the last one stands. */
static void
test_box_grows (gconstpointer data)
{
  DeskWorld world = { 0 };
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;
  g_autofree char *three = NULL;

  world_set_up (&world, engine_now);
  one = world_receive (world.desk, "box-1", "SN-ALPHA1");
  g_assert_cmpstr (one, ==, "D2 accept");
  two = world_receive (world.desk, "box-1", "SN-ALPHA1 | R0000000001");
  g_assert_cmpstr (two, ==, "D1 accept");
  three = world_receive (world.desk, "box-1", "SN-ALPHA1 | R0000000001 | PN-900");
  g_assert_cmpstr (three, ==, "D10 hold");
  g_assert_cmpint (world_count (world.desk, "SELECT count(*) FROM receipt WHERE void = 0"), ==, 1);
  g_assert_cmpint (world_count (world.desk, "SELECT count(*) FROM receipt WHERE void = 1 AND"
                                            " replaced_by IS NOT NULL"),
                   ==, 2);
  g_assert_cmpint (
      world_count (world.desk, "SELECT count(*) FROM rma_line WHERE id = 1 AND awaited = 1"), ==,
      1);
  world_tear_down (&world, NULL);
}

static void
test_void (gconstpointer data)
{
  DeskWorld world = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) outcomes = NULL;
  g_autofree char *again = NULL;
  const char *receipt;

  world_set_up (&world, engine_now);
  outcomes = world_outcomes (world.desk, "act-1", NULL, "R0000000001 | SN-ALPHA1", NULL);
  receipt = ((BhOutcome *) outcomes->pdata[0])->receipt;
  g_assert_true (bh_desk_void (world.desk, "act-2", receipt, "wrong box", WORLD_NOW + 1, &error));
  g_assert_no_error (error);
  g_assert_cmpint (world_count (world.desk, "SELECT count(*) FROM receipt WHERE void = 1 AND"
                                            " void_reason = 'wrong box' AND void_by = 'tess'"),
                   ==, 1);
  g_assert_cmpint (world_count (world.desk, "SELECT count(*) FROM clock WHERE line_id = 1 AND"
                                            " kind = 'C1' AND state = 'open'"),
                   ==, 1);
  g_assert_cmpint (world_count (world.desk, "SELECT count(*) FROM clock WHERE line_id = 1 AND"
                                            " kind = 'C4' AND state = 'void'"),
                   ==, 1);
  g_assert_cmpint (world_count (world.desk, "SELECT count(*) FROM mail WHERE state = 'queued'"), ==,
                   0);
  g_assert_false (bh_desk_void (world.desk, "act-3", receipt, "again", WORLD_NOW + 2, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (bh_desk_void (world.desk, "act-4", "no-such", "x", WORLD_NOW + 2, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_NOT_FOUND);
  again = world_receive (world.desk, NULL, "R0000000001 | SN-ALPHA1");
  g_assert_cmpstr (again, ==, "D1 accept");
  world_tear_down (&world, NULL);
}

/* D17: known again by any code that was on it */
static void
test_refused_comes_again (gconstpointer data)
{
  DeskWorld world = { 0 };
  g_autofree char *first = NULL;
  static const char *const codes[] = { "1Z999AA10123456784", "SN-NOWHERE", "PALLET 7/B!" };

  world_set_up (&world, engine_now);
  first = world_receive (world.desk, NULL,
                         "1Z999AA10123456784 | SN-NOWHERE | PALLET 7/B! | BH!NEXT-BOX");
  g_assert_cmpstr (first, ==, "D3 refuse");
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++) {
    g_autofree char *act = g_uuid_string_random ();
    g_autoptr (GPtrArray) outcomes = world_outcomes (world.desk, act, NULL, codes[i], NULL);

    g_assert_nonnull (((BhOutcome *) outcomes->pdata[0])->seen_before);
  }
  world_tear_down (&world, NULL);
}

/* F4: a refusal is told to a sender who is known, and to nobody else */
static void
test_refusal_told (gconstpointer data)
{
  DeskWorld world = { 0 };
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;

  world_set_up (&world, engine_now);
  one = world_receive (world.desk, NULL, "SN-NOWHERE | BH!NEXT-BOX");
  g_assert_cmpint (world_count (world.desk, "SELECT count(*) FROM mail"), ==, 0);
  two = world_receive (world.desk, NULL, "SN-KNOWN1 | BH!NEXT-BOX");
  g_assert_cmpint (world_count (world.desk, "SELECT count(*) FROM mail WHERE kind = 'refusal'"), ==,
                   1);
  g_assert_cmpint (world_count (world.desk, "SELECT count(*) FROM label_job WHERE template ="
                                            " 'return-to-sender-4x6'"),
                   ==, 2);
  world_tear_down (&world, NULL);
}

static void
test_near (gconstpointer data)
{
  static const struct {
    const char *scan;
    const char *near;
  } misses[] = {
    { "5N-ALPHA1", "SN-ALPHA1 on R0000000001" }, { "SN-ALPHAI", "SN-ALPHA1 on R0000000001" },
    { "SN-BR4VO1", "SN-BRAVO1 on R0000000002" }, { "SN-BRVAO1", "SN-BRAVO1 on R0000000002" },
    { "SN-BRAVO", "SN-BRAVO1 on R0000000002" },  { "SN-BRAVO12", "SN-BRAVO1 on R0000000002" },
    { "5N-8RAVOI", "SN-BRAVO1 on R0000000002" }, { "SN-XXAVO1", NULL },
  };
  DeskWorld world = { 0 };

  world_set_up (&world, engine_now);
  for (guint i = 0; i < G_N_ELEMENTS (misses); i++) {
    g_autofree char *act = g_uuid_string_random ();
    g_autofree char *scans = g_strdup_printf ("%s | BH!NEXT-BOX", misses[i].scan);
    g_autoptr (GPtrArray) outcomes = world_outcomes (world.desk, act, NULL, scans, NULL);
    const BhOutcome *outcome = outcomes->pdata[0];

    g_assert_cmpstr (outcome->ruling->rule, ==, "D3");
    if (misses[i].near == NULL)
      g_assert_null (outcome->near);
    else
      g_assert_true (g_strv_contains ((const char *const *) outcome->near, misses[i].near));
  }
  world_tear_down (&world, NULL);
}

/* EXAMPLES §6: fail the 1st, 2nd, 3rd … step until the act passes untouched;
 * each failure leaves nothing behind. */
static void
test_nth_failure (gconstpointer data)
{
  DeskWorld world = { 0 };
  gboolean passed = FALSE;
  int n;

  world_set_up (&world, engine_now);
  for (n = 1; !passed && n < 500; n++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) outcomes = NULL;

    bh_store_fail_after (bh_desk_store (world.desk), n);
    outcomes = world_outcomes (world.desk, "act-1", NULL, "SN-ALPHA1 | BH!NEXT-BOX", &error);
    bh_store_fail_after (bh_desk_store (world.desk), 0);
    passed = outcomes != NULL;
    if (!passed) {
      g_assert_error (error, BH_ERROR, BH_ERROR_FULL);
      g_assert_cmpint (world_count (world.desk, "SELECT (SELECT count(*) FROM receipt)"
                                                " + (SELECT count(*) FROM box)"
                                                " + (SELECT count(*) FROM audit)"
                                                " + (SELECT count(*) FROM label_job)"
                                                " + (SELECT count(*) FROM mail)"),
                       ==, 0);
      g_assert_cmpint (world_count (world.desk, "SELECT count(*) FROM rma_line WHERE awaited = 1"),
                       ==, 4);
    }
  }
  g_assert_true (passed);
  g_assert_cmpint (n, >, 15);
  g_assert_cmpint (world_count (world.desk, "SELECT count(*) FROM receipt"), ==, 1);
  world_tear_down (&world, NULL);
}

static void
test_hostile (gconstpointer data)
{
  static const char *const texts[] = {
    "'; DROP TABLE receipt; --",
    "<b>bold</b> &amp;",
    "%s%s%n%n",
    "../../etc/passwd",
    "=cmd|' /C calc'!A0",
    "\x1b[2J\x07",
    "\u202eKCATTA",
    "e\u0301\u0301\u0301\u0301",
    "[)>\x1e"
    "06\x1d",
    "\xff\xfe\xfd",
  };
  DeskWorld world = { 0 };
  g_autofree char *huge = g_strnfill (1 << 20, 'A');
  g_autofree char *got = NULL;

  world_set_up (&world, engine_now);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autofree char *scans = g_strdup_printf ("%s | SN-NOWHERE | BH!NEXT-BOX", texts[i]);
    g_autofree char *one = world_receive (world.desk, NULL, scans);

    g_assert_cmpstr (one, ==, "D3 refuse");
  }
  got = world_receive (world.desk, NULL, huge);
  g_assert_cmpstr (got, ==, "D11 waiting");
  g_assert_cmpint (world_count (world.desk, "SELECT count(*) FROM receipt"), ==,
                   G_N_ELEMENTS (texts));
  /* byte for byte (I4) */
  g_assert_cmpint (world_count (world.desk, "SELECT max(length(bytes)) FROM box_scan"), ==,
                   1 << 20);
  world_tear_down (&world, NULL);
}

/* --at may not lie before what is on record of the unit */
static void
test_stated_time (gconstpointer data)
{
  DeskWorld world = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (BhBox) box = bh_box_new ();
  BhReceiveOptions options = { .time_stated = TRUE };

  world_set_up (&world, engine_now);
  bh_box_add (box, bh_scan_new_text ("SN-ALPHA1", BH_SCAN_SCANNED, WORLD_NOW));
  g_assert_null (bh_desk_receive (world.desk, "act-1", box, &options,
                                  WORLD_NOW - 11 * G_TIME_SPAN_DAY, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_INPUT);
  world_tear_down (&world, NULL);
}

/* F6: an altered, a removed and a reordered entry are each found */
static void
test_audit_altered (gconstpointer data)
{
  static const char *const harms[] = {
    "UPDATE audit SET after = 'nothing' WHERE seq = 2",
    "DELETE FROM audit WHERE seq = 2",
    "UPDATE audit SET seq = seq + 100 WHERE seq = 1",
  };

  for (guint i = 0; i < G_N_ELEMENTS (harms); i++) {
    DeskWorld world = { 0 };
    g_autofree char *bad = NULL;
    gint64 entries = 0;

    world_set_up (&world, engine_now);
    g_free (world_receive (world.desk, NULL, "SN-ALPHA1"));
    g_free (world_receive (world.desk, NULL, "SN-ALPHA2"));
    g_free (world_receive (world.desk, NULL, "SN-BRAVO1"));
    g_assert_true (bh_desk_audit_verify (world.desk, &entries, &bad, NULL));
    g_assert_cmpstr (bad, ==, NULL);
    g_assert_cmpint (entries, ==, 3);
    g_assert_true (bh_store_run (bh_desk_store (world.desk), NULL, NULL, harms[i], ""));
    g_assert_true (bh_desk_audit_verify (world.desk, &entries, &bad, NULL));
    g_assert_nonnull (bad);
    bh_desk_close (world.desk);
    test_wrap_free (world.wrap);
  }
}

static void
test_roles (gconstpointer data)
{
  DeskWorld world = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (BhDesk) tech = NULL;

  world_set_up (&world, engine_now);
  g_assert_true (bh_store_run (bh_desk_store (world.desk), NULL, NULL,
                               "INSERT INTO operator (login, name, role)"
                               " VALUES ('terry', 'Terry', 'technician')",
                               ""));
  tech = bh_desk_open (test_wrap_uri (world.wrap), BH_STORE_OPEN, "terry", NULL, "bench", NULL);
  g_assert_nonnull (tech);
  g_assert_null (world_outcomes (tech, "act", NULL, "SN-ALPHA1", &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_FORBIDDEN);
  g_clear_error (&error);
  g_assert_false (bh_desk_void (tech, "act", "x", "y", WORLD_NOW, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_FORBIDDEN);
  g_clear_error (&error);
  g_assert_null (
      bh_desk_open (test_wrap_uri (world.wrap), BH_STORE_OPEN, "nobody", NULL, "x", &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_FORBIDDEN);
  world_tear_down (&world, NULL);
}

static const struct {
  const char *path;
  GTestDataFunc run;
} stories[] = {
  { "D15/one-transaction-does-all", test_effects },
  { "D13/late-is-accepted-and-flagged", test_late },
  { "D14/the-sentence-says-all", test_message },
  { "D8/tells-when-where-by-whom", test_already },
  { "D15/same-act-is-one-receipt", test_same_act },
  { "D11/a-box-grows-scan-by-scan", test_box_grows },
  { "S9/which-scanner-read-it-is-kept", test_scanner_kept },
  { "D16/void-takes-back-and-keeps", test_void },
  { "D17/a-refused-box-is-known-again", test_refused_comes_again },
  { "F4/refusal-is-told-to-a-known-sender", test_refusal_told },
  { "D18/near-is-offered-never-chosen", test_near },
  { "D15/nth-failure-writes-nothing", test_nth_failure },
  { "I5/hostile-texts", test_hostile },
  { "D16/stated-time-not-before-the-record", test_stated_time },
  { "F6/altered-journal-is-found", test_audit_altered },
  { "V9/roles", test_roles },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  engine_now = test_wrap_engine_from_env ();
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strdup_printf ("/desk/%s/%s", engine_now, cases[i].path);

    g_test_add_data_func (path, &cases[i], test_case);
  }
  for (guint i = 0; i < G_N_ELEMENTS (stories); i++) {
    g_autofree char *path = g_strdup_printf ("/desk/%s/%s", engine_now, stories[i].path);

    g_test_add_data_func (path, NULL, stories[i].run);
  }
  return g_test_run ();
}
