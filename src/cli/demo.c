/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "backhaulctl"

#include "demo.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "backhaul/scan.h"
#include "backhaul/scene.h"
#include "backhaul/sheet.h"
#include "backhaul/transfer.h"

#define PICTURE_WIDTH  1280
#define PICTURE_HEIGHT 960

static gboolean
write_sheet (GPtrArray *boxes, const char *path, GError **error)
{
  g_autofree BhSheetEntry *entries = g_new0 (BhSheetEntry, boxes->len);
  g_autoptr (GPtrArray) titles = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < boxes->len; i++) {
    const BhPracticeBox *box = g_ptr_array_index (boxes, i);
    char *title = g_strdup_printf ("%s  %s", box->rule, box->title);

    g_ptr_array_add (titles, title);
    entries[i] = (BhSheetEntry){ title, box->explanation, box->scans };
  }
  return bh_sheet_write (path, "Practice boxes",
                         "Scan the codes of one box from left to right, then look at the verdict: "
                         "the rule in front of its title must be shown.",
                         entries, boxes->len, error);
}

/* What is printed on a box: what the receiver says is not. None when a picture
 * alone does not tell the verdict, as somebody must say that a plate is unreadable. */
static char **
printed_codes (const BhPracticeBox *box)
{
  g_autoptr (GStrvBuilder) codes = g_strv_builder_new ();

  for (char **scan = box->scans; *scan != NULL; scan++) {
    BhCommand command = bh_command_parse (*scan, strlen (*scan));

    if (command == BH_COMMAND_UNREADABLE)
      return g_new0 (char *, 1);
    if (command == BH_COMMAND_NONE)
      g_strv_builder_add (codes, *scan);
  }
  return g_strv_builder_end (codes);
}

static gboolean
write_pictures (GPtrArray *boxes, const char *folder, GError **error)
{
  for (guint i = 0; i < boxes->len; i++) {
    const BhPracticeBox *box = g_ptr_array_index (boxes, i);
    g_auto (GStrv) codes = printed_codes (box);
    g_autofree char *rule = g_ascii_strdown (box->rule, -1);
    g_autofree char *path = g_strdup_printf ("%s/%s-%s.png", folder, rule, box->verdict);
    g_autoptr (GBytes) png = NULL;
    g_autoptr (GError) why = NULL;

    if (codes[0] == NULL)
      continue;
    png = bh_scene_png ("RETURN", codes, i + 1, PICTURE_WIDTH, PICTURE_HEIGHT, error);
    if (png == NULL)
      return FALSE;
    if (!g_file_set_contents (path, g_bytes_get_data (png, NULL), (gssize) g_bytes_get_size (png),
                              &why)) {
      g_set_error (error, BH_ERROR, BH_ERROR_STORE, "%s: %s; look at the folder and the disk", path,
                   why->message);
      return FALSE;
    }
  }
  return TRUE;
}

int
cli_make_demo (Cli *cli, BhDesk *desk)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) boxes = NULL;
  g_autofree char *beside = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *sheet = NULL;

  if (!bh_desk_make_demo (desk, bh_now_us (), &error))
    return cli_fail (cli, error);
  if (!g_str_has_prefix (cli->store, "sqlite:"))
    return CLI_DONE;
  beside = g_path_get_dirname (cli->store + strlen ("sqlite:"));
  folder = g_build_filename (beside, "practice", NULL);
  sheet = g_build_filename (folder, "practice-boxes.pdf", NULL);
  if (g_mkdir_with_parents (folder, 0700) != 0)
    return cli_fail (cli, g_error_new (BH_ERROR, BH_ERROR_STORE,
                                       "%s: %s; look at the rights of its folder", folder,
                                       g_strerror (errno)));
  if ((boxes = bh_desk_practice_boxes (desk, &error)) == NULL ||
      !write_sheet (boxes, sheet, &error) || !write_pictures (boxes, folder, &error))
    return cli_fail (cli, error);
  cli_say ("practice boxes to print, and pictures of them, are in %s", folder);
  return CLI_DONE;
}

int
cli_practice_sheet (Cli *cli, BhDesk *desk, const char *path)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) boxes = bh_desk_practice_boxes (desk, &error);

  if (boxes == NULL || !write_sheet (boxes, path, &error))
    return cli_fail (cli, error);
  return CLI_DONE;
}
