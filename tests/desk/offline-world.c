/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "offline-world.h"

#include <glib/gstdio.h>
#include <string.h>

#include "backhaul/audit.h"
#include "backhaul/identifier.h"

void
offline_open_journal (OfflineStation *station)
{
  g_autoptr (GError) error = NULL;

  station->offline = bh_offline_open (station->folder, &error);
  g_assert_no_error (error);
}

static void
open_station (OfflineWorld *world, OfflineStation *station, const char *login, const char *dock,
              const char *name)
{
  g_autoptr (GError) error = NULL;

  station->desk =
      bh_desk_open (test_wrap_uri (world->wrap), BH_STORE_MIGRATE, login, dock, name, &error);
  g_assert_no_error (error);
  station->folder = g_dir_make_tmp ("bh-offline-XXXXXX", NULL);
  station->told = g_ptr_array_new_with_free_func (g_free);
}

void
offline_refresh (OfflineStation *station, gint64 units)
{
  g_autoptr (GError) error = NULL;
  gint64 n = 0;

  if (station->offline == NULL)
    offline_open_journal (station);
  g_assert_true (bh_offline_refresh (station->offline, station->desk, WORLD_NOW, &n, &error));
  g_assert_no_error (error);
  if (units >= 0)
    g_assert_cmpint (n, ==, units);
}

void
offline_set_up (OfflineWorld *world, const char *engine)
{
  world->wrap = test_wrap_new (engine);
  open_station (world, &world->north, "tess", "north", "dock-1");
  world_fill (world->north.desk);
  open_station (world, &world->south, "sam", "south", "dock-2");
  offline_refresh (&world->north, 4);
  offline_refresh (&world->south, 4);
}

static void
close_station (OfflineStation *station)
{
  g_autoptr (GDir) folder = g_dir_open (station->folder, 0, NULL);
  const char *name;

  bh_offline_close (station->offline);
  bh_desk_close (station->desk);
  while ((name = g_dir_read_name (folder)) != NULL) {
    g_autofree char *path = g_build_filename (station->folder, name, NULL);

    g_assert_cmpint (g_remove (path), ==, 0);
  }
  g_rmdir (station->folder);
  g_free (station->folder);
  g_ptr_array_unref (station->told);
}

void
offline_tear_down (OfflineWorld *world)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *bad = NULL;
  gint64 entries = 0;

  g_assert_true (bh_desk_audit_verify (world->south.desk, &entries, &bad, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (bad, ==, NULL);
  close_station (&world->north);
  close_station (&world->south);
  test_wrap_free (world->wrap);
}

BhBox *
offline_box (const char *scans, gint64 now_us)
{
  g_auto (GStrv) texts = g_strsplit (scans, " | ", -1);
  BhBox *box = bh_box_new ();

  for (char **text = texts; *text != NULL; text++)
    bh_box_add (box, bh_scan_new_text (*text, BH_SCAN_SCANNED, now_us));
  bh_box_say (box, BH_COMMAND_NEXT_BOX);
  return box;
}

/* "accept D2" of the only unit */
char *
offline_scan (OfflineStation *station, const char *scans, gint64 now_us)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BhBox) box = offline_box (scans, now_us);
  g_autofree char *act = bh_uuid (now_us);
  g_autoptr (GPtrArray) outcomes =
      bh_offline_receive (station->offline, station->desk, act, box, NULL, now_us, &error);
  const BhOutcome *outcome;

  g_assert_no_error (error);
  g_assert_cmpuint (outcomes->len, ==, 1);
  outcome = g_ptr_array_index (outcomes, 0);
  g_assert_true (outcome->provisional);
  g_assert_null (outcome->receipt);
  g_assert_nonnull (strstr (outcome->message, "Provisional"));
  return g_strdup_printf ("%s %s", bh_verdict_name (outcome->ruling->verdict),
                          outcome->ruling->rule);
}

void
offline_expect (OfflineStation *station, const char *scans, gint64 now_us, const char *verdict)
{
  g_autofree char *said = offline_scan (station, scans, now_us);

  g_assert_cmpstr (said, ==, verdict);
}

static void
on_replayed (const BhReplayed *box, gpointer data)
{
  OfflineStation *station = data;

  g_assert_nonnull (strstr (box->before, "Provisional"));
  /* nothing is printed without the store */
  g_assert_null (strstr (box->before, "printed"));
  g_ptr_array_add (station->told,
                   box->changed ? g_strconcat ("changed: ", box->after, NULL) : g_strdup ("same"));
}

void
offline_replay (OfflineStation *station)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (bh_offline_replay (station->offline, station->desk, on_replayed, station, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (bh_offline_unsent (station->offline), ==, 0);
}

void
offline_expect_told (OfflineStation *station, guint n, const char *prefix)
{
  g_assert_cmpuint (n, <, station->told->len);
  g_assert_true (g_str_has_prefix (g_ptr_array_index (station->told, n), prefix));
}

char *
offline_file (OfflineStation *station, const char *name)
{
  return g_build_filename (station->folder, name, NULL);
}

void
offline_alter (char *data, gsize *size)
{
  data[*size - 20] ^= 1;
}
