/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "message.h"

G_BEGIN_DECLS

/**
 * SECTION:mail-template
 *
 * A mail's words, which a site edits: LANGUAGE/KIND.txt, and LANGUAGE/KIND.html where the
 * mail is not just the text with markup around it. The first line is "Subject: …", then an
 * empty line, then the text. What may stand in it:
 *
 *   {rma.number}      a field; a line whose fields are all empty is left out
 *   {#each units}     on a line of its own: what follows, up to
 *   {/each}           this, is written for each row, with the row's own fields
 *   {{                a brace
 *
 * A field's content is text: no header, no markup, no line of its own.
 */

/* ---- what is filled in ---------------------------------------------------------- */

typedef struct _BhMailFields BhMailFields;

BhMailFields *bh_mail_fields_new (void);
void bh_mail_fields_free (BhMailFields *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhMailFields, bh_mail_fields_free)

/* NULL values leave the field empty. A name that no template may use is a fault of the
 * program (g_return_if_fail). */
void bh_mail_fields_set (BhMailFields *self, const char *name, const char *value);
/* @day: "2026-11-24"; shown in the language's form */
void bh_mail_fields_set_day (BhMailFields *self, const char *name, const char *day);
/* @amount: "1234.00" */
void bh_mail_fields_set_amount (BhMailFields *self, const char *name, const char *amount,
                                const char *currency);
/* (transfer none): a new row of the list "units" or "address" */
BhMailFields *bh_mail_fields_add (BhMailFields *self, const char *list);
guint bh_mail_fields_rows (BhMailFields *self, const char *list);

/* (transfer full): an example of every field, for a preview. */
BhMailFields *bh_mail_fields_sample (void);

/* ---- templates ------------------------------------------------------------------- */

typedef struct _BhMailTemplate BhMailTemplate;

/* The kinds that come with the program, "confirmation" … ; ended by NULL. */
const char *const *bh_mail_kinds (void);
/* Their languages, "en" first; ended by NULL. */
const char *const *bh_mail_languages (void);

/**
 * bh_mail_template_load:
 * @folder: (nullable): the site's own templates; a file there goes before the shipped one
 * @language: "de-AT" finds de; a language without the kind, and %NULL, find en
 *
 * Errors: %BH_ERROR_NOT_FOUND: no such kind; %BH_ERROR_INPUT: "FILE:LINE: what is wrong":
 * a broken template of the site is told, and the shipped one not taken for it.
 */
BhMailTemplate *
bh_mail_template_load (const char *folder, const char *kind, const char *language, GError **error);
void bh_mail_template_free (BhMailTemplate *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhMailTemplate, bh_mail_template_free)

const char *bh_mail_template_language (BhMailTemplate *self);
const char *bh_mail_template_path (BhMailTemplate *self);

/* Sets subject, text, html and language of @message. */
void bh_mail_template_fill (BhMailTemplate *self, BhMailFields *fields, BhMessage *message);

G_END_DECLS
