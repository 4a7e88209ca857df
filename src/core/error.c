/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-core"

#include "backhaul/error.h"

GQuark
bh_error_quark (void)
{
  return g_quark_from_static_string ("bh-error-quark");
}

/* CLI.md "Everywhere": what a script reads of an error */
static const struct {
  const char *name;
  int exit_status;
} codes[] = {
  [BH_ERROR_USAGE] = { "usage", 2 },
  [BH_ERROR_INPUT] = { "bad-input", 3 },
  [BH_ERROR_NO_SYMBOL] = { "no-symbol", 3 },
  [BH_ERROR_REFUSED] = { "refused", 1 },
  [BH_ERROR_NOT_FOUND] = { "not-found", 1 },
  [BH_ERROR_FORBIDDEN] = { "forbidden", 5 },
  [BH_ERROR_BUSY] = { "busy", 4 },
  [BH_ERROR_LOST] = { "connection-lost", 4 },
  [BH_ERROR_CONSTRAINT] = { "constraint", 4 },
  [BH_ERROR_CORRUPT] = { "corrupt", 4 },
  [BH_ERROR_NEWER] = { "newer-store", 4 },
  [BH_ERROR_NOT_OURS] = { "not-a-backhaul-store", 4 },
  [BH_ERROR_READ_ONLY] = { "read-only", 4 },
  [BH_ERROR_FULL] = { "disk-full", 4 },
  [BH_ERROR_STORE] = { "store", 4 },
  [BH_ERROR_NO_COVERAGE] = { "no-coverage", 1 },
  [BH_ERROR_THIRD_PARTY] = { "third-party", 1 },
  [BH_ERROR_ALREADY_AWAITED] = { "already-awaited", 1 },
};

int
bh_error_exit_status (const GError *error)
{
  g_return_val_if_fail (error != NULL, 4);

  if (error->domain == G_OPTION_ERROR)
    return 2;
  if (error->domain == BH_ERROR && (guint) error->code < G_N_ELEMENTS (codes))
    return codes[error->code].exit_status;
  return 4;
}

const char *
bh_error_code_name (const GError *error)
{
  g_return_val_if_fail (error != NULL, "store");

  if (error->domain == G_OPTION_ERROR)
    return "usage";
  if (error->domain == BH_ERROR && (guint) error->code < G_N_ELEMENTS (codes))
    return codes[error->code].name;
  return "store";
}

char *
bh_error_rule (const GError *error)
{
  static GRegex *rule;
  g_autoptr (GMatchInfo) match = NULL;

  if (g_once_init_enter (&rule))
    g_once_init_leave (&rule,
                       g_regex_new ("\\(([A-Z]{1,2}[0-9]{1,2})\\)", G_REGEX_OPTIMIZE, 0, NULL));
  return g_regex_match (rule, error->message, 0, &match) ? g_match_info_fetch (match, 1) : NULL;
}
