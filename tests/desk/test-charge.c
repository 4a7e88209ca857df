/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person decides of a unit that did not come back: O2 to O5, D6, D13, D16. */
#include <string.h>

#include "backhaul/receive.h"
#include "chase-world.h"

#define NOON(day)         "2026-10-" day "T12:00:00-07:00"
#define PLAY(self, steps) chase_world_play (self, steps, G_N_ELEMENTS (steps))
#define ADD(self, rows)   chase_world_add (self, rows, G_N_ELEMENTS (rows))

/* ---- charge -------------------------------------------------------------------------------- */

/* At the list price of the day, kept as it was. */
static void
test_price (Fixture *self, gconstpointer data)
{
  static const char *const rows[] = { "1 ACME SN-A00001 PN-1 SJC " NOON ("05"),
                                      "2 ACME SN-A00002 PN-1 SJC " NOON ("05"),
                                      "3 MUTE SN-M00001 PN-3 SJC " NOON ("05") };
  static const ChaseStep first[] = { { "charge", 1, 0, NOON ("20"), "" } };
  static const ChaseStep second[] = { { "charge", 2, 0, NOON ("21"), "" },
                                      { "charge", 3, 0, NOON ("22"), "" },
                                      { "state", 1, 0, NULL, "charged: charged" } };
  g_autofree char *charges = NULL;
  g_autofree char *clocks = NULL;
  g_autofree char *csv = NULL;
  g_autofree char *mails = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) all = NULL;

  ADD (self, rows);
  PLAY (self, first);
  fixture_add (self, "products",
               "part,description,platform,list_price,currency,first_shipment,end_of_life,"
               "end_of_service,third_party,components\nPN-1,Router,MX,9.99,EUR,2020-01-01,,,no,\n");
  PLAY (self, second);
  charges = chase_world_rows (self,
                              "SELECT amount, currency, operator, reason FROM charge"
                              " ORDER BY id",
                              4);
  g_assert_cmpstr (charges, ==,
                   "1250050 USD anna no answer; 999 EUR anna no answer; 95 JPY anna no answer");
  clocks = chase_world_rows (self, "SELECT state FROM clock WHERE kind = 'C1' ORDER BY id", 1);
  g_assert_cmpstr (clocks, ==, "missed; missed; missed");
  /* F4, and an account without e-mail */
  mails = chase_world_rows (self,
                            "SELECT account, state FROM mail WHERE kind = 'charge'"
                            " ORDER BY rmas",
                            2);
  g_assert_cmpstr (mails, ==, "ACME queued; ACME queued; MUTE failed");
  all = bh_desk_charges (self->desk, BH_CHARGES_ALL, NULL, 0, G_MAXINT64, &error);
  g_assert_no_error (error);
  csv = bh_charges_csv (all);
  g_assert_nonnull (strstr (csv, "R0000000001,1,SN-A00001,PN-1,Router,ACME,Acme,'=PO 1,"
                                 "2026-1001-000001,2026-10-19,12500.50,USD,"));
  g_assert_nonnull (strstr (csv, ",95,JPY,"));
}

static void
test_no_price (Fixture *self, gconstpointer data)
{
  static const char *const rows[] = { "1 ACME SN-A00001 PN-1 SJC " NOON ("05"),
                                      "1 ACME SN-A00002 PN-2 SJC " NOON ("05"),
                                      "2 ACME SN-A00003 PN-3 SJC " NOON ("05") };
  static const ChaseStep steps[] = {
    { "charge", 1, 2, NOON ("20"), "no list price on record (O2)" },
    /* one of two has no price: none is charged */
    { "charge", 1, 0, NOON ("20"), "no list price on record (O2)" },
    { "charge", 2, 0, NOON ("20"), "no list price on record (O2)" },
    { "state", 1, 0, NULL, "open: awaited awaited" },
  };
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  ADD (self, rows);
  /* a price without a currency is none */
  g_assert_true (bh_store_run (bh_desk_store (self->desk), NULL, &error,
                               "UPDATE product SET currency = NULL WHERE part = 'PN-3'", ""));
  before = chase_world_picture (self);
  PLAY (self, steps);
  after = chase_world_picture (self);
  g_assert_cmpstr (after, ==, before);
}

