/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "dock-page.h"

#include <gsound.h>
#include <string.h>

#include "backhaul/receipt.h"
#include "dock-work.h"
#include "page.h"

struct _BhDockPage {
  GtkBox parent;
  BhWorker *acts;
  BhWorker *reads;
  GSoundContext *sound; /* NULL: no device */

  char *box;        /* id; NULL: no box is open */
  GPtrArray *scans; /* DockScan of the open box */
  gboolean ended;   /* the next scan opens another box */
  char *receipt;    /* of the verdict shown; NULL: none */
  gboolean armed;   /* UNDO was pressed once */
  gboolean gone;

  GtkWidget *chips;
  GtkWidget *panel;
  GtkWidget *shape;
  GtkWidget *word;
  GtkWidget *rule;
  GtkWidget *advice;
  GtkWidget *facts;
  GtkWidget *label;
  GtkWidget *typed;
  GtkWidget *accepted;
  GtkWidget *held;
  GtkWidget *refused;
  GtkWidget *recent;
};

G_DEFINE_FINAL_TYPE (BhDockPage, bh_dock_page, GTK_TYPE_BOX)

/* D14: words, shape, colour and sound together. */
static const struct {
  const char *style;
  const char *shape;
  const char *sound; /* freedesktop sound naming specification */
} looks[] = {
  [BH_VERDICT_WAITING] = { "waiting", "…", NULL },
  [BH_VERDICT_ACCEPT] = { "accept", "✔", "complete" },
  [BH_VERDICT_HOLD] = { "hold", "▲", "dialog-warning" },
  [BH_VERDICT_REFUSE] = { "refuse", "✖", "dialog-error" },
  [BH_VERDICT_ALREADY_RECEIVED] = { "already-received", "↺", "bell" },
};

static const struct {
  guint key;
  BhCommand command;
  const char *title;
  const char *key_name;
} keys[] = {
  { GDK_KEY_F2, BH_COMMAND_NEXT_BOX, N_ ("Next box"), "F2" },
  { GDK_KEY_F3, BH_COMMAND_PHOTO, N_ ("Photo…"), "F3" },
  { GDK_KEY_F4, BH_COMMAND_NO_NUMBER, N_ ("No number"), "F4" },
  { GDK_KEY_F6, BH_COMMAND_UNREADABLE, N_ ("Unreadable"), "F6" },
  { GDK_KEY_F7, BH_COMMAND_MANUAL, N_ ("It is the serial"), "F7" },
  { GDK_KEY_F8, BH_COMMAND_UNDO, N_ ("Undo"), "F8" },
  { GDK_KEY_F9, BH_COMMAND_REFUSE, N_ ("Refuse"), "F9" },
  { GDK_KEY_F11, BH_COMMAND_HOLD, N_ ("Hold"), "F11" },
  { GDK_KEY_F12, BH_COMMAND_REPRINT, N_ ("Label"), "F12" },
};

static void
play (BhDockPage *self, const char *sound)
{
  if (self->sound != NULL && sound != NULL)
    gsound_context_play_simple (self->sound, NULL, NULL, GSOUND_ATTR_EVENT_ID, sound, NULL);
}

static void
show_panel (BhDockPage *self, const char *style, const char *shape, const char *word,
            const char *rule, const char *advice, const char *facts)
{
  GtkStyleContext *context = gtk_widget_get_style_context (self->panel);
  g_autofree char *name = g_strdup_printf ("%s %s. %s", word, rule, advice);

  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    gtk_style_context_remove_class (context, looks[i].style);
  gtk_style_context_remove_class (context, "not-saved");
  gtk_style_context_add_class (context, style);
  gtk_label_set_text (GTK_LABEL (self->shape), shape);
  gtk_label_set_text (GTK_LABEL (self->word), word);
  gtk_label_set_text (GTK_LABEL (self->rule), rule);
  gtk_label_set_text (GTK_LABEL (self->advice), advice);
  gtk_label_set_text (GTK_LABEL (self->facts), facts);
  page_name (self->panel, name, NULL);
}

static void
show_error (BhDockPage *self, const GError *error)
{
  show_panel (self, "not-saved", "!", _ ("NOT SAVED"), "", error->message,
              _ ("Nothing was written. Scan the box again when it is mended."));
  play (self, "dialog-error");
}

