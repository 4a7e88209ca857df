/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "bench-ask.h"

#include <string.h>

#include "page.h"
#include "whole-text.h"

struct _BhBenchAsk {
  GtkBox parent_instance;

  GtkLabel *heading;
  GtkLabel *about;
  GtkGrid *fields;
  GtkEntry *entries[BH_ASK_FIELDS];
  GtkWidget *go;

  guint n;
  BhBenchAnswer answer;
  gpointer data;
};

enum { LEFT, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BhBenchAsk, bh_bench_ask, GTK_TYPE_BOX)

static gboolean
is_told (BhBenchAsk *self)
{
  for (guint i = 0; i < self->n; i++) {
    const char *text = gtk_entry_get_text (self->entries[i]);

    if (text[strspn (text, " \t")] == '\0')
      return FALSE;
  }
  return TRUE;
}

static void
on_changed (GtkWidget *entry, BhBenchAsk *self)
{
  gtk_widget_set_sensitive (self->go, is_told (self));
}

gboolean
bh_bench_ask_is_open (BhBenchAsk *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self));
}

gboolean
bh_bench_ask_leave (BhBenchAsk *self)
{
  if (!bh_bench_ask_is_open (self))
    return FALSE;
  gtk_widget_hide (GTK_WIDGET (self));
  g_signal_emit (self, signals[LEFT], 0);
  return TRUE;
}

static void
on_go (GtkWidget *button, BhBenchAsk *self)
{
  char *texts[BH_ASK_FIELDS + 1] = { NULL };

  if (!bh_bench_ask_is_open (self) || !is_told (self))
    return;
  for (guint i = 0; i < self->n; i++)
    texts[i] = g_strdup (gtk_entry_get_text (self->entries[i]));
  bh_bench_ask_leave (self);
  self->answer (texts, self->data);
  for (guint i = 0; i < self->n; i++)
    g_free (texts[i]);
}

/* Enter goes on to the next field, from the last one it does it. */
static void
on_activate (GtkEntry *entry, BhBenchAsk *self)
{
  for (guint i = 0; i + 1 < self->n; i++)
    if (self->entries[i] == entry) {
      gtk_widget_grab_focus (GTK_WIDGET (self->entries[i + 1]));
      return;
    }
  on_go (NULL, self);
}

static void
on_back (GtkWidget *button, BhBenchAsk *self)
{
  bh_bench_ask_leave (self);
}

static void
add_field (BhBenchAsk *self, guint i, const char *text, const char *first)
{
  GtkWidget *label = gtk_label_new_with_mnemonic (text);
  GtkWidget *entry = gtk_entry_new ();
  g_autofree char *id = g_strdup_printf ("bench-ask-%u", i + 1);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), entry);
  gtk_entry_set_max_length (GTK_ENTRY (entry), 1000);
  gtk_entry_set_text (GTK_ENTRY (entry), first != NULL ? first : "");
  gtk_widget_set_hexpand (entry, TRUE);
  page_name (entry, NULL, id);
  g_signal_connect (entry, "changed", G_CALLBACK (on_changed), self);
  g_signal_connect (entry, "activate", G_CALLBACK (on_activate), self);
  gtk_grid_attach (self->fields, label, 0, 2 * (int) i, 1, 1);
  gtk_grid_attach (self->fields, entry, 1, 2 * (int) i, 1, 1);
  gtk_grid_attach (self->fields, bh_whole_text_new (GTK_ENTRY (entry)), 1, 2 * (int) i + 1, 1, 1);
  self->entries[i] = GTK_ENTRY (entry);
}

void
bh_bench_ask_open (BhBenchAsk *self, const BhBenchQuestion *question, BhBenchAnswer answer,
                   gpointer data)
{
  GtkWidget *first = self->go;

  self->answer = answer;
  self->data = data;
  gtk_label_set_text (self->heading, question->heading);
  gtk_label_set_text (self->about, question->about);
  gtk_widget_set_visible (GTK_WIDGET (self->about), *question->about != '\0');
  gtk_button_set_label (GTK_BUTTON (self->go), question->go);
  page_clear (GTK_CONTAINER (self->fields));
  for (self->n = 0; question->labels[self->n] != NULL; self->n++)
    add_field (self, self->n, question->labels[self->n], question->texts[self->n]);
  gtk_widget_show_all (GTK_WIDGET (self->fields));
  gtk_widget_show (GTK_WIDGET (self));
  on_changed (NULL, self);
  for (guint i = self->n; i > 0; i--)
    if (*gtk_entry_get_text (self->entries[i - 1]) == '\0' || i == 1)
      first = GTK_WIDGET (self->entries[i - 1]);
  gtk_widget_grab_focus (first);
}

static void
bh_bench_ask_class_init (BhBenchAskClass *klass)
{
  signals[LEFT] = g_signal_new ("left", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
}

static void
bh_bench_ask_init (BhBenchAsk *self)
{
  GtkBox *box = GTK_BOX (self);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *back = gtk_button_new_with_mnemonic (_ ("_Back (Esc)"));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (box, 8);
  page_style (GTK_WIDGET (self), "ask");
  self->heading = GTK_LABEL (page_label ("", "question"));
  self->about = GTK_LABEL (page_label ("", NULL));
  self->fields = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_row_spacing (self->fields, 6);
  gtk_grid_set_column_spacing (self->fields, 10);
  self->go = gtk_button_new_with_mnemonic ("");
  page_style (self->go, "suggested-action");
  g_signal_connect (self->go, "clicked", G_CALLBACK (on_go), self);
  g_signal_connect (back, "clicked", G_CALLBACK (on_back), self);
  gtk_container_add (GTK_CONTAINER (row), self->go);
  gtk_container_add (GTK_CONTAINER (row), back);
  gtk_container_add (GTK_CONTAINER (box), GTK_WIDGET (self->heading));
  gtk_container_add (GTK_CONTAINER (box), GTK_WIDGET (self->about));
  gtk_container_add (GTK_CONTAINER (box), GTK_WIDGET (self->fields));
  gtk_container_add (GTK_CONTAINER (box), row);
  gtk_widget_show_all (GTK_WIDGET (self));
  gtk_widget_set_no_show_all (GTK_WIDGET (self), TRUE);
  gtk_widget_hide (GTK_WIDGET (self));
  page_name (GTK_WIDGET (self->heading), NULL, "bench-ask");
  page_name (GTK_WIDGET (self->about), NULL, "bench-ask-about");
  page_name (self->go, NULL, "bench-ask-go");
  page_name (back, NULL, "bench-ask-back");
}

GtkWidget *
bh_bench_ask_new (void)
{
  return g_object_new (BH_TYPE_BENCH_ASK, NULL);
}
