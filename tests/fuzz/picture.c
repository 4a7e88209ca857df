/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "entry.h"

#include <string.h>

#include "backhaul/decode.h"
#include "backhaul/error.h"
#include "seeds.h"

/* A code that is damaged is not read, or read whole. */
static void
check_text (const char *text, gsize size)
{
  for (guint i = 0; i < seed_n_texts; i++)
    if (size < strlen (seed_texts[i]) &&
        memmem (seed_texts[i], strlen (seed_texts[i]), text, size) != NULL)
      g_error ("\"%.*s\" is a part of \"%s\"", (int) size, text, seed_texts[i]);
}

static void
check (GPtrArray *symbols)
{
  for (guint i = 0; i < symbols->len; i++) {
    const BhSymbol *symbol = g_ptr_array_index (symbols, i);
    gsize size;
    const char *text = g_bytes_get_data (symbol->bytes, &size);
    g_autoptr (BhScan) scan = bh_symbol_scan (symbol, 0);
    g_autoptr (BhReading) reading = bh_scan_classify (scan);

    if (size == 0 || symbol->symbology == NULL || symbol->step == NULL || symbol->index == 0 ||
        reading == NULL)
      g_error ("a symbol without text, name, step or place");
    check_text (text, size);
  }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const BhDecoder decoder = { BH_SYMBOLOGIES_DEFAULT, BH_EFFORT_FAST, 2 };
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) symbols = bh_decoder_bytes (&decoder, bytes, "fuzz", &error);

  if (symbols != NULL)
    check (symbols);
  else if (error == NULL || error->domain != BH_ERROR || strchr (error->message, ';') == NULL ||
           !g_utf8_validate (error->message, -1, NULL))
    g_error ("no symbols, and no error that says what to do");
  return 0;
}
