/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "case-form.h"

#include <string.h>

#include "account-finder.h"
#include "backhaul/clock.h"
#include "backhaul/identifier.h"
#include "case-calls.h"
#include "issue-calls.h"
#include "page.h"

struct _BhCaseForm {
  GtkBox parent_instance;

  GtkEntry *serial;
  GtkLabel *cover;
  GtkEntry *account;
  GtkLabel *account_name;
  GtkWidget *offered; /* around the list */
  GtkListBox *accounts;
  GtkComboBoxText *site;
  GtkEntry *contact;
  GtkEntry *platform;
  GtkComboBoxText *priority;
  GtkLabel *promise;
  GtkEntry *text;
  GtkEntry *case_no;
  GtkLabel *told;
  GtkWidget *go;

  BhWorker *acts;
  BhWorker *reads;
  BhAccountFinder *finder;
  char *own_site;     /* of the unit, for the account's list of sites */
  char *platform_set; /* what the unit's product put there: a person's own text stays */
  guint asked_serial;
  guint asked_sites;
  gboolean begun;
  gboolean busy;
  gboolean gone;
};

G_DEFINE_FINAL_TYPE (BhCaseForm, bh_case_form, GTK_TYPE_BOX)

enum { OPENED, LEFT, N_SIGNALS };
static guint signals[N_SIGNALS];

/* What is asked now may be answered when another question stands. */
typedef struct {
  BhCaseForm *form;
  guint number;
} Ask;

static Ask *
ask_new (BhCaseForm *self, guint number)
{
  Ask *ask = g_new0 (Ask, 1);

  *ask = (Ask){ g_object_ref (self), number };
  return ask;
}

static void
ask_free (Ask *ask)
{
  g_object_unref (ask->form);
  g_free (ask);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Ask, ask_free)

static gboolean
is_said (GtkEntry *entry)
{
  const char *text = gtk_entry_get_text (entry);

  return text[strspn (text, " \t")] != '\0';
}

/* What is wanted still, in the order in which it is asked for. */
static void
set_go (BhCaseForm *self)
{
  const char *wanted = NULL;

  if (bh_account_finder_code (self->finder) == NULL)
    wanted = _ ("Next: the account. Type its name or code, or a serial that is on record.");
  else if (!is_said (self->case_no))
    wanted = _ ("Next: the case number, as 2026-1124-000001.");
  gtk_widget_set_sensitive (self->go, wanted == NULL && !self->busy);
  if (!self->busy)
    gtk_label_set_text (self->told, wanted != NULL ? wanted : "");
}

/* ---- the account --------------------------------------------------------------------- */

static void
on_sites (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Ask) ask = data;
  BhCaseForm *self = ask->form;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) sites = bh_worker_finish (result, &error);

  if (self->gone || ask->number != self->asked_sites)
    return;
  gtk_combo_box_text_remove_all (self->site);
  if (sites == NULL) {
    gtk_label_set_text (self->told, error->message);
    return;
  }
  for (guint i = 0; i < sites->len; i++) {
    const BhChoice *site = g_ptr_array_index (sites, i);
    g_autofree char *words = g_strdup_printf ("%s · %s", site->code, site->name);

    gtk_combo_box_text_append (self->site, site->code, words);
  }
  if (self->own_site == NULL ||
      !gtk_combo_box_set_active_id (GTK_COMBO_BOX (self->site), self->own_site))
    gtk_combo_box_set_active (GTK_COMBO_BOX (self->site), 0);
}

static void
on_account (BhAccountFinder *finder, BhCaseForm *self)
{
  const char *code = bh_account_finder_code (finder);

  self->asked_sites++;
  gtk_combo_box_text_remove_all (self->site);
  if (code != NULL)
    bh_call_sites_async (self->reads, code, on_sites, ask_new (self, self->asked_sites));
  set_go (self);
}

/* ---- the unit ------------------------------------------------------------------------ */

static void
tell_cover (BhCaseForm *self, const BhUnitCheck *check)
{
  static const char *const shapes[] = { [BH_COVER_NONE] = "▲",
                                        [BH_COVER_CONTRACT] = "✓",
                                        [BH_COVER_WARRANTY] = "✓",
                                        [BH_COVER_THIRD_PARTY] = "✗" };
  const char *account = bh_account_finder_code (self->finder);
  g_autoptr (GString) words = g_string_new (NULL);

  g_string_append_printf (words, "%s %s", shapes[check->coverage.kind], check->coverage.reason);
  if (check->coverage.doubt != NULL)
    g_string_append_printf (words, ". %s", check->coverage.doubt);
  if (check->unit.awaited_under != NULL)
    g_string_append_printf (words, _ (". %s awaits it already (I4)"), check->unit.awaited_under);
  if (account != NULL && check->unit.account != NULL && !g_str_equal (account, check->unit.account))
    g_string_append_printf (words, _ (". On record it is of %s (%s), not of %s"),
                            check->unit.account_name, check->unit.account, account);
  gtk_label_set_text (self->cover, words->str);
}

