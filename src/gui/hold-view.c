/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "hold-view.h"

#include "page.h"
#include "scanners.h"
#include "words.h"

/* what a photo is shown in; it is never decoded larger */
#define PHOTO_WIDTH  390
#define PHOTO_HEIGHT 300

/* ---- photos -------------------------------------------------------------------- */

typedef struct {
  char *receipt;
  guint n;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_free (question->receipt);
  g_free (question);
}

static void
on_size (GdkPixbufLoader *loader, int width, int height, gpointer data)
{
  double scale = MIN ((double) PHOTO_WIDTH / width, (double) PHOTO_HEIGHT / height);

  if (scale < 1)
    gdk_pixbuf_loader_set_size (loader, MAX (1, (int) (width * scale)),
                                MAX (1, (int) (height * scale)));
}

static gpointer
load_photo (BhDesk *desk, gpointer data, GError **error)
{
  const Question *question = data;
  g_autoptr (GBytes) bytes = bh_desk_hold_photo (desk, question->receipt, question->n, error);
  g_autoptr (GdkPixbufLoader) loader = NULL;
  gboolean whole;

  if (bytes == NULL)
    return NULL;
  loader = gdk_pixbuf_loader_new ();
  g_signal_connect (loader, "size-prepared", G_CALLBACK (on_size), NULL);
  whole = gdk_pixbuf_loader_write_bytes (loader, bytes, error);
  /* it wants to be closed in any case */
  if (!gdk_pixbuf_loader_close (loader, whole ? error : NULL) || !whole)
    return NULL;
  return g_object_ref (gdk_pixbuf_loader_get_pixbuf (loader));
}

typedef struct {
  GtkWidget *image;
  GCancellable *wanted;
} Place;

static void
on_photo (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Place *place = data;
  g_autoptr (GtkWidget) image = place->image;
  g_autoptr (GCancellable) wanted = place->wanted;
  g_autoptr (GdkPixbuf) picture = bh_worker_finish (result, NULL);

  if (g_cancellable_is_cancelled (wanted))
    return;
  if (picture != NULL)
    gtk_image_set_from_pixbuf (GTK_IMAGE (image), picture);
  else
    gtk_image_set_from_icon_name (GTK_IMAGE (image), "image-missing", GTK_ICON_SIZE_DIALOG);
}

static void
add_photo (GtkBox *detail, const BhHold *hold, guint n, BhWorker *reads, GCancellable *wanted)
{
  const BhHoldPhoto *photo = g_ptr_array_index (hold->photos, n - 1);
  GtkWidget *image = gtk_image_new ();
  Question *question = g_new0 (Question, 1);
  Place *place = g_new0 (Place, 1);
  g_autofree char *name =
      g_strdup_printf (_ ("Photo %u: %s"), n, photo->name != NULL ? photo->name : "");

  gtk_widget_set_halign (image, GTK_ALIGN_START);
  page_name (image, name, "hold-photo");
  gtk_box_pack_start (detail, image, FALSE, FALSE, 0);
  gtk_box_pack_start (detail, page_label (name, "skipped"), FALSE, FALSE, 0);
  *question = (Question){ g_strdup (hold->receipt.receipt), n };
  *place = (Place){ g_object_ref (image), g_object_ref (wanted) };
  bh_worker_search (reads, load_photo, question, question_free, g_object_unref, wanted, on_photo,
                    place);
}

/* ---- facts --------------------------------------------------------------------- */

static GtkGrid *
add_grid (GtkBox *detail, const char *name, const char *id)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_spacing (GTK_GRID (grid), 14);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 4);
  page_name (grid, name, id);
  gtk_box_pack_start (detail, grid, FALSE, FALSE, 0);
  return GTK_GRID (grid);
}

static void
put_fact (GtkGrid *grid, int *row, const char *name, const char *value, const char *link)
{
  GtkWidget *label;

  if (value == NULL || *value == '\0')
    return;
  gtk_grid_attach (grid, page_label (name, "name"), 0, *row, 1, 1);
  label = page_label (value, "number");
  if (link != NULL)
    page_link (GTK_LABEL (label), link, value);
  gtk_grid_attach (grid, label, 1, (*row)++, 1, 1);
}

static const char *
kind_words (const char *name)
{
  for (int kind = 0; kind <= BH_KIND_GTIN; kind++)
    if (g_strcmp0 (bh_kind_name (kind), name) == 0)
      return bh_kind_words (kind);
  return name;
}

/* D6: said before it is done */
static void
add_opens (GtkBox *detail, const BhHold *hold)
{
  g_autofree char *text = NULL;
  GtkWidget *label;

  if (hold->opens == NULL)
    return;
  text = g_strdup_printf (_ ("RMA %s is closed. Taking the unit in opens it again."), hold->opens);
  label = page_label (text, "section");
  page_name (label, NULL, "hold-opens");
  gtk_box_pack_start (detail, label, FALSE, FALSE, 0);
}

void
bh_hold_view_fill (GtkBox *detail, const BhHold *hold, BhWorker *reads, GCancellable *wanted)
{
  const BhReceipt *receipt = &hold->receipt;
  g_autofree char *head = g_strdup_printf (_ ("Held by rule %s"), receipt->rule);
  g_autofree char *when = bh_time_words (receipt->at_us, NULL);
  g_autofree char *charge = hold->charge != NULL ? g_strdup_printf (_ ("%s %s, not credited yet"),
                                                                    hold->charge, hold->currency)
                                                 : NULL;
  g_autofree char *near = hold->near != NULL ? g_strjoinv (", ", hold->near) : NULL;
  GtkGrid *grid;
  int row = 0;

  gtk_box_pack_start (detail, page_label (head, "pane-title"), FALSE, FALSE, 0);
  if (receipt->message != NULL)
    gtk_box_pack_start (detail, page_label (receipt->message, NULL), FALSE, FALSE, 0);
  add_opens (detail, hold);
  grid = add_grid (detail, _ ("What is known of the unit"), "hold-facts");
  put_fact (grid, &row, _ ("RMA"), receipt->rma, "returns");
  put_fact (grid, &row, _ ("Serial"), receipt->serial, "unit");
  put_fact (grid, &row, _ ("Part"), receipt->part, NULL);
  put_fact (grid, &row, _ ("Account"), receipt->account, NULL);
  put_fact (grid, &row, _ ("Return by"), receipt->return_by, NULL);
  put_fact (grid, &row, _ ("Held"), when, NULL);
  put_fact (grid, &row, _ ("Dock"), receipt->dock, NULL);
  put_fact (grid, &row, _ ("By"), receipt->operator, NULL);
  put_fact (grid, &row, _ ("Looks like"), near, NULL);
  put_fact (grid, &row, _ ("Charged"), charge, NULL);
  page_section (detail, _ ("Read on the box"));
  grid = add_grid (detail, _ ("Read on the box"), "hold-scans");
  for (guint i = 0; i < hold->scans->len; i++) {
    const BhHoldScan *scan = g_ptr_array_index (hold->scans, i);

    row = (int) i;
    put_fact (grid, &row, kind_words (scan->kind), scan->text, NULL);
    if (scan->scanner != NULL)
      gtk_grid_attach (grid, page_label (bh_scanner_name (scan->scanner), "name"), 2, (int) i, 1,
                       1);
  }
  if (hold->photos->len > 0)
    page_section (detail, _ ("Photos"));
  for (guint n = 1; n <= hold->photos->len; n++)
    add_photo (detail, hold, n, reads, wanted);
  gtk_widget_show_all (GTK_WIDGET (detail));
}
