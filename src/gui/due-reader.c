/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "due-reader.h"

#include "backhaul/returns.h"
#include "due-acts.h"

/* so many are on screen before the others are counted */
#define FIRST_ROWS 100
#define MORE_ROWS  20000
/* so many times as long as a reading took, the next one waits that nobody asked for */
#define RESTS 2

struct _BhDueReader {
  GObject parent_instance;

  BhWorker *reads;
  guint number;         /* of the newest reading */
  GCancellable *search; /* it; NULL: it has ended */
  guint may;
  gint64 began; /* when it did; monotonic, microseconds */
  gint64 rests; /* until then */
};

enum { PART, ENDED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BhDueReader, bh_due_reader, G_TYPE_OBJECT)

typedef struct {
  BhDueReader *reader; /* let go of on its own thread, in on_read() */
  guint number;
  GPtrArray *rows; /* of a part; the worker gathers into it */
  guint parts;
  gboolean whole; /* in one part */
} Reading;

/* A part on its way to the window. */
typedef struct {
  BhDueReader *reader;
  guint number;
  guint may;
  gboolean first;
  GPtrArray *rows;
} Part;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_clear_pointer (&reading->rows, g_ptr_array_unref);
  g_free (reading);
}

static void
part_free (gpointer data)
{
  Part *part = data;

  g_clear_pointer (&part->rows, g_ptr_array_unref);
  g_object_unref (part->reader);
  g_free (part);
}

static gboolean
on_part (gpointer data)
{
  Part *part = data;
  BhDueReader *self = part->reader;

  if (part->number != self->number)
    return G_SOURCE_REMOVE;
  self->may = part->may;
  g_signal_emit (self, signals[PART], 0, part->rows, part->first);
  return G_SOURCE_REMOVE;
}

static void
hand_over (BhDesk *desk, Reading *reading)
{
  Part *part = g_new0 (Part, 1);

  *part = (Part){ g_object_ref (reading->reader), reading->number, 0, reading->parts++ == 0,
                  g_steal_pointer (&reading->rows) };
  for (int may = 0; may < BH_MAY_LAST; may++)
    if (bh_role_may (bh_desk_role (desk), may))
      part->may |= 1u << may;
  reading->rows = bh_clock_rows_new ();
  g_idle_add_full (G_PRIORITY_DEFAULT, on_part, part, part_free);
}

typedef struct {
  BhDesk *desk;
  Reading *reading;
} Gather;

static gboolean
on_clock (const BhClockRow *row, gpointer data)
{
  const Gather *gather = data;
  Reading *reading = gather->reading;

  g_ptr_array_add (reading->rows, bh_clock_row_dup (row));
  if (!reading->whole && reading->rows->len == (reading->parts == 0 ? FIRST_ROWS : MORE_ROWS))
    hand_over (gather->desk, reading);
  return TRUE;
}

static gpointer
read_board (BhDesk *desk, gpointer data, GError **error)
{
  Gather gather = { desk, data };

  if (!bh_desk_due (desk, NULL, NULL, BH_DAY_NONE, bh_now_us (), on_clock, &gather, error))
    return NULL;
  hand_over (desk, gather.reading);
  return data; /* not to be freed twice: only told that it went well */
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Part *asked = data;
  g_autoptr (BhDueReader) self = asked->reader;
  g_autoptr (GError) error = NULL;
  gboolean ok = bh_worker_finish (result, &error) != NULL;

  if (asked->number != self->number)
    return;
  self->rests = g_get_monotonic_time ();
  self->rests += RESTS * (self->rests - self->began);
  g_clear_object (&self->search);
  g_signal_emit (self, signals[ENDED], 0, ok ? NULL : error->message);
}

static void
start (BhDueReader *self, gboolean whole)
{
  Reading *reading = g_new0 (Reading, 1);
  Part *asked = g_new0 (Part, 1);

  bh_due_reader_stop (self);
  self->search = g_cancellable_new ();
  self->began = g_get_monotonic_time ();
  *asked = (Part){ g_object_ref (self), self->number, 0, FALSE, NULL };
  *reading = (Reading){ self, self->number, bh_clock_rows_new (), 0, whole };
  bh_worker_search (self->reads, read_board, reading, reading_free, NULL, self->search, on_read,
                    asked);
}

void
bh_due_reader_start (BhDueReader *self)
{
  start (self, FALSE);
}

gboolean
bh_due_reader_look (BhDueReader *self)
{
  if (self->search != NULL || g_get_monotonic_time () < self->rests)
    return FALSE;
  start (self, TRUE);
  return TRUE;
}

void
bh_due_reader_stop (BhDueReader *self)
{
  if (self->search != NULL)
    bh_worker_supersede (self->reads, self->search);
  g_clear_object (&self->search);
  self->number++;
}

gboolean
bh_due_reader_busy (BhDueReader *self)
{
  return self->search != NULL;
}

guint
bh_due_reader_may (BhDueReader *self)
{
  return self->may;
}

static void
bh_due_reader_finalize (GObject *object)
{
  BhDueReader *self = BH_DUE_READER (object);

  g_clear_object (&self->search);
  g_clear_object (&self->reads);
  G_OBJECT_CLASS (bh_due_reader_parent_class)->finalize (object);
}

static void
bh_due_reader_class_init (BhDueReaderClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = bh_due_reader_finalize;
  signals[PART] = g_signal_new ("part", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                2, G_TYPE_PTR_ARRAY, G_TYPE_BOOLEAN);
  signals[ENDED] = g_signal_new ("ended", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 1, G_TYPE_STRING);
}

static void
bh_due_reader_init (BhDueReader *self)
{
}

BhDueReader *
bh_due_reader_new (BhWorker *reads)
{
  BhDueReader *self = g_object_new (BH_TYPE_DUE_READER, NULL);

  self->reads = g_object_ref (reads);
  return self;
}