/* Not on the due day, until its midnight there. */
static void
test_midnight (Fixture *self, gconstpointer data)
{
  static const char *const rows[] = { "1 ACME SN-A00001 PN-1 SJC " NOON ("05"),
                                      "2 ACME SN-A00002 PN-1 KIR 2026-10-05T12:00:00+14:00",
                                      "3 ACME SN-A00003 PN-1 PAG 2026-10-05T12:00:00-11:00" };
  static const ChaseStep steps[] = {
    { "charge", 1, 0, "2026-10-19T23:59:59-07:00", "(O1)" },
    { "charge", 1, 0, "2026-10-20T00:00:00-07:00", "" },
    { "charge", 2, 0, "2026-10-19T23:59:59+14:00", "(O1)" },
    { "charge", 2, 0, "2026-10-20T00:00:00+14:00", "" },
    { "charge", 3, 0, "2026-10-19T23:59:59-11:00", "(O1)" },
    { "charge", 3, 0, "2026-10-20T00:00:00-11:00", "" },
  };

  ADD (self, rows);
  PLAY (self, steps);
}

static void
test_not_charged (Fixture *self, gconstpointer data)
{
  static const char *const rows[] = {
    "1 ACME SN-A00001 PN-1 SJC " NOON ("05"), "2 ACME SN-A00002 PN-1 SJC " NOON ("05"),
    "3 ACME SN-A00003 PN-1 SJC " NOON ("05"), "4 ACME SN-A00004 PN-1 SJC " NOON ("05"),
    "5 ACME SN-A00005 PN-1 SJC " NOON ("05"), "6 ACME SN-A00006 PN-1 SJC " NOON ("05"),
  };
  static const ChaseStep steps[] = {
    { "pause", 1, 1, NOON ("21"), "" },
    { "charge", 1, 0, NOON ("22"), "paused (C9)" },
    { "resume", 1, 1, NOON ("22"), "" },
    { "charge", 1, 0, NOON ("22"), "" },
    { "charge", 1, 0, NOON ("23"), "charged already (O2)" },
    { "waive", 1, 0, NOON ("23"), "(O2)" },
    { "buy", 1, 0, NOON ("23"), "charged already (N1)" },
    { "claim", 2, 0, NOON ("21"), "" },
    { "charge", 2, 0, NOON ("22"), "decide the claim first" },
    { "reject", 2, 0, NOON ("22"), "" },
    { "charge", 2, 0, NOON ("22"), "" },
    { "claim", 3, 0, NOON ("21"), "" },
    { "accept", 3, 0, NOON ("22"), "" },
    { "charge", 3, 0, NOON ("22"), "claim that was accepted (O5)" },
    { "receive", 4, 0, NOON ("21"), "late" },
    { "charge", 4, 0, NOON ("22"), "has come in (O3)" },
    { "waive", 4, 0, NOON ("22"), "(O2)" },
    { "waive", 5, 0, NOON ("21"), "" },
    { "charge", 5, 0, NOON ("22"), "not awaited (O2)" },
    { "buy", 6, 0, NOON ("21"), "" },
    { "charge", 6, 0, NOON ("22"), "not awaited (O2)" },
    { "charge", 6, 7, NOON ("22"), "no line 7" },
    { "waive", 6, 7, NOON ("22"), "no line 7" },
    { "credit", 6, 7, NOON ("22"), "no line 7" },
    { "charge", 77, 0, NOON ("22"), "no such RMA" },
    { "credit", 6, 0, NOON ("22"), "no charge of it stands (O3)" },
  };

  ADD (self, rows);
  PLAY (self, steps);
}

