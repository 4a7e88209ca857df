/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-label"

#include "template.h"

static gboolean
make_code (BhCode *code, const BhSlot *slot, const char *value, guint dpi, GError **error)
{
  code->modules = bh_modules_new (slot->kind, value, error);
  if (code->modules == NULL) {
    g_prefix_error (error, "%s: ", slot->field);
    return FALSE;
  }
  return bh_modules_place (code->modules, slot, dpi, &code->place, error);
}

BhCodes *
bh_codes_new (const BhLabelTemplate *self, GHashTable *fields, guint dpi, GError **error)
{
  g_autoptr (BhCodes) codes = g_new0 (BhCodes, 1);

  codes->dpi = dpi;
  codes->n = self->slots->len;
  codes->of = g_new0 (BhCode, codes->n);
  for (guint i = 0; i < codes->n; i++) {
    const BhSlot *slot = g_ptr_array_index (self->slots, i);
    const char *value = g_hash_table_lookup (fields, slot->field);

    if (slot->kind != BH_SLOT_TEXT && value != NULL && *value != '\0' &&
        !make_code (&codes->of[i], slot, value, dpi, error))
      return NULL;
  }
  return g_steal_pointer (&codes);
}

void
bh_codes_free (BhCodes *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->n; i++)
    bh_modules_free (self->of[i].modules);
  g_free (self->of);
  g_free (self);
}

BhArea
bh_code_area (const BhCode *self)
{
  const BhModules *modules = self->modules;
  const BhPlace *place = &self->place;
  int quiet = (int) modules->quiet * place->each;
  int above = modules->height > 1 ? quiet : 0;

  return (BhArea){ place->left - quiet, place->top - above,
                   (int) modules->width * place->each + 2 * quiet,
                   (int) modules->height * place->high + 2 * above };
}
