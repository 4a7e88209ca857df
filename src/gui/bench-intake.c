/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "bench-intake.h"

#include "page.h"

typedef enum { UNTOLD, HERE, MISSING } Said;

struct _BhBenchIntake {
  GtkBox parent_instance;

  GtkListBox *list;
  GtkWidget *go;

  char *job;
  char **names;
  char **serials; /* "" where a piece has none */
  Said *said;
  guint n;
};

enum { CHECKED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BhBenchIntake, bh_bench_intake, GTK_TYPE_BOX)

static guint
count (BhBenchIntake *self, Said said)
{
  guint n = 0;

  for (guint i = 0; i < self->n; i++)
    n += self->said[i] == said;
  return n;
}

static char *
words_of (BhBenchIntake *self, guint i)
{
  if (self->said[i] == MISSING)
    return g_strdup (_ ("✗ missing"));
  if (self->said[i] == UNTOLD)
    return g_strdup (_ ("○ not looked at yet"));
  return *self->serials[i] != '\0' ? g_strdup_printf (_ ("✓ here · %s"), self->serials[i])
                                   : g_strdup (_ ("✓ here"));
}

static void
update (BhBenchIntake *self)
{
  g_autoptr (GPtrArray) missing = g_ptr_array_new ();
  g_autofree char *names = NULL;
  g_autofree char *label = NULL;

  for (guint i = 0; i < self->n; i++) {
    GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, (int) i);
    GtkWidget *told = g_object_get_data (G_OBJECT (row), "told");
    g_autofree char *words = words_of (self, i);
    g_autofree char *name = g_strdup_printf ("%s: %s", self->names[i], words);

    gtk_label_set_text (GTK_LABEL (told), words);
    page_name (GTK_WIDGET (row), name, NULL);
    if (self->said[i] == MISSING)
      g_ptr_array_add (missing, self->names[i]);
  }
  g_ptr_array_add (missing, NULL);
  names = g_strjoinv (", ", (char **) missing->pdata);
  label = g_strdup_printf (_ ("Void the request: %s missing"), names);
  gtk_button_set_label (GTK_BUTTON (self->go), label);
  gtk_widget_set_visible (self->go, count (self, MISSING) > 0 && count (self, UNTOLD) == 0);
}

/* The next piece that nothing was said of. */
static void
go_on (BhBenchIntake *self, guint from)
{
  for (guint i = 0; i < self->n; i++) {
    guint at = (from + i) % self->n;

    if (self->said[at] == UNTOLD) {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, (int) at);

      gtk_list_box_select_row (self->list, row);
      gtk_widget_grab_focus (GTK_WIDGET (row));
      return;
    }
  }
  if (count (self, MISSING) == 0)
    g_signal_emit (self, signals[CHECKED], 0);
  else
    gtk_widget_grab_focus (self->go); /* it voids the request: that wants a second key */
}

static void
say (BhBenchIntake *self, guint i, Said said, const char *serial)
{
  self->said[i] = said;
  g_free (self->serials[i]);
  self->serials[i] = g_strdup (serial);
  update (self);
  if (said != UNTOLD)
    go_on (self, i + 1);
}

static void
on_row (GtkListBox *list, GtkListBoxRow *row, BhBenchIntake *self)
{
  say (self, (guint) gtk_list_box_row_get_index (row), HERE, "");
}

static gboolean
on_key (GtkWidget *widget, GdkEventKey *event, BhBenchIntake *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if (row == NULL || (event->state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;
  if (event->keyval == GDK_KEY_Delete || event->keyval == GDK_KEY_KP_Delete) {
    say (self, (guint) gtk_list_box_row_get_index (row), MISSING, "");
    return GDK_EVENT_STOP;
  }
  if (event->keyval == GDK_KEY_BackSpace) {
    say (self, (guint) gtk_list_box_row_get_index (row), UNTOLD, "");
    return GDK_EVENT_STOP;
  }
  return GDK_EVENT_PROPAGATE;
}

static void
on_go (GtkWidget *button, BhBenchIntake *self)
{
  g_signal_emit (self, signals[CHECKED], 0);
}

gboolean
bh_bench_intake_scan (BhBenchIntake *self, const char *text)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  guint at = row != NULL ? (guint) gtk_list_box_row_get_index (row) : 0;

  for (guint i = 0; i < self->n; i++)
    if (g_ascii_strcasecmp (self->names[i], text) == 0) {
      say (self, i, HERE, "");
      return TRUE;
    }
  for (guint i = 0; i < self->n; i++)
    if (self->said[(at + i) % self->n] == UNTOLD) {
      say (self, (at + i) % self->n, HERE, text);
      return TRUE;
    }
  return FALSE;
}

void
bh_bench_intake_tell (BhBenchIntake *self, char ***present, char ***missing)
{
  g_autoptr (GStrvBuilder) here = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) gone = g_strv_builder_new ();

  for (guint i = 0; i < self->n; i++) {
    g_autofree char *piece = *self->serials[i] != '\0'
                                 ? g_strconcat (self->names[i], ":", self->serials[i], NULL)
                                 : g_strdup (self->names[i]);

    if (self->said[i] != UNTOLD)
      g_strv_builder_add (self->said[i] == HERE ? here : gone, piece);
  }
  *present = g_strv_builder_end (here);
  *missing = g_strv_builder_end (gone);
}