/* Of an RMA of several units each goes its own way. */
static void
test_lines (Fixture *self, gconstpointer data)
{
  static const char *const rows[] = {
    "1 ACME SN-A00001 PN-1 SJC " NOON ("05"), "1 ACME SN-A00002 PN-1 SJC " NOON ("05"),
    "1 ACME SN-A00003 PN-1 SJC " NOON ("05"), "1 ACME SN-A00004 PN-1 SJC " NOON ("05"),
    "1 ACME SN-A00005 PN-1 SJC " NOON ("05"), "2 ACME SN-A00006 PN-1 SJC " NOON ("05"),
    "2 ACME SN-A00007 PN-1 SJC " NOON ("05"),
  };
  static const ChaseStep steps[] = {
    { "pause", 1, 2, NOON ("20"), "" },
    { "receive", 1, 3, NOON ("20"), "late" },
    { "claim", 1, 4, NOON ("20"), "" },
    { "charge", 1, 0, NOON ("21"), "" },
    { "state", 1, 0, NULL, "open: charged awaited received awaited charged" },
    /* says of one that is awaited why nothing is charged */
    { "charge", 1, 0, NOON ("22"), "(C9)" },
    /* one that was charged still comes in (D13), and shows for credit (O3) */
    { "receive", 1, 5, NOON ("22"), "late" },
    { "to-credit", 0, 0, NULL, "SN-A00005" },
    { "waive", 1, 2, NOON ("22"), "" },
    { "accept", 1, 4, NOON ("22"), "" },
    { "buy", 1, 4, NOON ("22"), "" },
    { "state", 1, 0, NULL, "received: charged waived received cancelled received" },
    { "charge", 2, 1, NOON ("21"), "" },
    { "waive", 2, 2, NOON ("21"), "" },
    { "state", 2, 0, NULL, "charged: charged waived" },
  };

  ADD (self, rows);
  PLAY (self, steps);
  g_assert_cmpint (fixture_number (self, "SELECT count(*) FROM mail WHERE kind = 'charge'"), ==, 2);
  g_assert_cmpint (fixture_number (self, "SELECT count(*) FROM mail WHERE kind = 'closing'"), ==,
                   1);
}

/* Two decisions at one stated time: each answers what it made itself. */
static void
test_one_time (Fixture *self, gconstpointer data)
{
  static const char *const rows[] = { "1 ACME SN-A00001 PN-1 SJC " NOON ("05"),
                                      "1 ACME SN-A00002 PN-1 SJC " NOON ("05") };
  gint64 at_us = chase_world_us (NOON ("21"));
  g_autofree char *mails = NULL;

  ADD (self, rows);
  for (int line = 1; line <= 2; line++)
    for (int again = 0; again < 2; again++) {
      g_autofree char *act = g_strdup_printf ("act-%d", line);
      const BhWhen when = { act, at_us, TRUE };
      g_autoptr (GPtrArray) made = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_true (
          bh_desk_charge (self->desk, &when, "R0000000001", line, "no answer", &made, &error));
      g_assert_no_error (error);
      g_assert_cmpuint (made->len, ==, 1);
      g_assert_cmpint (((BhChargeRow *) g_ptr_array_index (made, 0))->line, ==, line);
    }
  g_assert_cmpint (fixture_number (self, "SELECT count(*) FROM charge"), ==, 2);
  mails =
      chase_world_rows (self, "SELECT details FROM mail WHERE kind = 'charge' ORDER BY details", 1);
  g_assert_cmpstr (mails, ==,
                   "{\"lines\":[{\"rma\":\"R0000000001\",\"line\":1}],\"closes\":0}; "
                   "{\"lines\":[{\"rma\":\"R0000000001\",\"line\":2}],\"closes\":1}");
}

/* ---- after a charge ----------------------------------------------------------------------------
 */