static void
show_idle (BhDockPage *self)
{
  show_panel (self, "waiting", "▯", _ ("SCAN A BOX"), "",
              _ ("Scan anything on it, in any order: the carrier's label, the RMA number, the "
                 "serial."),
              "");
  page_clear (GTK_CONTAINER (self->chips));
  gtk_image_clear (GTK_IMAGE (self->label));
}

/* ---- tally ------------------------------------------------------------------------- */

static void
on_tally_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BhDockPage) self = data;
  DockTally *tally = bh_worker_finish (result, NULL);
  const struct {
    GtkWidget *widget;
    gint64 value;
  } figures[] = { { self->accepted, tally != NULL ? tally->accepted : 0 },
                  { self->held, tally != NULL ? tally->held : 0 },
                  { self->refused, tally != NULL ? tally->refused : 0 } };

  if (tally == NULL)
    return;
  if (!self->gone) {
    for (guint i = 0; i < G_N_ELEMENTS (figures); i++) {
      g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, figures[i].value);

      gtk_label_set_text (GTK_LABEL (figures[i].widget), text);
    }
    page_clear (GTK_CONTAINER (self->recent));
    for (guint i = 0; i < tally->recent->len; i++) {
      const BhReceipt *receipt = g_ptr_array_index (tally->recent, i);
      g_autoptr (GDateTime) at = g_date_time_new_from_unix_local (receipt->at_us / G_USEC_PER_SEC);
      g_autofree char *when = g_date_time_format (at, "%H:%M");
      g_autofree char *text =
          g_strdup_printf ("%s  %s %s  %s", when, receipt->verdict, receipt->rule,
                           receipt->serial != NULL ? receipt->serial : "");
      GtkWidget *row = page_label (text, NULL);

      gtk_label_set_ellipsize (GTK_LABEL (row), PANGO_ELLIPSIZE_END);
      gtk_label_set_line_wrap (GTK_LABEL (row), FALSE);
      gtk_box_pack_start (GTK_BOX (self->recent), row, FALSE, FALSE, 0);
    }
    gtk_widget_show_all (self->recent);
  }
  dock_tally_free (tally);
}

static void
refresh_tally (BhDockPage *self)
{
  bh_worker_run (self->reads, dock_tally, NULL, NULL, dock_tally_free, on_tally_ready,
                 g_object_ref (self));
}

/* ---- label --------------------------------------------------------------------------- */

static void
on_label_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BhDockPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) png = bh_worker_finish (result, &error);
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GdkPixbuf) pixbuf = NULL;

  if (png == NULL || self->gone)
    return;
  stream = g_memory_input_stream_new_from_bytes (png);
  pixbuf = gdk_pixbuf_new_from_stream_at_scale (stream, 200, 300, TRUE, NULL, NULL);
  gtk_image_set_from_pixbuf (GTK_IMAGE (self->label), pixbuf);
  page_name (self->label, _ ("Label of this verdict"), "label");
}

static void
on_label_file_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BhDockPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = bh_worker_finish (result, &error);
  g_autofree char *uri = path != NULL ? g_filename_to_uri (path, NULL, NULL) : NULL;

  if (self->gone)
    return;
  if (uri != NULL)
    gtk_show_uri_on_window (NULL, uri, GDK_CURRENT_TIME, &error);
  if (error != NULL)
    gtk_label_set_text (GTK_LABEL (self->facts), error->message);
}

/* ---- verdict ------------------------------------------------------------------------- */

