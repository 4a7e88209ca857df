/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "away-bar.h"

#include "connection.h"
#include "page.h"
#include "settings.h"
#include "words.h"

struct _BhAwayBar {
  GtkBox parent_instance;

  GtkWidget *line; /* how it is */
  GtkLabel *count;
  GtkLabel *told;
  GtkLabel *more; /* hidden when there is no more to know */
  GtkProgressBar *progress;

  GtkWidget *change; /* what is to be seen */
  BhShapeArea *shape;
  GtkLabel *what;
  GtkLabel *before;
  GtkLabel *after;
  GtkLabel *left;

  BhAway *away;
  GtkStack *stack;
};

G_DEFINE_FINAL_TYPE (BhAwayBar, bh_away_bar, GTK_TYPE_BOX)

/* ---- how it is ------------------------------------------------------------------- */

static char *
words_of (BhAwayBar *self)
{
  const char *page = gtk_stack_get_visible_child_name (self->stack);
  gboolean dock = g_strcmp0 (page, "dock") == 0;
  const char *trouble = bh_away_trouble (self->away);

  switch (bh_away_state (self->away)) {
  case BH_AWAY_SEEKING:
    return g_strdup (_ ("The store is out of reach and is sought. It must be there once before "
                        "anybody can work here."));
  case BH_AWAY_OUT:
    if (trouble != NULL)
      return g_strdup_printf (_ ("The journal is not received: %s"), trouble);
    /* the pages are hidden while nobody is signed in */
    if (!gtk_widget_get_mapped (GTK_WIDGET (self->stack)))
      return g_strdup (_ ("OFFLINE: the store is out of reach. Sign in to go on at the dock."));
    return g_strdup (
        dock ? _ ("OFFLINE: the store is out of reach. Go on scanning: verdicts are provisional, "
                  "boxes go to this station's journal.")
        : bh_away_is_blind (self->away)
            ? _ ("OFFLINE: the store is out of reach. This page waits for it; the dock (Ctrl+1) "
                 "goes "
                 "on.")
            : _ ("OFFLINE: the store is out of reach. This page needs it and shows what it showed "
                 "before; the dock (Ctrl+1) goes on."));
  case BH_AWAY_BACK:
    return g_strdup (_ ("The store is back and the journal is being received. Go on scanning: "
                        "verdicts stay provisional until it is done."));
  case BH_AWAY_NOT:
  default:
    return g_strdup (trouble != NULL ? trouble
                                     : _ ("Boxes are in this station's journal; they are received "
                                          "when somebody is signed in."));
  }
}

/* (transfer full) (nullable): what else is to be known of it */
static char *
more_of (BhAwayBar *self)
{
  g_autofree char *time = NULL;

  if (bh_away_state (self->away) != BH_AWAY_OUT)
    return NULL;
  if (bh_away_why (self->away) != NULL)
    return g_strdup (bh_away_why (self->away));
  if (!bh_away_is_blind (self->away))
    return NULL;
  time = bh_time_words (bh_away_copied_us (self->away), NULL);
  return g_strdup_printf (_ ("Verdicts go by what was awaited at %s."), time);
}

static void
render_line (BhAwayBar *self)
{
  BhAwayState state = bh_away_state (self->away);
  guint unsent = bh_away_unsent (self->away);
  guint done = bh_away_done (self->away);
  gboolean back = state == BH_AWAY_BACK && unsent + done > 0;
  g_autofree char *more = more_of (self);
  g_autofree char *words = words_of (self);
  g_autofree char *count =
      g_strdup_printf (ngettext ("%u box not sent", "%u boxes not sent", unsent), unsent);

  gtk_label_set_text (self->count, count);
  gtk_label_set_text (self->told, words);
  gtk_label_set_text (self->more, more != NULL ? more : "");
  gtk_widget_set_visible (GTK_WIDGET (self->more), more != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->count), unsent > 0 || state == BH_AWAY_OUT);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), back);
  if (back) {
    g_autofree char *text = g_strdup_printf (_ ("%u of %u received"), done, unsent + done);

    gtk_progress_bar_set_fraction (self->progress, (double) done / (unsent + done));
    gtk_progress_bar_set_text (self->progress, text);
    page_name (GTK_WIDGET (self->progress), text, NULL);
  }
  gtk_widget_set_visible (self->line, state != BH_AWAY_NOT || unsent > 0 ||
                                          bh_away_trouble (self->away) != NULL);
}

/* ---- what is to be seen ------------------------------------------------------------ */

static void
render_change (BhAwayBar *self)
{
  guint left = 0;
  const BhReplayed *change = bh_away_change (self->away, &left);
  g_autofree char *what = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *count = NULL;
  g_autofree char *time = NULL;

  gtk_widget_set_visible (self->change, change != NULL);
  if (change == NULL)
    return;
  time = bh_time_words (change->at_us, NULL);
  what = g_strdup_printf (change->failed ? _ ("NOT RECEIVED: %s, scanned %s")
                                         : _ ("THE VERDICT CHANGED: %s, scanned %s"),
                          *change->serial != '\0' ? change->serial : _ ("a box without a serial"),
                          time);
  before = g_strdup_printf (_ ("Said then: %s"), change->before);
  after = g_strdup_printf (_ ("It is so: %s"), change->after);
  count = g_strdup_printf (ngettext ("%u to be seen", "%u to be seen", left), left);
  bh_shape_area_set (self->shape,
                     change->failed ? BH_SHAPE_FAULT : bh_verdict_look (change->verdict)->shape);
  gtk_label_set_text (self->what, what);
  gtk_label_set_text (self->before, before);
  gtk_label_set_text (self->after, after);
  gtk_label_set_text (self->left, count);
}

