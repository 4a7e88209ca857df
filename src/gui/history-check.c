/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "history-check.h"

#include "calls.h"
#include "history-calls.h"
#include "page.h"
#include "seat.h"

#define LOOK_MS 100

/* One check. It outlives the page that asked for it. */
typedef struct {
  BhHistoryCheck *bar;
  BhPace pace;
  char *who;     /* began it */
  gboolean left; /* and is not here any more */
} Run;

struct _BhHistoryCheck {
  GtkBox parent_instance;

  GtkButton *button;
  GtkProgressBar *progress;
  GtkLabel *told;

  BhWorker *reads;
  BhWorker *worker; /* NULL: none runs */
  Run *run;         /* likewise */
  guint look;       /* source */
  gboolean gone;
};

G_DEFINE_FINAL_TYPE (BhHistoryCheck, bh_history_check, GTK_TYPE_BOX)

static void
run_free (Run *run)
{
  g_object_unref (run->bar);
  g_free (run->who);
  g_free (run);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Run, run_free)

static void
tell (BhHistoryCheck *self, const char *text)
{
  gtk_label_set_text (self->told, text);
}

static void
set_running (BhHistoryCheck *self)
{
  gboolean runs = self->run != NULL;

  gtk_button_set_label (self->button, runs ? _ ("S_top (Esc)") : _ ("_Check the journal"));
  gtk_widget_set_visible (GTK_WIDGET (self->progress), runs);
}

/* ---- what came of it ------------------------------------------------------------------------ */

static char *
number (gint64 n)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, n);
}

static char *
fault_words (const BhAuditReport *report)
{
  static const char *const faults[] = {
    [BH_AUDIT_ALTERED] = N_ ("was altered"),
    [BH_AUDIT_REMOVED] = N_ ("was removed"),
    [BH_AUDIT_REORDERED] = N_ ("is not where it was written"),
    [BH_AUDIT_INSERTED] = N_ ("was put in afterwards"),
  };
  g_autofree char *entry = number (report->number);
  g_autofree char *sound = number (report->entries);

  return g_strdup_printf (
      _ ("✗ The journal is not as it was written: entry %s of station %s %s. %s "
         "entries before it are sound; the check ends here. Compare the entry "
         "with the last backup."),
      entry, report->station, _ (faults[report->fault]), sound);
}

static char *
report_words (const BhAuditReport *report)
{
  g_autofree char *entries = number (report->entries);
  g_autofree char *unsigned_entries = number (report->unsigned_entries);

  if (report->stopped)
    return g_strdup (_ ("Stopped before the end: it is not known whether the journal is whole."));
  if (report->fault == BH_AUDIT_KEY)
    return g_strdup_printf (_ ("✗ All entries are as they were written, but a signature is not the "
                               "station's: %s. Ask at that station for its key, with "
                               "“backhaulctl audit key”."),
                            report->text);
  if (report->fault != BH_AUDIT_SOUND)
    return fault_words (report);
  if (report->unsigned_entries == report->entries)
    return g_strdup_printf (
        _ ("✓ The journal is whole: %s entries, none altered, removed or put in. "
           "No station has signed any yet."),
        entries);
  if (report->unsigned_entries == 0)
    return g_strdup_printf (
        _ ("✓ The journal is whole: %s entries, none altered, removed or put in; "
           "all are signed."),
        entries);
  return g_strdup_printf (_ ("✓ The journal is whole: %s entries, none altered, removed or put in. "
                             "%s of them are not signed yet."),
                          entries, unsigned_entries);
}

static void
end (BhHistoryCheck *self, const char *words)
{
  self->run = NULL;
  g_clear_object (&self->worker);
  g_clear_handle_id (&self->look, g_source_remove);
  set_running (self);
  tell (self, words);
}

/* It goes on in the name of who began it, so it does not outlast them. */
static void
look_who_is_here (Run *run)
{
  if (g_strcmp0 (bh_seat_operator (GTK_WIDGET (run->bar)), run->who) == 0)
    return;
  run->left = TRUE;
  g_atomic_int_set (&run->pace.stopped, TRUE);
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Run) run = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BhAuditReport) report = bh_worker_finish (result, &error);
  g_autofree char *words = report != NULL ? report_words (report) : NULL;

  if (run->bar->gone)
    return;
  look_who_is_here (run);
  end (run->bar, run->left ? _ ("Stopped, as who began the check is not here any more: it is not "
                                "known whether the journal is whole.")
                 : words != NULL ? words
                                 : error->message);
}

