/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "pages.h"

#include <glib/gi18n.h>

#include "bench-page.h"
#include "calendars-page.h"
#include "cases-page.h"
#include "dock-page.h"
#include "due-page.h"
#include "history-page.h"
#include "holds-page.h"
#include "issue-page.h"
#include "mails-page.h"
#include "morning-page.h"
#include "people-page.h"
#include "printers-page.h"
#include "reports-page.h"
#include "returns-page.h"
#include "scanners-page.h"
#include "unit-page.h"

/* ---- what a page is ------------------------------------------------------------ */

G_DEFINE_INTERFACE (BhPage, bh_page, GTK_TYPE_WIDGET)

static void
bh_page_default_init (BhPageInterface *iface)
{
}

void
bh_page_shown (BhPage *self)
{
  if (BH_PAGE_GET_IFACE (self)->shown != NULL)
    BH_PAGE_GET_IFACE (self)->shown (self);
}

gboolean
bh_page_changed (BhPage *self)
{
  return BH_PAGE_GET_IFACE (self)->changed == NULL || BH_PAGE_GET_IFACE (self)->changed (self);
}

void
bh_page_focus (BhPage *self)
{
  if (BH_PAGE_GET_IFACE (self)->focus != NULL)
    BH_PAGE_GET_IFACE (self)->focus (self);
}

gboolean
bh_page_find (BhPage *self)
{
  if (BH_PAGE_GET_IFACE (self)->find == NULL)
    return FALSE;
  BH_PAGE_GET_IFACE (self)->find (self);
  return TRUE;
}

gboolean
bh_page_scanned (BhPage *self, const char *text)
{
  return BH_PAGE_GET_IFACE (self)->scanned != NULL &&
         BH_PAGE_GET_IFACE (self)->scanned (self, text);
}

void
bh_page_open (BhPage *self, const char *what)
{
  if (BH_PAGE_GET_IFACE (self)->open != NULL)
    BH_PAGE_GET_IFACE (self)->open (self, what);
}

gboolean
bh_page_back (BhPage *self)
{
  return BH_PAGE_GET_IFACE (self)->back != NULL && BH_PAGE_GET_IFACE (self)->back (self);
}

gboolean
bh_page_label (BhPage *self, BhPrintWish *wish)
{
  return BH_PAGE_GET_IFACE (self)->label != NULL && BH_PAGE_GET_IFACE (self)->label (self, wish);
}

/* ---- which there are ----------------------------------------------------------- */

#define R(role)    (1u << BH_ROLE_##role)
#define RECEIVERS  (R (RECEIVER) | R (SUPERVISOR))
#define ALL_BUT_IN (R (TECHNICIAN) | R (CSR) | R (SUPERVISOR) | R (ADMINISTRATOR))

static GtkWidget *
build_unit (BhWorker *acts, BhWorker *reads)
{
  return bh_unit_page_new (reads);
}

/* In the order of the sidebar. V9: a receiver sees the dock, what to expect of it, and nothing
 * else. */
static const BhPageKind kinds[] = {
  { "morning", N_ ("Morning"), N_ ("Morning: what to know first"), "daytime-sunrise-symbolic", '8',
    R (RECEIVER) | ALL_BUT_IN, bh_morning_page_new },
  { "dock", N_ ("Dock"), N_ ("Dock: scan and receive"), "folder-download-symbolic", '1', RECEIVERS,
    bh_dock_page_new },
  { "returns", N_ ("Returns"), N_ ("Returns: search"), "system-search-symbolic", '2', ALL_BUT_IN,
    bh_returns_page_new },
  { "unit", N_ ("Unit"), N_ ("Unit: the life of a serial"), "network-server-symbolic", '3',
    ALL_BUT_IN, build_unit },
  { "due", N_ ("Due"), N_ ("Due: what is late or soon"), "alarm-symbolic", '4',
    R (CSR) | R (SUPERVISOR), bh_due_page_new },
  { "holds", N_ ("Holds"), N_ ("Holds: what the dock held"), "media-playback-pause-symbolic", '5',
    R (CSR) | R (SUPERVISOR), bh_holds_page_new },
  { "cases", N_ ("Cases"), N_ ("Cases: support cases"), "folder-documents-symbolic", '6',
    R (CSR) | R (SUPERVISOR), bh_cases_page_new },
  { "issue", N_ ("Issue"), N_ ("Issue: a new RMA"), "document-new-symbolic", '7',
    R (CSR) | R (SUPERVISOR), bh_issue_page_new },
  { "bench", N_ ("Bench"), N_ ("Bench: repair and failure analysis"),
    "applications-engineering-symbolic", 'b', R (TECHNICIAN) | R (SUPERVISOR), bh_bench_page_new },
  { "mails", N_ ("Mails"), N_ ("Mails: what waits, went or failed"), "mail-send-symbolic", 'm',
    R (CSR) | R (SUPERVISOR), bh_mails_page_new },
  { "printers", N_ ("Printers"), N_ ("Printers: where labels go, and which wait"),
    "printer-symbolic", 'r', R (CSR) | R (SUPERVISOR) | R (ADMINISTRATOR), bh_printers_page_new },
  { "people", N_ ("People"), N_ ("People: who may sign in"), "system-users-symbolic", 'o',
    R (SUPERVISOR) | R (ADMINISTRATOR), bh_people_page_new },
  { "calendars", N_ ("Calendars"), N_ ("Calendars: which days are worked"),
    "x-office-calendar-symbolic", 'k', R (CSR) | R (SUPERVISOR) | R (ADMINISTRATOR),
    bh_calendars_page_new },
  { "reports", N_ ("Reports"), N_ ("Reports: figures and charts"), "view-list-symbolic", '9',
    R (CSR) | R (SUPERVISOR) | R (TECHNICIAN), bh_reports_page_new },
  { "history", N_ ("History"), N_ ("History: who did what to anything"),
    "document-open-recent-symbolic", 'h', ALL_BUT_IN, bh_history_page_new },
  /* of the station, not of the operation: who stands before a scanner that fails, mends it */
  { "scanners", N_ ("Preferences"), N_ ("Preferences: this station, its store, its scanners"),
    "preferences-system-symbolic", ',', R (RECEIVER) | ALL_BUT_IN, bh_scanners_page_new },
};

const BhPageKind *
bh_page_kinds (guint *n)
{
  *n = G_N_ELEMENTS (kinds);
  return kinds;
}

const BhPageKind *
bh_page_kind_find (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i].name, name) == 0)
      return &kinds[i];
  return NULL;
}

void
page_open (GtkWidget *from, const char *page, const char *what)
{
  GtkWidget *window = gtk_widget_get_toplevel (from);

  g_return_if_fail (G_IS_ACTION_GROUP (window));
  g_action_group_activate_action (G_ACTION_GROUP (window), "open",
                                  g_variant_new ("(ss)", page, what));
}