static void
render (BhAwayBar *self)
{
  render_line (self);
  render_change (self);
}

/* ---- life -------------------------------------------------------------------------- */

static GtkLabel *
label (GtkWidget *box, const char *id, const char *style)
{
  GtkWidget *made = page_told (id, style);

  gtk_widget_show (made);
  gtk_box_pack_start (GTK_BOX (box), made, FALSE, TRUE, 0);
  return GTK_LABEL (made);
}

static void
build_line (BhAwayBar *self)
{
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  self->line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);
  page_style (self->line, "away");
  self->count = label (self->line, "unsent", "unsent");
  gtk_label_set_line_wrap (self->count, FALSE);
  self->told = label (texts, "offline", NULL);
  self->more = label (texts, "offline-more", NULL);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_widget_show (texts);
  gtk_box_pack_start (GTK_BOX (self->line), texts, FALSE, TRUE, 0);
  self->progress = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  gtk_progress_bar_set_show_text (self->progress, TRUE);
  gtk_widget_set_valign (GTK_WIDGET (self->progress), GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (GTK_WIDGET (self->progress), 220, -1);
  page_name (GTK_WIDGET (self->progress), NULL, "offline-progress");
  gtk_box_pack_end (GTK_BOX (self->line), GTK_WIDGET (self->progress), FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (self), self->line, FALSE, FALSE, 0);
}

static void
build_change (BhAwayBar *self)
{
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *end = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *seen = gtk_button_new_with_label (_ ("Seen (Ctrl+S)"));

  self->change = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);
  page_style (self->change, "changed");
  page_name (self->change, _ ("A verdict changed"), "changed");
  atk_object_set_role (gtk_widget_get_accessible (self->change), ATK_ROLE_ALERT);
  self->shape = BH_SHAPE_AREA (bh_shape_area_new (BH_SHAPE_NONE, 64));
  gtk_box_pack_start (GTK_BOX (self->change), GTK_WIDGET (self->shape), FALSE, FALSE, 0);
  self->what = label (texts, "changed-what", "what");
  self->before = label (texts, "changed-before", NULL);
  self->after = label (texts, "changed-after", "after");
  gtk_label_set_ellipsize (self->before, PANGO_ELLIPSIZE_END);
  gtk_label_set_lines (self->before, 2);
  gtk_label_set_ellipsize (self->after, PANGO_ELLIPSIZE_END);
  gtk_label_set_lines (self->after, 3);
  gtk_widget_show (texts);
  gtk_box_pack_start (GTK_BOX (self->change), texts, TRUE, TRUE, 0);
  self->left = label (end, "changed-left", NULL);
  page_name (seen, NULL, "changed-seen");
  gtk_widget_set_focus_on_click (seen, FALSE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (seen), "win.seen");
  gtk_widget_show (seen);
  gtk_box_pack_start (GTK_BOX (end), seen, FALSE, FALSE, 0);
  gtk_widget_set_valign (end, GTK_ALIGN_CENTER);
  gtk_widget_show (end);
  gtk_box_pack_end (GTK_BOX (self->change), end, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (self), self->change, FALSE, FALSE, 0);
}

static void
bh_away_bar_finalize (GObject *object)
{
  BhAwayBar *self = BH_AWAY_BAR (object);

  g_clear_object (&self->away);
  G_OBJECT_CLASS (bh_away_bar_parent_class)->finalize (object);
}

static void
bh_away_bar_class_init (BhAwayBarClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bh_away_bar_finalize;
}

static void
bh_away_bar_init (BhAwayBar *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  build_line (self);
  build_change (self);
}

GtkWidget *
bh_away_bar_new (BhAway *away, GtkStack *stack)
{
  BhAwayBar *self = g_object_new (BH_TYPE_AWAY_BAR, "visible", TRUE, NULL);

  self->away = g_object_ref (away);
  self->stack = stack;
  g_signal_connect_object (away, "changed", G_CALLBACK (render), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (stack, "notify::visible-child", G_CALLBACK (render), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (stack, "map", G_CALLBACK (render), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (stack, "unmap", G_CALLBACK (render), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  render (self);
  return GTK_WIDGET (self);
}

static void
on_away (BhAway *away, GtkLabel *notice)
{
  bh_connection_hush (notice, bh_away_state (away) != BH_AWAY_NOT);
}

void
bh_away_say (GtkLabel *notice, const char *text)
{
  gtk_label_set_text (notice, text);
  gtk_widget_show (GTK_WIDGET (notice));
}

BhAway *
bh_away_attach (GtkLabel *notice, GtkStack *stack, BhDock *dock, BhWorker *acts, BhWorker *reads,
                BhSenders *senders, const char *uri, const char *station)
{
  g_autoptr (GSettings) settings = bh_settings_new ();
  guint patience = bh_settings_offline (settings);
  g_autofree char *why = NULL;
  g_autoptr (BhStationMemory) memory = NULL;
  BhAway *away = bh_away_new (acts, uri, station, patience, &why);

  if (why != NULL)
    bh_away_say (notice, why);
  if (away == NULL)
    return NULL;
  bh_worker_set_patience (acts, (int) patience * 1000);
  bh_worker_set_patience (reads, (int) patience * 1000);
  memory = bh_away_memory (away);
  bh_worker_set_memory (acts, memory);
  bh_worker_set_memory (reads, memory);
  bh_senders_set_memory (senders, memory);
  bh_dock_set_away (dock, away);
  gtk_box_pack_start (GTK_BOX (gtk_widget_get_parent (GTK_WIDGET (notice))),
                      bh_away_bar_new (away, stack), FALSE, FALSE, 0);
  g_signal_connect_object (away, "changed", G_CALLBACK (on_away), notice, 0);
  return away;
}