static void
test_credit (Fixture *self, gconstpointer data)
{
  static const char *const rows[] = { "1 ACME SN-A00001 PN-1 SJC " NOON ("05"),
                                      "1 ACME SN-A00002 PN-1 SJC " NOON ("05"),
                                      "2 BLUE SN-B00001 PN-1 SJC " NOON ("05") };
  static const ChaseStep steps[] = {
    { "charge", 1, 1, NOON ("21"), "" },
    { "to-credit", 0, 0, NULL, "" },
    { "receive", 1, 1, NOON ("22"), "late" },
    { "to-credit", 0, 0, NULL, "SN-A00001" },
    /* D16 */
    { "void", 1, 1, NOON ("22"), "" },
    { "state", 1, 0, NULL, "open: charged awaited" },
    { "to-credit", 0, 0, NULL, "" },
    { "chase", 0, 0, "2026-10-22", "overdue 1/2 a, overdue 2/1 b" },
    { "receive", 1, 1, NOON ("23"), "charged 12500.50 USD for it: to be credited" },
    { "credit", 1, 0, NOON ("23"), "" },
    { "to-credit", 0, 0, NULL, "" },
    { "credit", 1, 0, NOON ("23"), "(O3)" },
    /* credited, and then it had not come in: it is awaited, and overdue */
    { "void", 1, 1, NOON ("24"), "" },
    { "state", 1, 0, NULL, "open: awaited awaited" },
    { "chase", 0, 0, "2026-10-25", "overdue 1/1 a, decide 1/2 -, decide 2/1 -" },
    /* O5: claimed rightly after it was charged */
    { "charge", 2, 0, NOON ("21"), "" },
    { "claim", 2, 1, NOON ("22"), "" },
    { "to-credit", 0, 0, NULL, "" },
    { "accept", 2, 1, NOON ("23"), "" },
    { "to-credit", 0, 0, NULL, "SN-B00001" },
    { "credit", 2, 0, NOON ("24"), "" },
    { "to-credit", 0, 0, NULL, "" },
  };
  g_autofree char *mails = NULL;

  ADD (self, rows);
  PLAY (self, steps);
  mails = chase_world_rows (
      self, "SELECT account, rmas FROM mail WHERE kind = 'credit' ORDER BY rmas", 2);
  g_assert_cmpstr (mails, ==, "ACME R0000000001; BLUE R0000000002");
}

/* D6: on a closed RMA it is held, and the hold shows the charge. */
static void
test_closed (Fixture *self, gconstpointer data)
{
  static const char *const rows[] = { "1 ACME SN-A00001 PN-1 SJC " NOON ("05"),
                                      "2 ACME SN-A00002 PN-1 SJC " NOON ("05") };
  static const ChaseStep steps[] = {
    { "charge", 1, 0, NOON ("21"), "" },      { "receive", 1, 0, NOON ("22"), "(D6)" },
    { "to-credit", 0, 0, NULL, "" },          { "waive", 2, 0, NOON ("21"), "" },
    { "receive", 2, 0, NOON ("22"), "(D6)" },
  };
  static const ChaseStep shown[] = { { "receive", 1, 0, NOON ("23"), "charged 12500.50 USD" } };

  ADD (self, rows);
  PLAY (self, steps);
  PLAY (self, shown);
}

/* ---- proof of delivery (O5)
 * ------------------------------------------------------------------------ */

static BhClaimPage *
claim (Fixture *self, const BhClaimRequest *request, const char *at, GError **error)
{
  g_autofree char *act = g_uuid_string_random ();
  const BhWhen when = { act, chase_world_us (at), FALSE };

  return bh_desk_claim (self->desk, &when, request, error);
}

