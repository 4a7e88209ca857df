/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "backhaulctl"

#include <sys/stat.h>

#include "backhaul/badge.h"
#include "backhaul/operators.h"
#include "labels.h"

/* Onto pages; what they will be known by from then on, in the order of @logins. */
static gboolean
add_all (CliLabels *labels, BhDesk *desk, int n, char **logins, char **badges, GError **error)
{
  for (int i = 0; i < n; i++) {
    g_autoptr (GHashTable) fields = NULL;

    if ((badges[i] = bh_badge_new (error)) == NULL ||
        (fields = bh_desk_operator_label (desk, logins[i], badges[i], error)) == NULL ||
        !cli_labels_add (labels, fields, "operator-badge", error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
give (BhDesk *desk, const char *login, const char *badge, GError **error)
{
  g_autofree char *act = g_uuid_string_random ();
  BhWhen when = { act, bh_now_us (), FALSE };

  return bh_desk_set_badge (desk, &when, login, badge, error);
}

/* They are printed before they are anybody's: who cannot be given a new one keeps the old one. */
int
cli_badges (Cli *cli, BhDesk *desk, const CliLabel *options, int n, char **logins)
{
  CliLabels labels = { .cli = cli, .options = options };
  GError *error = NULL;
  char **badges;
  mode_t others;
  int exit_code;
  gboolean ok;

  if (n == 0)
    return cli_usage (cli, "label: say whose badge: --kind operator-badge LOGIN");
  others = umask (077); /* the file is worth as much as a PIN */
  ok = cli_labels_begin (&labels, &error);
  if (!ok) {
    umask (others);
    return cli_fail (cli, error);
  }
  badges = g_new0 (char *, (gsize) n);
  ok = add_all (&labels, desk, n, logins, badges, &error);
  exit_code = cli_labels_end (&labels, ok, error);
  umask (others);
  for (int i = 0; i < n; i++) {
    GError *why = NULL;

    if (exit_code == CLI_DONE && !give (desk, logins[i], badges[i], &why))
      exit_code = cli_fail (cli, why);
    bh_badge_free (badges[i]);
  }
  g_free (badges);
  return exit_code;
}
