/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "verdict-view.h"

#include <glib/gi18n.h>

#include "page.h"
#include "words.h"

struct _BhVerdictView {
  GtkBox parent_instance;

  GtkBox *head;
  BhShapeArea *shape;
  GtkLabel *word;
  GtkLabel *rule;
  GtkLabel *advice;
  GtkLabel *notes;
  GtkGrid *facts;
  GtkWidget *label_button;
  GtkImage *label_image;
  GtkLabel *label_caption;

  const char *style; /* the class now set */
};

G_DEFINE_FINAL_TYPE (BhVerdictView, bh_verdict_view, GTK_TYPE_BOX)

/* What is on screen for one state of the dock. */
typedef struct {
  BhShape shape;
  const char *style;
  const char *word;
  const char *advice;
} Face;

static void
set_face (BhVerdictView *self, const Face *face, const char *rule)
{
  GtkStyleContext *style = gtk_widget_get_style_context (GTK_WIDGET (self));
  g_autofree char *name = NULL;

  if (self->style != NULL)
    gtk_style_context_remove_class (style, self->style);
  self->style = face->style;
  gtk_style_context_add_class (style, self->style);
  bh_shape_area_set (self->shape, face->shape);
  gtk_label_set_text (self->word, face->word);
  gtk_label_set_text (self->rule, rule);
  gtk_widget_set_visible (GTK_WIDGET (self->rule), *rule != '\0');
  gtk_label_set_text (self->advice, face->advice);
  /* a reader says the whole at once, as the eye sees it */
  name = g_strdup_printf ("%s. %s. %s", face->word, rule, face->advice);
  atk_object_set_description (gtk_widget_get_accessible (GTK_WIDGET (self)), name);
}

static void
add_fact (BhVerdictView *self, int *row, const char *name, const char *value, const char *style)
{
  GtkWidget *left;
  GtkWidget *right;

  if (value == NULL || *value == '\0')
    return;
  left = page_text (name, "name");
  right = page_text (value, style);
  gtk_widget_set_valign (left, GTK_ALIGN_BASELINE);
  gtk_widget_set_valign (right, GTK_ALIGN_BASELINE);
  gtk_grid_attach (self->facts, left, 0, *row, 1, 1);
  gtk_grid_attach (self->facts, right, 1, *row, 1, 1);
  atk_object_add_relationship (gtk_widget_get_accessible (right), ATK_RELATION_LABELLED_BY,
                               gtk_widget_get_accessible (left));
  (*row)++;
}

static void
set_facts (BhVerdictView *self, const BhOutcome *outcome)
{
  g_autofree char *account = NULL;
  int row = 0;

  page_clear (GTK_CONTAINER (self->facts));
  if (outcome == NULL)
    return;
  if (outcome->account != NULL)
    account = outcome->account_name != NULL
                  ? g_strdup_printf ("%s (%s)", outcome->account_name, outcome->account)
                  : g_strdup (outcome->account);
  add_fact (self, &row, _ ("RMA"), outcome->rma, "value");
  add_fact (self, &row, _ ("Serial"), outcome->serial, "value");
  add_fact (self, &row, _ ("Part"), outcome->part, "value");
  add_fact (self, &row, _ ("Account"), account, "value");
  add_fact (self, &row, _ ("Return by"), outcome->return_by, "value");
  if (outcome->provisional)
    return;
  if (outcome->ruling->verdict == BH_VERDICT_ACCEPT)
    add_fact (self, &row, _ ("Goes to"), outcome->destination, "goes");
  else if (outcome->ruling->verdict == BH_VERDICT_HOLD)
    add_fact (self, &row, _ ("Goes to"), _ ("the hold shelf"), "goes");
  else if (outcome->ruling->verdict == BH_VERDICT_REFUSE)
    add_fact (self, &row, _ ("Goes to"), _ ("the sender, at the sender's cost"), "goes");
  else if (outcome->ruling->verdict == BH_VERDICT_ALREADY_RECEIVED) {
    g_autofree char *when = bh_time_words (outcome->at_us, NULL);

    add_fact (self, &row, _ ("Received"), when, "value");
  }
}

static void
add_note (GString *notes, const char *note)
{
  if (note == NULL)
    return;
  if (notes->len > 0)
    g_string_append_c (notes, '\n');
  g_string_append (notes, note);
}

/* What else is to be known: late (D13), refused before (D17), look-alikes (D18), what was
 * noticed of the scan. */
static void
set_notes (BhVerdictView *self, const BhOutcome *outcome, const char *notice)
{
  g_autoptr (GString) notes = g_string_new (NULL);

  if (outcome != NULL && outcome->late) {
    g_autofree char *late =
        g_strdup_printf (outcome->ruling->verdict == BH_VERDICT_ACCEPT
                             ? _ ("LATE: was due %s. It is received all the same.")
                             : _ ("LATE: was due %s."),
                         outcome->return_by);

    add_note (notes, late);
  }
  /* D8 tells when, where and by whom */
  if (outcome != NULL && outcome->ruling->verdict == BH_VERDICT_ALREADY_RECEIVED &&
      !outcome->provisional)
    add_note (notes, outcome->message);
  if (outcome != NULL)
    add_note (notes, outcome->seen_before);
  for (char **near = outcome != NULL ? outcome->near : NULL; near != NULL && *near != NULL;
       near++) {
    g_autofree char *like =
        g_strdup_printf (_ ("Looks like %s. If it is that one, scan or type it."), *near);

    add_note (notes, like);
  }
  add_note (notes, notice);
  gtk_label_set_text (self->notes, notes->str);
  gtk_widget_set_visible (GTK_WIDGET (self->notes), notes->len > 0);
}

