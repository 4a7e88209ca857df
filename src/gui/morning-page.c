/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "morning-page.h"

#include "backhaul/morning.h"
#include "page.h"
#include "pages.h"

/* of a row, from 1 on */
#define PLACE "place"

struct _BhMorningPage {
  GtkBox parent_instance;

  GtkLabel *said;
  GtkListBox *list;

  BhWorker *reads;
  guint number;     /* of the newest reading */
  gboolean reading; /* it is not answered yet */
  gboolean waiting; /* the keys are for the first line that leads on */
  gboolean gone;
};

static void page_face (BhPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BhMorningPage, bh_morning_page, GTK_TYPE_BOX,
                               G_IMPLEMENT_INTERFACE (BH_TYPE_PAGE, page_face))

/* ---- where a line leads ---------------------------------------------------------- */

typedef struct {
  const char *page;
  char *filter;
} Way;

static void
way_free (gpointer data)
{
  Way *way = data;

  g_free (way->filter);
  g_free (way);
}

/* Some things have a page of their own in the window. NULL: there is none. */
static Way *
way_of (const BhMorningFigure *figure)
{
  static const struct {
    const char *page;
    const char *filter; /* how it begins */
    const char *to;
    const char *with; /* before the rest of the filter */
  } moved[] = {
    { "dock", "held", "holds", NULL },
    { "dock", "expected", "due", "kind=C1" },
    { "cases", "state=", "due", "kind=C6 " },
    { "due", "claims=", "due", "kind=C1 state=paused" },
  };
  Way *way = g_new0 (Way, 1);

  way->page = figure->page;
  way->filter = g_strdup (figure->filter);
  for (gsize i = 0; i < G_N_ELEMENTS (moved); i++)
    if (g_strcmp0 (figure->page, moved[i].page) == 0 &&
        g_str_has_prefix (figure->filter, moved[i].filter)) {
      g_free (way->filter);
      way->page = moved[i].to;
      way->filter = moved[i].with != NULL && g_str_has_suffix (moved[i].with, " ")
                        ? g_strconcat (moved[i].with, figure->filter, NULL)
                        : g_strdup (moved[i].with);
      break;
    }
  if (bh_page_kind_find (way->page) != NULL)
    return way;
  way_free (way);
  return NULL;
}

static void
on_row (GtkListBox *list, GtkListBoxRow *row, BhMorningPage *self)
{
  const Way *way = g_object_get_data (G_OBJECT (row), "way");

  if (way == NULL)
    return;
  if (g_strcmp0 (way->page, "due") == 0)
    page_open (GTK_WIDGET (self), way->page, way->filter != NULL ? way->filter : "");
  else
    g_action_group_activate_action (G_ACTION_GROUP (gtk_widget_get_toplevel (GTK_WIDGET (self))),
                                    "page", g_variant_new_string (way->page));
}

static void
take_focus (BhMorningPage *self)
{
  for (int i = 0;; i++) {
    GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, i);

    if (row == NULL)
      return;
    if (gtk_list_box_row_get_activatable (row)) {
      self->waiting = FALSE;
      gtk_widget_grab_focus (GTK_WIDGET (row));
      return;
    }
  }
}

/* ---- the lines ------------------------------------------------------------------- */

/* The line of that name, which keeps the keys wherever it goes; a new one. */
static GtkWidget *
find_row (BhMorningPage *self, const char *name)
{
  GtkWidget *row;

  for (int i = 0; (row = GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, i))) != NULL; i++)
    if (g_strcmp0 (atk_object_get_accessible_id (gtk_widget_get_accessible (row)), name) == 0)
      return row;
  row = gtk_list_box_row_new ();
  gtk_list_box_insert (self->list, row, -1);
  return row;
}

static void
set_style (GtkWidget *row, const char *style, gboolean has)
{
  GtkStyleContext *context = gtk_widget_get_style_context (row);

  if (has)
    gtk_style_context_add_class (context, style);
  else
    gtk_style_context_remove_class (context, style);
}

static void
fill_row (GtkWidget *row, const BhMorningFigure *figure, guint place)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 14);
  GtkWidget *old = gtk_bin_get_child (GTK_BIN (row));
  gboolean alarm = figure->alarm && figure->count > 0;
  GtkWidget *mark = page_text (alarm ? "▲" : "", "mark");
  Way *way = figure->count > 0 ? way_of (figure) : NULL;

  gtk_label_set_width_chars (GTK_LABEL (mark), 2);
  gtk_container_add (GTK_CONTAINER (box), mark);
  gtk_container_add (GTK_CONTAINER (box), page_text (figure->text, NULL));
  if (way != NULL)
    gtk_box_pack_end (GTK_BOX (box),
                      gtk_image_new_from_icon_name ("go-next-symbolic", GTK_ICON_SIZE_MENU), FALSE,
                      FALSE, 0);
  g_object_set_data_full (G_OBJECT (row), "way", way, way_free);
  g_object_set_data (G_OBJECT (row), PLACE, GUINT_TO_POINTER (place));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), way != NULL);
  set_style (row, "figure", TRUE);
  set_style (row, "late", alarm);
  set_style (row, "none", figure->count == 0);
  if (old != NULL)
    gtk_widget_destroy (old);
  gtk_container_add (GTK_CONTAINER (row), box);
  page_name (row, figure->text, figure->name);
}

