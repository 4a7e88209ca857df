/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* The report of a posted result, in the customer's words (RA10). */

#include "backhaul/bench-report.h"

#include "backhaul/blob-store.h"
#include "backhaul/data.h"
#include "bench-private.h"

#define MANY_READINGS 8  /* from here on they are drawn, too */
#define MOST_READINGS 60 /* in the table; of more, those that failed */
#define MAX_PICTURES  12

typedef struct {
  BhDesk *desk;
  const BhJob *job;
  const BhJobPost *post; /* the version */
  GKeyFile *words;
  BhReportPage *page;
} Report;

static char *
word (const Report *self, const char *key)
{
  char *text = g_key_file_get_string (self->words, "words", key, NULL);

  return text != NULL ? text : g_strdup (key);
}

static void
add_fact (Report *self, const char *key, const char *text)
{
  g_autofree char *label = word (self, key);

  if (text != NULL && *text != '\0')
    bh_report_page_add (self->page, BH_BLOCK_FACT, label, text);
}

static void
add_heading (Report *self, const char *key)
{
  g_autofree char *text = word (self, key);

  bh_report_page_add (self->page, BH_BLOCK_HEADING, NULL, text);
}

static GPtrArray *
entries_of (const Report *self, BhEntryKind kind)
{
  GPtrArray *found = g_ptr_array_new ();

  for (guint i = 0; i < self->job->entries->len; i++) {
    BhJobEntry *entry = g_ptr_array_index (self->job->entries, i);

    if (entry->kind == kind && !entry->struck)
      g_ptr_array_add (found, entry);
  }
  return found;
}

/* ---- sections ----------------------------------------------------------------------------- */

/* A word or two: one line, no heading. */
static void
short_section (Report *self, const char *key, const BhJobEntry *entry)
{
  g_autofree char *value = NULL;

  if (entry == NULL)
    return;
  value = entry->kind == BH_ENTRY_REPRODUCED ? word (self, entry->value) : g_strdup (entry->value);
  add_fact (self, key, value);
}

static void
text_section (Report *self, const char *key, BhEntryKind kind)
{
  g_autoptr (GPtrArray) found = entries_of (self, kind);

  if (kind == BH_ENTRY_REPRODUCED || kind == BH_ENTRY_FAULT || kind == BH_ENTRY_COMPONENT) {
    short_section (self, key, bh_job_entry_of (self->job, kind));
    return;
  }
  if (found->len > 0)
    add_heading (self, key);
  for (guint i = 0; i < found->len; i++) {
    const BhJobEntry *entry = g_ptr_array_index (found, i);
    g_autofree char *name = entry->name != NULL ? word (self, entry->name) : NULL;
    g_autofree char *text =
        name != NULL ? g_strconcat (name, ": ", entry->value, NULL) : g_strdup (entry->value);

    bh_report_page_add (self->page, BH_BLOCK_PARAGRAPH, NULL, text);
  }
}

static void
parts_section (Report *self)
{
  g_autoptr (GPtrArray) found = entries_of (self, BH_ENTRY_PART);
  g_autofree char *part = word (self, "part");
  g_autofree char *serial = word (self, "serial");
  const char *head[] = { part, serial, NULL };
  BhBlock *table;

  if (found->len == 0)
    return;
  add_heading (self, "parts");
  table = bh_report_page_add (self->page, BH_BLOCK_TABLE, NULL, NULL);
  g_ptr_array_add (table->rows, g_strdupv ((char **) head));
  for (guint i = 0; i < found->len; i++) {
    const BhJobEntry *entry = g_ptr_array_index (found, i);
    const char *row[] = { entry->name, entry->value != NULL ? entry->value : "", NULL };

    g_ptr_array_add (table->rows, g_strdupv ((char **) row));
  }
}

