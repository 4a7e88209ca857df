/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-core"

#include "backhaul/report-page.h"

static void
block_free (gpointer data)
{
  BhBlock *self = data;

  g_free (self->label);
  g_free (self->text);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->picture, g_bytes_unref);
  g_clear_pointer (&self->values, g_array_unref);
  g_free (self);
}

BhReportPage *
bh_report_page_new (const char *title, const char *page_word)
{
  BhReportPage *self = g_new0 (BhReportPage, 1);

  self->title = g_strdup (title);
  self->page_word = g_strdup (page_word);
  self->blocks = g_ptr_array_new_with_free_func (block_free);
  return self;
}

void
bh_report_page_free (BhReportPage *self)
{
  if (self == NULL)
    return;
  g_free (self->title);
  g_free (self->page_word);
  g_ptr_array_unref (self->blocks);
  g_free (self);
}

BhBlock *
bh_report_page_add (BhReportPage *self, BhBlockKind kind, const char *label, const char *text)
{
  BhBlock *block = g_new0 (BhBlock, 1);

  block->kind = kind;
  block->label = g_strdup (label);
  block->text = g_strdup (text);
  if (kind == BH_BLOCK_TABLE)
    block->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  if (kind == BH_BLOCK_CHART)
    block->values = g_array_new (FALSE, FALSE, sizeof (double));
  g_ptr_array_add (self->blocks, block);
  return block;
}
