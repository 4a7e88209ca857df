/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chase-world.h"

#include <string.h>

#include "backhaul/audit.h"
#include "backhaul/calendars.h"
#include "backhaul/care.h"
#include "backhaul/issue.h"
#include "backhaul/receive.h"

static const char holidays[] =
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n"
    "BEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20261012\r\nSUMMARY:One\r\nEND:VEVENT\r\n"
    "BEGIN:VEVENT\r\nUID:2\r\nDTSTART;VALUE=DATE:20261015\r\nSUMMARY:Two\r\nEND:VEVENT\r\n"
    "END:VCALENDAR\r\n";

void
chase_world_set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture_set_up (self, data);
  g_assert_true (bh_desk_calendar_put (self->desk, "HOLIDAYS", holidays, strlen (holidays), NOW,
                                       NULL, &error));
  g_assert_no_error (error);
  fixture_add (
      self, "accounts",
      "account,name,country,language,email\nACME,Acme,US,en,a@acme.example\n"
      "BLUE,Blue,DE,de,b@blue.example\nMUTE,Mute,JP,ja,\nSAND,Sand,SA,en,s@sand.example\n");
  fixture_add (self, "destinations",
               "destination,name,address,city,postal_code,country,time_zone,calendar,"
               "contract_manufacturer\n"
               "SJC,San Jose,1 Road,San Jose,95110,US,America/Los_Angeles,,CM\n"
               "KIR,Kiritimati,1 Road,Banana,1,KI,Pacific/Kiritimati,,CM\n"
               "PAG,Pago Pago,1 Road,Pago Pago,1,AS,Pacific/Pago_Pago,,CM\n"
               "HOL,Berlin,1 Road,Berlin,10969,DE,Europe/Berlin,HOLIDAYS,CM\n");
  fixture_add (self, "products",
               "part,description,platform,list_price,currency,first_shipment,end_of_life,"
               "end_of_service,third_party,components\n"
               "PN-1,Router,MX,12500.50,USD,2020-01-01,,,no,\nPN-2,Shelf,MX,,,2020-01-01,,,no,\n"
               "PN-3,Fan,MX,95,JPY,2020-01-01,,,no,\n");
}

static void
on_fault (const char *what, gpointer data)
{
  g_test_message ("%s", what);
  (*(guint *) data)++;
}

void
chase_world_tear_down (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *bad = NULL;
  gint64 entries = 0;
  guint faults = 0;

  g_assert_true (bh_store_integrity (bh_desk_store (self->desk), on_fault, &faults, &error));
  g_assert_cmpuint (faults, ==, 0);
  g_assert_true (bh_desk_audit_verify (self->desk, &entries, &bad, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (bad, ==, NULL);
  fixture_tear_down (self, data);
}

static int
number_of (const char *text)
{
  return (int) g_ascii_strtoull (text, NULL, 10);
}

void
chase_world_add (Fixture *self, const char *const *rows, gsize n)
{
  g_autoptr (GString) csv =
      g_string_new ("rma,case,priority,account,site,contact,reference,serial,part,flag,"
                    "destination,created,confirmed\n");

  for (gsize i = 0; i < n; i++) {
    g_auto (GStrv) w = g_strsplit (rows[i], " ", -1);
    int number;

    g_assert_cmpuint (g_strv_length (w), ==, 6);
    number = number_of (w[0]);
    g_string_append_printf (csv, "R%010d,2026-1001-%06d,P2,%s,,Jo,=PO %s,%s,%s,,%s,%s,%s\n", number,
                            number, w[1], w[0], w[2], w[3], w[4], w[5], w[5]);
  }
  fixture_add (self, "rmas", csv->str);
}

gint64
chase_world_us (const char *time)
{
  g_autoptr (GError) error = NULL;
  gint64 us = 0;

  bh_time_parse (time, NULL, &us, &error);
  g_assert_no_error (error);
  return us;
}

char *
chase_world_rows (Fixture *self, const char *sql, int columns)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BhStmt) stmt = bh_store_stmt (bh_desk_store (self->desk), sql, &error);
  GString *text = g_string_new (NULL);
  gboolean row = TRUE;

  g_assert_no_error (error);
  while (bh_stmt_next (stmt, &row, &error) && row) {
    for (int i = 0; i < columns; i++)
      g_string_append_printf (text, "%s%s",
                              i > 0           ? " "
                              : text->len > 0 ? "; "
                                              : "",
                              bh_stmt_is_null (stmt, i) ? "-" : bh_stmt_text (stmt, i));
  }
  g_assert_no_error (error);
  return g_string_free (text, FALSE);
}

