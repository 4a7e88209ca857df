/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-core"

#include "backhaul/job-entry.h"

#include <math.h>
#include <string.h>

#define MAX_NAME   100 /* bytes */
#define MAX_NUMBER 32

/* RULES RA10 as a table. @ra, @fa: what a result without one lacks, in words. */
static const struct {
  const char *name;
  gboolean single;
  gboolean only_fa;
  const char *ra;
  const char *fa;
} kinds[] = {
  [BH_ENTRY_SYMPTOM] = { "symptom", TRUE, FALSE, "no symptom reported", "no symptom reported" },
  [BH_ENTRY_REPRODUCED] = { "reproduced", TRUE, FALSE, "not said whether it was reproduced",
                            "not said whether it was reproduced" },
  [BH_ENTRY_FAULT] = { "fault", TRUE, FALSE, "no fault code", "no fault code" },
  [BH_ENTRY_COMPONENT] = { "component", TRUE, FALSE, NULL, NULL },
  [BH_ENTRY_ACTION] = { "action", FALSE, FALSE, "no action", NULL },
  [BH_ENTRY_PART] = { "part", FALSE, FALSE, NULL, NULL },
  [BH_ENTRY_READING] = { "reading", FALSE, FALSE, "no test with a reading", NULL },
  [BH_ENTRY_FIRMWARE_BEFORE] = { "firmware-before", TRUE, FALSE, NULL, NULL },
  [BH_ENTRY_FIRMWARE_AFTER] = { "firmware-after", TRUE, FALSE, NULL, NULL },
  [BH_ENTRY_PHOTO] = { "photo", FALSE, FALSE, NULL, NULL },
  [BH_ENTRY_ENVIRONMENT] = { "environment", TRUE, FALSE, NULL, "no environment recorded" },
  [BH_ENTRY_HYPOTHESIS] = { "hypothesis", FALSE, FALSE, NULL, NULL },
  [BH_ENTRY_EVIDENCE] = { "evidence", FALSE, FALSE, NULL, "no evidence" },
  [BH_ENTRY_ROOT_CAUSE] = { "root-cause", TRUE, FALSE, NULL, "no root cause" },
  [BH_ENTRY_CORRECTIVE] = { "corrective-action", TRUE, FALSE, NULL, "no corrective action" },
  [BH_ENTRY_CONTAINMENT] = { "containment", TRUE, TRUE, NULL, NULL },
  [BH_ENTRY_HEADING] = { "8d", FALSE, TRUE, NULL, NULL },
  [BH_ENTRY_DESTRUCTIVE] = { "destructive", FALSE, TRUE, NULL, NULL },
  [BH_ENTRY_CONSENT] = { "consent", TRUE, TRUE, NULL, NULL },
  [BH_ENTRY_PRESENT] = { "present", FALSE, FALSE, NULL, NULL },
  [BH_ENTRY_MISSING] = { "missing", FALSE, FALSE, NULL, NULL },
  [BH_ENTRY_TAKEN] = { "taken", FALSE, FALSE, NULL, NULL },
  [BH_ENTRY_RETURNED] = { "returned", TRUE, FALSE, NULL, NULL },
  [BH_ENTRY_STRIKE] = { "strike", FALSE, FALSE, NULL, NULL },
};
G_STATIC_ASSERT (G_N_ELEMENTS (kinds) == BH_ENTRY_LAST);

const char *
bh_entry_kind_name (BhEntryKind kind)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (kinds), "symptom");
  return kinds[kind].name;
}

gboolean
bh_entry_kind_parse (const char *text, BhEntryKind *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (text, kinds[i].name) == 0) {
      *kind = i;
      return TRUE;
    }
  return FALSE;
}

gboolean
bh_entry_kind_is_single (BhEntryKind kind)
{
  return kinds[kind].single;
}

gboolean
bh_entry_kind_is_fa (BhEntryKind kind)
{
  return kinds[kind].only_fa;
}

const char *
bh_entry_kind_missing (BhEntryKind kind, gboolean fa)
{
  return fa ? kinds[kind].fa : kinds[kind].ra;
}

