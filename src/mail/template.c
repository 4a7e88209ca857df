/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-mail"

#include <string.h>

#include "backhaul/data.h"
#include "template-private.h"

#define LONGEST_FILE (256 * 1024)
#define LONGEST_WORD 35 /* of a language or a kind */

struct _BhMailTemplate {
  char *language;
  char *path;
  GPtrArray *subject;
  GPtrArray *text;
  GPtrArray *html; /* NULL: made from the text */
  BhMailForms forms;
};

const char *const *
bh_mail_kinds (void)
{
  static const char *const kinds[] = { "confirmation", "receipt",  "refusal",    "reminder",
                                       "overdue",      "charge",   "credit",     "closing",
                                       "delivered",    "analysis", "correction", NULL };

  return kinds;
}

const char *const *
bh_mail_languages (void)
{
  static const char *const languages[] = { "en", "de", "es", "ja", NULL };

  return languages;
}

void
bh_mail_template_free (BhMailTemplate *self)
{
  if (self == NULL)
    return;
  g_free (self->language);
  g_free (self->path);
  g_clear_pointer (&self->subject, g_ptr_array_unref);
  g_clear_pointer (&self->text, g_ptr_array_unref);
  g_clear_pointer (&self->html, g_ptr_array_unref);
  bh_mail_forms_clear (&self->forms);
  g_free (self);
}

const char *
bh_mail_template_language (BhMailTemplate *self)
{
  return self->language;
}

const char *
bh_mail_template_path (BhMailTemplate *self)
{
  return self->path;
}

/* Part of a path: lower-case letters, digits and dashes, or nothing at all. */
static char *
path_word (const char *text)
{
  g_autofree char *word = g_ascii_strdown (text, -1);
  gsize size = strlen (word);

  g_strdelimit (word, "_", '-');
  if (size == 0 || size > LONGEST_WORD || word[0] == '-' ||
      strspn (word, "abcdefghijklmnopqrstuvwxyz0123456789-") != size)
    return NULL;
  return g_steal_pointer (&word);
}

/* *text stays NULL when there is no such file. */
static gboolean
read_file (const char *path, char **text, GError **error)
{
  g_autoptr (GError) why = NULL;
  gsize size = 0;

  *text = NULL;
  if (!g_file_get_contents (path, text, &size, &why)) {
    if (g_error_matches (why, G_FILE_ERROR, G_FILE_ERROR_NOENT) ||
        g_error_matches (why, G_FILE_ERROR, G_FILE_ERROR_NOTDIR))
      return TRUE;
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT, "%s: %s; look at the file", path, why->message);
    return FALSE;
  }
  if (size > LONGEST_FILE || !g_utf8_validate_len (*text, size, NULL)) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT, "%s: it is %s; save it as UTF-8 text", path,
                 size > LONGEST_FILE ? "too long for a mail" : "not UTF-8 text");
    return FALSE;
  }
  /* an editor may have begun it with a byte order mark, and ended lines with CR LF */
  if (g_str_has_prefix (*text, "\xef\xbb\xbf"))
    memmove (*text, *text + 3, size - 2);
  g_strdelimit (*text, "\r", ' ');
  g_strchomp (*text);
  return TRUE;
}

/* "Subject: …", an empty line, the text. */
static gboolean
parse_text (BhMailTemplate *self, const char *text, GError **error)
{
  const char *end = strchr (text, '\n');
  g_autofree char *subject = NULL;

  if (!g_str_has_prefix (text, "Subject: ") || end == NULL) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                 "%s:1: it begins with no subject; write \"Subject: …\", an empty line, the text",
                 self->path);
    return FALSE;
  }
  if (strspn (end + 1, " \t") != strcspn (end + 1, "\n")) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT, "%s:2: the line after the subject is not empty",
                 self->path);
    return FALSE;
  }
  text += strlen ("Subject: ");
  subject = g_strndup (text, (gsize) (end - text));
  end += 1 + strcspn (end + 1, "\n");
  self->subject = bh_mail_lines_parse (self->path, subject, 1, FALSE, error);
  if (self->subject == NULL)
    return FALSE;
  ((BhMailLine *) g_ptr_array_index (self->subject, 0))->keep = TRUE;
  return (self->text = bh_mail_lines_parse (self->path, *end != '\0' ? end + 1 : end, 3, FALSE,
                                            error)) != NULL;
}

