/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "bench-result.h"

#include "page.h"

struct _BhBenchResult {
  GtkBox parent_instance;

  GtkComboBoxText *disposition;
  GtkWidget *interim;
  GtkWidget *post;
  GtkLabel *missing;

  char *job;
  gboolean chosen; /* by a person, of this job */
  gboolean filling;
};

enum { POST, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BhBenchResult, bh_bench_result, GTK_TYPE_BOX)

static const struct {
  const char *code;
  const char *words;
} shipped[] = {
  { "no-fault-found", N_ ("no fault found") },
  { "repaired-to-stock", N_ ("repaired, to stock") },
  { "returned", N_ ("returned") },
  { "scrapped", N_ ("scrapped") },
  { "to-fa", N_ ("to failure analysis") },
};

const char *
bh_disposition_words (const char *disposition)
{
  for (gsize i = 0; i < G_N_ELEMENTS (shipped); i++)
    if (g_strcmp0 (disposition, shipped[i].code) == 0)
      return _ (shipped[i].words);
  return disposition;
}

static void
on_chosen (GtkWidget *widget, BhBenchResult *self)
{
  if (!self->filling)
    self->chosen = TRUE;
}

static void
on_post (GtkWidget *button, BhBenchResult *self)
{
  g_signal_emit (self, signals[POST], 0);
}

static const char *
proposed (const BhJob *job)
{
  const BhJobEntry *reproduced = bh_job_entry_of (job, BH_ENTRY_REPRODUCED);

  if (job->disposition != NULL)
    return job->disposition;
  if (reproduced != NULL && g_strcmp0 (reproduced->value, "no") == 0)
    return "no-fault-found";
  return g_str_equal (job->kind, "fa") ? "returned" : "repaired-to-stock";
}

static void
propose (BhBenchResult *self, const BhJob *job)
{
  if (g_strcmp0 (self->job, job->job) != 0)
    self->chosen = FALSE;
  g_free (self->job);
  self->job = g_strdup (job->job);
  if (self->chosen)
    return;
  self->filling = TRUE;
  gtk_combo_box_set_active_id (GTK_COMBO_BOX (self->disposition), proposed (job));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->interim),
                                g_str_equal (job->kind, "fa") &&
                                    bh_job_entry_of (job, BH_ENTRY_ROOT_CAUSE) == NULL);
  self->filling = FALSE;
}

void
bh_bench_result_show (BhBenchResult *self, const BhBenchSight *sight, int correcting,
                      gboolean ready)
{
  const BhJob *job = sight->job;
  GtkStyleContext *style = gtk_widget_get_style_context (self->post);
  g_autoptr (GPtrArray) missing = bh_job_missing (job);
  g_autofree char *list = NULL;
  g_autofree char *words = NULL;

  propose (self, job);
  g_ptr_array_add (missing, NULL);
  list = g_strjoinv (", ", (char **) missing->pdata);
  words = g_strdup_printf (_ ("Not told yet: %s (RA10)."), list);
  gtk_label_set_text (self->missing, *list != '\0' ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->missing), *list != '\0');
  /* a correction is of the kind of what it corrects */
  gtk_widget_set_visible (self->interim, correcting == 0 && g_str_equal (job->kind, "fa"));
  gtk_button_set_label (GTK_BUTTON (self->post),
                        correcting != 0 ? _ ("_Post the correction…") : _ ("_Post…"));
  gtk_widget_set_sensitive (self->post, sight->authorised);
  if (ready)
    gtk_style_context_add_class (style, "suggested-action");
  else
    gtk_style_context_remove_class (style, "suggested-action");
}

void
bh_bench_result_offer (BhBenchResult *self, GPtrArray *dispositions)
{
  for (guint i = 0; i < dispositions->len; i++) {
    const BhCode *code = g_ptr_array_index (dispositions, i);
    g_autofree char *words = code->description != NULL
                                 ? g_strdup_printf ("%s · %s", code->code, code->description)
                                 : g_strdup (code->code);

    gtk_combo_box_text_append (self->disposition, code->code, words);
  }
}

void
bh_bench_result_focus (BhBenchResult *self)
{
  gtk_widget_grab_focus (self->post);
}

const char *
bh_bench_result_disposition (BhBenchResult *self)
{
  return gtk_combo_box_get_active_id (GTK_COMBO_BOX (self->disposition));
}

gboolean
bh_bench_result_interim (BhBenchResult *self)
{
  return gtk_widget_get_visible (self->interim) &&
         gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->interim));
}

static void
bh_bench_result_finalize (GObject *object)
{
  g_free (BH_BENCH_RESULT (object)->job);
  G_OBJECT_CLASS (bh_bench_result_parent_class)->finalize (object);
}

static void
bh_bench_result_class_init (BhBenchResultClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bh_bench_result_finalize;
  signals[POST] = g_signal_new ("post", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
}

static void
bh_bench_result_init (BhBenchResult *self)
{
  GtkBox *box = GTK_BOX (self);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *label = gtk_label_new_with_mnemonic (_ ("_Disposition"));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (box, 6);
  self->disposition = GTK_COMBO_BOX_TEXT (gtk_combo_box_text_new ());
  for (gsize i = 0; i < G_N_ELEMENTS (shipped); i++)
    gtk_combo_box_text_append (self->disposition, shipped[i].code, _ (shipped[i].words));
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), GTK_WIDGET (self->disposition));
  self->interim = gtk_check_button_new_with_mnemonic (_ ("An inter_im result"));
  self->post = gtk_button_new_with_mnemonic (_ ("_Post…"));
  self->missing = GTK_LABEL (page_label ("", NULL));
  g_signal_connect (self->disposition, "changed", G_CALLBACK (on_chosen), self);
  g_signal_connect (self->interim, "toggled", G_CALLBACK (on_chosen), self);
  g_signal_connect (self->post, "clicked", G_CALLBACK (on_post), self);
  gtk_container_add (GTK_CONTAINER (row), label);
  gtk_container_add (GTK_CONTAINER (row), GTK_WIDGET (self->disposition));
  gtk_container_add (GTK_CONTAINER (row), self->interim);
  gtk_box_pack_end (GTK_BOX (row), self->post, FALSE, FALSE, 0);
  gtk_container_add (GTK_CONTAINER (box), row);
  gtk_container_add (GTK_CONTAINER (box), GTK_WIDGET (self->missing));
  gtk_widget_show_all (GTK_WIDGET (self));
  page_name (GTK_WIDGET (self->disposition), _ ("What becomes of it"), "bench-disposition");
  page_name (self->interim, NULL, "bench-interim");
  page_name (self->post, NULL, "bench-post");
  page_name (GTK_WIDGET (self->missing), NULL, "bench-missing");
}

GtkWidget *
bh_bench_result_new (void)
{
  return g_object_new (BH_TYPE_BENCH_RESULT, NULL);
}
