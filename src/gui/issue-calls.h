/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/choices.h"
#include "backhaul/issue.h"
#include "backhaul/returns.h"
#include "worker.h"

G_BEGIN_DECLS

/* What the Issue page asks the desk. Each frees what it is given to keep. */

/* Where units may go to, and the drafts that wait (N1). */
typedef struct {
  GPtrArray *destinations; /* BhChoice */
  GPtrArray *drafts;       /* RMA numbers */
  gboolean may_override;   /* confirm without coverage (N2) */
  char *ended;             /* the draft that was asked after is none any more … */
  char *why;               /* … and who ended it */
} BhIssueStart;

void bh_issue_start_free (BhIssueStart *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhIssueStart, bh_issue_start_free)
/* @rma: (nullable): a draft that is worked on */
void bh_call_issue_start_async (BhWorker *reads, const char *rma, GAsyncReadyCallback callback,
                                gpointer data);

/* Whose a case is. */
typedef struct {
  char *case_no; /* normalised */
  char *account;
  char *account_name;
  char *site;       /* NULL: none */
  char *contact;    /* NULL: none */
  GPtrArray *sites; /* BhChoice */
} BhIssueCase;

void bh_issue_case_free (BhIssueCase *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhIssueCase, bh_issue_case_free)
void bh_call_issue_case_async (BhWorker *reads, const char *case_no, GAsyncReadyCallback callback,
                               gpointer data);

/* A BhUnitCheck. @destination may be NULL. */
void bh_call_issue_check_async (BhWorker *reads, const char *serial, const char *destination,
                                GAsyncReadyCallback callback, gpointer data);

/* The form as it was typed; owns its texts. */
typedef struct {
  char *rma; /* NULL: it is no draft yet */
  char *case_no;
  char *account;
  char *site;
  char *destination;
  char *reference;
  char *contact;
  GPtrArray *add;    /* units that the draft does not have, "SERIAL:FLAG" */
  GPtrArray *reflag; /* that it has with another flag, likewise */
  GPtrArray *remove; /* serials that it is to lose */
  /* of the calls, which make them from the words above */
  BhIssueUnit *units;
  BhIssueUnit *flags;
} BhIssueForm;

BhIssueForm *bh_issue_form_new (void);
void bh_issue_form_free (BhIssueForm *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhIssueForm, bh_issue_form_free)
/* Makes the draft, or changes it. Takes @form. Its number. */
void bh_call_issue_save_async (BhWorker *acts, BhIssueForm *form, GAsyncReadyCallback callback,
                               gpointer data);

/* @reason: (nullable): confirms without coverage. The number. */
void bh_call_issue_confirm_async (BhWorker *acts, const char *rma, const char *reason,
                                  GAsyncReadyCallback callback, gpointer data);
/* A BhRmaPage. */
void bh_call_issue_draft_async (BhWorker *reads, const char *rma, GAsyncReadyCallback callback,
                                gpointer data);

G_END_DECLS