static void
add_chart (Report *self, GPtrArray *readings)
{
  g_autofree char *upper = word (self, "high");
  g_autofree char *lower = word (self, "low");
  BhBlock *block;
  guint limited = 0;

  for (guint i = 0; i < readings->len; i++) {
    const BhJobEntry *entry = g_ptr_array_index (readings, i);

    limited += entry->low != NULL && entry->high != NULL;
  }
  if (limited < MANY_READINGS)
    return;
  block = bh_report_page_add (self->page, BH_BLOCK_CHART, upper, lower);
  for (guint i = 0; i < readings->len; i++) {
    const BhJobEntry *entry = g_ptr_array_index (readings, i);
    double value = 0;
    double low = 0;
    double high = 0;
    double at;

    if (!bh_number_parse (entry->low, &low) || !bh_number_parse (entry->high, &high) ||
        !bh_number_parse (entry->value, &value))
      continue;
    at = high > low ? (value - low) / (high - low) : value < low ? -1 : value > high ? 2 : 0.5;
    g_array_append_val (block->values, at);
  }
}

static void
add_reading (Report *self, BhBlock *table, const BhJobEntry *entry, gboolean judged,
             gboolean passes)
{
  g_autofree char *result = judged ? word (self, passes ? "passed" : "failed") : g_strdup ("");
  const char *row[] = { entry->name,
                        entry->value,
                        entry->low != NULL ? entry->low : "",
                        entry->high != NULL ? entry->high : "",
                        result,
                        NULL };

  g_ptr_array_add (table->rows, g_strdupv ((char **) row));
}

static void
readings_section (Report *self)
{
  static const char *const keys[] = { "test", "value", "low", "high", "result" };
  g_autoptr (GPtrArray) found = entries_of (self, BH_ENTRY_READING);
  char **head = g_new0 (char *, G_N_ELEMENTS (keys) + 1);
  BhBlock *table;
  guint left_out = 0;

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    head[i] = word (self, keys[i]);
  if (found->len == 0) {
    g_strfreev (head);
    return;
  }
  add_heading (self, "readings");
  add_chart (self, found);
  table = bh_report_page_add (self->page, BH_BLOCK_TABLE, NULL, NULL);
  g_ptr_array_add (table->rows, head);
  for (guint i = 0; i < found->len; i++) {
    const BhJobEntry *entry = g_ptr_array_index (found, i);
    gboolean judged = FALSE;
    gboolean passes = bh_reading_passes (entry->value, entry->low, entry->high, &judged);

    if (found->len > MOST_READINGS && judged && passes) {
      left_out++;
      continue;
    }
    add_reading (self, table, entry, judged, passes);
  }
  if (left_out > 0) {
    g_autofree char *passed = word (self, "passed");
    g_autofree char *text = g_strdup_printf ("+ %u × %s", left_out, passed);

    bh_report_page_add (self->page, BH_BLOCK_PARAGRAPH, NULL, text);
  }
}

static void
firmware_section (Report *self)
{
  const BhJobEntry *before = bh_job_entry_of (self->job, BH_ENTRY_FIRMWARE_BEFORE);
  const BhJobEntry *after = bh_job_entry_of (self->job, BH_ENTRY_FIRMWARE_AFTER);

  if (before == NULL && after == NULL)
    return;
  add_heading (self, "firmware");
  add_fact (self, "before", before != NULL ? before->value : NULL);
  add_fact (self, "after", after != NULL ? after->value : NULL);
}

/* The small pictures: the large ones stay on record. */
static gboolean
photos_section (Report *self, GError **error)
{
  g_autoptr (GPtrArray) found = entries_of (self, BH_ENTRY_PHOTO);

  if (found->len > 0)
    add_heading (self, "photos");
  for (guint i = 0; i < MIN (found->len, MAX_PICTURES); i++) {
    const BhJobEntry *entry = g_ptr_array_index (found, i);
    g_autoptr (GBytes) bytes = NULL;

    if (!bh_store_blob (self->desk->store, entry->sha256, TRUE, &bytes, NULL, error))
      return FALSE;
    if (bytes != NULL)
      bh_report_page_add (self->page, BH_BLOCK_PICTURE, NULL, entry->name)->picture =
          g_steal_pointer (&bytes);
  }
  return TRUE;
}