static void
clear (BhBenchIntake *self)
{
  g_clear_pointer (&self->job, g_free);
  g_clear_pointer (&self->names, g_strfreev);
  g_clear_pointer (&self->serials, g_strfreev);
  g_clear_pointer (&self->said, g_free);
  self->n = 0;
}

static void
add_row (BhBenchIntake *self, guint i)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);
  GtkWidget *name = page_text (self->names[i], NULL);
  GtkWidget *told = page_text ("", NULL);

  gtk_label_set_width_chars (GTK_LABEL (name), 24);
  gtk_container_add (GTK_CONTAINER (box), name);
  gtk_container_add (GTK_CONTAINER (box), told);
  gtk_container_add (GTK_CONTAINER (row), box);
  g_object_set_data (G_OBJECT (row), "told", told);
  page_style (row, "piece");
  gtk_widget_show_all (row);
  gtk_container_add (GTK_CONTAINER (self->list), row);
}

void
bh_bench_intake_show (BhBenchIntake *self, const BhJob *job)
{
  if (g_strcmp0 (self->job, job->job) == 0)
    return;
  clear (self);
  self->job = g_strdup (job->job);
  self->names = bh_job_components (job);
  self->n = g_strv_length (self->names);
  self->serials = g_new0 (char *, self->n + 1);
  self->said = g_new0 (Said, self->n + 1);
  page_clear (GTK_CONTAINER (self->list));
  for (guint i = 0; i < self->n; i++) {
    self->serials[i] = g_strdup ("");
    add_row (self, i);
  }
  update (self);
}

void
bh_bench_intake_focus (BhBenchIntake *self)
{
  if (self->n > 0 && count (self, UNTOLD) > 0)
    go_on (self, 0);
}

static void
bh_bench_intake_finalize (GObject *object)
{
  clear (BH_BENCH_INTAKE (object));
  G_OBJECT_CLASS (bh_bench_intake_parent_class)->finalize (object);
}

static void
bh_bench_intake_class_init (BhBenchIntakeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bh_bench_intake_finalize;
  signals[CHECKED] = g_signal_new ("checked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
bh_bench_intake_init (BhBenchIntake *self)
{
  GtkBox *box = GTK_BOX (self);
  GtkWidget *frame = gtk_frame_new (NULL);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (box, 8);
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  self->go = gtk_button_new_with_label ("");
  gtk_widget_set_halign (self->go, GTK_ALIGN_START);
  page_style (self->go, "destructive-action");
  g_signal_connect (self->list, "row-activated", G_CALLBACK (on_row), self);
  g_signal_connect (self->list, "key-press-event", G_CALLBACK (on_key), self);
  g_signal_connect (self->go, "clicked", G_CALLBACK (on_go), self);
  page_section (box, _ ("What must come back"));
  gtk_container_add (GTK_CONTAINER (frame), GTK_WIDGET (self->list));
  gtk_container_add (GTK_CONTAINER (box), frame);
  gtk_container_add (GTK_CONTAINER (box), self->go);
  gtk_widget_show_all (GTK_WIDGET (self));
  gtk_widget_hide (self->go);
  page_name (GTK_WIDGET (self->list), _ ("Components of the unit"), "bench-intake");
  page_name (self->go, NULL, "bench-void");
}

GtkWidget *
bh_bench_intake_new (void)
{
  return g_object_new (BH_TYPE_BENCH_INTAKE, NULL);
}
