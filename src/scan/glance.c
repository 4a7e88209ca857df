/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-scan"

#include "glance.h"

#include "ladder.h"
#include "symbol.h"

BhSymbol *
bh_symbol_copy (const BhSymbol *self)
{
  BhSymbol *copy = g_memdup2 (self, sizeof *self);

  g_bytes_ref (copy->bytes);
  copy->identifier = g_strdup (self->identifier);
  return copy;
}

GPtrArray *
bh_glance (const BhGrey *grey, guint symbologies)
{
  static const BhStep step = {
    .name = "glance",
    .on = BH_ON_PICTURE,
    .scale = 1,
    .engine = BH_ENGINE_ZBAR,
    .symbologies = BH_SYMBOLOGIES_ALL,
  };
  g_autoptr (GArray) reads = bh_reads_new ();
  GPtrArray *symbols = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_symbol_free);

  bh_ladder_step (&step, grey, NULL, symbologies, reads);
  for (guint i = 0; i < reads->len; i++)
    if (bh_reads_holds (reads, i))
      g_ptr_array_add (symbols, bh_symbol_copy (g_array_index (reads, BhRead, i).symbol));
  bh_symbols_settle (symbols, 1);
  return symbols;
}
