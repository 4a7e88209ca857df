/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Places (RA4) and what is written down of a job (RA10): hostile rows too. */
#include "backhaul/job-entry.h"
#include "backhaul/location.h"

typedef struct {
  const char *path;
  const char *text;
  const char *name; /* NULL: refused */
  int passes;       /* -1: nothing to judge by */
} Reading;

static const Reading readings[] = {
  { "/core/job/RA10/reading/plain", "V12=12.1", "V12", -1 },
  { "/core/job/RA10/reading/within", "V12=12:12:12.6", "V12", 1 },
  { "/core/job/RA10/reading/below", "V12=11.39:11.4:12.6", "V12", 0 },
  { "/core/job/RA10/reading/above", "V12=12.61:11.4:12.6", "V12", 0 },
  { "/core/job/RA10/reading/no-lower", "V=-1e30::5", "V", 1 },
  { "/core/job/RA10/reading/no-upper", "V=1e30:5:", "V", 1 },
  { "/core/job/RA10/reading/equals-in-name", "a=b=1", "a=b", -1 },
  { "/core/job/RA10/reading/no-value", "V=", NULL, 0 },
  { "/core/job/RA10/reading/no-name", "=1", NULL, 0 },
  { "/core/job/RA10/reading/nothing", "", NULL, 0 },
  { "/core/job/RA10/reading/nan", "V=nan", NULL, 0 },
  { "/core/job/RA10/reading/infinite", "V=1e999", NULL, 0 },
  { "/core/job/RA10/reading/hexadecimal", "V=0x1p3", NULL, 0 },
  { "/core/job/RA10/reading/comma", "V=1,5", NULL, 0 },
  { "/core/job/RA10/reading/blank", "V= 1", NULL, 0 },
  { "/core/job/RA10/reading/two-points", "V=1.2.3", NULL, 0 },
  { "/core/job/RA10/reading/one-limit", "V=1:2", NULL, 0 },
  { "/core/job/RA10/reading/limits-crossed", "V=1:3:2", NULL, 0 },
  { "/core/job/RA10/reading/bad-bytes", "\xff=1", NULL, 0 },
  { "/core/job/RA10/reading/control", "a\x1b=1", NULL, 0 },
};

static void
test_reading (gconstpointer data)
{
  const Reading *row = data;
  g_auto (BhTestReading) reading = { 0 };
  g_autoptr (GError) error = NULL;
  gboolean judged = FALSE;
  gboolean ok = bh_test_reading_parse (row->text, &reading, &error);

  g_assert_cmpint (ok, ==, row->name != NULL);
  if (!ok) {
    g_assert_error (error, BH_ERROR, BH_ERROR_INPUT);
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
    return;
  }
  g_assert_cmpstr (reading.name, ==, row->name);
  ok = bh_reading_passes (reading.value, reading.low, reading.high, &judged);
  g_assert_cmpint (judged ? ok : -1, ==, row->passes);
}

typedef struct {
  const char *path;
  const char *text;
  const char *location; /* NULL: refused, by @code */
  int code;
} Place;

static const Place places[] = {
  { "/core/place/RA4/dock", "dock:SJC-1", "dock:SJC-1", 0 },
  { "/core/place/RA4/any-case", "REPAIR:rc1", "repair:rc1", 0 },
  { "/core/place/RA4/stock", "stock", "stock", 0 },
  { "/core/place/RA4/unknown", "moon:1", NULL, BH_ERROR_USAGE },
  { "/core/place/RA4/without-code", "repair", NULL, BH_ERROR_USAGE },
  { "/core/place/RA4/with-code", "stock:1", NULL, BH_ERROR_USAGE },
  { "/core/place/RA4/empty-code", "repair:", NULL, BH_ERROR_INPUT },
  { "/core/place/RA4/blank", "bench:a b", NULL, BH_ERROR_INPUT },
  { "/core/place/RA4/bad-bytes", "bench:\xff", NULL, BH_ERROR_INPUT },
  { "/core/place/RA4/forty", "bench:1234567890123456789012345678901234567890",
    "bench:1234567890123456789012345678901234567890", 0 },
  { "/core/place/RA4/forty-one", "bench:12345678901234567890123456789012345678901", NULL,
    BH_ERROR_INPUT },
  { "/core/place/RA4/nothing", "", NULL, BH_ERROR_USAGE },
};

static void
test_place (gconstpointer data)
{
  const Place *row = data;
  g_autoptr (GError) error = NULL;
  BhPlaceKind kind = BH_PLACE_DOCK;
  g_autofree char *location = bh_location_parse (row->text, &kind, &error);

  g_assert_cmpstr (location, ==, row->location);
  if (row->location == NULL)
    g_assert_error (error, BH_ERROR, row->code);
  else
    g_assert_true (bh_place_kind_of (location, &kind));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (readings); i++)
    g_test_add_data_func (readings[i].path, &readings[i], test_reading);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    g_test_add_data_func (places[i].path, &places[i], test_place);
  return g_test_run ();
}