char *
chase_world_picture (Fixture *self)
{
  static const struct {
    const char *sql;
    int columns;
  } parts[] = {
    { "SELECT r.rma, r.state, r.status, r.closed_us, r.purchase_order, l.line, l.state, l.awaited,"
      " l.return_by, l.received_us FROM rma r JOIN rma_line l ON l.rma_id = r.id"
      " ORDER BY r.rma, l.line",
      10 },
    { "SELECT id, state, due, ended_us, extra_days FROM clock ORDER BY id", 5 },
    { "SELECT clock_id, from_us, to_us FROM clock_pause ORDER BY clock_id, from_us", 3 },
    { "SELECT line_id, return_by, stage, on_day, mail FROM chase"
      " ORDER BY line_id, return_by, stage",
      5 },
    { "SELECT id, line_id, amount, currency, credited_us, credit_reason FROM charge ORDER BY id",
      6 },
    { "SELECT claim, line_id, state, reason FROM claim ORDER BY claim", 4 },
    { "SELECT mail, kind, state, language, details FROM mail ORDER BY mail", 5 },
    { "SELECT station, seq, hash FROM audit ORDER BY station, seq", 3 },
    { "SELECT case_no, modified_us FROM support_case ORDER BY case_no", 2 },
    { "SELECT receipt, void FROM receipt ORDER BY receipt", 2 },
    { "SELECT line_id, on_day, mail FROM reminder ORDER BY line_id, on_day", 3 },
    { "SELECT clock_id, days, act, undone_us FROM extension ORDER BY id", 4 },
  };
  GString *picture = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    g_autofree char *rows = chase_world_rows (self, parts[i].sql, parts[i].columns);

    g_string_append_printf (picture, "%s\n", rows);
  }
  return g_string_free (picture, FALSE);
}

/* ---- the run ------------------------------------------------------------------------------ */

typedef struct {
  Fixture *fixture;
  GString *text;
  GPtrArray *mails; /* in the order that they were met */
  void (*each) (Fixture *self, const BhChaseRow *row);
} Seen;

static void
on_row (const BhChaseRow *row, gpointer data)
{
  Seen *seen = data;
  char letter = '-';

  const char *rule = row->why != NULL ? strrchr (row->why, '(') : NULL;

  if (row->mail != NULL) {
    guint n = 0;

    if (!g_ptr_array_find_with_equal_func (seen->mails, row->mail, g_str_equal, &n)) {
      n = seen->mails->len;
      g_ptr_array_add (seen->mails, g_strdup (row->mail));
    }
    letter = (char) ('a' + n);
  }
  g_string_append_printf (seen->text, "%s%s %d/%d %c%s", seen->text->len > 0 ? ", " : "",
                          bh_chase_action_name (row->action), number_of (row->rma + 1), row->line,
                          letter, rule != NULL ? rule : "");
  if (seen->each != NULL)
    seen->each (seen->fixture, row);
}

