/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* What a technician writes down as the work goes on, kept at once (RA2, RA10). */

#include "bench-private.h"

#include <string.h>

#include "backhaul/blob-store.h"
#include "backhaul/identifier.h"
#include "backhaul/photo.h"

#define MAX_NOTES 2000 /* of one act */

static gboolean
check_fault (BhDesk *self, const char *fault, GError **error)
{
  gboolean known = FALSE;
  gboolean any = FALSE;

  if (!bh_store_in_list (self->store, BH_LIST_FAULT, fault, &known, &any, error))
    return FALSE;
  /* a site without a list writes what it likes */
  if (known || !any)
    return TRUE;
  g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
               "%.60s: no such fault code (R5); `export faults` lists them, `import faults` adds",
               fault);
  return FALSE;
}

/* ---- photos --------------------------------------------------------------------------------- */

#define MOST_THREADS 4

/* A photo on its way from the camera to the store. */
typedef struct {
  BhPhoto clean;
  GError *error;
} Photo;

static void
free_photo (gpointer data)
{
  Photo *photo = data;

  if (photo == NULL)
    return;
  bh_photo_clear (&photo->clean);
  g_clear_error (&photo->error);
  g_free (photo);
}

typedef struct {
  const BhNote *notes;
  Photo **photos; /* one a note; NULL: it is none */
} Cleaning;

static void
clean_one (gpointer number, gpointer data)
{
  Cleaning *all = data;
  gsize i = GPOINTER_TO_SIZE (number) - 1;

  bh_photo_clean (all->notes[i].file, all->notes[i].name, &all->photos[i]->clean,
                  &all->photos[i]->error);
}

/* Before the transaction, on all processors: decoding takes longer than all else of the act, and
 * meanwhile others write. NULL: one is no photo. */
static GPtrArray *
clean_photos (const BhNote *notes, gsize n, GError **error)
{
  g_autoptr (GPtrArray) photos = g_ptr_array_new_with_free_func (free_photo);
  GThreadPool *pool;
  Cleaning all = { .notes = notes };

  for (gsize i = 0; i < n; i++) {
    if (notes[i].kind == BH_ENTRY_PHOTO && notes[i].file == NULL) {
      g_set_error (error, BH_ERROR, BH_ERROR_USAGE, "photo: no file; name one that can be read");
      return NULL;
    }
    g_ptr_array_add (photos, notes[i].kind == BH_ENTRY_PHOTO ? g_new0 (Photo, 1) : NULL);
  }
  all.photos = (Photo **) photos->pdata;
  pool = g_thread_pool_new (clean_one, &all, (int) MIN (g_get_num_processors (), MOST_THREADS),
                            FALSE, NULL);
  for (gsize i = 0; i < n; i++)
    if (all.photos[i] != NULL)
      g_thread_pool_push (pool, GSIZE_TO_POINTER (i + 1), NULL);
  g_thread_pool_free (pool, FALSE, TRUE);
  for (gsize i = 0; i < n; i++)
    if (all.photos[i] != NULL && all.photos[i]->error != NULL) {
      g_propagate_error (error, g_steal_pointer (&all.photos[i]->error));
      return NULL;
    }
  return g_steal_pointer (&photos);
}

static gboolean
write_photo (BhDesk *self, const BhWhen *when, const BhJob *job, const BhPhoto *photo,
             BhJobEntry *entry, GError **error)
{
  if (!bh_store_put_blob (self->store, photo->sha256, photo->media_type, photo->bytes, photo->thumb,
                          when->at_us, error))
    return FALSE;
  entry->value = (char *) photo->media_type;
  entry->sha256 = photo->sha256;
  return bh_store_add_entry (self->store, job->job, entry, error);
}

/* ---- the other kinds --------------------------------------------------------------------------
 */

static gboolean
write_reading (BhDesk *self, const BhJob *job, BhJobEntry *entry, GError **error)
{
  g_autofree char *low = NULL;
  g_autofree char *high = NULL;
  BhTestReading reading;

  /* limits that the product has for this test, unless they are given */
  if (entry->low == NULL && entry->high == NULL && job->part != NULL &&
      !bh_store_test_limits (self->store, job->part, entry->name, &low, &high, error))
    return FALSE;
  if (low != NULL)
    entry->low = low;
  if (high != NULL)
    entry->high = high;
  reading = (BhTestReading){ entry->name, entry->value, entry->low, entry->high };
  return bh_test_reading_check (&reading, error) &&
         bh_store_add_entry (self->store, job->job, entry, error);
}

