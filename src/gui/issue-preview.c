/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include <glib/gi18n.h>

/* The label of the draft beside its form, as it would print now. */

#include "issue-page-private.h"
#include "label-maker.h"

typedef struct {
  BhIssuePage *page;
  guint number;
} Ask;

static void
on_made (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Ask *ask = data;
  g_autoptr (BhIssuePage) self = ask->page;
  g_autoptr (GError) error = NULL;
  g_autoptr (BhMadeLabel) made = bh_label_maker_finish (result, &error);

  if (self->gone || ask->number != self->asked_live)
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->live_image), made != NULL);
  if (made != NULL)
    gtk_image_set_from_pixbuf (self->live_image, made->preview);
  gtk_label_set_text (self->live_text,
                      made != NULL ? _ ("Its box label, as it is now") : error->message);
}

void
bh_issue_page_preview (BhIssuePage *self)
{
  Ask *ask;

  self->asked_live++; /* what is being made is of another form */
  gtk_widget_set_visible (self->live, self->rma != NULL);
  if (self->rma == NULL) {
    gtk_image_clear (self->live_image);
    gtk_label_set_text (self->live_text, "");
    return;
  }
  ask = g_new0 (Ask, 1);
  *ask = (Ask){ g_object_ref (self), self->asked_live };
  bh_label_maker_async (self->reads, NULL, self->rma, on_made, ask);
}