static void
show_outcome (BhDockPage *self, const BhOutcome *outcome)
{
  const BhRuling *ruling = outcome->ruling;
  g_autoptr (GString) facts = g_string_new (NULL);
  g_autofree char *rule = g_strdup_printf (_ ("Rule %s"), ruling->rule);
  const struct {
    const char *name;
    const char *value;
  } rows[] = {
    { "RMA", outcome->rma },
    { _ ("Serial"), outcome->serial },
    { _ ("Part"), outcome->part },
    { _ ("Account"), outcome->account_name },
    { _ ("Goes to"), ruling->verdict == BH_VERDICT_ACCEPT   ? outcome->destination
                     : ruling->verdict == BH_VERDICT_HOLD   ? _ ("the hold shelf")
                     : ruling->verdict == BH_VERDICT_REFUSE ? _ ("the sender")
                                                            : NULL },
    { outcome->late ? _ ("LATE, was due") : _ ("Due"), outcome->return_by },
    { _ ("Seen before:"), outcome->seen_before },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (rows[i].value != NULL)
      g_string_append_printf (facts, "%s%s %s", facts->len > 0 ? "\n" : "", rows[i].name,
                              rows[i].value);
  for (char **near = outcome->near; near != NULL && *near != NULL; near++)
    g_string_append_printf (facts, "\n%s %s", _ ("Looks like"), *near);
  show_panel (self, looks[ruling->verdict].style, looks[ruling->verdict].shape,
              ruling->verdict == BH_VERDICT_WAITING ? _ ("WAITING") : ruling->title, rule,
              ruling->verdict == BH_VERDICT_ALREADY_RECEIVED ? outcome->message : ruling->advice,
              facts->str);
  play (self, looks[ruling->verdict].sound);
  g_free (self->receipt);
  self->receipt =
      g_strdup (ruling->verdict == BH_VERDICT_ALREADY_RECEIVED ? NULL : outcome->receipt);
  gtk_image_clear (GTK_IMAGE (self->label));
  /* D1's box has its label already: only what must be stuck on now is shown */
  if (self->receipt != NULL && (outcome->labels == NULL || outcome->labels[0] != NULL))
    bh_worker_run (self->reads, dock_label, g_strdup (self->receipt), g_free,
                   (GDestroyNotify) g_bytes_unref, on_label_ready, g_object_ref (self));
}

/* Of several units the one that the last scan is about, else the gravest. */
static const BhOutcome *
outcome_to_show (BhDockPage *self, GPtrArray *outcomes)
{
  const BhOutcome *best = g_ptr_array_index (outcomes, outcomes->len - 1);
  const DockScan *last =
      self->scans->len > 0 ? g_ptr_array_index (self->scans, self->scans->len - 1) : NULL;

  for (guint i = 0; last != NULL && i < outcomes->len; i++) {
    const BhOutcome *outcome = g_ptr_array_index (outcomes, i);

    if (outcome->serial != NULL && g_ascii_strcasecmp (outcome->serial, last->text) == 0)
      return outcome;
    if (outcome->ruling->verdict > best->ruling->verdict &&
        outcome->ruling->verdict != BH_VERDICT_ALREADY_RECEIVED)
      best = outcome;
  }
  return best;
}

static void
on_judged (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BhDockPage) self = data;
  g_autoptr (GError) error = NULL;
  DockVerdict *verdict = bh_worker_finish (result, &error);

  if (self->gone) {
    g_clear_pointer (&verdict, dock_verdict_free);
    return;
  }
  if (verdict == NULL) {
    show_error (self, error);
    return;
  }
  page_clear (GTK_CONTAINER (self->chips));
  for (guint i = 0; i < verdict->chips->len; i++) {
    GtkWidget *chip = page_label (g_ptr_array_index (verdict->chips, i), "chip");

    page_name (chip, NULL, "chip");
    gtk_container_add (GTK_CONTAINER (self->chips), chip);
  }
  gtk_widget_show_all (self->chips);
  show_outcome (self, outcome_to_show (self, verdict->outcomes));
  dock_verdict_free (verdict);
  refresh_tally (self);
}

static void
judge (BhDockPage *self)
{
  bh_worker_run (self->acts, dock_judge, dock_box_copy (self->box, self->scans), dock_box_free,
                 dock_verdict_free, on_judged, g_object_ref (self));
}

static void
begin_box (BhDockPage *self)
{
  g_free (self->box);
  self->box = g_uuid_string_random ();
  g_ptr_array_set_size (self->scans, 0);
  self->ended = FALSE;
}

/* A box bears one RMA number and one carrier number: another of them is another
 * box, so hands need not leave the scanner between boxes. */
static gboolean
is_another_box (BhDockPage *self, const BhReading *reading)
{
  if (reading->kind != BH_KIND_RMA && reading->kind != BH_KIND_TRACKING)
    return FALSE;
  for (guint i = 0; self->receipt != NULL && i < self->scans->len; i++) {
    const DockScan *scan = g_ptr_array_index (self->scans, i);
    g_autoptr (BhScan) old = bh_scan_new_text (scan->text, scan->source, scan->at_us);
    g_autoptr (BhReading) before = bh_scan_classify (old);

    if (before->kind == reading->kind && g_strcmp0 (before->display, reading->display) != 0)
      return TRUE;
  }
  return FALSE;
}

