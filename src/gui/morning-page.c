/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "morning-page.h"

#include "backhaul/morning.h"
#include "page.h"
#include "pages.h"

struct _BhMorningPage {
  GtkBox parent_instance;

  GtkLabel *said;
  GtkListBox *list;

  BhWorker *reads;
  guint number;     /* of the newest reading */
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

static GtkWidget *
row_new (const BhMorningFigure *figure)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 14);
  gboolean alarm = figure->alarm && figure->count > 0;
  GtkWidget *mark = page_text (alarm ? "▲" : "", "mark");
  Way *way = figure->count > 0 ? way_of (figure) : NULL;

  gtk_label_set_width_chars (GTK_LABEL (mark), 2);
  gtk_container_add (GTK_CONTAINER (box), mark);
  gtk_container_add (GTK_CONTAINER (box), page_text (figure->text, NULL));
  if (way != NULL) {
    gtk_box_pack_end (GTK_BOX (box),
                      gtk_image_new_from_icon_name ("go-next-symbolic", GTK_ICON_SIZE_MENU), FALSE,
                      FALSE, 0);
    g_object_set_data_full (G_OBJECT (row), "way", way, way_free);
  }
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), way != NULL);
  page_style (row, "figure");
  if (alarm)
    page_style (row, "late");
  if (figure->count == 0)
    page_style (row, "none");
  gtk_container_add (GTK_CONTAINER (row), box);
  page_name (row, figure->text, figure->name);
  return row;
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
  page_clear (GTK_CONTAINER (self->list));
  if (figures == NULL) {
    gtk_label_set_text (self->said, error->message);
    return;
  }
  for (guint i = 0; i < figures->len; i++) {
    const BhMorningFigure *figure = g_ptr_array_index (figures, i);

    if (figure->count == 0)
      continue;
    alarms += figure->alarm;
    gtk_container_add (GTK_CONTAINER (self->list), row_new (figure));
  }
  /* what there is nothing of is told too, below */
  for (guint i = 0; i < figures->len; i++) {
    const BhMorningFigure *figure = g_ptr_array_index (figures, i);

    if (figure->count == 0)
      gtk_container_add (GTK_CONTAINER (self->list), row_new (figure));
  }
  said = alarms == 0 ? g_strdup (_ ("Nothing is late."))
                     : g_strdup_printf (ngettext ("%u thing is late or has failed.",
                                                  "%u things are late or have failed.", alarms),
                                        alarms);
  gtk_label_set_text (self->said, said);
  gtk_widget_show_all (GTK_WIDGET (self->list));
  if (self->waiting)
    take_focus (self);
}

/* ---- as a page ----------------------------------------------------------------- */

static void
shown (BhPage *page)
{
  BhMorningPage *self = BH_MORNING_PAGE (page);
  Ask *ask = g_new0 (Ask, 1);

  self->waiting = FALSE;
  *ask = (Ask){ g_object_ref (self), ++self->number };
  bh_worker_run (self->reads, load, NULL, NULL, (GDestroyNotify) g_ptr_array_unref, on_ready, ask);
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