static void
test_claim_input (Fixture *self, gconstpointer data)
{
  static const char *const rows[] = { "1 ACME SN-A00001 PN-1 SJC " NOON ("05"),
                                      "1 ACME SN-A00002 PN-1 SJC " NOON ("05") };
  static const struct {
    BhClaimRequest request;
    BhError code;
  } bad[] = {
    { { "R0000000001", 1, "UPS", "1Z99", "2026-02-30", "Bob", NULL, NULL, NULL }, BH_ERROR_INPUT },
    { { "R0000000001", 1, "UPS", "1Z99", "yesterday", "Bob", NULL, NULL, NULL }, BH_ERROR_INPUT },
    { { "R0000000001", 1, "UPS", "1Z99", "2026-10-14", "Bob", NULL, NULL, NULL }, BH_ERROR_INPUT },
    { { "R0000000001", 1, "UPS", "1Z99", "2026-10-03", "Bob", NULL, NULL, NULL }, BH_ERROR_INPUT },
    { { "R0000000001", 1, "", "1Z99", "2026-10-12", "Bob", NULL, NULL, NULL }, BH_ERROR_INPUT },
    { { "R0000000001", 1, "UPS", " - ", "2026-10-12", "Bob", NULL, NULL, NULL }, BH_ERROR_INPUT },
    { { "R0000000001", 1, "UPS", "1Z99", "2026-10-12", "", NULL, NULL, NULL }, BH_ERROR_INPUT },
    { { "R0000000001", 1, "U\x1b[2J", "1Z99", "2026-10-12", "B", NULL, NULL, NULL },
      BH_ERROR_INPUT },
    { { "R0000000001", 1, "UPS", "1Z99\xff", "2026-10-12", "B", NULL, NULL, NULL },
      BH_ERROR_INPUT },
    { { "R0000000001", 0, "UPS", "1Z99", "2026-10-12", "Bob", NULL, NULL, NULL }, BH_ERROR_INPUT },
    { { "R0000000001", 7, "UPS", "1Z99", "2026-10-12", "Bob", NULL, NULL, NULL },
      BH_ERROR_REFUSED },
    { { "R0000000009", 1, "UPS", "1Z99", "2026-10-12", "Bob", NULL, NULL, NULL },
      BH_ERROR_NOT_FOUND },
    { { "hello", 1, "UPS", "1Z99", "2026-10-12", "Bob", NULL, NULL, NULL }, BH_ERROR_INPUT },
  };
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  ADD (self, rows);
  before = chase_world_picture (self);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (BhClaimPage) page = claim (self, &bad[i].request, NOON ("12"), &error);

    g_test_message ("row %u", i);
    g_assert_null (page);
    g_assert_error (error, BH_ERROR, (int) bad[i].code);
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
  }
  after = chase_world_picture (self);
  g_assert_cmpstr (after, ==, before);
}

/* Searched against what the dock read, by tracking number and by serial, and nearly so. */
static void
test_claim_matches (Fixture *self, gconstpointer data)
{
  static const char *const rows[] = { "1 ACME SN-A00001 PN-1 SJC " NOON ("05"),
                                      "2 ACME SN-A00002 PN-1 SJC " NOON ("05") };
  static const char *const boxes[] = { "1Z999AA10123456784|SN-X00001",
                                       "1Z999AA10123456785|SN-X00002",
                                       "SN-A00001|1Z999AA10123450000",
                                       "1ZUNRELATED000001|SN-X00003" };
  static const char bytes[] = "%PDF\0\xff\r\n";
  g_autoptr (GBytes) document = g_bytes_new_static (bytes, sizeof bytes);
  BhClaimRequest request = { "R0000000002",    1,     "UPS",    "1z 999 AA1 01 2345 6784",
                             "2026-10-12",     "Bob", document, "a.pdf",
                             "application/pdf" };
  g_autoptr (GError) error = NULL;
  g_autoptr (BhClaimPage) page = NULL;
  g_autoptr (BhClaimPage) again = NULL;
  g_autoptr (GString) found = g_string_new (NULL);
  g_autoptr (GBytes) back = NULL;

  ADD (self, rows);
  for (guint i = 0; i < G_N_ELEMENTS (boxes); i++) {
    g_auto (GStrv) codes = g_strsplit (boxes[i], "|", -1);
    g_autofree char *act = g_uuid_string_random ();
    g_autoptr (BhBox) box = bh_box_new ();
    g_autoptr (GPtrArray) outcomes = NULL;
    gint64 at_us = chase_world_us (NOON ("12")) + i * G_TIME_SPAN_HOUR;

    for (char **code = codes; *code != NULL; code++)
      bh_box_add (box, bh_scan_new_text (*code, BH_SCAN_SCANNED, at_us));
    bh_box_say (box, BH_COMMAND_NO_NUMBER);
    bh_box_say (box, BH_COMMAND_NEXT_BOX);
    outcomes = bh_desk_receive (self->desk, act, box, NULL, at_us, &error);
    g_assert_no_error (error);
  }
  page = claim (self, &request, NOON ("13"), &error);
  g_assert_no_error (error);
  for (guint i = 0; i < page->matches->len; i++) {
    const BhClaimMatch *match = g_ptr_array_index (page->matches, i);

    g_string_append_printf (found, "%s %s, ", bh_match_name (match->match), match->code);
    g_assert_nonnull (match->receipt);
  }
  /* the box of the other RMA's unit has a serial one character off */
  g_assert_cmpstr (found->str, ==,
                   "refused 1Z999AA10123456784, near 1Z999AA10123456785, near SN-A00001, ");
  g_assert_true (bh_desk_claim_document (self->desk, page->claim.claim, &back, &error));
  g_assert_true (g_bytes_equal (back, document));
  g_assert_cmpstr (page->claim.document_name, ==, "a.pdf");
  /* a second one of the line waits for the first */
  again = claim (self, &request, NOON ("13"), &error);
  g_assert_null (again);
  g_assert_error (error, BH_ERROR, BH_ERROR_REFUSED);
}

