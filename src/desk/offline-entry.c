/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* A box as the journal keeps it. */

#include "offline-private.h"

/* act, box, time, operator, dock, verdicts and sentences of the units, serials that were accepted,
 * what was said by key (bits 1 << BhCommand), scans: bytes, symbology, identifier, source, time,
 * scanner; photos: name, media type, bytes */
#define SCANS  "a(ayssyxs)"
#define PHOTOS "a(ssay)"
#define ENTRY  "(ssxssssasu" SCANS PHOTOS ")"

/* characters of a scan */
#define MOST_SHOWN 48

enum { ACCEPTED = 7, SAID, SCANNED, PICTURED };

void
bh_entry_clear (BhEntry *self)
{
  g_clear_pointer (&self->packed, g_variant_unref);
}

/* ---- writing ------------------------------------------------------------------------- */

static GVariant *
pack_scans (BhBox *box)
{
  g_auto (GVariantBuilder) scans = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE (SCANS));

  for (guint i = 0; i < bh_box_n_scans (box); i++) {
    const BhScan *scan = bh_box_scan (box, i);
    GVariant *bytes = g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, scan->bytes, TRUE);

    g_variant_builder_add (&scans, "(@ayssyxs)", bytes,
                           scan->symbology != NULL ? scan->symbology : "",
                           scan->identifier != NULL ? scan->identifier : "", (guchar) scan->source,
                           scan->at_us, scan->scanner != NULL ? scan->scanner : "");
  }
  return g_variant_builder_end (&scans);
}

static GVariant *
pack_photos (GPtrArray *photos)
{
  g_auto (GVariantBuilder) list = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE (PHOTOS));

  for (guint i = 0; photos != NULL && i < photos->len; i++) {
    const BhPhoto *photo = g_ptr_array_index (photos, i);
    GVariant *bytes = g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, photo->bytes, TRUE);

    g_variant_builder_add (&list, "(ss@ay)", photo->name, photo->media_type, bytes);
  }
  return g_variant_builder_end (&list);
}

char *
bh_entry_verdicts_of (GPtrArray *outcomes)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < outcomes->len; i++) {
    const BhOutcome *outcome = g_ptr_array_index (outcomes, i);

    g_string_append_printf (text, "%s%s %s", i > 0 ? ", " : "",
                            bh_verdict_name (outcome->ruling->verdict),
                            outcome->rma != NULL ? outcome->rma : "");
  }
  return g_string_free (text, FALSE);
}

char *
bh_entry_sentences_of (GPtrArray *outcomes)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < outcomes->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "",
                            ((BhOutcome *) g_ptr_array_index (outcomes, i))->message);
  return g_string_free (text, FALSE);
}

GBytes *
bh_entry_pack (BhDesk *desk, const char *act, const char *box_id, BhBox *box, GPtrArray *photos,
               GPtrArray *outcomes, gint64 now_us)
{
  g_autofree char *verdicts = bh_entry_verdicts_of (outcomes);
  g_autofree char *sentences = bh_entry_sentences_of (outcomes);
  g_auto (GVariantBuilder) serials = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("as"));
  g_autoptr (GVariant) entry = NULL;
  guint32 said = 0;

  for (guint i = 1; i < BH_COMMAND_LAST; i++)
    said |= bh_box_said (box, (BhCommand) i) ? 1u << i : 0;
  for (guint i = 0; i < outcomes->len; i++) {
    const BhOutcome *outcome = g_ptr_array_index (outcomes, i);

    if (outcome->ruling->verdict == BH_VERDICT_ACCEPT)
      g_variant_builder_add (&serials, "s", outcome->serial);
  }
  entry = g_variant_ref_sink (
      g_variant_new ("(ssxssssasu@" SCANS "@" PHOTOS ")", act, box_id, now_us, desk->operator,
                     desk->dock != NULL ? desk->dock : "", verdicts, sentences, &serials, said,
                     pack_scans (box), pack_photos (photos)));
  return g_variant_get_data_as_bytes (entry);
}

/* ---- reading ------------------------------------------------------------------------- */