static gboolean
parse_html (BhMailTemplate *self, const char *folder, const char *kind, GError **error)
{
  g_autofree char *name = g_strconcat (kind, ".html", NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *html = NULL;

  if (!read_file (path, &html, error))
    return FALSE;
  return html == NULL || (self->html = bh_mail_lines_parse (path, html, 1, TRUE, error)) != NULL;
}

static gboolean
load_forms (BhMailTemplate *self, const char *const *roots, GError **error)
{
  for (guint i = 0; i < 2 && self->forms.date == NULL; i++) {
    g_autofree char *path =
        roots[i] != NULL ? g_build_filename (roots[i], self->language, "language.ini", NULL) : NULL;

    if (path != NULL && !bh_mail_forms_load (&self->forms, path, error))
      return FALSE;
  }
  return TRUE;
}

/* The kind in one language, of the site's folder or the shipped one; *found is NULL when
 * neither has it. */
static gboolean
load_in (const char *const *roots, const char *kind, const char *language, BhMailTemplate **found,
         GError **error)
{
  g_autofree char *name = g_strconcat (kind, ".txt", NULL);

  for (guint i = 0; i < 2 && *found == NULL; i++) {
    g_autoptr (BhMailTemplate) self = g_new0 (BhMailTemplate, 1);
    g_autofree char *folder = NULL;
    g_autofree char *text = NULL;

    if (roots[i] == NULL)
      continue;
    folder = g_build_filename (roots[i], language, NULL);
    self->path = g_build_filename (folder, name, NULL);
    self->language = g_strdup (language);
    if (!read_file (self->path, &text, error))
      return FALSE;
    if (text == NULL)
      continue;
    if (!parse_text (self, text, error) || !parse_html (self, folder, kind, error) ||
        !load_forms (self, roots, error))
      return FALSE;
    *found = g_steal_pointer (&self);
  }
  return TRUE;
}

BhMailTemplate *
bh_mail_template_load (const char *folder, const char *kind, const char *language, GError **error)
{
  g_autofree char *shipped = bh_data_path ("data/mail");
  g_autofree char *word = path_word (kind);
  g_autofree char *wanted = path_word (language != NULL ? language : "en");
  g_autofree char *first =
      g_strndup (wanted != NULL ? wanted : "en", strcspn (wanted != NULL ? wanted : "en", "-"));
  const char *const roots[] = { folder != NULL && *folder != '\0' ? folder : NULL, shipped };
  const char *const tries[] = { wanted != NULL ? wanted : first, first, "en" };
  BhMailTemplate *found = NULL;

  for (guint i = 0; word != NULL && i < G_N_ELEMENTS (tries) && found == NULL; i++)
    if (!load_in (roots, word, tries[i], &found, error))
      return NULL;
  if (found == NULL)
    g_set_error (error, BH_ERROR, BH_ERROR_NOT_FOUND,
                 "%s: no template of that kind; `mail preview` lists the kinds", kind);
  return found;
}

/* The text with markup around it: a paragraph where an empty line is. */
static char *
html_of (const char *text, const char *language)
{
  g_autofree char *bare = g_strchomp (g_strdup (text));
  g_auto (GStrv) paragraphs = g_strsplit (bare, "\n\n", -1);
  g_autoptr (GString) body = g_string_new (NULL);

  for (char **at = paragraphs; *at != NULL; at++) {
    g_autofree char *escaped = g_markup_escape_text (g_strstrip (*at), -1);

    if (*escaped != '\0')
      g_string_append_printf (body, "<p>%s</p>\n", escaped);
  }
  g_string_replace (body, "\n  ", "\n&nbsp; ", 0); /* what is set in stays so */
  g_string_replace (body, "\n", "<br>\n", 0);
  g_string_replace (body, "</p><br>\n", "</p>\n", 0);
  return g_strdup_printf ("<!DOCTYPE html>\n<html lang=\"%s\">\n<head><meta charset=\"utf-8\">"
                          "</head>\n<body>\n%s</body>\n</html>\n",
                          language, body->str);
}

void
bh_mail_template_fill (BhMailTemplate *self, BhMailFields *fields, BhMessage *message)
{
  g_autofree char *subject = bh_mail_lines_fill (self->subject, &self->forms, fields, FALSE);

  g_free (message->subject);
  g_free (message->text);
  g_free (message->html);
  g_free (message->language);
  message->subject = bh_mail_one_line (subject);
  message->text = bh_mail_lines_fill (self->text, &self->forms, fields, FALSE);
  message->html = self->html != NULL ? bh_mail_lines_fill (self->html, &self->forms, fields, TRUE)
                                     : html_of (message->text, self->language);
  message->language = g_strdup (self->language);
}
