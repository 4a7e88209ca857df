/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "sidebar.h"

#include "page.h"
#include "pages.h"

struct _BhSidebar {
  GtkListBox parent_instance;

  guint roles; /* 1 << role */
};

enum { CHOSEN, ENTERED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BhSidebar, bh_sidebar, GTK_TYPE_LIST_BOX)

static const BhPageKind *
kind_of (GtkListBoxRow *row)
{
  guint n;

  return &bh_page_kinds (&n)[gtk_list_box_row_get_index (row)];
}

static GtkWidget *
row_new (const BhPageKind *kind)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *icon = gtk_image_new_from_icon_name (kind->icon, GTK_ICON_SIZE_MENU);
  GtkWidget *title = page_label (_ (kind->title), NULL);
  g_autofree char *id = g_strdup_printf ("page-%s", kind->name);
  g_autofree char *key = g_strdup_printf (_ ("Ctrl+%c"), g_ascii_toupper (kind->key));

  /* one short word, never "Calen…": a page beside it that wants much gives way */
  gtk_label_set_line_wrap (GTK_LABEL (title), FALSE);
  gtk_container_add (GTK_CONTAINER (box), icon);
  gtk_container_add (GTK_CONTAINER (box), title);
  gtk_container_add (GTK_CONTAINER (row), box);
  gtk_widget_set_tooltip_text (row, key);
  page_name (row, _ (kind->title), id);
  gtk_widget_show_all (row);
  return row;
}

static void
bh_sidebar_row_selected (GtkListBox *box, GtkListBoxRow *row)
{
  if (row != NULL)
    g_signal_emit (box, signals[CHOSEN], 0, kind_of (row)->name);
}

static void
bh_sidebar_row_activated (GtkListBox *box, GtkListBoxRow *row)
{
  g_signal_emit (box, signals[ENTERED], 0, kind_of (row)->name);
}

static void
bh_sidebar_class_init (BhSidebarClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  GTK_LIST_BOX_CLASS (klass)->row_selected = bh_sidebar_row_selected;
  GTK_LIST_BOX_CLASS (klass)->row_activated = bh_sidebar_row_activated;
  signals[CHOSEN] = g_signal_new ("chosen", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[ENTERED] = g_signal_new ("entered", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
bh_sidebar_init (BhSidebar *self)
{
  guint n;
  const BhPageKind *kinds = bh_page_kinds (&n);

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self), GTK_SELECTION_BROWSE);
  for (guint i = 0; i < n; i++)
    gtk_container_add (GTK_CONTAINER (self), row_new (&kinds[i]));
  page_style (GTK_WIDGET (self), "pages");
  page_name (GTK_WIDGET (self), _ ("Pages"), "pages");
  bh_sidebar_set_role (self, BH_ROLE_SUPERVISOR);
}

void
bh_sidebar_set_role (BhSidebar *self, BhRole role)
{
  guint n;
  const BhPageKind *kinds = bh_page_kinds (&n);
  guint shown = 0;

  self->roles = 1u << role;
  for (guint i = 0; i < n; i++) {
    gboolean offered = (kinds[i].roles & self->roles) != 0;

    gtk_widget_set_visible (
        GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (self), (int) i)), offered);
    shown += offered;
  }
  gtk_widget_set_visible (GTK_WIDGET (self), shown > 1);
}

gboolean
bh_sidebar_has_focus (BhSidebar *self)
{
  GtkWidget *window = gtk_widget_get_toplevel (GTK_WIDGET (self));
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (window));

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self));
}

void
bh_sidebar_mark (BhSidebar *self, const char *name)
{
  guint n;
  const BhPageKind *kinds = bh_page_kinds (&n);

  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (kinds[i].name, name) == 0) {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self), (int) i);

      if (row != gtk_list_box_get_selected_row (GTK_LIST_BOX (self)))
        gtk_list_box_select_row (GTK_LIST_BOX (self), row);
    }
}

gboolean
bh_sidebar_offers (BhSidebar *self, const char *name)
{
  const BhPageKind *kind = bh_page_kind_find (name);

  return kind != NULL && (kind->roles & self->roles) != 0;
}

const char *
bh_sidebar_home (BhSidebar *self)
{
  guint n;
  const BhPageKind *kinds = bh_page_kinds (&n);

  if (bh_sidebar_offers (self, "dock"))
    return "dock";
  for (guint i = 0; i < n; i++)
    if ((kinds[i].roles & self->roles) != 0)
      return kinds[i].name;
  return kinds[0].name;
}
