/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* What one cell may be, and what it is kept as. */

#include "backhaul/entitlement.h"
#include "backhaul/job-entry.h"
#include "operators-private.h"
#include "transfer-private.h"

#include <string.h>

#include "backhaul/identifier.h"

#define MAX_TEXT 4000
#define MAX_KEY  64

/* Closed lists: the spelling that is kept, in any case of letters. */
static const char *const flags[] = { "ra", "fa", NULL };
static const char *const priorities[] = { "P1", "P2", "P3", "P4", NULL };
static const char *const roles[] = { "receiver",   "technician",    "csr",
                                     "supervisor", "administrator", NULL };
/* in the order of an RMA's life: it is in the first of its lines' states, and goes on only */
const char *const bh_rma_states[] = { "draft",  "open",   "received",  "in-analysis", "charged",
                                      "waived", "closed", "cancelled", NULL };

typedef struct {
  const char *const *words; /* a closed list */
  const char *must;         /* what it must be: "not a …: …" */
} CellRule;

static const CellRule rules[] = {
  [BH_CELL_TEXT] = { NULL, "at most 4000 bytes without control characters" },
  [BH_CELL_KEY] = { NULL, "1 to 64 bytes without blanks around and control characters" },
  [BH_CELL_LOGIN] = { NULL, "a login, one word of 1 to 64 bytes that can be seen" },
  [BH_CELL_FILE_KEY] = { NULL, "1 to 64 of A-Z a-z 0-9 - _ ." },
  [BH_CELL_LONG] = { NULL, "text" },
  [BH_CELL_SERIAL] = { NULL, "a serial number (I4), 6 to 32 of A-Z 0-9 . / -" },
  [BH_CELL_PART] = { NULL, "a part number, 1 to 40 printable characters without blanks" },
  [BH_CELL_RMA] = { NULL, "an RMA number (I1), R and 8 to 10 digits" },
  [BH_CELL_CASE] = { NULL, "a case number (I2), YYYY-MMDD-NNNNNN with a date that exists" },
  [BH_CELL_DAY] = { NULL, "a date that exists, as 2026-11-24" },
  [BH_CELL_INSTANT] = { NULL, "a time that exists, as 2026-11-24T08:30:00+01:00" },
  [BH_CELL_YES_NO] = { NULL, "yes or no" },
  [BH_CELL_ZONE] = { NULL, "a time zone of this system, as Europe/Amsterdam" },
  [BH_CELL_COUNTRY] = { NULL, "a country's two letters, as NL" },
  [BH_CELL_LANGUAGE] = { NULL, "a language tag, as en or pt-BR" },
  [BH_CELL_EMAIL] = { NULL, "an e-mail address" },
  [BH_CELL_PRICE] = { NULL, "an amount in digits, as 1250.00" },
  [BH_CELL_CURRENCY] = { NULL, "a currency's three letters (ISO 4217), as EUR" },
  [BH_CELL_LEVEL] = { NULL, "a contract level (N4)" },
  [BH_CELL_FLAG] = { flags, "ra or fa" },
  [BH_CELL_PRIORITY] = { priorities, "P1 to P4" },
  [BH_CELL_ROLE] = { roles, "receiver, technician, csr, supervisor or administrator" },
  [BH_CELL_STATE] = { bh_rma_states, "a state of an RMA" },
  [BH_CELL_NUMBER] = { NULL, "a decimal number, as -12.5" },
};

static gboolean
has_controls (const char *text, const char *allowed)
{
  for (const guchar *c = (const guchar *) text; *c != '\0'; c++)
    if ((*c < 0x20 && strchr (allowed, *c) == NULL) || *c == 0x7f)
      return TRUE;
  return FALSE;
}

static gboolean
is_key (const char *text, gsize size)
{
  return size <= MAX_KEY && !g_ascii_isspace (text[0]) && !g_ascii_isspace (text[size - 1]) &&
         !has_controls (text, "");
}

gboolean
bh_is_file_key (const char *text, gsize size)
{
  for (const char *c = text; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && strchr ("-_.", *c) == NULL)
      return FALSE;
  return size > 0 && size <= MAX_KEY && text[0] != '.';
}

static gboolean
is_language (const char *text, gsize size)
{
  guint part = 0;

  for (const char *c = text; *c != '\0'; c++) {
    if (*c == '-' ? part == 0 : !g_ascii_isalnum (*c))
      return FALSE;
    part = *c == '-' ? 0 : part + 1;
    if (part > 8)
      return FALSE;
  }
  return part > 0 && size >= 2 && size <= 35;
}

/* Enough that mail can be sent and a header line cannot be broken. */
static gboolean
is_email (const char *text, gsize size)
{
  const char *at = strchr (text, '@');

  for (const guchar *c = (const guchar *) text; *c != '\0'; c++)
    if (*c <= 0x20 || *c == 0x7f || strchr ("<>(),;:\\\"[]", *c) != NULL)
      return FALSE;
  return at != NULL && at != text && at[1] != '\0' && strchr (at + 1, '@') == NULL && size <= 254;
}

static gboolean
is_letters (const char *text, gsize size, gsize want)
{
  for (gsize i = 0; i < size; i++)
    if (!g_ascii_isalpha (text[i]))
      return FALSE;
  return size == want;
}

static gboolean
is_zone (BhImport *self, const char *text)
{
  g_autofree char *key = g_strconcat ("zone\x1f", text, NULL);
  g_autoptr (GTimeZone) zone = NULL;

  if (g_hash_table_contains (self->known, key))
    return TRUE;
  /* offsets and POSIX rules are no zones: their daylight saving would be a guess */
  if (g_ascii_isalpha (text[0]) && text[1] != '\0' && strstr (text, "..") == NULL &&
      (strchr (text, '/') != NULL || strpbrk (text, "0123456789+-,:<") == NULL))
    zone = bh_zone (text);
  if (zone != NULL)
    g_hash_table_add (self->known, g_steal_pointer (&key));
  return zone != NULL;
}