char *
chase_world_run (Fixture *self, const char *when, gboolean dry_run,
                 void (*each) (Fixture *self, const BhChaseRow *row), GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GPtrArray) mails = g_ptr_array_new_with_free_func (g_free);
  Seen seen = { self, text, mails, each };
  gboolean day = strlen (when) == strlen ("2026-10-05");
  BhChaseOptions options = {
    .on = day ? bh_day_parse (when) : BH_DAY_NONE, .dry_run = dry_run, .each = on_row, .data = &seen
  };

  return bh_desk_chase (self->desk, &options, day ? NOW : chase_world_us (when), error)
             ? g_strdup (text->str)
             : NULL;
}

char *
chase_world_remind (Fixture *self, const char *when, gboolean dry_run, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GPtrArray) mails = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) numbers = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) words = g_strsplit (when, " ", -1);
  Seen seen = { self, text, mails, NULL };
  g_autofree BhChosenLine *chosen = g_new0 (BhChosenLine, g_strv_length (words));
  BhChaseOptions options = { .on = bh_day_parse (words[0]),
                             .dry_run = dry_run,
                             .each = on_row,
                             .data = &seen,
                             .chosen = chosen };

  for (char **word = words + 1; *word != NULL; word++) {
    const char *slash = strchr (*word, '/');
    char *number = g_strdup_printf ("R%010d", number_of (*word));

    g_ptr_array_add (numbers, number);
    chosen[options.n_chosen++] =
        (BhChosenLine){ number, slash != NULL ? number_of (slash + 1) : 0 };
  }
  return bh_desk_remind (self->desk, &options, NOW, error) ? g_strdup (text->str) : NULL;
}

/* What was not to be mailed writes nothing. */
static void
play_remind (Fixture *self, const ChaseStep *step)
{
  g_autoptr (GError) error = NULL;
  gboolean trial = g_str_equal (step->what, "trial-remind");
  g_autofree char *before = chase_world_picture (self);
  g_autofree char *got = chase_world_remind (self, step->when, trial, &error);
  g_autofree char *after = chase_world_picture (self);

  g_assert_no_error (error);
  g_assert_cmpstr (got, ==, step->expected);
  if (trial || (strstr (got, "remind") == NULL && strstr (got, "overdue") == NULL))
    g_assert_cmpstr (after, ==, before);
}

static void
play_run (Fixture *self, const ChaseStep *step)
{
  g_autoptr (GError) error = NULL;
  gboolean trial = g_str_equal (step->what, "trial");
  g_autofree char *before = chase_world_picture (self);
  g_autofree char *got = chase_world_run (self, step->when, trial, NULL, &error);
  g_autofree char *again = NULL;
  g_autofree char *after = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (got, ==, step->expected);
  again = chase_world_run (self, step->when, trial, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again, ==, trial ? step->expected : "");
  after = chase_world_picture (self);
  if (trial || *got == '\0')
    g_assert_cmpstr (after, ==, before);
}

/* ---- acts ----------------------------------------------------------------------------------- */

int chase_world_fail_after;

static void
arm (Fixture *self)
{
  bh_store_fail_after (bh_desk_store (self->desk), chase_world_fail_after);
  chase_world_fail_after = 0;
}

/* @select: from rma_line as l; @last: what comes after the line was named */
static char *
of_line (Fixture *self, const ChaseStep *step, const char *select, const char *last)
{
  g_autofree char *sql = g_strdup_printf ("SELECT %s WHERE l.rma = 'R%010d' AND l.line = %d %s",
                                          select, step->rma, MAX (step->line, 1), last);

  return chase_world_rows (self, sql, 1);
}

static gboolean
claim (Fixture *self, const ChaseStep *step, const BhWhen *when, const char *rma, GError **error)
{
  BhClaimRequest request = { .rma = rma,
                             .line = step->line,
                             .carrier = "UPS",
                             .tracking = "1Z 999 AA1 01 2345 6784",
                             .delivered = "2026-10-12",
                             .signed_by = "Bob" };
  g_autoptr (BhClaimPage) page = bh_desk_claim (self->desk, when, &request, error);

  return page != NULL;
}

