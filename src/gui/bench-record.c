/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "bench-record.h"

#include <glib/gi18n.h>

#include "bench-step.h"
#include "live-words.h"
#include "page.h"
#include "words.h"

struct _BhBenchRecord {
  GtkScrolledWindow parent_instance;

  GtkGrid *facts;
  GtkWidget *posts_heading;
  GtkListBox *posts;
  GtkWidget *entries_heading;
  GtkListBox *entries;

  BhWorker *reads;
  GCancellable *wanted; /* photos */
  char *job;            /* whose record is on screen; NULL: of none */
  guint shown_posts;
};

enum { STRIKE, REPORT, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BhBenchRecord, bh_bench_record, GTK_TYPE_SCROLLED_WINDOW)

/* ---- facts --------------------------------------------------------------------- */

static void
put_fact (BhBenchRecord *self, int *row, const char *name, const char *value, const char *link)
{
  GtkWidget *label;
  GtkWidget *head;

  if (value == NULL || *value == '\0')
    return;
  head = page_label (name, "name");
  gtk_widget_set_valign (head, GTK_ALIGN_START);
  label = page_label (value, "number");
  if (link != NULL)
    page_link (GTK_LABEL (label), link, value);
  gtk_grid_attach (self->facts, head, 0, *row, 1, 1);
  gtk_grid_attach (self->facts, label, 1, (*row)++, 1, 1);
}

/* RA3, RA5, RA6: yes or no, with its rule, reason and dates */
static char *
may_words (const BhBenchEligible *may)
{
  static const char *const words[] = {
    [BH_ELIGIBLE] = N_ ("yes"),
    [BH_ELIGIBLE_NEEDS_APPROVAL] = N_ ("by approval"),
    [BH_ELIGIBLE_NOT] = N_ ("no"),
  };

  return may->serial != NULL ? g_strdup_printf ("%s: %s (%s)", _ (words[may->may.eligible]),
                                                may->may.reason, may->may.rule)
                             : NULL;
}

static void
show_facts (BhBenchRecord *self, const BhBenchSight *sight)
{
  const BhJob *job = sight->job;
  g_autofree char *ra = may_words (&sight->ra);
  g_autofree char *fa = may_words (&sight->fa);
  g_autofree char *approved = NULL;
  g_autofree char *agreed = NULL;
  g_autofree char *begun = NULL;
  g_autofree char *before = NULL;
  GtkGrid *there = self->facts;
  int row = 0;

  self->facts = g_object_ref_sink (GTK_GRID (gtk_grid_new ()));
  put_fact (self, &row, _ ("RMA"), sight->rma, "returns");
  put_fact (self, &row, _ ("Serial"), sight->serial, "unit");
  put_fact (self, &row, _ ("Part"), sight->part, NULL);
  put_fact (self, &row, _ ("Product"), sight->description, NULL);
  put_fact (self, &row, _ ("Account"), sight->account_name, NULL);
  put_fact (self, &row, _ ("Place"), sight->place, NULL);
  if (job != NULL) {
    begun = bh_time_words (job->started_us, job->zone);
    put_fact (self, &row, _ ("Case"), job->case_no, NULL);
    put_fact (self, &row, _ ("Begun"), begun, NULL);
    put_fact (self, &row, _ ("In hand of"),
              job->technician != NULL ? job->technician : _ ("nobody yet"), NULL);
    put_fact (self, &row, _ ("Follows"), job->follows, "bench");
  }
  if (sight->results > 0)
    before =
        g_strdup_printf (ngettext ("%u result before, %u without fault found",
                                   "%u results before, %u without fault found", sight->results),
                         sight->results, sight->sound);
  put_fact (self, &row, _ ("History"), before, NULL);
  put_fact (self, &row, _ ("RA allowed"), ra, NULL);
  put_fact (self, &row, _ ("FA allowed"), fa, NULL);
  if (job != NULL && job->approved_by != NULL) {
    approved = g_strdup_printf ("%s: %s (RA5)", job->approved_by, job->approve_reason);
    put_fact (self, &row, _ ("Approved by"), approved, NULL);
  }
  if (job != NULL && job->agree_reason != NULL) {
    agreed = g_strdup_printf (_ ("by %s and %s: %s (RA3)"), job->customer, job->engineer,
                              job->agree_reason);
    put_fact (self, &row, _ ("Insufficient RA"), agreed, NULL);
  }
  page_words_merge (GTK_WIDGET (there), GTK_WIDGET (self->facts));
  g_object_unref (self->facts);
  self->facts = there;
}

