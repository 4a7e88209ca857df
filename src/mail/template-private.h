/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/mail-template.h"

/* How a language writes a date and an amount: LANGUAGE/language.ini. */
typedef struct {
  char **months; /* twelve, or NULL: ISO 8601 */
  char *date;    /* "{day}. {month} {year}" */
  char *decimal; /* "," */
  char *group;   /* "." */
  char *amount;  /* "{amount} {currency}" */
} BhMailForms;

void bh_mail_forms_clear (BhMailForms *self);
/* Errors: BH_ERROR_INPUT. A file that is not there leaves ISO dates and plain numbers. */
gboolean bh_mail_forms_load (BhMailForms *self, const char *path, GError **error);
char *bh_mail_forms_date (const BhMailForms *self, const char *day);
char *bh_mail_forms_amount (const BhMailForms *self, const char *amount, const char *currency);

/* ---- a parsed file ------------------------------------------------------------------ */

typedef struct {
  gboolean field;
  char *text; /* a field's name, or what stands there */
} BhMailPiece;

typedef enum {
  BH_MAIL_WORDS,
  BH_MAIL_EACH, /* its one piece names the list */
  BH_MAIL_END,
} BhMailLineKind;

typedef struct {
  BhMailLineKind kind;
  gboolean keep;     /* though all its fields are empty */
  GPtrArray *pieces; /* BhMailPiece */
} BhMailLine;

/* (element-type BhMailLine). @first: the number of the first line, for messages; @markup:
 * a brace that begins no field is a brace, as style sheets have them. */
GPtrArray *bh_mail_lines_parse (const char *path, const char *text, guint first, gboolean markup,
                                GError **error);
/* @escape: for HTML */
char *bh_mail_lines_fill (GPtrArray *lines, const BhMailForms *forms, BhMailFields *fields,
                          gboolean escape);

/* ---- fields ---------------------------------------------------------------------------- */

/* Whether a template may say @name; in rows of @list (NULL: outside of any). */
gboolean bh_mail_field_known (const char *name, const char *list);
gboolean bh_mail_list_known (const char *list);
/* (transfer full): one line, "" when empty */
char *bh_mail_fields_show (BhMailFields *self, const char *name, const BhMailForms *forms);
BhMailFields *bh_mail_fields_row (BhMailFields *self, const char *list, guint n);