/* of the line's newest */
static char *
claim_of (Fixture *self, const ChaseStep *step)
{
  return of_line (self, step, "m.claim FROM claim m JOIN rma_line l ON l.id = m.line_id",
                  "ORDER BY m.at_us DESC LIMIT 1");
}

static gboolean
undo_claim (Fixture *self, const ChaseStep *step, const BhWhen *when, const char *state,
            GError **error)
{
  g_autofree char *id = claim_of (self, step);

  arm (self);
  return bh_desk_take_back_claim (self->desk, when, id, state, "a slip", error);
}

static gboolean
decide_claim (Fixture *self, const ChaseStep *step, const BhWhen *when, GError **error)
{
  g_autofree char *id = claim_of (self, step);
  g_autoptr (BhClaimPage) page = NULL;

  arm (self);
  page = bh_desk_decide_claim (self->desk, when, id, g_str_equal (step->what, "accept"),
                               "looked at it", error);
  return page != NULL;
}

static gboolean
clock_act (Fixture *self, const ChaseStep *step, const BhWhen *when, const char *rma,
           GError **error)
{
  static const struct {
    const char *word;
    BhClockDo what;
  } words[] = { { "pause", BH_CLOCK_PAUSE },       { "resume", BH_CLOCK_RESUME },
                { "unpause", BH_CLOCK_UNPAUSE },   { "unresume", BH_CLOCK_UNRESUME },
                { "unextend", BH_CLOCK_UNEXTEND }, { "extend", BH_CLOCK_EXTEND } };
  BhClockRequest request = {
    .number = rma, .line = step->line, .kind = "C1", .days = 5, .reason = "asked for it"
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (step->what, words[i].word))
      request.what = words[i].what;
  return bh_desk_clock_do (self->desk, when->act, &request, when->at_us, error);
}

static gboolean
receive (Fixture *self, const ChaseStep *step, const BhWhen *when, const char *rma, GError **error)
{
  g_autofree char *serial = of_line (self, step, "l.serial FROM rma_line l", "");
  g_autoptr (BhBox) box = bh_box_new ();
  g_autoptr (GPtrArray) outcomes = NULL;
  const BhOutcome *outcome;

  bh_box_add (box, bh_scan_new_text (serial, BH_SCAN_SCANNED, when->at_us));
  bh_box_add (box, bh_scan_new_text (rma, BH_SCAN_SCANNED, when->at_us));
  outcomes = bh_desk_receive (self->desk, when->act, box, NULL, when->at_us, error);
  if (outcomes == NULL)
    return FALSE;
  outcome = g_ptr_array_index (outcomes, 0);
  if (outcome->ruling->verdict == BH_VERDICT_ACCEPT && !outcome->late)
    return TRUE;
  /* not an error of the act, but told like one */
  g_set_error (error, BH_ERROR, BH_ERROR_REFUSED, "%s%s", outcome->late ? "late " : "",
               outcome->message);
  return FALSE;
}

static gboolean
void_receipt (Fixture *self, const ChaseStep *step, const BhWhen *when, GError **error)
{
  g_autofree char *receipt = of_line (
      self, step, "p.receipt FROM receipt p JOIN rma_line l ON l.id = p.line_id", "AND p.void = 0");

  return bh_desk_void (self->desk, when->act, receipt, "wrong box", when->at_us, error);
}

static const char *const undone[][2] = { { "uncharge", "charged" },
                                         { "unwaive", "waived" },
                                         { "unbuy", "cancelled" } };

static const char *const unclaimed[][2] = { { "unclaim", "pending" },
                                            { "unaccept", "accepted" },
                                            { "unreject", "rejected" } };