/* ---- what was written down ------------------------------------------------------- */

static char *
entry_words (const BhJobEntry *entry)
{
  gboolean judged = FALSE;
  gboolean passes;

  switch (entry->kind) {
  case BH_ENTRY_REPRODUCED:
    return g_strdup (g_strcmp0 (entry->value, "yes") == 0 ? _ ("reproduced")
                                                          : _ ("no fault found"));
  case BH_ENTRY_READING:
    passes = bh_reading_passes (entry->value, entry->low, entry->high, &judged);
    return g_strdup_printf ("%s = %s%s%s%s%s%s", entry->name, entry->value, judged ? " (" : "",
                            judged && entry->low != NULL ? entry->low : "", judged ? "…" : "",
                            judged && entry->high != NULL ? entry->high : "",
                            !judged  ? ""
                            : passes ? _ (") ✓ passes")
                                     : _ (") ✗ fails"));
  case BH_ENTRY_PHOTO:
    return g_strdup (entry->name);
  default:
    if (entry->name == NULL || *entry->name == '\0')
      return g_strdup (entry->value);
    return entry->value != NULL && *entry->value != '\0'
               ? g_strdup_printf ("%s: %s", entry->name, entry->value)
               : g_strdup (entry->name);
  }
}

static GtkWidget *
line_new (const char *head, const char *text, const char *foot)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *name = g_strdup_printf ("%s: %s, %s", head, text, foot);
  GtkWidget *top = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *side = page_text (foot, "skipped");

  gtk_box_pack_start (GTK_BOX (top), page_text (head, "name"), TRUE, TRUE, 0);
  gtk_box_pack_end (GTK_BOX (top), side, FALSE, FALSE, 0);
  gtk_container_add (GTK_CONTAINER (box), top);
  gtk_container_add (GTK_CONTAINER (box), page_label (text, NULL));
  gtk_container_add (GTK_CONTAINER (row), box);
  page_style (row, "entry");
  page_name (row, name, NULL);
  gtk_widget_show_all (row);
  return row;
}

static void
on_photo (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) image = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPixbuf) picture = bh_worker_finish (result, &error);

  if (picture != NULL)
    gtk_image_set_from_pixbuf (GTK_IMAGE (image), picture);
}

static void
add_photo (BhBenchRecord *self, GtkWidget *row, const BhJobEntry *entry)
{
  GtkWidget *image = gtk_image_new ();

  gtk_widget_set_halign (image, GTK_ALIGN_START);
  page_name (image, entry->name, "bench-photo");
  gtk_container_add (GTK_CONTAINER (gtk_bin_get_child (GTK_BIN (row))), image);
  gtk_widget_show (image);
  bh_call_bench_photo_async (self->reads, entry->sha256, self->wanted, on_photo,
                             g_object_ref (image));
}

/* The newest of what has one value; all of the rest, but not what does not hold. */
static gboolean
is_shown (const BhJob *job, const BhJobEntry *entry)
{
  if (entry->struck || entry->kind == BH_ENTRY_STRIKE)
    return FALSE;
  return !bh_entry_kind_is_single (entry->kind) || bh_job_entry_of (job, entry->kind) == entry;
}

static gint64
id_of (GtkWidget *row)
{
  return *(const gint64 *) g_object_get_data (G_OBJECT (row), "id");
}

