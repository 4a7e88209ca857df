/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backhaul/audit.h"
#include "backhaul/calendars.h"
#include "backhaul/data.h"
#include "transfer-fixture.h"
#include "world.h"

#include <string.h>

static void
make (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  bh_desk_make_demo (self->desk, NOW, &error);
  g_assert_no_error (error);
}

/* Each practice box, on a sample operation, gives exactly its rule. */
static void
test_practice (Fixture *self, gconstpointer data)
{
  static const char *const rules[] = { "D1", "D2", "D3", "D4",  "D5", "D6",
                                       "D7", "D8", "D9", "D10", "D11" };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) boxes = NULL;

  make (self);
  boxes = bh_desk_practice_boxes (self->desk, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (boxes->len, ==, G_N_ELEMENTS (rules));
  for (guint i = 0; i < boxes->len; i++) {
    const BhPracticeBox *box = g_ptr_array_index (boxes, i);
    g_autofree char *scans = g_strjoinv (" | ", box->scans);
    g_autofree char *expected = g_strdup_printf ("%s %s", box->rule, box->verdict);
    g_autofree char *got = world_receive (self->desk, NULL, scans);

    g_assert_cmpstr (box->rule, ==, rules[i]);
    g_assert_cmpstr (got, ==, expected);
  }
}

static void
test_contents (Fixture *self, gconstpointer data)
{
  static const struct {
    const char *what;
    gint64 least;
    const char *sql;
  } counts[] = {
    { "accounts", 40, "SELECT count(*) FROM account" },
    { "products", 60, "SELECT count(*) FROM product" },
    { "third party", 5, "SELECT count(*) FROM product WHERE third_party = 1" },
    { "past end of life", 10,
      "SELECT count(*) FROM product WHERE end_of_life < '2026-11-24' AND end_of_life <> ''" },
    { "units", 6000, "SELECT count(*) FROM unit" },
    { "levels", 8, "SELECT count(DISTINCT contract_level) FROM unit" },
    { "RMAs", 2900, "SELECT count(*) FROM rma" },
    { "states", 8, "SELECT count(DISTINCT state) FROM rma" },
    { "late", 100,
      "SELECT count(*) FROM clock WHERE kind = 'C1' AND state = 'open' AND due < '2026-11-24'" },
    { "due soon", 20,
      "SELECT count(*) FROM clock WHERE kind = 'C1' AND state = 'open' AND due >= '2026-11-24'"
      " AND due <= '2026-11-27'" },
    { "accepted", 20, "SELECT count(*) FROM receipt WHERE verdict = 'accept'" },
    { "held", 5, "SELECT count(*) FROM receipt WHERE verdict = 'hold'" },
    { "refused", 5, "SELECT count(*) FROM receipt WHERE verdict = 'refuse'" },
  };
  g_autoptr (GError) error = NULL;
  g_autofree char *bad = NULL;
  gint64 entries = 0;

  make (self);
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    if (fixture_number (self, counts[i].sql) < counts[i].least)
      g_error ("%s: %" G_GINT64_FORMAT ", wanted %" G_GINT64_FORMAT, counts[i].what,
               fixture_number (self, counts[i].sql), counts[i].least);
  /* nothing is of tomorrow */
  g_assert_cmpint (
      fixture_number (self, "SELECT count(*) FROM receipt WHERE at_us > 1795507200000000"), ==, 0);
  g_assert_cmpint (
      fixture_number (self, "SELECT count(*) FROM rma_line WHERE received_us > 1795507200000000"),
      ==, 0);
  bh_desk_audit_verify (self->desk, &entries, &bad, &error);
  g_assert_no_error (error);
  g_assert_null (bad);
}

/* The same for the same day; a second run does nothing; no mixing with real data. */
static void
test_once (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *rmas = NULL;
  g_autofree char *units = NULL;
  g_autofree char *other_rmas = NULL;
  g_autofree char *other_units = NULL;
  gint64 entries;
  Fixture other = { 0 };

  make (self);
  entries = fixture_number (self, "SELECT count(*) FROM audit");
  make (self);
  g_assert_cmpint (fixture_number (self, "SELECT count(*) FROM audit"), ==, entries);
  rmas = fixture_export (self, "rmas", BH_FORMAT_CSV);
  units = fixture_export (self, "units", BH_FORMAT_CSV);

  fixture_set_up (&other, NULL);
  bh_desk_make_demo (other.desk, NOW + G_TIME_SPAN_HOUR, &error);
  g_assert_no_error (error);
  other_rmas = fixture_export (&other, "rmas", BH_FORMAT_CSV);
  other_units = fixture_export (&other, "units", BH_FORMAT_CSV);
  g_assert_cmpstr (rmas, ==, other_rmas);
  g_assert_cmpstr (units, ==, other_units);
  fixture_tear_down (&other, NULL);
}

