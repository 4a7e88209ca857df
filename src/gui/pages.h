/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "backhaul/print.h"
#include "worker.h"

G_BEGIN_DECLS

/**
 * SECTION:pages
 *
 * The window's pages: a page is a row of the table in pages.c and a widget that is a
 * #BhPage. It is built when it is first visited.
 */

/* What the window asks of a page; each may be left out. */
#define BH_TYPE_PAGE (bh_page_get_type ())
G_DECLARE_INTERFACE (BhPage, bh_page, BH, PAGE, GtkWidget)

struct _BhPageInterface {
  GTypeInterface parent;

  /* It is on screen now: its rows may be old. */
  void (*shown) (BhPage *self);
  /* Something in the store is not what it was: as shown, but somebody is at work here. Cursor,
   * selection, what is in sight and what is being typed stay. FALSE: not now, as it reads or
   * acts; it is told again. Left out: it shows nothing that another station changes. */
  gboolean (*changed) (BhPage *self);
  /* Gives the keys to the widget where work begins. */
  void (*focus) (BhPage *self);
  /* Ctrl+F. Left out: the window's search, on the page of returns. */
  void (*find) (BhPage *self);
  /* A code was scanned, no command. FALSE: it is for the dock. */
  gboolean (*scanned) (BhPage *self, const char *text);
  /* What another page's link names: an RMA, a serial, a case. */
  void (*open) (BhPage *self, const char *what);
  /* Escape. FALSE: there is nothing to leave here. */
  gboolean (*back) (BhPage *self);
  /* Ctrl+P: the label that belongs to what is chosen; the texts stay the page's.
   * none with TRUE: the page has asked for several itself. FALSE: there is none. */
  gboolean (*label) (BhPage *self, BhPrintWish *wish);
};

void bh_page_shown (BhPage *self);
/* FALSE: to be told again, soon. */
gboolean bh_page_changed (BhPage *self);
void bh_page_focus (BhPage *self);
/* FALSE: it has no search of its own. */
gboolean bh_page_find (BhPage *self);
gboolean bh_page_scanned (BhPage *self, const char *text);
void bh_page_open (BhPage *self, const char *what);
gboolean bh_page_back (BhPage *self);
gboolean bh_page_label (BhPage *self, BhPrintWish *wish);

/* A row of the table. */
typedef struct {
  const char *name;  /* of --page, of links and of its button's accessible id, "page-NAME" */
  const char *title; /* untranslated */
  const char *about; /* untranslated: in the sheet of keys */
  const char *icon;
  char key;    /* with Ctrl */
  guint roles; /* 1 << BhRole: who is shown it. What they may do there is the desk's to say. */
  GtkWidget *(*build) (BhWorker *acts, BhWorker *reads);
} BhPageKind;

const BhPageKind *bh_page_kinds (guint *n);
/* NULL: there is none of that name. */
const BhPageKind *bh_page_kind_find (const char *name);

/* Follows a link: shows page @page (a name) with @what. */
void page_open (GtkWidget *from, const char *page, const char *what);

G_END_DECLS