/* ---- starting and stopping ------------------------------------------------------------------- */

static gboolean
on_look (gpointer data)
{
  BhHistoryCheck *self = data;

  look_who_is_here (self->run);
  gtk_progress_bar_set_fraction (self->progress, g_atomic_int_get (&self->run->pace.done) / 1000.0);
  return G_SOURCE_CONTINUE;
}

static void
on_place (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Run) run = data;
  BhHistoryCheck *self = run->bar;
  g_autoptr (GError) error = NULL;
  g_autoptr (BhPlace) place = bh_call_open_finish (result, &error);

  if (self->gone)
    return;
  if (place == NULL) {
    end (self, error->message);
    return;
  }
  self->worker = bh_worker_new_beside (self->reads);
  bh_call_check_async (self->worker, place->operator, & run->pace, on_checked, run);
  g_steal_pointer (&run);
}

static void
on_button (GtkButton *button, BhHistoryCheck *self)
{
  if (self->run != NULL) {
    g_atomic_int_set (&self->run->pace.stopped, TRUE);
    return;
  }
  self->run = g_new0 (Run, 1);
  self->run->bar = g_object_ref (self);
  self->run->who = g_strdup (bh_seat_operator (GTK_WIDGET (self)));
  self->look = g_timeout_add (LOOK_MS, on_look, self);
  gtk_progress_bar_set_fraction (self->progress, 0);
  set_running (self);
  tell (self,
        _ ("Every entry is being compared with the one before it and with what was signed …"));
  bh_call_place_async (self->reads, on_place, self->run);
}

gboolean
bh_history_check_leave (BhHistoryCheck *self)
{
  if (self->run == NULL)
    return FALSE;
  on_button (self->button, self);
  return TRUE;
}

/* ---- life ------------------------------------------------------------------------------------ */

static void
bh_history_check_dispose (GObject *object)
{
  BhHistoryCheck *self = BH_HISTORY_CHECK (object);

  self->gone = TRUE;
  if (self->run != NULL)
    g_atomic_int_set (&self->run->pace.stopped, TRUE);
  self->run = NULL;
  g_clear_handle_id (&self->look, g_source_remove);
  g_clear_object (&self->worker);
  g_clear_object (&self->reads);
  G_OBJECT_CLASS (bh_history_check_parent_class)->dispose (object);
}

static void
bh_history_check_class_init (BhHistoryCheckClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = bh_history_check_dispose;
}

static void
bh_history_check_init (BhHistoryCheck *self)
{
  GtkWidget *button = gtk_button_new_with_mnemonic ("");
  GtkWidget *progress = gtk_progress_bar_new ();

  gtk_box_set_spacing (GTK_BOX (self), 12);
  self->button = GTK_BUTTON (button);
  self->progress = GTK_PROGRESS_BAR (progress);
  self->told = GTK_LABEL (page_told ("journal-told", NULL));
  gtk_label_set_max_width_chars (self->told, 60);
  gtk_widget_set_valign (button, GTK_ALIGN_START);
  gtk_widget_set_valign (progress, GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (progress, 120, -1);
  page_name (button, NULL, "journal-check");
  page_name (progress, _ ("How far the check is"), "journal-progress");
  g_signal_connect (button, "clicked", G_CALLBACK (on_button), self);
  gtk_box_pack_start (GTK_BOX (self), button, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (self), progress, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (self), GTK_WIDGET (self->told), TRUE, TRUE, 0);
  gtk_widget_show (button);
  gtk_widget_show (GTK_WIDGET (self->told));
  set_running (self);
}

GtkWidget *
bh_history_check_new (BhWorker *reads)
{
  BhHistoryCheck *self = g_object_new (BH_TYPE_HISTORY_CHECK, NULL);

  self->reads = g_object_ref (reads);
  return GTK_WIDGET (self);
}