/* What is likely only: other words, a shape of dashes, no fill (DESIGN, Stations). */
static void
render_provisional (BhVerdictView *self, const BhOutcome *outcome, guint units)
{
  const BhProvisionalLook *look = bh_provisional_look (outcome->ruling->verdict);
  const Face face = { look->shape, "provisional", _ (look->word), _ (look->advice) };
  g_autoptr (GString) rule = g_string_new (_ ("Not on record yet: the store is out of reach"));

  if (units > 1)
    g_string_append_printf (rule, _ (" · unit %u of %u in this box"), outcome->unit, units);
  set_face (self, &face, rule->str);
}

static void
render_outcome (BhVerdictView *self, const BhOutcome *outcome, guint units)
{
  const BhVerdictLook *look = bh_verdict_look (outcome->ruling->verdict);
  const Face face = { look->shape, look->style, _ (outcome->ruling->title),
                      _ (outcome->ruling->advice) };
  g_autoptr (GString) rule = g_string_new (NULL);

  g_string_printf (rule, _ ("Rule %s"), outcome->ruling->rule);
  if (outcome->ruling->discrepancy != NULL)
    g_string_append_printf (rule, " · %s", _ (outcome->ruling->discrepancy));
  if (units > 1)
    g_string_append_printf (rule, _ (" · unit %u of %u in this box"), outcome->unit, units);
  set_face (self, &face, rule->str);
}

void
bh_verdict_view_render (BhVerdictView *self, BhDock *dock)
{
  const BhOutcome *outcome = bh_dock_outcome (dock);
  const GError *error = bh_dock_error (dock);
  const char *notice = bh_dock_notice (dock);
  const Face faces[] = {
    [BH_SHOW_EMPTY] = { BH_SHAPE_WAITING, "empty", _ ("READY"),
                        _ ("Scan anything on the box: carrier label, RMA number, serial, part.") },
    [BH_SHOW_READING] = { BH_SHAPE_WAITING, "waiting", _ ("READING"), _ ("One moment.") },
    [BH_SHOW_NOT_SAVED] = { BH_SHAPE_FAULT, "fault", _ ("NOT SAVED"), "" },
    [BH_SHOW_VOIDED] = { BH_SHAPE_WAITING, "voided", _ ("VOIDED"),
                         _ ("Scan the next box, or this one again.") },
  };
  BhShow show = bh_dock_show (dock);

  if (show == BH_SHOW_VERDICT && outcome != NULL) {
    (outcome->provisional ? render_provisional : render_outcome) (self, outcome,
                                                                  bh_dock_outcomes (dock)->len);
  } else {
    Face face = faces[show == BH_SHOW_VERDICT ? BH_SHOW_EMPTY : show];

    if (show == BH_SHOW_NOT_SAVED && error != NULL)
      face.advice = error->message;
    set_face (self, &face,
              show == BH_SHOW_NOT_SAVED
                  ? _ ("Nothing was written. Keep the box here; F5 tries again.")
                  : "");
    outcome = NULL;
  }
  set_facts (self, outcome);
  set_notes (self, outcome, notice);
}

void
bh_verdict_view_set_label (BhVerdictView *self, GdkPixbuf *preview)
{
  if (preview != NULL)
    gtk_image_set_from_pixbuf (self->label_image, preview);
  gtk_widget_set_visible (self->label_button, preview != NULL);
}

static void
bh_verdict_view_class_init (BhVerdictViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_css_name (widget_class, "verdict");
  gtk_widget_class_set_template_from_resource (widget_class, "/org/backhaul/ui/verdict-view.ui");
  gtk_widget_class_bind_template_child (widget_class, BhVerdictView, head);
  gtk_widget_class_bind_template_child (widget_class, BhVerdictView, word);
  gtk_widget_class_bind_template_child (widget_class, BhVerdictView, rule);
  gtk_widget_class_bind_template_child (widget_class, BhVerdictView, advice);
  gtk_widget_class_bind_template_child (widget_class, BhVerdictView, notes);
  gtk_widget_class_bind_template_child (widget_class, BhVerdictView, facts);
  gtk_widget_class_bind_template_child (widget_class, BhVerdictView, label_button);
  gtk_widget_class_bind_template_child (widget_class, BhVerdictView, label_image);
  gtk_widget_class_bind_template_child (widget_class, BhVerdictView, label_caption);
}

static void
bh_verdict_view_init (BhVerdictView *self)
{
  AtkObject *accessible;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->shape = BH_SHAPE_AREA (bh_shape_area_new (BH_SHAPE_WAITING, 132));
  gtk_box_pack_start (self->head, GTK_WIDGET (self->shape), FALSE, FALSE, 0);
  gtk_label_set_text (self->label_caption, _ ("F12 prints the label"));
  accessible = gtk_widget_get_accessible (GTK_WIDGET (self));
  atk_object_set_role (accessible, ATK_ROLE_ALERT);
  page_name (GTK_WIDGET (self), _ ("Verdict"), "verdict-panel");
  page_name (GTK_WIDGET (self->word), NULL, "verdict");
  page_name (GTK_WIDGET (self->rule), NULL, "rule");
  page_name (GTK_WIDGET (self->advice), NULL, "advice");
  page_name (GTK_WIDGET (self->notes), NULL, "notes");
  page_name (GTK_WIDGET (self->facts), _ ("What is known of the unit"), "facts");
  page_name (self->label_button, _ ("Print the label"), "label");
}