/* What is on record of it saves typing; what a person typed stays. */
static void
take_unit (BhCaseForm *self, const BhUnitRecord *unit)
{
  const char *typed = gtk_entry_get_text (self->platform);

  if (unit->account != NULL && bh_account_finder_code (self->finder) == NULL) {
    g_free (self->own_site);
    self->own_site = g_strdup (unit->site);
    bh_account_finder_choose (self->finder, unit->account,
                              unit->account_name != NULL ? unit->account_name : unit->account);
  }
  if (unit->platform != NULL && (*typed == '\0' || g_strcmp0 (typed, self->platform_set) == 0)) {
    g_free (self->platform_set);
    self->platform_set = g_strdup (unit->platform);
    gtk_entry_set_text (self->platform, unit->platform);
  }
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Ask) ask = data;
  BhCaseForm *self = ask->form;
  g_autoptr (GError) error = NULL;
  g_autoptr (BhUnitCheck) check = bh_worker_finish (result, &error);

  if (self->gone || ask->number != self->asked_serial)
    return;
  if (check == NULL) {
    gtk_label_set_text (self->cover, error->message);
    return;
  }
  take_unit (self, &check->unit);
  tell_cover (self, check);
}

static void
on_serial_changed (GtkEditable *editable, BhCaseForm *self)
{
  g_autofree char *serial = bh_serial_normalise (gtk_entry_get_text (self->serial), -1);

  self->asked_serial++;
  if (serial != NULL)
    bh_call_issue_check_async (self->reads, serial, NULL, on_checked,
                               ask_new (self, self->asked_serial));
  else
    gtk_label_set_text (self->cover, is_said (self->serial)
                                         ? _ ("A serial has 6 to 32 letters, digits, . / or -")
                                         : _ ("May be left empty."));
}

/* ---- how grave it is ------------------------------------------------------------------- */

static char *
length_words (const BhClockTerm *term)
{
  switch (term->count) {
  case BH_COUNT_HOURS:
    return g_strdup_printf (ngettext ("%d hour", "%d hours", (gulong) term->length), term->length);
  case BH_COUNT_BUSINESS_DAYS:
    return g_strdup_printf (ngettext ("%d business day", "%d business days", (gulong) term->length),
                            term->length);
  case BH_COUNT_DAYS:
  default:
    return g_strdup_printf (ngettext ("%d day", "%d days", (gulong) term->length), term->length);
  }
}

static void
on_priority (GtkComboBox *combo, BhCaseForm *self)
{
  const char *level = gtk_combo_box_get_active_id (combo);
  const BhClockTerm *response = bh_clock_term (BH_C6, level, "response");
  const BhClockTerm *update = bh_clock_term (BH_C6, level, "update");
  g_autofree char *first = response != NULL ? length_words (response) : NULL;
  g_autofree char *then = update != NULL ? length_words (update) : NULL;
  g_autofree char *words =
      first != NULL && then != NULL
          ? g_strdup_printf (_ ("First answer within %s, the next news within %s (C6)"), first,
                             then)
          : g_strdup ("");

  gtk_label_set_text (self->promise, words);
}

/* ---- opening it ------------------------------------------------------------------------ */

static void
on_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BhCaseForm) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *case_no = bh_worker_finish (result, &error);
  g_autofree char *serial = NULL;

  if (self->gone)
    return;
  self->busy = FALSE;
  set_go (self);
  if (case_no == NULL) {
    gtk_label_set_text (self->told, error->message);
    return;
  }
  self->begun = FALSE;
  serial = bh_serial_normalise (gtk_entry_get_text (self->serial), -1);
  g_signal_emit (self, signals[OPENED], 0, case_no, serial != NULL ? serial : "");
}

static void
on_go (GtkWidget *widget, BhCaseForm *self)
{
  const BhCaseDraft draft = {
    .case_no = gtk_entry_get_text (self->case_no),
    .account = bh_account_finder_code (self->finder),
    .site = gtk_combo_box_get_active_id (GTK_COMBO_BOX (self->site)),
    .priority = gtk_combo_box_get_active_id (GTK_COMBO_BOX (self->priority)),
    .contact = gtk_entry_get_text (self->contact),
    .platform = gtk_entry_get_text (self->platform),
    .serial = gtk_entry_get_text (self->serial),
    .text = gtk_entry_get_text (self->text),
  };

  if (!gtk_widget_get_sensitive (self->go)) {
    if (bh_account_finder_code (self->finder) == NULL)
      gtk_widget_grab_focus (GTK_WIDGET (self->account));
    return;
  }
  self->busy = TRUE;
  set_go (self);
  bh_call_open_case_async (self->acts, &draft, on_opened, g_object_ref (self));
}

static void
on_leave (GtkWidget *widget, BhCaseForm *self)
{
  g_signal_emit (self, signals[LEFT], 0);
}

