/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "backhaulctl"

#include <string.h>

#include "backhaul/scan.h"
#include "labels.h"

static void
print_check (Cli *cli, const char *path, const BhLabelCheck *check)
{
  g_autofree char *shown = bh_text_for_display (check->text, strlen (check->text), 200);
  g_autoptr (BhScan) scan = bh_scan_new_text (check->text, BH_SCAN_PICTURE, 0);
  g_autoptr (BhReading) reading = bh_scan_classify (scan);
  JsonBuilder *object;

  if (!cli->json) {
    cli_print ("page %u: %-11s %s: %s, module %.0f dots, quiet zone %.1f modules\n", check->page,
               check->symbology, shown, check->ok ? "good" : check->reason, check->module_dots,
               check->quiet_modules);
    return;
  }
  object = cli_object ();
  cli_set (object, "file", path);
  cli_set_int (object, "page", check->page);
  cli_set (object, "symbology", check->symbology);
  cli_set (object, "text", shown);
  cli_set (object, "kind", bh_kind_name (reading->kind));
  json_builder_set_member_name (object, "module_dots");
  json_builder_add_double_value (object, check->module_dots);
  json_builder_set_member_name (object, "quiet_modules");
  json_builder_add_double_value (object, check->quiet_modules);
  json_builder_set_member_name (object, "fields");
  json_builder_begin_object (object);
  for (guint i = 0; i < reading->fields->len; i++) {
    const BhField *field = g_ptr_array_index (reading->fields, i);

    cli_set (object, bh_kind_name (field->kind), field->value);
  }
  json_builder_end_object (object);
  cli_set_bool (object, "ok", check->ok);
  cli_set (object, "reason", check->reason);
  cli_emit (object);
}

int
cli_label_verify (Cli *cli, const char *path, guint dpi)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) checks = bh_label_verify (path, dpi, &error);
  gboolean ok = TRUE;

  if (checks == NULL)
    return cli_fail (cli, error);
  for (guint i = 0; i < checks->len; i++) {
    const BhLabelCheck *check = g_ptr_array_index (checks, i);

    ok = ok && check->ok;
    print_check (cli, path, check);
  }
  if (ok)
    return CLI_DONE;
  cli_say ("%s: the label does not meet its standard; print it anew", path);
  return CLI_INPUT;
}

int
cli_label_check (Cli *cli, const char *path)
{
  GError *error = NULL;
  g_autoptr (BhLabelTemplate) label = bh_label_template_load (path, &error);
  g_auto (GStrv) fields = NULL;
  double width;
  double height;

  if (label == NULL)
    return cli_fail (cli, error);
  fields = bh_label_template_fields (label);
  bh_label_template_size (label, &width, &height);
  if (cli->json) {
    JsonBuilder *object = cli_object ();

    cli_set (object, "template", path);
    json_builder_set_member_name (object, "width_mm");
    json_builder_add_double_value (object, width * 25.4 / 72);
    json_builder_set_member_name (object, "height_mm");
    json_builder_add_double_value (object, height * 25.4 / 72);
    cli_set_list (object, "fields", fields);
    cli_set_bool (object, "ok", TRUE);
    cli_emit (object);
  } else {
    cli_print ("%s: good, %.1f x %.1f mm\n", path, width * 25.4 / 72, height * 25.4 / 72);
    for (char **field = fields; *field != NULL; field++)
      cli_print ("  %s\n", *field);
  }
  return CLI_DONE;
}