static void
test_large_document (Fixture *self, gconstpointer data)
{
  static const char *const rows[] = { "1 ACME SN-A00001 PN-1 SJC " NOON ("05"),
                                      "2 ACME SN-A00002 PN-1 SJC " NOON ("05") };
  const gsize most = 10 * 1024 * 1024;

  ADD (self, rows);
  for (int over = 0; over < 2; over++) {
    g_autoptr (GBytes) document = g_bytes_new_take (g_malloc0 (most + 1), most + (gsize) over);
    BhClaimRequest request = { over ? "R0000000002" : "R0000000001",
                               1,
                               "UPS",
                               "1Z99",
                               "2026-10-12",
                               "Bob",
                               document,
                               "a.pdf",
                               "application/pdf" };
    g_autoptr (GError) error = NULL;
    g_autoptr (BhClaimPage) page = claim (self, &request, NOON ("13"), &error);

    if (!over)
      g_assert_no_error (error);
    else
      g_assert_error (error, BH_ERROR, BH_ERROR_INPUT);
  }
}

/* ---- every act
 * ----------------------------------------------------------------------------------------- */

/* Each on an RMA of its own, of this number. */
static const struct {
  ChaseStep before[2];
  ChaseStep act;
  gboolean csr; /* may do it too */
} acts[] = {
  { { { NULL } }, { "charge", 1, 0, NOON ("21"), "" }, FALSE },
  { { { NULL } }, { "waive", 2, 0, NOON ("21"), "" }, FALSE },
  { { { "charge", 3, 0, NOON ("21"), "" } }, { "credit", 3, 0, NOON ("22"), "" }, FALSE },
  { { { NULL } }, { "claim", 4, 0, NOON ("21"), "" }, TRUE },
  { { { "claim", 5, 0, NOON ("21"), "" } }, { "accept", 5, 0, NOON ("22"), "" }, TRUE },
  { { { "claim", 6, 0, NOON ("21"), "" } }, { "reject", 6, 0, NOON ("22"), "" }, TRUE },
  { { { NULL } }, { "buy", 7, 0, NOON ("21"), "" }, TRUE },
  { { { NULL } }, { "extend", 8, 1, NOON ("21"), "" }, TRUE },
  { { { NULL } }, { "pause", 9, 1, NOON ("21"), "" }, TRUE },
  { { { "pause", 10, 1, NOON ("21"), "" } }, { "resume", 10, 1, NOON ("22"), "" }, TRUE },
  { { { "charge", 11, 0, NOON ("21"), "" } }, { "uncharge", 11, 0, NOON ("22"), "" }, FALSE },
  { { { "waive", 12, 0, NOON ("21"), "" } }, { "unwaive", 12, 0, NOON ("22"), "" }, FALSE },
  { { { "buy", 13, 0, NOON ("21"), "" } }, { "unbuy", 13, 0, NOON ("22"), "" }, TRUE },
  { { { "extend", 14, 1, NOON ("21"), "" } }, { "unextend", 14, 1, NOON ("22"), "" }, TRUE },
  { { { "pause", 15, 1, NOON ("20"), "" } }, { "unpause", 15, 1, NOON ("22"), "" }, TRUE },
  { { { "pause", 16, 1, NOON ("19"), "" }, { "resume", 16, 1, NOON ("20"), "" } },
    { "unresume", 16, 1, NOON ("22"), "" },
    TRUE },
  { { { "claim", 17, 0, NOON ("19"), "" } }, { "unclaim", 17, 0, NOON ("22"), "" }, TRUE },
  { { { "claim", 18, 0, NOON ("19"), "" }, { "accept", 18, 0, NOON ("20"), "" } },
    { "unaccept", 18, 0, NOON ("22"), "" },
    TRUE },
  { { { "claim", 19, 0, NOON ("19"), "" }, { "reject", 19, 0, NOON ("20"), "" } },
    { "unreject", 19, 0, NOON ("22"), "" },
    TRUE },
};