/* Enter goes on to the next question. */
static void
on_next (GtkWidget *entry, BhCaseForm *self)
{
  gtk_widget_child_focus (gtk_widget_get_toplevel (entry), GTK_DIR_TAB_FORWARD);
}

static void
on_form (GtkEditable *editable, BhCaseForm *self)
{
  set_go (self);
}

static void
on_number (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BhCaseForm) self = data;
  g_autofree char *number = bh_worker_finish (result, NULL);

  /* the day's next one; the support system's own may be typed over it */
  if (!self->gone && number != NULL && !is_said (self->case_no))
    gtk_entry_set_text (self->case_no, number);
}

void
bh_case_form_begin (BhCaseForm *self)
{
  GtkEntry *const entries[] = { self->serial,   self->account, self->contact,
                                self->platform, self->text,    self->case_no };

  if (!self->begun) {
    self->begun = TRUE;
    for (gsize i = 0; i < G_N_ELEMENTS (entries); i++)
      gtk_entry_set_text (entries[i], "");
    g_clear_pointer (&self->own_site, g_free);
    gtk_combo_box_set_active_id (GTK_COMBO_BOX (self->priority), "P3");
    on_serial_changed (GTK_EDITABLE (self->serial), self);
    bh_call_next_case_async (self->reads, on_number, g_object_ref (self));
  }
  gtk_widget_grab_focus (GTK_WIDGET (self->serial));
}

void
bh_case_form_scanned (BhCaseForm *self, const char *text)
{
  g_autofree char *case_no = bh_case_normalise (text, -1);

  gtk_entry_set_text (case_no != NULL ? self->case_no : self->serial,
                      case_no != NULL ? case_no : text);
}

/* ---- as a widget ----------------------------------------------------------------------- */

static void
bh_case_form_dispose (GObject *object)
{
  BhCaseForm *self = BH_CASE_FORM (object);

  self->gone = TRUE;
  g_clear_object (&self->finder);
  G_OBJECT_CLASS (bh_case_form_parent_class)->dispose (object);
}

static void
bh_case_form_finalize (GObject *object)
{
  BhCaseForm *self = BH_CASE_FORM (object);

  g_clear_object (&self->acts);
  g_clear_object (&self->reads);
  g_free (self->own_site);
  g_free (self->platform_set);
  G_OBJECT_CLASS (bh_case_form_parent_class)->finalize (object);
}

#define BIND(child)   gtk_widget_class_bind_template_child (widget_class, BhCaseForm, child)
#define CALL(handler) gtk_widget_class_bind_template_callback (widget_class, handler)

static void
bh_case_form_class_init (BhCaseFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bh_case_form_dispose;
  G_OBJECT_CLASS (klass)->finalize = bh_case_form_finalize;
  signals[OPENED] = g_signal_new ("opened", BH_TYPE_CASE_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[LEFT] = g_signal_new ("left", BH_TYPE_CASE_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/backhaul/ui/case-form.ui");
  BIND (serial);
  BIND (cover);
  BIND (account);
  BIND (account_name);
  BIND (offered);
  BIND (accounts);
  BIND (site);
  BIND (contact);
  BIND (platform);
  BIND (priority);
  BIND (promise);
  BIND (text);
  BIND (case_no);
  BIND (told);
  BIND (go);
  CALL (on_serial_changed);
  CALL (on_priority);
  CALL (on_form);
  CALL (on_next);
  CALL (on_go);
  CALL (on_leave);
}

static void
bh_case_form_init (BhCaseForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  page_name (GTK_WIDGET (self->serial), NULL, "new-serial");
  page_name (GTK_WIDGET (self->cover), NULL, "new-cover");
  page_name (GTK_WIDGET (self->account), NULL, "new-account");
  page_name (GTK_WIDGET (self->account_name), NULL, "new-account-name");
  page_name (GTK_WIDGET (self->accounts), _ ("Accounts found"), "new-accounts");
  page_name (GTK_WIDGET (self->site), NULL, "new-site");
  page_name (GTK_WIDGET (self->contact), NULL, "new-contact");
  page_name (GTK_WIDGET (self->platform), NULL, "new-platform");
  page_name (GTK_WIDGET (self->priority), NULL, "new-priority");
  page_name (GTK_WIDGET (self->promise), NULL, "new-promise");
  page_name (GTK_WIDGET (self->text), NULL, "new-text");
  page_name (GTK_WIDGET (self->case_no), NULL, "new-case");
  page_name (GTK_WIDGET (self->told), NULL, "new-told");
  page_name (self->go, NULL, "new-go");
}

BhCaseForm *
bh_case_form_new (BhWorker *acts, BhWorker *reads)
{
  BhCaseForm *self = g_object_new (BH_TYPE_CASE_FORM, NULL);

  self->acts = g_object_ref (acts);
  self->reads = g_object_ref (reads);
  self->finder = bh_account_finder_new (reads, self->account, self->account_name, self->offered,
                                        self->accounts);
  g_signal_connect_object (self->finder, "chosen", G_CALLBACK (on_account), self, 0);
  return self;
}
