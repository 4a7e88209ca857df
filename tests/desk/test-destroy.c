/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A certificate of destruction closes what may not be exported (C8). */
#include <string.h>

#include "backhaul/destroy.h"
#include "clock-world.h"

#define HOUR    G_TIME_SPAN_HOUR
#define DAY     G_TIME_SPAN_DAY
#define MORNING (WORLD_NOW + 4 * HOUR)

static gboolean
destroy (BhDesk *desk, const char *act, const char *rma, int line, gsize size, gint64 stated_us,
         GError **error)
{
  g_autofree char *text = g_strnfill (size, 'x');
  g_autoptr (GBytes) document = g_bytes_new (text, size);
  BhWhen when = { act, stated_us != 0 ? stated_us : MORNING, stated_us != 0 };
  BhDestruction destruction = { rma, line, "paper.pdf", "application/pdf", document, "no export" };

  return bh_desk_destroy (desk, &when, &destruction, error);
}

static void
forbid_export (ClockWorld *world, const char *country)
{
  BhExportPolicy policy = { (char *) country, 0, FALSE, NULL };
  g_autoptr (GError) error = NULL;

  bh_desk_put_export_policy (world->desk, &policy, FALSE, WORLD_NOW, NULL, &error);
  g_assert_no_error (error);
}

static void
refused (ClockWorld *world, const char *rma, int line, gsize size, gint64 stated_us, int code)
{
  g_autofree char *before = clock_world_state (world);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (destroy (world->desk, "act-no", rma, line, size, stated_us, &error));
  g_assert_error (error, BH_ERROR, code);
  after = clock_world_state (world);
  g_assert_cmpstr (after, ==, before);
}

/* two lines, one paper each or one for both; the last one closes the RMA */
static void
test_lines (ClockWorld *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BhRmaPage) page = NULL;
  g_autoptr (GBytes) document = NULL;
  const BhCertificate *certificate;

  forbid_export (world, "US");
  g_assert_true (destroy (world->desk, "act-1", "r1", 0, 10, 0, NULL) == FALSE); /* not I1 */
  g_assert_true (destroy (world->desk, "act-1", "R0000000001", 2, 10, 0, &error));
  g_assert_cmpint (world_count (world->desk, "SELECT count(*) FROM rma WHERE id = 1 AND"
                                             " status = 'open'"),
                   ==, 1);
  g_assert_true (destroy (world->desk, "act-2", "R0000000001", 0, 20, 0, &error));
  g_assert_no_error (error);
  page = bh_desk_rma_page (world->desk, "R0000000001", MORNING, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (page->state, ==, "closed");
  g_assert_cmpuint (page->certificates->len, ==, 2);
  certificate = g_ptr_array_index (page->certificates, 1);
  g_assert_cmpint (g_array_index (certificate->lines, int, 0), ==, 1);
  document = bh_desk_certificate (world->desk, certificate->certificate, &error);
  g_assert_cmpuint (g_bytes_get_size (document), ==, 20);
  g_assert_cmpint (world_count (world->desk, "SELECT count(*) FROM rma_line WHERE awaited = 1"), ==,
                   2);
  g_assert_cmpint (world_count (world->desk, "SELECT count(*) FROM mail WHERE kind = 'closing'"),
                   ==, 1);
  g_assert_null (bh_desk_certificate (world->desk, "nope", &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_NOT_FOUND);
}

static void
test_refused (ClockWorld *world, gconstpointer data)
{
  refused (world, "R0000000001", 1, 10, 0, BH_ERROR_REFUSED); /* export is possible */
  clock_world_receive (world, "SN-ALPHA1", WORLD_NOW);
  forbid_export (world, "US");
  refused (world, "R0000000001", 1, 10, 0, BH_ERROR_REFUSED); /* it came in */
  refused (world, "R0000000004", 0, 10, 0, BH_ERROR_REFUSED); /* a draft */
  refused (world, "R0000000003", 0, 10, 0, BH_ERROR_REFUSED); /* closed */
  refused (world, "R0000000001", 9, 10, 0, BH_ERROR_NOT_FOUND);
  refused (world, "R9999999999", 0, 10, 0, BH_ERROR_NOT_FOUND);
  refused (world, "R0000000002", 0, 0, 0, BH_ERROR_INPUT);
  refused (world, "R0000000002", 0, 10 * 1024 * 1024 + 1, 0, BH_ERROR_INPUT);
  refused (world, "R0000000002", 0, 10, WORLD_NOW - 30 * DAY, BH_ERROR_INPUT);
}

/* the same act twice is one certificate; each failure before leaves nothing */
static void
test_once (ClockWorld *world, gconstpointer data)
{
  BhStore *store = bh_desk_store (world->desk);
  g_autofree char *before = NULL;
  gboolean passed = FALSE;
  int n = 1;

  forbid_export (world, "US");
  before = clock_world_state (world);
  for (; !passed && n < 500; n++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *now = NULL;

    bh_store_fail_after (store, n);
    passed = destroy (world->desk, "act-1", "R0000000001", 0, 10, 0, &error);
    bh_store_fail_after (store, 0);
    now = clock_world_state (world);
    if (passed)
      break;
    g_assert_error (error, BH_ERROR, BH_ERROR_FULL);
    g_assert_cmpstr (now, ==, before);
    g_assert_cmpint (world_count (world->desk, "SELECT count(*) FROM certificate"), ==, 0);
    g_assert_cmpint (world_count (world->desk, "SELECT count(*) FROM rma_line WHERE awaited = 1"),
                     ==, 4);
  }
  g_assert_true (passed);
  g_assert_cmpint (n, >, 8);
  g_assert_true (destroy (world->desk, "act-1", "R0000000001", 0, 10, 0, NULL));
  g_assert_cmpint (world_count (world->desk, "SELECT count(*) FROM certificate"), ==, 1);
  g_assert_cmpint (world_count (world->desk, "SELECT count(*) FROM audit WHERE what = 'destroy'"),
                   ==, 1);
}

static void
test_roles (ClockWorld *world, gconstpointer data)
{
  static const char *const may_not[] = { "receiver", "technician", "administrator" };
  g_autoptr (BhDesk) csr = NULL;
  g_autoptr (GError) error = NULL;

  forbid_export (world, "US");
  for (guint i = 0; i < G_N_ELEMENTS (may_not); i++) {
    g_autoptr (BhDesk) desk = clock_world_sign_in (world, may_not[i]);
    g_autoptr (GError) no = NULL;

    g_assert_false (destroy (desk, "act-1", "R0000000001", 0, 10, 0, &no));
    g_assert_error (no, BH_ERROR, BH_ERROR_FORBIDDEN);
  }
  csr = clock_world_sign_in (world, "csr");
  g_assert_false (destroy (csr, "act-1", "R0000000001", 0, 10, MORNING, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_FORBIDDEN); /* --at is a supervisor's */
  g_assert_true (destroy (csr, "act-1", "R0000000001", 0, 10, 0, NULL));
}

int
main (int argc, char **argv)
{
  static const ClockTest tests[] = {
    { "C8/a-certificate-closes-lines", test_lines },
    { "C8/refused", test_refused },
    { "C8/once-and-whole", test_once },
    { "C8/roles", test_roles },
  };

  return clock_world_main (argc, argv, "/destroy", tests, G_N_ELEMENTS (tests));
}