gboolean
chase_world_act (Fixture *self, const ChaseStep *step, const char *act, GError **error)
{
  const BhWhen when = { act, chase_world_us (step->when), FALSE };
  g_autofree char *rma = g_strdup_printf ("R%010d", step->rma);
  const char *what = step->what;

  if (g_str_equal (what, "accept") || g_str_equal (what, "reject"))
    return decide_claim (self, step, &when, error);
  for (guint i = 0; i < G_N_ELEMENTS (unclaimed); i++)
    if (g_str_equal (what, unclaimed[i][0]))
      return undo_claim (self, step, &when, unclaimed[i][1], error);
  if (g_str_equal (what, "receive"))
    return receive (self, step, &when, rma, error);
  if (g_str_equal (what, "void"))
    return void_receipt (self, step, &when, error);
  arm (self);
  if (g_str_equal (what, "charge"))
    return bh_desk_charge (self->desk, &when, rma, step->line, "no answer", NULL, error);
  if (g_str_equal (what, "waive"))
    return bh_desk_waive (self->desk, &when, rma, step->line, "goodwill", error);
  if (g_str_equal (what, "credit"))
    return bh_desk_credit (self->desk, &when, rma, step->line, "came late", error);
  if (g_str_equal (what, "buy"))
    return bh_desk_cancel (self->desk, &when, rma, step->line, "bought", "PO-77", error);
  for (guint i = 0; i < G_N_ELEMENTS (undone); i++)
    if (g_str_equal (what, undone[i][0]))
      return bh_desk_take_back (self->desk, &when, rma, step->line, undone[i][1], "a slip", error);
  if (g_str_equal (what, "close"))
    return bh_desk_close_rma (self->desk, &when, rma, "all done", error);
  if (g_str_equal (what, "claim"))
    return claim (self, step, &when, rma, error);
  return clock_act (self, step, &when, rma, error);
}

/* ---- the script -------------------------------------------------------------------------------
 */

static char *
to_credit (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows =
      bh_desk_charges (self->desk, BH_CHARGES_TO_CREDIT, NULL, 0, G_MAXINT64, &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "",
                            ((BhChargeRow *) g_ptr_array_index (rows, i))->serial);
  return g_string_free (text, FALSE);
}

static char *
state_of (Fixture *self, int rma)
{
  g_autofree char *head = g_strdup_printf ("SELECT state FROM rma WHERE rma = 'R%010d'", rma);
  g_autofree char *lines = g_strdup_printf ("SELECT state FROM rma_line WHERE rma = 'R%010d'"
                                            " ORDER BY line",
                                            rma);
  g_autofree char *state = chase_world_rows (self, head, 1);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *states = chase_world_rows (self, lines, 1);

  g_string_append (text, states);
  g_string_replace (text, ";", "", 0);
  return g_strdup_printf ("%s: %s", state, text->str);
}

void
chase_world_play (Fixture *self, const ChaseStep *steps, gsize n)
{
  for (gsize i = 0; i < n; i++) {
    const ChaseStep *step = &steps[i];
    g_autoptr (GError) error = NULL;
    g_autofree char *act = g_uuid_string_random ();
    g_autofree char *got = NULL;

    g_test_message ("step %d: %s %d/%d %s", (int) i, step->what, step->rma, step->line,
                    step->when != NULL ? step->when : "");
    if (g_str_equal (step->what, "chase") || g_str_equal (step->what, "trial")) {
      play_run (self, step);
    } else if (g_str_has_suffix (step->what, "remind")) {
      play_remind (self, step);
    } else if (g_str_equal (step->what, "state") || g_str_equal (step->what, "to-credit")) {
      got = step->when == NULL && g_str_equal (step->what, "state") ? state_of (self, step->rma)
                                                                    : to_credit (self);
      g_assert_cmpstr (got, ==, step->expected);
    } else if (*step->expected == '\0') {
      chase_world_act (self, step, act, &error);
      g_assert_no_error (error);
    } else {
      g_assert_false (chase_world_act (self, step, act, &error));
      if (strstr (error->message, step->expected) == NULL)
        g_error ("%s: not in: %s", step->expected, error->message);
    }
  }
}
