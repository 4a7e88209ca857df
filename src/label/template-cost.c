/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-label"

/* What it costs to draw a template, before it is drawn: a small file can ask for hours, by
 * elements that are drawn again and again, or by one outline that crosses itself a million times.
 */

#include <string.h>

#include "template.h"

/* Bytes of a plain drawing that take as long: the shipped labels have at most a few thousand; this
 * much is drawn in some seconds at the worst. */
#define MOST     1000000.0
#define ELEMENT  20.0
#define PAGE     500.0   /* a mask or a pattern is drawn on a page of its own */
#define CROSSING 16384.0 /* bytes of an outline whose crossings cost as much as itself */
#define CORNER   4.0     /* bytes of an outline that a marker stands on */
#define DEEPEST  1000    /* references that lead to each other */

typedef struct {
  char *id;         /* NULL: none */
  double own;       /* with all that is in it, without what that refers to */
  GHashTable *refs; /* id → double *: how often it is drawn in here */
  double cost;      /* less than 0: not yet worked out */
} Part;

struct _BhCost {
  GPtrArray *open;   /* of Part: from the drawing to where the reader is */
  GHashTable *named; /* of Part, by id */
  GString *style;    /* what stands in <style> */
  double elements;
  double lines; /* bytes of all outlines */
};

static void
part_free (gpointer data)
{
  Part *part = data;

  g_free (part->id);
  g_hash_table_unref (part->refs);
  g_free (part);
}

static Part *
part_new (const char *id)
{
  Part *part = g_new0 (Part, 1);

  part->id = g_strdup (id);
  part->refs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  part->cost = -1;
  return part;
}

BhCost *
bh_cost_new (void)
{
  BhCost *self = g_new0 (BhCost, 1);

  self->open = g_ptr_array_new_with_free_func (part_free);
  self->named = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, part_free);
  self->style = g_string_new (NULL);
  g_ptr_array_add (self->open, part_new (NULL));
  return self;
}

void
bh_cost_free (BhCost *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->open);
  g_hash_table_unref (self->named);
  g_string_free (self->style, TRUE);
  g_free (self);
}

static Part *
here (const BhCost *self)
{
  return g_ptr_array_index (self->open, self->open->len - 1);
}

/* takes @id */
static void
refer (Part *part, char *id, double times)
{
  double *sum = g_hash_table_lookup (part->refs, id);

  if (sum == NULL) {
    sum = g_new0 (double, 1);
    g_hash_table_insert (part->refs, id, sum);
  } else {
    g_free (id);
  }
  *sum += times;
}

/* Each url(#id) of a style or an attribute. */
static void
refer_all (Part *part, const char *text, double times)
{
  for (const char *at = strstr (text, "url("); at != NULL; at = strstr (at + 4, "url(")) {
    const char *id = at + 4 + strspn (at + 4, " \t\r\n'\"");

    if (*id == '#')
      refer (part, g_strndup (id + 1, strcspn (id + 1, " \t\r\n'\")")), times);
  }
}

void
bh_cost_begin (BhCost *self, const char *element, const char **names, const char **values)
{
  Part *part = part_new (NULL);
  double line = 0;

  for (guint i = 0; names[i] != NULL; i++)
    if (g_str_equal (names[i], "d") || g_str_equal (names[i], "points"))
      line += (double) strlen (values[i]);
    else if (g_str_equal (names[i], "id") && part->id == NULL)
      part->id = g_strdup (values[i]);
  part->own = ELEMENT + line + line * line / CROSSING;
  if (g_str_equal (element, "mask") || g_str_equal (element, "pattern") ||
      g_str_equal (element, "clipPath"))
    part->own += PAGE;
  for (guint i = 0; names[i] != NULL; i++) {
    gboolean marker = strstr (names[i], "marker") != NULL || strstr (values[i], "marker") != NULL;

    if ((g_str_equal (names[i], "href") || g_str_has_suffix (names[i], ":href")) &&
        values[i][0] == '#')
      refer (part, g_strdup (values[i] + 1), 1);
    refer_all (part, values[i], marker ? 1 + line / CORNER : 1);
  }
  self->elements++;
  self->lines += line;
  g_ptr_array_add (self->open, part);
}

void
bh_cost_text (BhCost *self, const char *text, gsize size, gboolean style)
{
  if (style)
    g_string_append_len (self->style, text, (gssize) size);
  else
    here (self)->own += (double) size;
}

static void
put_into (Part *to, const Part *part)
{
  GHashTableIter iter;
  gpointer id;
  gpointer times;

  to->own += part->own;
  g_hash_table_iter_init (&iter, part->refs);
  while (g_hash_table_iter_next (&iter, &id, &times))
    refer (to, g_strdup (id), *(double *) times);
}

void
bh_cost_end (BhCost *self)
{
  Part *part = g_ptr_array_steal_index (self->open, self->open->len - 1);
  Part *same = part->id != NULL ? g_hash_table_lookup (self->named, part->id) : NULL;

  put_into (here (self), part);
  if (same != NULL)
    put_into (same, part);
  if (part->id != NULL && same == NULL)
    g_hash_table_insert (self->named, part->id, part);
  else
    part_free (part);
}

static double
cost_of (const BhCost *self, Part *part, guint deep)
{
  double cost = part->own;
  GHashTableIter iter;
  gpointer id;
  gpointer times;

  if (part->cost >= 0)
    return part->cost;
  if (deep > DEEPEST)
    return MOST;
  part->cost = 0; /* what refers to itself is not drawn */
  g_hash_table_iter_init (&iter, part->refs);
  while (g_hash_table_iter_next (&iter, &id, &times) && cost <= MOST) {
    Part *other = g_hash_table_lookup (self->named, id);

    if (other != NULL)
      cost += *(double *) times * cost_of (self, other, deep + 1);
  }
  return part->cost = cost;
}

gboolean
bh_cost_bearable (BhCost *self)
{
  Part *all = here (self);
  gboolean marker = strstr (self->style->str, "marker") != NULL;

  /* whom a style sheet means is not worked out: everything */
  refer_all (all, self->style->str, self->elements + (marker ? self->lines / CORNER : 0));
  return cost_of (self, all, 0) <= MOST;
}