static void
end_box (BhDockPage *self)
{
  g_autofree char *command = bh_command_text (BH_COMMAND_NEXT_BOX);

  if (self->box == NULL || self->ended || self->scans->len == 0)
    return;
  g_ptr_array_add (self->scans, dock_scan_new (command, BH_SCAN_SCANNED));
  self->ended = TRUE;
  judge (self);
}

void
bh_dock_page_scan (BhDockPage *self, const char *text, BhScanSource source)
{
  g_autoptr (BhScan) scan = bh_scan_new_text (text, source, g_get_real_time ());
  g_autoptr (BhReading) reading = bh_scan_classify (scan);

  if (reading->kind == BH_KIND_COMMAND) {
    bh_dock_page_command (self, reading->command);
    return;
  }
  self->armed = FALSE;
  if (self->box != NULL && !self->ended && is_another_box (self, reading))
    end_box (self);
  if (self->box == NULL || self->ended)
    begin_box (self);
  /* the same code again says nothing new, unless it was asked for twice (D19) */
  for (guint i = 0; source != BH_SCAN_TYPED && i < self->scans->len; i++)
    if (g_str_equal (((DockScan *) g_ptr_array_index (self->scans, i))->text, text))
      return;
  g_ptr_array_add (self->scans, dock_scan_new (text, source));
  judge (self);
}

/* ---- commands ------------------------------------------------------------------------ */

static void
on_voided (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BhDockPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *receipt = bh_worker_finish (result, &error);

  if (self->gone)
    return;
  if (receipt == NULL) {
    show_error (self, error);
    return;
  }
  show_panel (self, "waiting", "↶", _ ("UNDONE"), _ ("Rule D16"),
              _ ("The receipt is void; nothing was deleted. Scan the box again."), "");
  g_clear_pointer (&self->receipt, g_free);
  self->ended = TRUE;
  refresh_tally (self);
}

static void
undo (BhDockPage *self)
{
  if (self->receipt == NULL) {
    gtk_label_set_text (GTK_LABEL (self->advice), _ ("There is no verdict to undo."));
    return;
  }
  if (!self->armed) {
    self->armed = TRUE;
    gtk_label_set_text (GTK_LABEL (self->advice), _ ("Press F8 again to void this receipt."));
    return;
  }
  self->armed = FALSE;
  bh_worker_run (self->acts, dock_void, g_strdup (self->receipt), g_free, g_free, on_voided,
                 g_object_ref (self));
}

static void
on_photo_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BhDockPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) texts = bh_worker_finish (result, &error);

  if (self->gone)
    return;
  if (texts == NULL) {
    gtk_label_set_text (GTK_LABEL (self->advice), error->message);
    return;
  }
  for (guint i = 0; i < texts->len; i++)
    bh_dock_page_scan (self, g_ptr_array_index (texts, i), BH_SCAN_PICTURE);
}

void
bh_dock_page_photo (BhDockPage *self, const char *path)
{
  bh_worker_run (self->reads, dock_photo, g_strdup (path), g_free,
                 (GDestroyNotify) g_ptr_array_unref, on_photo_ready, g_object_ref (self));
}

static void
on_photo_chosen (GtkNativeDialog *dialog, int response, gpointer data)
{
  if (response == GTK_RESPONSE_ACCEPT) {
    g_autofree char *path = gtk_file_chooser_get_filename (GTK_FILE_CHOOSER (dialog));

    bh_dock_page_photo (data, path);
  }
  g_object_unref (dialog);
}

