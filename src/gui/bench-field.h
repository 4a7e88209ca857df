/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "backhaul/notes.h"

G_BEGIN_DECLS

/* How a field is kept. */
typedef enum {
  BH_WAY_ONE,    /* the newest holds: as it is typed */
  BH_WAY_MANY,   /* each adds: as it is typed, and Enter begins the next */
  BH_WAY_ROW,    /* each adds: of several cells, by Enter */
  BH_WAY_CHOICE, /* two buttons: yes or no */
} BhFieldWay;

#define BH_FIELD_CELLS 4

/**
 * BhFieldSpec:
 * @name: (nullable): of its entries, as "for"
 * @label: with mnemonic
 * @id: accessible id, of its first cell
 * @heading: (nullable): a section begins with it
 * @fa: only an FA has it
 * @cells: (nullable): what stands in empty cells
 * @ends: of a row: the first cell in which Enter ends it
 */
typedef struct {
  BhEntryKind kind;
  const char *name;
  BhFieldWay way;
  const char *label;
  const char *id;
  const char *heading;
  gboolean fa;
  const char *cells[BH_FIELD_CELLS];
  guint ends;
} BhFieldSpec;

const BhFieldSpec *bh_field_specs (guint *n);

/**
 * BhField:
 * @kept: what is written down of it; ""
 * @sent: (nullable): what is on its way
 * @refused: (nullable): what was refused, and is not tried again
 * @draft: of @kept of a field of many: its entry; 0: none
 * @ended: Enter was pressed: the next one begins
 */
typedef struct {
  const BhFieldSpec *spec;
  GtkWidget *heading; /* NULL: it begins no section */
  GtkWidget *row;
  GtkWidget *label;
  GtkWidget *cells[BH_FIELD_CELLS];
  guint n;
  char *kept;
  char *sent;
  char *refused;
  gint64 draft;
  gboolean ended;
} BhField;

/* In row @row of @grid. The field stays where it is. */
void bh_field_build (BhField *self, const BhFieldSpec *spec, GtkGrid *grid, int row);
/* Whose cell it is; NULL: of none. */
BhField *bh_field_of (GtkWidget *cell);
/* (element-type BhCode): offered as one types */
void bh_field_offer (BhField *self, GPtrArray *codes);
void bh_field_clear (BhField *self);
/* (transfer full): what stands in its cells; those of a row divided by "\n" */
char *bh_field_text (const BhField *self);
void bh_field_set_text (BhField *self, const char *text);
/* Which of its buttons was pressed, by more than a shade. */
void bh_field_mark_choice (const BhField *self);
/* What belongs under the heading of an 8D report that is named there; of other fields nothing. */
void bh_field_hint (BhField *self);
/* There is something to write down. */
gboolean bh_field_is_dirty (const BhField *self);
/* Adds it to @notes; @entries: (element-type BhJobEntry): of the job, for what it replaces.
 * FALSE: it is not complete, or no such text can be. */
gboolean
bh_field_write (const BhField *self, const GPtrArray *entries, BhNotes *notes, GError **error);

G_END_DECLS