/* The spelling that is kept: @text itself, or *made; NULL when it is not one. */
static const char *
normal (BhImport *self, BhCell type, const char *text, gsize size, char **made)
{
  gboolean good = TRUE;

  switch (type) {
  case BH_CELL_SERIAL:
    return *made = bh_serial_normalise (text, (gssize) size);
  case BH_CELL_PART:
    return *made = bh_part_normalise (text, (gssize) size);
  case BH_CELL_RMA:
    return *made = bh_rma_normalise (text, (gssize) size);
  case BH_CELL_CASE:
    return *made = bh_case_normalise (text, (gssize) size);
  case BH_CELL_CURRENCY:
  case BH_CELL_COUNTRY:
    *made = g_ascii_strup (text, (gssize) size);
    good = type == BH_CELL_COUNTRY ? is_letters (text, size, 2) : bh_currency_digits (*made, NULL);
    return good ? *made : NULL;
  case BH_CELL_TEXT:
    good = size <= MAX_TEXT && !has_controls (text, "\t\r\n");
    break;
  case BH_CELL_KEY:
    good = is_key (text, size);
    break;
  case BH_CELL_LOGIN:
    good = bh_is_login (text);
    break;
  case BH_CELL_FILE_KEY:
    good = bh_is_file_key (text, size);
    break;
  case BH_CELL_DAY:
    good = bh_day_parse (text) != BH_DAY_NONE;
    break;
  case BH_CELL_INSTANT: {
    gint64 at_us;

    good = bh_instant_parse (text, NULL, &at_us);
    break;
  }
  case BH_CELL_ZONE:
    good = is_zone (self, text);
    break;
  case BH_CELL_LANGUAGE:
    good = is_language (text, size);
    break;
  case BH_CELL_EMAIL:
    good = is_email (text, size);
    break;
  case BH_CELL_PRICE:
    good = size <= 20 && strspn (text, "0123456789.") == size;
    break;
  case BH_CELL_NUMBER: {
    double number;

    good = bh_number_parse (text, &number);
    break;
  }
  case BH_CELL_LONG:
  case BH_CELL_YES_NO:
  case BH_CELL_LEVEL:
  case BH_CELL_FLAG:
  case BH_CELL_PRIORITY:
  case BH_CELL_ROLE:
  case BH_CELL_STATE:
  default:
    break;
  }
  return good ? text : NULL;
}

/* -1: neither */
static int
yes_or_no (const char *text)
{
  static const char *const words[] = { "no", "yes", "false", "true", "0", "1" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strcasecmp (text, words[i]) == 0)
      return (int) (i & 1);
  return -1;
}

/* The closed list of @cell; NULL: it has none. The levels are core's. */
static const char *const *
words_of (BhCell cell)
{
  return cell == BH_CELL_LEVEL ? bh_level_names () : rules[cell].words;
}

static const char *
in_list (const char *const *words, const char *text)
{
  for (; *words != NULL; words++)
    if (g_ascii_strcasecmp (*words, text) == 0)
      return *words;
  return NULL;
}

static gboolean
tell (BhImport *self, guint column, const char *cell)
{
  const BhColumn *spec = &self->transfer->columns[column];
  g_autofree char *shown = bh_text_for_display (cell, strlen (cell), 40);
  const char *const *words = words_of (spec->cell);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "\"%s\" is not %s", shown, rules[spec->cell].must);
  for (const char *const *word = words; word != NULL && *word != NULL; word++)
    if (spec->cell == BH_CELL_LEVEL || spec->cell == BH_CELL_STATE)
      g_string_append_printf (text, "%s%s", word == words ? ": " : ", ", *word);
  bh_import_fault (self, (int) column, text->str);
  g_string_free (text, TRUE);
  return FALSE;
}

gboolean
bh_import_cell (BhImport *self, guint column, const char *cell, gsize size, BhTableValue *value)
{
  const BhColumn *spec = &self->transfer->columns[column];
  g_autofree char *made = NULL;
  const char *text;

  /* a JSON text may hold what its line does not show */
  gboolean checked = self->raw_is_text && self->options->format == BH_FORMAT_CSV;

  *value = (BhTableValue){ .null = TRUE };
  if (!checked && memchr (cell, '\0', size) != NULL) {
    bh_import_fault (self, (int) column, "a NUL byte is in it; take it out");
    return FALSE;
  }
  if (!checked && !g_utf8_validate (cell, (gssize) size, NULL)) {
    bh_import_fault (self, (int) column, "it is not UTF-8; save the file as UTF-8");
    return FALSE;
  }
  if (size == 0) {
    if (spec->cell == BH_CELL_YES_NO)
      value->null = FALSE;
    if (spec->flags & BH_COLUMN_REQUIRED) {
      bh_import_fault (self, (int) column, "it is empty; it must be given");
      return FALSE;
    }
    return TRUE;
  }
  value->null = FALSE;
  if (spec->cell == BH_CELL_YES_NO) {
    int answer = yes_or_no (cell);

    value->number = answer > 0;
    return answer >= 0 || tell (self, column, cell);
  }
  if (words_of (spec->cell) != NULL) {
    value->text = in_list (words_of (spec->cell), cell); /* static */
    return value->text != NULL || tell (self, column, cell);
  }
  text = normal (self, spec->cell, cell, size, &made);
  if (text == NULL)
    return tell (self, column, cell);
  value->text = g_string_chunk_insert_len (self->texts, text, (gssize) strlen (text));
  self->bytes += strlen (text) + 1;
  return TRUE;
}