static void
choose_photo (BhDockPage *self)
{
  GtkWidget *window = gtk_widget_get_toplevel (GTK_WIDGET (self));
  GtkFileChooserNative *dialog =
      gtk_file_chooser_native_new (_ ("Photo of the box"), GTK_WINDOW (window),
                                   GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Read"), _ ("_Cancel"));

  g_signal_connect (dialog, "response", G_CALLBACK (on_photo_chosen), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

void
bh_dock_page_command (BhDockPage *self, BhCommand command)
{
  g_autofree char *text = NULL;

  if (command == BH_COMMAND_UNDO) {
    undo (self);
    return;
  }
  self->armed = FALSE;
  if (command == BH_COMMAND_PHOTO) {
    choose_photo (self);
  } else if (command == BH_COMMAND_REPRINT) {
    if (self->receipt != NULL)
      bh_worker_run (self->reads, dock_label_file, g_strdup (self->receipt), g_free, g_free,
                     on_label_file_ready, g_object_ref (self));
  } else if (command == BH_COMMAND_NEXT_BOX) {
    if (self->box == NULL || self->ended) {
      g_clear_pointer (&self->receipt, g_free);
      show_idle (self);
    }
    end_box (self);
  } else {
    if (self->box == NULL || self->ended)
      begin_box (self);
    text = bh_command_text (command);
    g_ptr_array_add (self->scans, dock_scan_new (text, BH_SCAN_SCANNED));
    self->ended = command == BH_COMMAND_REFUSE;
    judge (self);
  }
}

gboolean
bh_dock_page_key (BhDockPage *self, guint keyval)
{
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (keys[i].key == keyval) {
      bh_dock_page_command (self, keys[i].command);
      return TRUE;
    }
  return FALSE;
}

static void
on_typed (GtkEntry *entry, gpointer data)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_entry_get_text (entry)));

  if (*text != '\0')
    bh_dock_page_scan (data, text, BH_SCAN_TYPED);
  gtk_entry_set_text (entry, "");
}

static void
on_button (GtkButton *button, gpointer data)
{
  bh_dock_page_command (
      data, (BhCommand) GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "command")));
}

/* ---- making ---------------------------------------------------------------------------- */

static GtkWidget *
make_figure (GtkBox *to, const char *title, const char *what)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *figure = page_told (what, "figure");

  gtk_label_set_text (GTK_LABEL (figure), "0");
  gtk_container_add (GTK_CONTAINER (column), figure);
  gtk_container_add (GTK_CONTAINER (column), page_label (title, NULL));
  gtk_box_pack_start (to, column, TRUE, TRUE, 0);
  return figure;
}

static GtkWidget *
make_side (BhDockPage *self)
{
  GtkWidget *side = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *figures = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  gtk_widget_set_size_request (side, 300, -1);
  page_section (GTK_BOX (side), _ ("THIS BOX"));
  self->chips = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  page_name (self->chips, _ ("Scanned on this box"), "box");
  gtk_container_add (GTK_CONTAINER (side), self->chips);
  self->typed = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->typed), _ ("Type a code (Ctrl+T)"));
  page_name (self->typed, _ ("Type a code"), "typed");
  g_signal_connect (self->typed, "activate", G_CALLBACK (on_typed), self);
  gtk_container_add (GTK_CONTAINER (side), self->typed);
  page_section (GTK_BOX (side), _ ("TODAY"));
  self->accepted = make_figure (GTK_BOX (figures), _ ("accepted"), "accepted today");
  self->held = make_figure (GTK_BOX (figures), _ ("held"), "held today");
  self->refused = make_figure (GTK_BOX (figures), _ ("refused"), "refused today");
  gtk_container_add (GTK_CONTAINER (side), figures);
  self->recent = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  page_name (self->recent, _ ("Last verdicts"), "tally");
  gtk_container_add (GTK_CONTAINER (side), self->recent);
  return side;
}

static GtkWidget *
make_panel (BhDockPage *self)
{
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 24);
  GtkWidget *titles = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 24);
  GtkWidget *scrolled = gtk_scrolled_window_new (NULL, NULL);

  self->panel = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_style_context_add_class (gtk_widget_get_style_context (self->panel), "verdict");
  self->shape = page_told ("shape", "verdict-shape");
  self->word = page_told ("verdict", "verdict-word");
  self->rule = page_told ("rule", "verdict-rule");
  self->advice = page_told ("advice", "verdict-advice");
  self->facts = page_told ("facts", "verdict-facts");
  self->label = gtk_image_new ();
  gtk_widget_set_valign (self->label, GTK_ALIGN_START);
  gtk_container_add (GTK_CONTAINER (titles), self->word);
  gtk_container_add (GTK_CONTAINER (titles), self->rule);
  gtk_widget_set_valign (titles, GTK_ALIGN_CENTER);
  gtk_box_pack_start (GTK_BOX (head), self->shape, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (head), titles, TRUE, TRUE, 0);
  gtk_box_pack_start (GTK_BOX (words), head, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (words), self->advice, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (words), self->facts, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (body), words, TRUE, TRUE, 0);
  gtk_box_pack_start (GTK_BOX (body), self->label, FALSE, FALSE, 0);
  /* wrapped words ask for their height at the narrowest: without this the window
   * would grow past the screen and hide the keys */
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_widget_set_can_focus (scrolled, FALSE);
  gtk_container_add (GTK_CONTAINER (scrolled), body);
  gtk_box_pack_start (GTK_BOX (self->panel), scrolled, TRUE, TRUE, 0);
  return self->panel;
}