void
bh_entry_read (GBytes *bytes, BhEntry *self)
{
  self->packed =
      g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (ENTRY), bytes, FALSE));
  g_variant_get (self->packed, "(&s&sx&s&s&s&sasu" SCANS PHOTOS ")", &self->act, &self->box_id,
                 &self->at_us, &self->operator, & self->dock, &self->verdicts, &self->sentences,
                 NULL, NULL, NULL, NULL);
}

char **
bh_entry_accepted (const BhEntry *self)
{
  char **serials = NULL;

  g_variant_get_child (self->packed, ACCEPTED, "^as", &serials);
  return serials;
}

static GBytes *
bytes_of (GVariant *packed)
{
  return g_variant_get_data_as_bytes (packed);
}

static BhScan *
read_scan (GVariant *scans, gsize i)
{
  g_autoptr (GVariant) packed = NULL;
  g_autoptr (GBytes) bytes = NULL;
  const char *symbology;
  const char *identifier;
  const char *scanner;
  guchar source;
  gint64 at_us;
  BhScan *scan;

  g_variant_get_child (scans, i, "(@ay&s&syx&s)", &packed, &symbology, &identifier, &source, &at_us,
                       &scanner);
  bytes = bytes_of (packed);
  scan = bh_scan_new (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                      (BhScanSource) source, at_us);
  scan->symbology = *symbology != '\0' ? g_strdup (symbology) : NULL;
  scan->identifier = *identifier != '\0' ? g_strdup (identifier) : NULL;
  scan->scanner = *scanner != '\0' ? g_strdup (scanner) : NULL;
  return scan;
}

static char *
scan_words (const BhScan *scan)
{
  gsize size = 0;
  const char *text = g_bytes_get_data (scan->bytes, &size);

  return bh_text_for_display (text, size, MOST_SHOWN);
}

char *
bh_entry_name (const BhEntry *self)
{
  g_auto (GStrv) accepted = bh_entry_accepted (self);
  g_autoptr (GVariant) scans = g_variant_get_child_value (self->packed, SCANNED);
  BhScan *first;
  char *name;

  if (accepted[0] != NULL || g_variant_n_children (scans) == 0)
    return g_strdup (accepted[0] != NULL ? accepted[0] : "");
  first = read_scan (scans, 0);
  name = scan_words (first);
  bh_scan_free (first);
  return name;
}

char *
bh_entry_scanned (const BhEntry *self)
{
  g_autoptr (GVariant) scans = g_variant_get_child_value (self->packed, SCANNED);
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < g_variant_n_children (scans); i++) {
    BhScan *scan = read_scan (scans, i);
    g_autofree char *words = scan_words (scan);

    if (bh_command_parse (g_bytes_get_data (scan->bytes, NULL), g_bytes_get_size (scan->bytes)) ==
        BH_COMMAND_NONE)
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", words);
    bh_scan_free (scan);
  }
  return g_string_free (text, FALSE);
}

static BhPhoto *
read_photo (GVariant *photos, gsize i)
{
  g_autoptr (GVariant) packed = NULL;
  BhPhoto *photo = g_new0 (BhPhoto, 1);

  g_variant_get_child (photos, i, "(ss@ay)", &photo->name, &photo->media_type, &packed);
  photo->bytes = bytes_of (packed);
  return photo;
}

BhArrival *
bh_entry_arrival (const BhEntry *self)
{
  BhArrival *arrival = g_new0 (BhArrival, 1);
  g_autoptr (GVariant) scans = g_variant_get_child_value (self->packed, SCANNED);
  g_autoptr (GVariant) photos = g_variant_get_child_value (self->packed, PICTURED);
  guint32 said = 0;

  arrival->act = g_strdup (self->act);
  arrival->box_id = g_strdup (self->box_id);
  arrival->now_us = self->at_us;
  arrival->box = bh_box_new ();
  for (gsize i = 0; i < g_variant_n_children (scans); i++)
    bh_box_add (arrival->box, read_scan (scans, i));
  g_variant_get_child (self->packed, SAID, "u", &said);
  for (guint i = 1; i < BH_COMMAND_LAST; i++)
    if (said & (1u << i))
      bh_box_say (arrival->box, (BhCommand) i);
  if (g_variant_n_children (photos) > 0)
    arrival->photos = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_photo_free);
  for (gsize i = 0; i < g_variant_n_children (photos); i++)
    g_ptr_array_add (arrival->photos, read_photo (photos, i));
  return arrival;
}
