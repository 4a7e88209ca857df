/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store.h"

G_BEGIN_DECLS

/**
 * SECTION:rma-table
 *
 * An RMA and its lines as rows, for import and export. Functions that find
 * return %TRUE with @id 0 when there is nothing; %FALSE is a failure. Times are
 * 0 for none.
 */
typedef struct {
  gint64 id;
  char *rma;
  char *state;
  char *account;
  char *site;
  char *case_no;
  char *contact;
  char *reference;
  char *destination;
  gint64 created_us;
  gint64 confirmed_us;
  gint64 closed_us;
} BhRmaHead;

void bh_rma_head_clear (BhRmaHead *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BhRmaHead, bh_rma_head_clear)

typedef struct {
  gint64 id;
  int line;
  char *serial;
  char *part;
  char *state;
  char *flag;
  gint64 received_us;
  char *return_by;
} BhRmaLine;

void bh_rma_line_clear (BhRmaLine *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BhRmaLine, bh_rma_line_clear)

/* "closed" for an RMA that takes no goods any more, else "open" */
const char *bh_rma_status_of (const char *state);

gboolean bh_store_rma_head (BhStore *self, const char *rma, BhRmaHead *head, GError **error);
gboolean bh_store_rma_line (BhStore *self, gint64 rma_id, const char *serial, BhRmaLine *line,
                            GError **error);
/* Lines of an RMA: how many there are (the highest number), and await goods. */
gboolean
bh_store_count_lines (BhStore *self, gint64 rma_id, gint64 *lines, gint64 *awaited, GError **error);
/* *rma (transfer full): of the awaited line of @serial, or NULL */
gboolean bh_store_awaited_under (BhStore *self, const char *serial, char **rma, GError **error);
/* @head->id is set */
gboolean bh_store_add_rma (BhStore *self, BhRmaHead *head, GError **error);
/* All but number and account; the lines' copies too (F1). */
gboolean bh_store_set_rma (BhStore *self, const BhRmaHead *head, GError **error);
/* @line->id and @line->line are set; @account_name: F1's copy */
gboolean bh_store_add_line (BhStore *self, const BhRmaHead *head, const char *account_name,
                            BhRmaLine *line, GError **error);
gboolean bh_store_set_line (BhStore *self, const BhRmaLine *line, GError **error);
/* A clock with its end: @state "open", "met", "missed", "void". */
gboolean bh_store_add_clock (BhStore *self, const char *kind, gint64 line_id, const char *state,
                             gint64 started_us, const char *due, int policy_days, gint64 ended_us,
                             const char *zone, const char *calendar, GError **error);
/* Moves a clock that runs, unless it was paused or extended: then a person's word holds. */
gboolean bh_store_restart_clock (BhStore *self, const char *kind, gint64 line_id, gint64 started_us,
                                 const char *due, const char *zone, const char *calendar,
                                 gint64 *moved, GError **error);
/* *account NULL: no such case */
gboolean bh_store_case_account (BhStore *self, const char *case_no, char **account, GError **error);
gboolean
bh_store_add_case (BhStore *self, const char *case_no, const char *account, const char *site,
                   const char *priority, const char *contact, gint64 opened_us, GError **error);
/* *part NULL: not a unit on record */
gboolean bh_store_unit_part (BhStore *self, const char *serial, char **part, GError **error);
gboolean
bh_store_third_party (BhStore *self, const char *part, gboolean *third_party, GError **error);
gboolean bh_store_account_name (BhStore *self, const char *account, char **name, GError **error);
/* *zone NULL: no such destination */
gboolean bh_store_place (BhStore *self, const char *destination, char **zone, char **calendar,
                         GError **error);

/* Every line with its RMA, in the order of number and line. */
typedef struct _BhRmaReader BhRmaReader;
BhRmaReader *bh_store_read_rmas (BhStore *self, GError **error);
/* The structs hold texts of the statement: do not clear them. @priority: of the case */
gboolean
bh_rma_reader_next (BhRmaReader *self, BhRmaHead *head, BhRmaLine *line, const char **priority,
                    const char **zone, gboolean *row, GError **error);
void bh_rma_reader_free (BhRmaReader *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhRmaReader, bh_rma_reader_free)

G_END_DECLS