static gboolean
write_part (BhDesk *self, const BhJob *job, BhJobEntry *entry, GError **error)
{
  g_autofree char *part = bh_part_normalise (entry->name, -1);
  g_autofree char *serial =
      entry->value != NULL && *entry->value != '\0' ? bh_serial_normalise (entry->value, -1) : NULL;

  if (part == NULL || (serial == NULL && entry->value != NULL && *entry->value != '\0')) {
    g_autofree char *shown = g_utf8_make_valid (entry->name, -1);

    g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                 "part %.60s: not a part number, or its serial is none (I4); write PART[:SERIAL]",
                 shown);
    return FALSE;
  }
  entry->name = part;
  entry->value = serial;
  return bh_store_add_entry (self->store, job->job, entry, error);
}

/* What an 8D report has a place for. */
static gboolean
write_heading (BhDesk *self, const BhJob *job, BhJobEntry *entry, GError **error)
{
  g_autofree char *name = g_strstrip (g_ascii_strup (entry->name != NULL ? entry->name : "", -1));

  if (name[0] != 'D' || name[1] < '0' || name[1] > '8' || name[2] != '\0') {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                 "8d %.40s: no heading of an 8D report; name one of D0 to D8", name);
    return FALSE;
  }
  entry->name = name;
  return bh_store_add_entry (self->store, job->job, entry, error);
}

static gboolean
write_strike (BhDesk *self, const BhJob *job, BhJobEntry *entry, GError **error)
{
  gint64 number = g_ascii_strtoll (entry->value, NULL, 10);

  for (guint i = 0; i < job->entries->len; i++) {
    const BhJobEntry *other = g_ptr_array_index (job->entries, i);

    /* what was agreed and checked is not unsaid */
    if (other->id == number && other->kind < BH_ENTRY_DESTRUCTIVE && !other->struck)
      return bh_store_add_entry (self->store, job->job, entry, error);
  }
  g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
               "%.40s: no entry of %s that can be struck; `bench show` numbers them", entry->value,
               job->job);
  return FALSE;
}

static gboolean
check_kind (const BhJob *job, const BhNote *note, GError **error)
{
  if (note->kind == BH_ENTRY_DESTRUCTIVE) {
    if (!g_str_equal (job->kind, "fa"))
      return bh_bench_refuse (job, "RA2", "an RA destroys nothing", "an FA may, with consent",
                              error);
    if (bh_job_entry_of (job, BH_ENTRY_CONSENT) == NULL)
      return bh_bench_refuse (job, "RA2", "the customer has not consented to destruction",
                              "record it first with `bench consent`", error);
  } else if (bh_entry_kind_is_fa (note->kind) && !g_str_equal (job->kind, "fa")) {
    return bh_bench_refuse (job, "RA10", "that belongs to an FA", "log it there", error);
  } else if (note->kind >= BH_ENTRY_CONSENT && note->kind != BH_ENTRY_STRIKE) {
    g_set_error (error, BH_ERROR, BH_ERROR_USAGE, "%s: it has an act of its own; use that",
                 bh_entry_kind_name (note->kind));
    return FALSE;
  }
  return TRUE;
}

static gboolean
is_yes_no (const char *value, GError **error)
{
  if (g_str_equal (value, "yes") || g_str_equal (value, "no"))
    return TRUE;
  g_set_error (error, BH_ERROR, BH_ERROR_USAGE, "%.40s: reproduced is yes or no; say which", value);
  return FALSE;
}

static gboolean
write_note (BhDesk *self, const BhWhen *when, BhJob *job, const BhNote *note, const Photo *photo,
            GError **error)
{
  const char *what = bh_entry_kind_name (note->kind);
  BhJobEntry entry = { .kind = note->kind,
                       .name = (char *) note->name,
                       .value = (char *) note->value,
                       .low = (char *) note->low,
                       .high = (char *) note->high,
                       .at_us = when->at_us,
                       .operator= self->operator};

  if (!check_kind (job, note, error) ||
      (note->name != NULL && !bh_bench_is_text (what, note->name, error)))
    return FALSE;
  switch (note->kind) {
  case BH_ENTRY_PHOTO:
    return write_photo (self, when, job, &photo->clean, &entry, error);
  case BH_ENTRY_READING:
    return write_reading (self, job, &entry, error);
  case BH_ENTRY_PART:
    return write_part (self, job, &entry, error);
  default:
    break;
  }
  if (!bh_bench_is_text (what, note->value, error))
    return FALSE;
  if (note->kind == BH_ENTRY_STRIKE)
    return write_strike (self, job, &entry, error);
  if (note->kind == BH_ENTRY_HEADING)
    return write_heading (self, job, &entry, error);
  if (note->kind == BH_ENTRY_REPRODUCED && !is_yes_no (note->value, error))
    return FALSE;
  if (note->kind == BH_ENTRY_FAULT) {
    if (!check_fault (self, note->value, error))
      return FALSE;
    g_free (job->fault);
    job->fault = g_strdup (note->value);
  }
  return bh_store_add_entry (self->store, job->job, &entry, error);
}