/* What does not hold any more goes; what an entry says never changes, so that all others stay. */
static void
drop_entries (BhBenchRecord *self, const BhJob *job)
{
  g_autoptr (GList) rows = gtk_container_get_children (GTK_CONTAINER (self->entries));

  for (GList *row = rows; row != NULL; row = row->next) {
    gboolean stays = FALSE;

    for (guint i = 0; job != NULL && i < job->entries->len && !stays; i++) {
      const BhJobEntry *entry = g_ptr_array_index (job->entries, i);

      stays = entry->id == id_of (row->data) && is_shown (job, entry);
    }
    if (!stays)
      gtk_widget_destroy (row->data);
  }
}

static void
show_entries (BhBenchRecord *self, const BhJob *job)
{
  guint n = 0;

  drop_entries (self, job);
  for (guint i = job != NULL ? job->entries->len : 0; i > 0; i--) {
    const BhJobEntry *entry = g_ptr_array_index (job->entries, i - 1);
    g_autofree char *text = NULL;
    g_autofree char *time = NULL;
    g_autofree char *foot = NULL;
    GtkWidget *row;

    if (!is_shown (job, entry))
      continue;
    row = GTK_WIDGET (gtk_list_box_get_row_at_index (self->entries, (int) n));
    if (row != NULL && id_of (row) == entry->id) {
      n++;
      continue;
    }
    text = entry_words (entry);
    /* a job lasts for days */
    time = bh_time_words (entry->at_us, job->zone);
    foot = g_strdup_printf ("%s · %s", time, entry->operator);
    row = line_new (bh_entry_kind_words (entry->kind), text, foot);
    g_object_set_data_full (G_OBJECT (row), "id", g_memdup2 (&entry->id, sizeof entry->id), g_free);
    g_object_set_data_full (G_OBJECT (row), "words",
                            g_strdup_printf ("%s: %s", bh_entry_kind_words (entry->kind), text),
                            g_free);
    if (entry->kind == BH_ENTRY_PHOTO && entry->sha256 != NULL)
      add_photo (self, row, entry);
    gtk_list_box_insert (self->entries, row, (int) n++);
  }
  gtk_widget_set_visible (self->entries_heading, n > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->entries), n > 0);
}

static gboolean
on_key (GtkWidget *list, GdkEventKey *event, BhBenchRecord *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->entries);
  const gint64 *id = row != NULL ? g_object_get_data (G_OBJECT (row), "id") : NULL;

  if (id == NULL || event->keyval != GDK_KEY_Delete)
    return GDK_EVENT_PROPAGATE;
  g_signal_emit (self, signals[STRIKE], 0, *id, g_object_get_data (G_OBJECT (row), "words"));
  return GDK_EVENT_STOP;
}

/* ---- results --------------------------------------------------------------------- */

static char *
post_words (const BhJobPost *post)
{
  GString *words = g_string_new (post->disposition);

  if (post->corrects != 0)
    g_string_append_printf (words, _ ("; in place of version %d: %s (RA9)"), post->corrects,
                            post->reason);
  if (post->next != NULL)
    g_string_append_printf (words, _ ("; next due %s (C3)"), post->next);
  return g_string_free (words, FALSE);
}

static gboolean
is_same_job (BhBenchRecord *self, const BhJob *job)
{
  return g_strcmp0 (self->job, job != NULL ? job->job : NULL) == 0;
}

static void
show_posts (BhBenchRecord *self, const BhJob *job)
{
  guint n = job != NULL ? job->posts->len : 0;

  if (is_same_job (self, job) && n == self->shown_posts)
    return;
  self->shown_posts = n;
  page_clear (GTK_CONTAINER (self->posts));
  for (guint i = 0; i < n; i++) {
    const BhJobPost *post = g_ptr_array_index (job->posts, i);
    g_autofree char *head = g_strdup_printf (
        post->interim ? _ ("Version %d, interim") : _ ("Version %d, final"), post->version);
    g_autofree char *text = post_words (post);
    g_autofree char *time = bh_time_words (post->at_us, job->zone);
    g_autofree char *foot = g_strdup_printf ("%s · %s", time, post->operator);
    GtkWidget *row = line_new (head, text, foot);

    g_object_set_data (G_OBJECT (row), "version", GINT_TO_POINTER (post->version));
    gtk_container_add (GTK_CONTAINER (self->posts), row);
  }
  gtk_widget_set_visible (self->posts_heading, n > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->posts), n > 0);
}