static int
by_place (GtkListBoxRow *one, GtkListBoxRow *two, gpointer data)
{
  return GPOINTER_TO_INT (g_object_get_data (G_OBJECT (one), PLACE)) -
         GPOINTER_TO_INT (g_object_get_data (G_OBJECT (two), PLACE));
}

/* Lines that nothing was put into are of another role. */
static void
fill (BhMorningPage *self, GPtrArray *figures)
{
  g_autoptr (GList) rows = gtk_container_get_children (GTK_CONTAINER (self->list));
  guint place = 0;

  for (GList *row = rows; row != NULL; row = row->next)
    g_object_set_data (row->data, PLACE, NULL);
  /* what there is nothing of is told too, below */
  for (int none = 0; none < 2; none++)
    for (guint i = 0; i < figures->len; i++) {
      const BhMorningFigure *figure = g_ptr_array_index (figures, i);

      if ((figure->count == 0) == (none != 0))
        fill_row (find_row (self, figure->name), figure, ++place);
    }
  for (GList *row = rows; row != NULL; row = row->next)
    if (g_object_get_data (row->data, PLACE) == NULL)
      gtk_widget_destroy (row->data);
  gtk_list_box_invalidate_sort (self->list);
  gtk_widget_show_all (GTK_WIDGET (self->list));
}

typedef struct {
  BhMorningPage *page;
  guint number;
} Ask;

static gpointer
load (BhDesk *desk, gpointer data, GError **error)
{
  return bh_desk_morning (desk, bh_desk_role (desk), bh_now_us (), error);
}

static void
on_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Ask *ask = data;
  g_autoptr (BhMorningPage) self = ask->page;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) figures = bh_worker_finish (result, &error);
  guint alarms = 0;
  g_autofree char *said = NULL;

  if (self->gone || ask->number != self->number)
    return;
  self->reading = FALSE;
  if (figures == NULL) {
    page_clear (GTK_CONTAINER (self->list));
    gtk_label_set_text (self->said, error->message);
    return;
  }
  for (guint i = 0; i < figures->len; i++) {
    const BhMorningFigure *figure = g_ptr_array_index (figures, i);

    alarms += figure->alarm && figure->count > 0;
  }
  fill (self, figures);
  said = alarms == 0 ? g_strdup (_ ("Nothing is late."))
                     : g_strdup_printf (ngettext ("%u thing is late or has failed.",
                                                  "%u things are late or have failed.", alarms),
                                        alarms);
  gtk_label_set_text (self->said, said);
  if (self->waiting)
    take_focus (self);
}

/* ---- as a page ----------------------------------------------------------------- */

static void
read_figures (BhMorningPage *self)
{
  Ask *ask = g_new0 (Ask, 1);

  *ask = (Ask){ g_object_ref (self), ++self->number };
  self->reading = TRUE;
  bh_worker_run (self->reads, load, NULL, NULL, (GDestroyNotify) g_ptr_array_unref, on_ready, ask);
}

static void
shown (BhPage *page)
{
  BH_MORNING_PAGE (page)->waiting = FALSE;
  read_figures (BH_MORNING_PAGE (page));
}

static gboolean
changed (BhPage *page)
{
  BhMorningPage *self = BH_MORNING_PAGE (page);

  if (self->reading)
    return FALSE;
  read_figures (self);
  return TRUE;
}

static void
focus (BhPage *page)
{
  /* its lines are on their way: shown() came before */
  BH_MORNING_PAGE (page)->waiting = TRUE;
}

static void
page_face (BhPageInterface *iface)
{
  iface->shown = shown;
  iface->changed = changed;
  iface->focus = focus;
}

static void
bh_morning_page_dispose (GObject *object)
{
  BH_MORNING_PAGE (object)->gone = TRUE;
  G_OBJECT_CLASS (bh_morning_page_parent_class)->dispose (object);
}

static void
bh_morning_page_finalize (GObject *object)
{
  g_clear_object (&BH_MORNING_PAGE (object)->reads);
  G_OBJECT_CLASS (bh_morning_page_parent_class)->finalize (object);
}

static void
bh_morning_page_class_init (BhMorningPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bh_morning_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = bh_morning_page_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/backhaul/ui/morning-page.ui");
  gtk_widget_class_bind_template_child (widget_class, BhMorningPage, said);
  gtk_widget_class_bind_template_child (widget_class, BhMorningPage, list);
  gtk_widget_class_bind_template_callback (widget_class, on_row);
}

static void
bh_morning_page_init (BhMorningPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_sort_func (self->list, by_place, NULL, NULL);
  page_name (GTK_WIDGET (self->said), NULL, "morning-said");
  page_name (GTK_WIDGET (self->list), _ ("This morning"), "morning");
}

GtkWidget *
bh_morning_page_new (BhWorker *acts, BhWorker *reads)
{
  BhMorningPage *self = g_object_new (BH_TYPE_MORNING_PAGE, NULL);

  self->reads = g_object_ref (reads);
  return GTK_WIDGET (self);
}