/* How it began: what an 8D report has under D0, beside what was done at once. */
static void
begun_section (Report *self)
{
  const BhJob *job = self->job;
  const BhJobEntry *symptom = bh_job_entry_of (job, BH_ENTRY_SYMPTOM);
  g_autoptr (GTimeZone) zone = bh_zone (job->zone != NULL ? job->zone : "UTC");
  g_autofree char *started = bh_time_format (job->started_us, zone);
  g_autofree char *agreed =
      job->customer != NULL && job->engineer != NULL
          ? g_strdup_printf ("%s, %s: %s", job->customer, job->engineer, job->agree_reason)
          : NULL;

  add_fact (self, "started", started);
  /* who has it in hand may be another by now: a version stays as it is (RA9) */
  add_fact (self, "lead", self->post->operator);
  add_fact (self, "symptom", symptom != NULL ? symptom->value : NULL);
  add_fact (self, "agreed", agreed);
}

/* A discipline of an 8D report: its heading stands whether there is a text or not. */
static void
discipline (Report *self, const char *name)
{
  g_autoptr (GPtrArray) found = entries_of (self, BH_ENTRY_HEADING);

  add_heading (self, name);
  for (guint i = 0; i < found->len; i++) {
    const BhJobEntry *entry = g_ptr_array_index (found, i);

    if (g_strcmp0 (entry->name, name) == 0)
      bh_report_page_add (self->page, BH_BLOCK_PARAGRAPH, NULL, entry->value);
  }
}