static void
on_post (GtkListBox *list, GtkListBoxRow *row, BhBenchRecord *self)
{
  g_signal_emit (self, signals[REPORT], 0,
                 GPOINTER_TO_INT (g_object_get_data (G_OBJECT (row), "version")));
}

void
bh_bench_record_show (BhBenchRecord *self, const BhBenchSight *sight)
{
  if (self->wanted == NULL || !is_same_job (self, sight->job)) {
    g_cancellable_cancel (self->wanted);
    g_clear_object (&self->wanted);
    self->wanted = g_cancellable_new ();
  }
  show_facts (self, sight);
  show_posts (self, sight->job);
  show_entries (self, sight->job);
  g_free (self->job);
  self->job = sight->job != NULL ? g_strdup (sight->job->job) : NULL;
  gtk_label_set_text (GTK_LABEL (self->entries_heading), bh_step_may_write (sight, TRUE)
                                                             ? _ ("Written down; Delete strikes it")
                                                             : _ ("Written down"));
}

/* ---- how it is made ---------------------------------------------------------------- */

static void
bh_bench_record_finalize (GObject *object)
{
  BhBenchRecord *self = BH_BENCH_RECORD (object);

  g_cancellable_cancel (self->wanted);
  g_clear_object (&self->wanted);
  g_free (self->job);
  g_clear_object (&self->reads);
  G_OBJECT_CLASS (bh_bench_record_parent_class)->finalize (object);
}

static void
bh_bench_record_class_init (BhBenchRecordClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = bh_bench_record_finalize;
  signals[STRIKE] = g_signal_new ("strike", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_STRING);
  signals[REPORT] = g_signal_new ("report", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_INT);
}

static GtkWidget *
heading (GtkBox *box, const char *text)
{
  GtkWidget *label = page_label (text, "section");

  gtk_container_add (GTK_CONTAINER (box), label);
  return label;
}

static void
bh_bench_record_init (BhBenchRecord *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  g_object_set (self, "hscrollbar-policy", GTK_POLICY_NEVER, "width-request", 390, NULL);
  page_style (GTK_WIDGET (self), "side");
  self->facts = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_column_spacing (self->facts, 14);
  gtk_grid_set_row_spacing (self->facts, 4);
  gtk_container_add (GTK_CONTAINER (box), GTK_WIDGET (self->facts));
  self->posts = GTK_LIST_BOX (gtk_list_box_new ());
  self->entries = GTK_LIST_BOX (gtk_list_box_new ());
  self->posts_heading = heading (GTK_BOX (box), _ ("Posted; Enter opens its report"));
  gtk_container_add (GTK_CONTAINER (box), GTK_WIDGET (self->posts));
  self->entries_heading = heading (GTK_BOX (box), _ ("Written down"));
  gtk_container_add (GTK_CONTAINER (box), GTK_WIDGET (self->entries));
  gtk_container_add (GTK_CONTAINER (self), box);
  g_signal_connect (self->posts, "row-activated", G_CALLBACK (on_post), self);
  g_signal_connect (self->entries, "key-press-event", G_CALLBACK (on_key), self);
  gtk_widget_show_all (box);
  page_name (GTK_WIDGET (self->facts), _ ("What is known of the unit"), "bench-facts");
  page_name (GTK_WIDGET (self->posts), _ ("Posted results"), "bench-posts");
  page_name (GTK_WIDGET (self->entries), _ ("Written down"), "bench-entries");
}

GtkWidget *
bh_bench_record_new (BhWorker *reads)
{
  BhBenchRecord *self = g_object_new (BH_TYPE_BENCH_RECORD, NULL);

  self->reads = g_object_ref (reads);
  return GTK_WIDGET (self);
}