static GtkWidget *
make_buttons (BhDockPage *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++) {
    GtkWidget *button = gtk_button_new ();
    GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
    GtkWidget *title = gtk_label_new (_ (keys[i].title));
    GtkWidget *key = gtk_label_new (keys[i].key_name);

    gtk_style_context_add_class (gtk_widget_get_style_context (key), "key");
    gtk_container_add (GTK_CONTAINER (words), title);
    gtk_container_add (GTK_CONTAINER (words), key);
    gtk_container_add (GTK_CONTAINER (button), words);
    /* the scanner's Enter finds no button to press (S5) */
    gtk_widget_set_focus_on_click (button, FALSE);
    page_name (button, _ (keys[i].title), bh_command_name (keys[i].command));
    g_object_set_data (G_OBJECT (button), "command", GINT_TO_POINTER (keys[i].command));
    g_signal_connect (button, "clicked", G_CALLBACK (on_button), self);
    gtk_box_pack_start (GTK_BOX (row), button, TRUE, TRUE, 0);
  }
  return row;
}

static void
on_drop (GtkWidget *widget, GdkDragContext *context, int x, int y, GtkSelectionData *selection,
         guint info, guint time, gpointer data)
{
  g_auto (GStrv) uris = gtk_selection_data_get_uris (selection);

  for (char **uri = uris; uri != NULL && *uri != NULL; uri++) {
    g_autofree char *path = g_filename_from_uri (*uri, NULL, NULL);

    if (path != NULL)
      bh_dock_page_photo (BH_DOCK_PAGE (widget), path);
  }
  gtk_drag_finish (context, uris != NULL, FALSE, time);
}

static gboolean
on_first_idle (gpointer data)
{
  g_autoptr (BhDockPage) self = data;

  /* after the first frame: a computer without a sound device takes its time to say so */
  if (!self->gone) {
    self->sound = gsound_context_new (NULL, NULL);
    refresh_tally (self);
  }
  return G_SOURCE_REMOVE;
}

static void
bh_dock_page_dispose (GObject *object)
{
  BhDockPage *self = BH_DOCK_PAGE (object);

  self->gone = TRUE;
  g_clear_object (&self->sound);
  G_OBJECT_CLASS (bh_dock_page_parent_class)->dispose (object);
}

static void
bh_dock_page_finalize (GObject *object)
{
  BhDockPage *self = BH_DOCK_PAGE (object);

  g_free (self->box);
  g_free (self->receipt);
  g_ptr_array_unref (self->scans);
  G_OBJECT_CLASS (bh_dock_page_parent_class)->finalize (object);
}

static void
bh_dock_page_class_init (BhDockPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = bh_dock_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = bh_dock_page_finalize;
}

static void
bh_dock_page_init (BhDockPage *self)
{
  GtkWidget *columns = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);

  self->scans = g_ptr_array_new_with_free_func ((GDestroyNotify) dock_scan_free);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 12);
  g_object_set (self, "margin", 18, NULL);
  gtk_box_pack_start (GTK_BOX (columns), make_side (self), FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (columns), make_panel (self), TRUE, TRUE, 0);
  gtk_box_pack_start (GTK_BOX (self), columns, TRUE, TRUE, 0);
  gtk_box_pack_start (GTK_BOX (self), make_buttons (self), FALSE, FALSE, 0);
  gtk_drag_dest_set (GTK_WIDGET (self), GTK_DEST_DEFAULT_ALL, NULL, 0, GDK_ACTION_COPY);
  gtk_drag_dest_add_uri_targets (GTK_WIDGET (self));
  g_signal_connect (self, "drag-data-received", G_CALLBACK (on_drop), NULL);
  show_idle (self);
}

GtkWidget *
bh_dock_page_new (BhWorker *acts, BhWorker *reads)
{
  BhDockPage *self = g_object_new (BH_TYPE_DOCK_PAGE, NULL);

  self->acts = acts;
  self->reads = reads;
  g_idle_add_full (G_PRIORITY_LOW, on_first_idle, g_object_ref (self), NULL);
  return GTK_WIDGET (self);
}

void
bh_dock_page_focus_typed (BhDockPage *self)
{
  gtk_widget_grab_focus (self->typed);
}