static void
test_refused (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) boxes = NULL;

  fixture_add (self, "accounts", "account,name,country,language,email\nA1,Mine,,,\n");
  g_assert_false (bh_desk_make_demo (self->desk, NOW, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_REFUSED);
  g_assert_cmpint (fixture_number (self, "SELECT count(*) FROM account"), ==, 1);
  g_clear_error (&error);
  boxes = bh_desk_practice_boxes (self->desk, &error);
  g_assert_null (boxes);
  g_assert_error (error, BH_ERROR, BH_ERROR_NOT_FOUND);
}

/* C7: days that are known not to be worked, and their neighbours that are. */
static const struct {
  const char *calendar;
  const char *off;
  const char *worked;
} days[] = {
  { "US",
    "2026-01-01 2026-01-19 2026-02-16 2026-05-25 2026-06-19 2026-07-03 2026-09-07 2026-10-12 "
    "2026-11-11 2026-11-26 2026-12-25 2027-07-05 2027-12-24 2027-12-31 2023-01-02",
    "2026-11-25 2026-11-27 2026-07-06 2026-12-24 2027-12-27" },
  { "DE", "2026-01-01 2026-04-03 2026-04-06 2026-05-01 2026-05-14 2026-05-25 2025-10-03 2025-12-26",
    "2026-06-04 2026-11-24 2025-10-31" },
  { "NL", "2026-01-01 2026-04-06 2026-04-27 2025-05-05 2026-05-14 2026-05-25 2026-12-25 2025-04-26",
    "2026-04-03 2026-05-05 2031-04-28" },
  { "GB",
    "2026-04-03 2026-04-06 2026-05-04 2026-05-25 2026-08-31 2026-12-28 2027-12-27 2027-12-28 "
    "2022-06-03 2022-09-19 2023-05-08 2022-01-03",
    "2022-05-30 2026-12-29 2020-05-04" },
  { "FR", "2026-05-08 2026-05-14 2026-05-25 2026-07-14 2026-11-11 2025-08-15",
    "2026-04-03 2026-12-24" },
  { "JP",
    "2026-01-12 2026-02-11 2026-02-23 2026-03-20 2026-04-29 2026-05-04 2026-05-05 2026-05-06 "
    "2026-07-20 2026-08-11 2026-09-21 2026-09-22 2026-09-23 2026-10-12 2026-11-03 2026-11-23 "
    "2021-08-09 2021-07-22",
    "2026-05-07 2026-11-24 2021-10-11" },
  { "SG",
    "2026-01-01 2026-02-17 2026-02-18 2026-04-03 2026-05-01 2026-05-27 2026-06-01 2026-08-10 "
    "2026-11-09 2026-12-25",
    "2026-02-19 2026-11-10 2026-11-24" },
};

static void
test_calendar (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autofree char *relative = g_strdup_printf ("data/calendars/%s.ics", days[i].calendar);
  g_autofree char *path = bh_data_path (relative);
  g_auto (GStrv) off = g_strsplit (days[i].off, " ", -1);
  g_auto (GStrv) worked = g_strsplit (days[i].worked, " ", -1);
  g_autofree char *ics = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BhCalendar) calendar = NULL;

  g_file_get_contents (path, &ics, NULL, &error);
  g_assert_no_error (error);
  /* every day is worked but the holidays themselves */
  calendar = bh_calendar_load (days[i].calendar, ics, strlen (ics), 0x7f, &error);
  g_assert_no_error (error);
  for (guint n = 0; off[n] != NULL; n++)
    if (bh_calendar_why_not (calendar, bh_day_parse (off[n])) == NULL)
      g_error ("%s: %s is worked", days[i].calendar, off[n]);
  for (guint n = 0; worked[n] != NULL; n++)
    g_assert_cmpstr (bh_calendar_why_not (calendar, bh_day_parse (worked[n])), ==, NULL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add (path, Fixture, NULL, fixture_set_up, test, fixture_tear_down)
  ADD ("/desk/demo/D1-D11/practice-boxes", test_practice);
  ADD ("/desk/demo/contents", test_contents);
  ADD ("/desk/demo/once", test_once);
  ADD ("/desk/demo/refused", test_refused);
  for (guint i = 0; i < G_N_ELEMENTS (days); i++) {
    g_autofree char *path = g_strdup_printf ("/data/calendar/C7/%s", days[i].calendar);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), test_calendar);
  }
  return g_test_run ();
}
