/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "scanners-page.h"

#include "doctor-pane.h"
#include "pages.h"
#include "scanner-pane.h"
#include "scanners.h"
#include "station-pane.h"

struct _BhScannersPage {
  GtkBox parent_instance;

  BhStationPane *station;
  BhScannerPane *scanners;
  BhDoctorPane *doctor;
};

static void page_face (BhPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BhScannersPage, bh_scanners_page, GTK_TYPE_BOX,
                               G_IMPLEMENT_INTERFACE (BH_TYPE_PAGE, page_face))

static void
shown (BhPage *page)
{
  BhScannersPage *self = BH_SCANNERS_PAGE (page);

  bh_station_pane_read (self->station);
  bh_scanner_pane_read (self->scanners);
  bh_doctor_pane_show (self->doctor);
}

/* No field waits for the keys of a scanner; Tab goes to the settings. */
static void
focus (BhPage *page)
{
  gtk_window_set_focus (GTK_WINDOW (gtk_widget_get_toplevel (GTK_WIDGET (page))), NULL);
}

static gboolean
scanned (BhPage *page, const char *text)
{
  const BhScannerRead *read = bh_scanners_read (bh_scanners_of (GTK_WIDGET (page)));

  if (read != NULL)
    bh_doctor_pane_take (BH_SCANNERS_PAGE (page)->doctor, read);
  return TRUE;
}

static gboolean
back (BhPage *page)
{
  return bh_doctor_pane_restart (BH_SCANNERS_PAGE (page)->doctor);
}

static void
page_face (BhPageInterface *iface)
{
  iface->shown = shown;
  iface->focus = focus;
  iface->scanned = scanned;
  iface->back = back;
}

static void
bh_scanners_page_class_init (BhScannersPageClass *klass)
{
}

static GtkWidget *
scrolled (GtkWidget *pane)
{
  GtkWidget *window = gtk_scrolled_window_new (NULL, NULL);

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (window), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_container_add (GTK_CONTAINER (window), pane);
  g_object_set (pane, "margin", 12, "valign", GTK_ALIGN_START, NULL);
  gtk_widget_show (gtk_bin_get_child (GTK_BIN (window)));
  gtk_widget_show (window);
  return window;
}

static void
bh_scanners_page_init (BhScannersPage *self)
{
  gtk_box_set_homogeneous (GTK_BOX (self), TRUE);
  self->scanners = BH_SCANNER_PANE (bh_scanner_pane_new ());
  self->doctor = BH_DOCTOR_PANE (bh_doctor_pane_new ());
}

GtkWidget *
bh_scanners_page_new (BhWorker *acts, BhWorker *reads)
{
  BhScannersPage *self = g_object_new (BH_TYPE_SCANNERS_PAGE, NULL);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);

  self->station = BH_STATION_PANE (bh_station_pane_new (reads));
  gtk_box_pack_start (GTK_BOX (column), GTK_WIDGET (self->station), FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (column), GTK_WIDGET (self->scanners), FALSE, FALSE, 0);
  gtk_widget_show (column);
  gtk_box_pack_start (GTK_BOX (self), scrolled (column), TRUE, TRUE, 0);
  gtk_box_pack_start (GTK_BOX (self), scrolled (GTK_WIDGET (self->doctor)), TRUE, TRUE, 0);
  return GTK_WIDGET (self);
}