static void
prepare (Fixture *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++) {
    g_autofree char *row = g_strdup_printf ("%u ACME SN-A%05u PN-1 SJC %s", i + 1, i, NOON ("05"));
    const char *const rows[] = { row };

    ADD (self, rows);
    for (guint k = 0; k < G_N_ELEMENTS (acts[i].before); k++)
      if (acts[i].before[k].what != NULL)
        chase_world_play (self, &acts[i].before[k], 1);
  }
}

/* A caller that lost its connection asks again. */
static void
test_twice (Fixture *self, gconstpointer data)
{
  prepare (self);
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++) {
    g_autofree char *act = g_uuid_string_random ();
    g_autoptr (GError) error = NULL;
    g_autofree char *before = chase_world_picture (self);
    g_autofree char *once = NULL;
    g_autofree char *twice = NULL;

    g_test_message ("%s", acts[i].act.what);
    chase_world_act (self, &acts[i].act, act, &error);
    g_assert_no_error (error);
    once = chase_world_picture (self);
    g_assert_cmpstr (once, !=, before);
    g_assert_true (chase_world_act (self, &acts[i].act, act, &error));
    g_assert_no_error (error);
    twice = chase_world_picture (self);
    g_assert_cmpstr (twice, ==, once);
  }
}

/* The n-th step to the disk fails, for every n: nothing is half-written. */
static void
test_failures (Fixture *self, gconstpointer data)
{
  prepare (self);
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++) {
    g_autofree char *before = chase_world_picture (self);
    gboolean done = FALSE;
    int n = 0;

    while (!done) {
      g_autofree char *act = g_uuid_string_random ();
      g_autofree char *after = NULL;
      g_autoptr (GError) error = NULL;

      g_test_message ("%s, step %d", acts[i].act.what, n + 1);
      chase_world_fail_after = ++n;
      done = chase_world_act (self, &acts[i].act, act, &error);
      bh_store_fail_after (bh_desk_store (self->desk), 0);
      after = chase_world_picture (self);
      if (done)
        g_assert_cmpstr (after, !=, before);
      else {
        g_assert_error (error, BH_ERROR, BH_ERROR_FULL);
        g_assert_cmpstr (after, ==, before);
      }
    }
    g_assert_cmpint (n, >, 5);
  }
}

