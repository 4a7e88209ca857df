/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-core"

#include "backhaul/scan.h"

#include <string.h>

/* "!" is in no identifier (I4), so no plate can be taken for a command */
#define PREFIX "BH!"

static const char *const names[] = {
  [BH_COMMAND_NONE] = NULL,
  [BH_COMMAND_NEXT_BOX] = "NEXT-BOX",
  [BH_COMMAND_UNDO] = "UNDO",
  [BH_COMMAND_PHOTO] = "PHOTO",
  [BH_COMMAND_REPRINT] = "REPRINT",
  [BH_COMMAND_HOLD] = "HOLD",
  [BH_COMMAND_REFUSE] = "REFUSE",
  [BH_COMMAND_MANUAL] = "MANUAL",
  [BH_COMMAND_UNREADABLE] = "UNREADABLE",
  [BH_COMMAND_NO_NUMBER] = "NO-NUMBER",
};

const char *
bh_command_name (BhCommand command)
{
  g_return_val_if_fail ((guint) command < G_N_ELEMENTS (names), NULL);
  return names[command];
}

char *
bh_command_text (BhCommand command)
{
  return g_strconcat (PREFIX, bh_command_name (command), NULL);
}

BhCommand
bh_command_parse (const char *text, gsize length)
{
  gsize prefix = strlen (PREFIX);

  if (length <= prefix || g_ascii_strncasecmp (text, PREFIX, prefix) != 0)
    return BH_COMMAND_NONE;
  for (guint i = 1; i < G_N_ELEMENTS (names); i++)
    if (strlen (names[i]) == length - prefix &&
        g_ascii_strncasecmp (text + prefix, names[i], length - prefix) == 0)
      return (BhCommand) i;
  return BH_COMMAND_NONE;
}
