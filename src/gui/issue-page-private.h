/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "label-preview.h"
#include "issue-calls.h"
#include "issue-page.h"
#include "issue-units.h"
#include "pages.h"

G_BEGIN_DECLS

/* The Issue page in two rooms: issue-page.c has what a person does, issue-draft.c how it is
 * kept while it is typed. */

struct _BhIssuePage {
  GtkBox parent_instance;

  GtkWidget *fresh;
  GtkListBox *drafts;
  GtkLabel *title;
  GtkGrid *form;
  GtkEntry *case_no;
  GtkLabel *account;
  GtkComboBoxText *site;
  GtkComboBoxText *destination;
  GtkEntry *reference;
  GtkEntry *contact;
  GtkEntry *serials;
  GtkTreeView *tree;
  GtkLabel *sum;
  GtkWidget *override;
  GtkEntry *reason;
  GtkLabel *told;
  GtkWidget *confirm;
  GtkBox *live; /* the draft's label */
  BhLabelPreview *live_label;
  GtkWidget *done;
  GtkLabel *done_text;
  GtkImage *preview;
  GtkWidget *print;
  GtkTextView *mail; /* of the RMA confirmed last (N5) */

  BhWorker *acts;
  BhWorker *reads;
  GtkListStore *units;
  GPtrArray *lost;  /* serials to take from the draft */
  char *rma;        /* the draft; NULL: there is none yet */
  BhIssueCase *of;  /* the case that was typed; NULL: none such */
  char *confirmed;  /* the RMA confirmed last; NULL: none */
  guint asked_case; /* number of the newest question */
  guint form_no;    /* another for each RMA that is begun */
  guint save_soon;  /* source */
  guint reading;    /* questions for the drafts that are not answered yet */
  gboolean saving;
  gboolean ended;   /* the draft is none any more, by somebody else */
  gboolean changed; /* since it was saved */
  gboolean filling; /* by the page, not by a person */
  gboolean may_override;
  gboolean gone;
};

/* What is asked for one RMA must not be told of the next. */
typedef struct {
  BhIssuePage *page;
  guint form_no;
  guint number;
  char *serial;
  GPtrArray *added;   /* "SERIAL:FLAG" that a save takes to the draft */
  GPtrArray *flagged; /* likewise, of those that it has */
  GPtrArray *removed; /* and from it */
} BhIssueAsk;

BhIssueAsk *bh_issue_ask_new (BhIssuePage *self, const char *serial);
void bh_issue_ask_free (BhIssueAsk *ask);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhIssueAsk, bh_issue_ask_free)
gboolean bh_issue_ask_is_for_now (const BhIssueAsk *ask);

void bh_issue_page_tell (BhIssuePage *self, const char *text);
/* What may be done now, in words and buttons. */
void bh_issue_page_set_sum (BhIssuePage *self);
void bh_issue_page_set_title (BhIssuePage *self);
/* Code of what is chosen; NULL: nothing. */
const char *bh_issue_page_chosen (GtkComboBoxText *combo);
void bh_issue_page_save_later (BhIssuePage *self);
/* At once; as a source function. */
gboolean bh_issue_page_save (gpointer data);
/* BhPageInterface.changed */
gboolean bh_issue_page_changed (BhPage *page);
/* Makes the label of the draft anew; off the main thread. */
void bh_issue_page_preview (BhIssuePage *self);
void bh_issue_page_read_drafts (BhIssuePage *self);
/* An empty form. */
void bh_issue_page_begin (BhIssuePage *self);
/* A draft by its number, or a new RMA: "CASE" or "CASE SERIAL". */
void bh_issue_page_open (BhPage *page, const char *what);
/* @saved: it is on the draft, with @flag (N6), which may be NULL */
void
bh_issue_page_add_serial (BhIssuePage *self, const char *text, gboolean saved, const char *flag);

G_END_DECLS