static void
test_roles (Fixture *self, gconstpointer data)
{
  static const char *const logins[] = { "ray", "tom", "adam", "cora" };

  prepare (self);
  fixture_add (self, "operators",
               "login,name,role,authorised_technician,email\nsue,Sue,supervisor,no,\n"
               "ray,Ray,receiver,no,\ntom,Tom,technician,yes,\nadam,Adam,administrator,no,\n"
               "cora,Cora,csr,no,\n");
  for (guint who = 0; who < G_N_ELEMENTS (logins); who++) {
    fixture_reopen (self, logins[who]);
    for (guint i = 0; i < G_N_ELEMENTS (acts); i++) {
      g_autofree char *act = g_uuid_string_random ();
      g_autofree char *before = chase_world_picture (self);
      g_autofree char *after = NULL;
      g_autoptr (GError) error = NULL;
      gboolean may = acts[i].csr && g_str_equal (logins[who], "cora");

      g_test_message ("%s: %s", logins[who], acts[i].act.what);
      g_assert_cmpint (chase_world_act (self, &acts[i].act, act, &error), ==, may);
      after = chase_world_picture (self);
      if (may)
        continue;
      g_assert_error (error, BH_ERROR, BH_ERROR_FORBIDDEN);
      g_assert_cmpstr (after, ==, before);
    }
  }
}

/* Reasons and stated times as they should not be. */
static void
test_bad_words (Fixture *self, gconstpointer data)
{
  static const char *const rows[] = { "1 ACME SN-A00001 PN-1 SJC " NOON ("05") };
  g_autofree char *endless = g_strnfill (1001, 'x');
  const char *const reasons[] = { "\x1b[2J", "\xff", endless };
  const BhWhen when = { "act-1", chase_world_us (NOON ("21")), FALSE };
  const BhWhen before_all = { "act-2", chase_world_us (NOON ("01")), TRUE };
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  ADD (self, rows);
  before = chase_world_picture (self);
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++) {
    g_assert_false (bh_desk_charge (self->desk, &when, "R0000000001", 0, reasons[i], NULL, &error));
    g_assert_error (error, BH_ERROR, BH_ERROR_INPUT);
    g_clear_error (&error);
    g_assert_false (bh_desk_waive (self->desk, &when, "R0000000001", 0, reasons[i], &error));
    g_assert_error (error, BH_ERROR, BH_ERROR_INPUT);
    g_clear_error (&error);
    g_assert_false (bh_desk_credit (self->desk, &when, "R0000000001", 0, reasons[i], &error));
    g_assert_error (error, BH_ERROR, BH_ERROR_INPUT);
    g_clear_error (&error);
  }
  g_assert_false (bh_desk_waive (self->desk, &before_all, "R0000000001", 0, "why", &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_INPUT);
  after = chase_world_picture (self);
  g_assert_cmpstr (after, ==, before);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *path;
    void (*run) (Fixture *, gconstpointer);
  } tests[] = {
    { "O2/price-of-the-day", test_price },
    { "O2/no-price-no-charge", test_no_price },
    { "O1/not-before-its-midnight", test_midnight },
    { "O2/what-is-not-charged", test_not_charged },
    { "O2/several-lines", test_lines },
    { "O2/two-at-one-time", test_one_time },
    { "O3/credit", test_credit },
    { "D6/closed-by-a-charge", test_closed },
    { "O5/what-a-claim-needs", test_claim_input },
    { "O5/what-the-dock-read", test_claim_matches },
    { "O5/a-large-document", test_large_document },
    { "O2/same-act-twice", test_twice },
    { "O2/nothing-half-written", test_failures },
    { "roles/who-may-decide", test_roles },
    { "O2/bad-words", test_bad_words },
  };
  const char *engine;

  g_test_init (&argc, &argv, NULL);
  engine = test_wrap_engine_from_env ();
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++) {
    g_autofree char *path = g_strdup_printf ("/charge/%s/%s", engine, tests[i].path);

    g_test_add (path, Fixture, NULL, chase_world_set_up, tests[i].run, chase_world_tear_down);
  }
  return g_test_run ();
}