/* ---- readings ------------------------------------------------------------------------- */

void
bh_test_reading_clear (BhTestReading *self)
{
  g_free (self->name);
  g_free (self->value);
  g_free (self->low);
  g_free (self->high);
  *self = (BhTestReading){ 0 };
}

gboolean
bh_number_parse (const char *text, double *number)
{
  gsize size = text != NULL ? strlen (text) : 0;
  char *end = NULL;

  /* no blanks, no hexadecimal, no "inf" or "nan", which strtod would take */
  if (size == 0 || size > MAX_NUMBER || strspn (text, "0123456789+-.eE") != size)
    return FALSE;
  *number = g_ascii_strtod (text, &end);
  return *end == '\0' && end > text && isfinite (*number);
}

static gboolean
is_limit (const BhTestReading *reading, const char *text, double *number, GError **error)
{
  if (text == NULL || bh_number_parse (text, number))
    return TRUE;
  g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
               "reading %s: its limit is no number; write NAME=VALUE:LOW:HIGH with decimal points",
               reading->name);
  return FALSE;
}

gboolean
bh_test_reading_check (const BhTestReading *reading, GError **error)
{
  double value = 0;
  double low = -HUGE_VAL;
  double high = HUGE_VAL;
  gsize size = reading->name != NULL ? strlen (reading->name) : 0;
  gboolean plain = size > 0 && size <= MAX_NAME && g_utf8_validate (reading->name, -1, NULL);

  for (gsize i = 0; plain && i < size; i++)
    plain = (guchar) reading->name[i] >= 0x20 && reading->name[i] != 0x7f;
  if (!plain) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                 "reading: its name is not 1 to %d bytes of text; write NAME=VALUE[:LOW:HIGH]",
                 MAX_NAME);
    return FALSE;
  }
  if (!bh_number_parse (reading->value, &value)) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                 "reading %s: its value is no number; write NAME=VALUE[:LOW:HIGH] with a decimal "
                 "point",
                 reading->name);
    return FALSE;
  }
  if (!is_limit (reading, reading->low, &low, error) ||
      !is_limit (reading, reading->high, &high, error))
    return FALSE;
  if (low <= high)
    return TRUE;
  g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
               "reading %s: its lower limit is above the upper one; write NAME=VALUE:LOW:HIGH",
               reading->name);
  return FALSE;
}

static char *
dup_limit (const char *text)
{
  return *text != '\0' ? g_strdup (text) : NULL;
}

gboolean
bh_test_reading_parse (const char *text, BhTestReading *reading, GError **error)
{
  const char *equals = strrchr (text, '=');
  g_auto (GStrv) parts = NULL;
  guint n;

  *reading = (BhTestReading){ 0 };
  parts = g_strsplit (equals != NULL ? equals + 1 : "", ":", 5);
  n = g_strv_length (parts);
  if (equals == NULL || equals == text || (n != 1 && n != 3)) {
    g_autofree char *shown = g_utf8_make_valid (text, -1);

    g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                 "reading %.60s: not a name with a value; write NAME=VALUE[:LOW:HIGH]", shown);
    return FALSE;
  }
  reading->name = g_strndup (text, (gsize) (equals - text));
  reading->value = g_strdup (parts[0]);
  reading->low = n == 3 ? dup_limit (parts[1]) : NULL;
  reading->high = n == 3 ? dup_limit (parts[2]) : NULL;
  if (bh_test_reading_check (reading, error))
    return TRUE;
  bh_test_reading_clear (reading);
  return FALSE;
}

gboolean
bh_reading_passes (const char *value, const char *low, const char *high, gboolean *judged)
{
  double is = 0;
  double least = -HUGE_VAL;
  double most = HUGE_VAL;

  *judged = low != NULL || high != NULL;
  bh_number_parse (value, &is);
  if (low != NULL)
    bh_number_parse (low, &least);
  if (high != NULL)
    bh_number_parse (high, &most);
  return is >= least && is <= most;
}