static gboolean
section (Report *self, const char *name, GError **error)
{
  static const struct {
    const char *name;
    const char *key;
    BhEntryKind kind;
  } texts[] = {
    { "symptom", "symptom", BH_ENTRY_SYMPTOM },
    { "reproduced", "reproduced", BH_ENTRY_REPRODUCED },
    { "environment", "environment", BH_ENTRY_ENVIRONMENT },
    { "fault", "fault", BH_ENTRY_FAULT },
    { "component", "component", BH_ENTRY_COMPONENT },
    { "hypothesis", "hypothesis", BH_ENTRY_HYPOTHESIS },
    { "evidence", "evidence", BH_ENTRY_EVIDENCE },
    { "root-cause", "root-cause", BH_ENTRY_ROOT_CAUSE },
    { "action", "action", BH_ENTRY_ACTION },
    { "corrective-action", "corrective-action", BH_ENTRY_CORRECTIVE },
    { "containment", "containment", BH_ENTRY_CONTAINMENT },
    { "8d", "eightd", BH_ENTRY_HEADING },
    { "consent", "consent", BH_ENTRY_CONSENT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (g_str_equal (name, texts[i].name))
      text_section (self, texts[i].key, texts[i].kind);
  if (name[0] == 'D' && g_ascii_isdigit (name[1]) && name[2] == '\0')
    discipline (self, name);
  if (g_str_equal (name, "begun"))
    begun_section (self);
  if (g_str_equal (name, "parts"))
    parts_section (self);
  if (g_str_equal (name, "readings"))
    readings_section (self);
  if (g_str_equal (name, "firmware"))
    firmware_section (self);
  return !g_str_equal (name, "photos") || photos_section (self, error);
}

/* ---- head ----------------------------------------------------------------------------------- */

static void
add_head (Report *self, const BhJobPost *post)
{
  const BhJob *job = self->job;
  g_autoptr (GTimeZone) zone = bh_zone (job->zone != NULL ? job->zone : "UTC");
  g_autofree char *posted = bh_time_format (post->at_us, zone);
  g_autofree char *by = word (self, "by");
  g_autofree char *signed_by = g_strdup_printf ("%s, %s %s", posted, by, post->operator);
  g_autofree char *interim = word (self, "interim");
  g_autofree char *version = g_strdup_printf ("%d%s%s", post->version, post->interim ? " · " : "",
                                              post->interim ? interim : "");
  g_autofree char *corrects = post->corrects != 0 ? g_strdup_printf ("%d", post->corrects) : NULL;
  g_autofree char *key = g_strconcat ("d-", post->disposition, NULL);
  g_autofree char *shown = g_key_file_get_string (self->words, "words", key, NULL);

  add_fact (self, "job", job->job);
  add_fact (self, "version", version);
  add_fact (self, "posted", signed_by);
  add_fact (self, "corrects", corrects);
  add_fact (self, "reason", post->reason);
  add_fact (self, "account", job->account_name);
  add_fact (self, "rma", job->rma);
  add_fact (self, "case", job->case_no);
  add_fact (self, "serial", job->serial);
  add_fact (self, "part", job->part);
  add_fact (self, "disposition", shown != NULL ? shown : post->disposition);
  add_fact (self, "next", post->next);
}

static const BhJobPost *
find_post (const BhJob *job, int version, GError **error)
{
  for (guint i = job->posts->len; i > 0; i--) {
    const BhJobPost *post = g_ptr_array_index (job->posts, i - 1);

    if (version == 0 || post->version == version)
      return post;
  }
  g_set_error (error, BH_ERROR, BH_ERROR_NOT_FOUND,
               "%s: no version %d is posted; `bench show` lists its versions", job->job, version);
  return NULL;
}

/* A language without its file, and one that is not known, finds English. */
static GKeyFile *
load_words (BhDesk *self, const BhJob *job, const char *language, GError **error)
{
  g_auto (BhParty) party = { 0 };
  g_autoptr (GKeyFile) words = g_key_file_new ();
  g_autofree char *folder = bh_store_get_setting (self->store, "report.words", NULL);
  g_autofree char *asked = NULL;

  if (!bh_store_party (self->store, job->account, NULL, &party, error))
    return NULL;
  asked = g_strndup (language != NULL         ? language
                     : party.language != NULL ? party.language
                                              : "en",
                     2);
  for (int i = 0; i < 4; i++) {
    g_autofree char *name =
        g_strconcat (i < 2 && g_ascii_isalpha (asked[0]) ? asked : "en", ".ini", NULL);
    g_autofree char *shipped = g_build_filename ("data", "report", name, NULL);
    g_autofree char *path = i % 2 == 0
                                ? (folder != NULL ? g_build_filename (folder, name, NULL) : NULL)
                                : bh_data_path (shipped);

    if (path != NULL && g_key_file_load_from_file (words, path, G_KEY_FILE_NONE, NULL))
      return g_steal_pointer (&words);
  }
  g_set_error (error, BH_ERROR, BH_ERROR_STORE,
               "data/report/en.ini: it cannot be read; install Backhaul again");
  return NULL;
}

BhReportPage *
bh_desk_bench_report (BhDesk *self, const char *name, int version, const char *language,
                      GError **error)
{
  return bh_desk_bench_report_as (self, name, version, language, NULL, error);
}

static char **
sections_of (GKeyFile *words, const char *layout, GError **error)
{
  char **sections = g_key_file_get_string_list (words, "layout",
                                                layout != NULL ? layout : "sections", NULL, NULL);

  if (sections == NULL)
    g_set_error (error, BH_ERROR, BH_ERROR_USAGE,
                 "%.40s: no such layout of a report; say 8d, or one of your own under [layout]",
                 layout != NULL ? layout : "sections");
  return sections;
}

BhReportPage *
bh_desk_bench_report_as (BhDesk *self, const char *name, int version, const char *language,
                         const char *layout, GError **error)
{
  g_autoptr (BhJob) job = bh_desk_job (self, name, 0, error);
  g_autoptr (BhReportPage) page = NULL;
  g_autoptr (GKeyFile) words = NULL;
  g_autofree char *title = NULL;
  g_autofree char *page_word = NULL;
  g_auto (GStrv) sections = NULL;
  const BhJobPost *post;
  Report report = { .desk = self };

  if (job == NULL || (post = find_post (job, version, error)) == NULL ||
      (words = load_words (self, job, language, error)) == NULL ||
      (sections = sections_of (words, layout, error)) == NULL)
    return NULL;
  /* what was written down later belongs to a later version (RA9) */
  g_ptr_array_unref (job->entries);
  job->entries = bh_store_entries (self->store, job->job, post->upto > 0 ? post->upto : -1, error);
  if (job->entries == NULL)
    return NULL;
  report.job = job;
  report.post = post;
  report.words = words;
  title = word (&report, g_str_equal (job->kind, "fa") ? "title-fa" : "title-ra");
  page_word = word (&report, "page");
  report.page = page = bh_report_page_new (title, page_word);
  add_head (&report, post);
  for (char **one = sections; *one != NULL; one++)
    if (!section (&report, *one, error))
      return NULL;
  return g_steal_pointer (&page);
}