gboolean
bh_desk_bench_log (BhDesk *self, const BhWhen *when, const char *name, const BhNote *notes, gsize n,
                   GError **error)
{
  g_autoptr (BhTx) tx = NULL;
  g_autoptr (BhJob) job = NULL;
  g_autoptr (GPtrArray) photos = NULL;
  g_autofree char *fault = NULL;
  g_autofree char *text = NULL;
  gboolean done = FALSE;

  if (n == 0 || n > MAX_NOTES) {
    g_set_error (error, BH_ERROR, BH_ERROR_USAGE,
                 "bench log: nothing is said, or more than %d things; write some down", MAX_NOTES);
    return FALSE;
  }
  if (!bh_desk_may_act (self, BH_MAY_BENCH, when, error) ||
      (photos = clean_photos (notes, n, error)) == NULL ||
      (tx = bh_desk_begin (self, error)) == NULL ||
      (job = bh_desk_bench_begin (self, when, name, "bench-log", &done, error)) == NULL)
    return FALSE;
  if (done)
    return TRUE;
  if (g_str_equal (job->state, "void"))
    return bh_bench_refuse (job, "RA7", "it is void", "there is nothing to write down", error);
  if (!bh_desk_bench_mine (self, job, error))
    return FALSE;
  fault = g_strdup (job->fault);
  for (gsize i = 0; i < n; i++)
    if (!write_note (self, when, job, &notes[i], g_ptr_array_index (photos, i), error))
      return FALSE;
  text = g_strdup_printf ("%" G_GSIZE_FORMAT " %s written down", n, n == 1 ? "thing" : "things");
  return (g_strcmp0 (fault, job->fault) == 0 || bh_store_set_job (self->store, job, error)) &&
         bh_desk_bench_tell (self, when, job, "bench-log", text, FALSE, error) &&
         bh_tx_commit (tx, error);
}

gboolean
bh_desk_bench_consent (BhDesk *self, const BhWhen *when, const char *name, const char *by,
                       const char *on, GError **error)
{
  g_autoptr (BhTx) tx = NULL;
  g_autoptr (BhJob) job = NULL;
  g_autoptr (GTimeZone) zone = NULL;
  g_autofree char *text = NULL;
  BhDay day = bh_day_parse (on);
  gboolean done = FALSE;

  if (day == BH_DAY_NONE) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT, "%.40s: no such date; write YYYY-MM-DD", on);
    return FALSE;
  }
  if (!bh_desk_may_act (self, BH_MAY_BENCH, when, error) || !bh_bench_is_text ("name", by, error) ||
      (tx = bh_desk_begin (self, error)) == NULL ||
      (job = bh_desk_bench_begin (self, when, name, "bench-consent", &done, error)) == NULL)
    return FALSE;
  if (done)
    return TRUE;
  zone = bh_zone (job->zone != NULL ? job->zone : "UTC");
  /* the customer may live a day ahead of the repair center */
  if (day > bh_day_of (when->at_us, zone) + 1) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                 "%s: that day is still to come; a consent is recorded when it was given", on);
    return FALSE;
  }
  if (!g_str_equal (job->kind, "fa"))
    return bh_bench_refuse (job, "RA2", "an RA destroys nothing", "no consent is needed", error);
  if (!g_str_equal (job->state, "open"))
    return bh_bench_refuse (job, "RA2", "it has ended", "no consent is needed", error);
  text = g_strdup_printf ("%s consents to destruction, on %s", by, on);
  return bh_desk_bench_mine (self, job, error) &&
         bh_desk_bench_write (self, when, job->job, BH_ENTRY_CONSENT, by, on, error) &&
         bh_desk_bench_tell (self, when, job, "bench-consent", text, TRUE, error) &&
         bh_tx_commit (tx, error);
}
