/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "people-page.h"

#include "badge-offer.h"
#include "live-act.h"
#include "page.h"
#include "pages.h"
#include "people-calls.h"
#include "people-list.h"

struct _BhPeoplePage {
  GtkBox parent_instance;

  BhPeopleList *list;
  GtkLabel *title;
  GtkWidget *form;
  GtkEntry *login;
  GtkEntry *name;
  GtkComboBox *role;
  GtkToggleButton *authorised;
  GtkEntry *email;
  GtkEntry *pin;
  GtkWidget *save;
  GtkWidget *buttons; /* in whose place a question may be */
  GtkWidget *enrol;
  GtkWidget *badge;
  GtkWidget *withdraw;
  GtkWidget *disable;
  GtkBox *side;
  GtkLabel *told;
  BhBadgeOffer *offer;

  BhWorker *acts;
  BhWorker *reads;
  BhPeople *people; /* NULL: not read yet */
  char *open;       /* whose the form is; NULL: a new person's */
  guint forms;      /* opened so far */
  guint acting;     /* the form whose act is on its way; 0: none */
  gboolean own;     /* what is read next was done here */
  gboolean gone;
};

static void page_face (BhPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BhPeoplePage, bh_people_page, GTK_TYPE_BOX,
                               G_IMPLEMENT_INTERFACE (BH_TYPE_PAGE, page_face))

static void
tell (BhPeoplePage *self, const char *text)
{
  gtk_label_set_text (self->told, text);
}

/* NULL: not on record */
static const BhOperatorRow *
row_of (BhPeoplePage *self, const char *login)
{
  for (guint i = 0; login != NULL && self->people != NULL && i < self->people->rows->len; i++) {
    const BhOperatorRow *row = g_ptr_array_index (self->people->rows, i);

    if (g_str_equal (row->login, login))
      return row;
  }
  return NULL;
}

/* ---- the form ------------------------------------------------------------------ */

static const char *
text_of (GtkEntry *entry)
{
  return gtk_entry_get_text (entry);
}

/* Somebody has begun to change what stands there. */
static gboolean
is_changed (BhPeoplePage *self)
{
  const BhOperatorRow *row = row_of (self, self->open);

  if (*text_of (self->pin) != '\0')
    return TRUE;
  if (row == NULL)
    return *text_of (self->login) != '\0' || *text_of (self->name) != '\0';
  return g_strcmp0 (text_of (self->name), row->name) != 0 ||
         g_strcmp0 (text_of (self->email), row->email != NULL ? row->email : "") != 0 ||
         g_strcmp0 (gtk_combo_box_get_active_id (self->role), row->role) != 0 ||
         gtk_toggle_button_get_active (self->authorised) != row->authorised;
}

static void
set_acts (BhPeoplePage *self)
{
  const BhOperatorRow *row = row_of (self, self->open);
  gboolean may = self->people != NULL && self->people->may && self->acting == 0;
  gboolean full = *text_of (self->login) != '\0' && *text_of (self->name) != '\0' &&
                  gtk_combo_box_get_active (self->role) >= 0 &&
                  (row != NULL || *text_of (self->pin) != '\0');

  gtk_widget_set_sensitive (self->save, may && full && is_changed (self));
  /* the next one may be begun before the last one is answered */
  gtk_widget_set_sensitive (self->enrol, self->people != NULL && self->people->may);
  gtk_widget_set_sensitive (self->badge, may && row != NULL);
  gtk_widget_set_sensitive (self->withdraw, may && row != NULL && row->badge_us != 0);
  gtk_widget_set_sensitive (self->disable, may && row != NULL);
  gtk_button_set_label (GTK_BUTTON (self->disable),
                        row != NULL && row->disabled ? _ ("Le_t in again") : _ ("_Disable"));
}

static void
on_changed (GtkWidget *widget, BhPeoplePage *self)
{
  set_acts (self);
}

/* @row NULL: a new person */
static void
open_row (BhPeoplePage *self, const BhOperatorRow *row)
{
  /* an offer stays while others change the store */
  if (row == NULL || g_strcmp0 (row->login, self->open) != 0)
    bh_badge_offer_leave (self->offer);
  self->forms++;
  g_free (self->open);
  self->open = row != NULL ? g_strdup (row->login) : NULL;
  gtk_label_set_text (self->title, row != NULL ? row->name : _ ("A new person"));
  gtk_entry_set_text (self->login, row != NULL ? row->login : "");
  gtk_widget_set_sensitive (GTK_WIDGET (self->login), row == NULL);
  gtk_entry_set_text (self->name, row != NULL ? row->name : "");
  gtk_combo_box_set_active_id (self->role, row != NULL ? row->role : NULL);
  gtk_toggle_button_set_active (self->authorised, row != NULL && row->authorised);
  gtk_entry_set_text (self->email, row != NULL && row->email != NULL ? row->email : "");
  gtk_entry_set_text (self->pin, "");
  gtk_entry_set_placeholder_text (
      self->pin, row != NULL && row->pin_hash != NULL ? _ ("as it is") : _ ("4 to 12 digits"));
  set_acts (self);
}

/* ---- the list ------------------------------------------------------------------ */

/* Somebody else has changed whose form stands here half written, which stays. */
static void
tell_change (BhPeoplePage *self, const BhPeople *before)
{
  const BhOperatorRow *now = row_of (self, self->open);
  g_autofree char *of = NULL;
  g_autofree char *words = NULL;

  if (now == NULL || bh_people_has (before, now))
    return;
  of = g_strconcat ("operator:", now->login, NULL);
  words = bh_act_words (now->name, bh_act_of (self->people->act, of),
                        _ ("What stands here is not saved yet; it would take its place."));
  tell (self, words);
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BhPeoplePage) self = data;
  g_autoptr (GError) error = NULL;
  BhPeople *people = bh_worker_finish (result, &error);
  g_autoptr (BhPeople) before = NULL;
  gboolean first = self->people == NULL;
  gboolean changed;

  if (self->gone || people == NULL) {
    if (!self->gone)
      tell (self, error->message);
    bh_people_free (people);
    return;
  }
  changed = !first && is_changed (self);
  before = self->people;
  self->people = people;
  changed = changed && is_changed (self);
  if (changed && !self->own)
    tell_change (self, before);
  self->own = FALSE;
  /* what somebody has begun to write stays */
  if (first && people->rows->len > 0)
    open_row (self, g_ptr_array_index (people->rows, 0));
  else if (!changed)
    open_row (self, row_of (self, self->open));
  bh_people_list_show (self->list, people->rows, self->open);
  gtk_widget_set_sensitive (self->form, people->may);
  if (!people->may)
    tell (self, _ ("Administrators enrol people, and change what they may."));
  set_acts (self);
}

static void
read_again (BhPeoplePage *self)
{
  bh_call_people_async (self->reads, self->open, on_listed, g_object_ref (self));
}

static void
on_chosen (BhPeopleList *list, const char *login, BhPeoplePage *self)
{
  if (self->people->may)
    tell (self, "");
  open_row (self, row_of (self, login));
}

/* On to what may be changed. */
static void
on_entered (BhPeopleList *list, BhPeoplePage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->name));
}

/* ---- acts ---------------------------------------------------------------------- */

typedef struct {
  BhPeoplePage *page;
  const char *done; /* what is said then */
} Act;

static void
on_acted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Act *act = data;
  g_autoptr (BhPeoplePage) self = act->page;
  g_autoptr (GError) error = NULL;
  g_autofree char *login = bh_worker_finish (result, &error);

  if (self->gone)
    return;
  tell (self, login != NULL ? act->done : error->message);
  /* a form that was opened meanwhile is somebody else's */
  if (login != NULL && self->acting == self->forms) {
    gtk_entry_set_text (self->pin, "");
    g_free (self->open);
    self->open = g_steal_pointer (&login);
    gtk_widget_set_sensitive (GTK_WIDGET (self->login), FALSE);
  }
  self->acting = 0;
  self->own = TRUE;
  set_acts (self);
  read_again (self);
}

/* (transfer full): for on_acted() */
static Act *
begin (BhPeoplePage *self, const char *done)
{
  Act *act = g_new0 (Act, 1);

  self->acting = self->forms;
  tell (self, _ ("One moment …"));
  set_acts (self);
  *act = (Act){ g_object_ref (self), done };
  return act;
}

static void
on_save (GtkWidget *widget, BhPeoplePage *self)
{
  BhOperatorRow *row;
  gboolean enrol = self->open == NULL;

  if (!gtk_widget_get_sensitive (self->save))
    return;
  row = g_new0 (BhOperatorRow, 1);
  row->login = g_strdup (text_of (self->login));
  row->name = g_strdup (text_of (self->name));
  row->role = g_strdup (gtk_combo_box_get_active_id (self->role));
  row->authorised = gtk_toggle_button_get_active (self->authorised);
  row->email = *text_of (self->email) != '\0' ? g_strdup (text_of (self->email)) : NULL;
  bh_call_person_save_async (
      self->acts, row, text_of (self->pin), enrol, on_acted,
      begin (self, enrol ? _ ("Enrolled. A badge can be printed now (Ctrl+P).")
                         : _ ("Saved. It counts at each station from now on.")));
}

static void
on_disable (GtkWidget *widget, BhPeoplePage *self)
{
  const BhOperatorRow *row = row_of (self, self->open);
  gboolean disabled = row != NULL && row->disabled;

  if (row == NULL)
    return;
  bh_call_person_disable_async (
      self->acts, self->open, !disabled, on_acted,
      begin (self,
             disabled
                 ? _ ("They may sign in again.")
                 : _ ("Disabled: they can do nothing more at any station. What they did stays.")));
}

static void
on_withdraw (GtkWidget *widget, BhPeoplePage *self)
{
  bh_call_badge_withdraw_async (self->acts, self->open, on_acted,
                                begin (self, _ ("Withdrawn: the badge signs nobody in any more.")));
}

static void
on_enrol (GtkWidget *widget, BhPeoplePage *self)
{
  open_row (self, NULL);
  tell (self, _ ("Login, name, role and a first PIN; they can change the PIN themselves."));
  gtk_widget_grab_focus (GTK_WIDGET (self->login));
}

static void
on_badge (GtkWidget *widget, BhPeoplePage *self)
{
  const BhOperatorRow *row = row_of (self, self->open);

  if (row != NULL && gtk_widget_get_sensitive (self->badge))
    bh_badge_offer_make (self->offer, row->login, row->name, row->badge_us != 0);
  gtk_widget_set_visible (self->buttons, !gtk_widget_get_visible (GTK_WIDGET (self->offer)));
}

static void
on_offer_told (BhBadgeOffer *offer, const char *text, BhPeoplePage *self)
{
  tell (self, text);
  read_again (self);
}

static void
on_offer_left (BhBadgeOffer *offer, BhPeoplePage *self)
{
  gtk_widget_show (self->buttons);
  bh_people_list_focus (self->list);
}

/* ---- as a page ----------------------------------------------------------------- */

static void
shown (BhPage *page)
{
  read_again (BH_PEOPLE_PAGE (page));
}

static void
focus (BhPage *page)
{
  BhPeoplePage *self = BH_PEOPLE_PAGE (page);

  if (self->people != NULL && self->people->rows->len == 0)
    gtk_widget_grab_focus (GTK_WIDGET (self->login));
  else
    bh_people_list_focus (self->list);
}

static void
find (BhPage *page)
{
  bh_people_list_find (BH_PEOPLE_PAGE (page)->list);
}

/* Escape: what was begun is left. */
static gboolean
back (BhPage *page)
{
  BhPeoplePage *self = BH_PEOPLE_PAGE (page);

  if (bh_badge_offer_leave (self->offer))
    return TRUE;
  if (bh_people_list_has_focus (self->list) && !is_changed (self))
    return FALSE;
  if (self->open != NULL)
    open_row (self, row_of (self, self->open));
  else if (self->people != NULL && self->people->rows->len > 0)
    open_row (self, g_ptr_array_index (self->people->rows, 0));
  if (self->people != NULL)
    bh_people_list_show (self->list, self->people->rows, self->open);
  bh_people_list_focus (self->list);
  return TRUE;
}

/* Ctrl+P: a badge; it asks by itself. */
static gboolean
label (BhPage *page, BhPrintWish *wish)
{
  on_badge (NULL, BH_PEOPLE_PAGE (page));
  return row_of (BH_PEOPLE_PAGE (page), BH_PEOPLE_PAGE (page)->open) != NULL;
}

static gboolean
changed (BhPage *page)
{
  if (BH_PEOPLE_PAGE (page)->acting != 0)
    return FALSE;
  shown (page);
  return TRUE;
}

static void
page_face (BhPageInterface *iface)
{
  iface->shown = shown;
  iface->changed = changed;
  iface->focus = focus;
  iface->find = find;
  iface->back = back;
  iface->label = label;
}

static void
bh_people_page_dispose (GObject *object)
{
  BH_PEOPLE_PAGE (object)->gone = TRUE;
  G_OBJECT_CLASS (bh_people_page_parent_class)->dispose (object);
}

static void
bh_people_page_finalize (GObject *object)
{
  BhPeoplePage *self = BH_PEOPLE_PAGE (object);

  g_clear_object (&self->acts);
  g_clear_object (&self->reads);
  g_clear_pointer (&self->people, bh_people_free);
  g_free (self->open);
  G_OBJECT_CLASS (bh_people_page_parent_class)->finalize (object);
}

#define BIND(child)   gtk_widget_class_bind_template_child (widget_class, BhPeoplePage, child)
#define CALL(handler) gtk_widget_class_bind_template_callback (widget_class, handler)

static void
bh_people_page_class_init (BhPeoplePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bh_people_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = bh_people_page_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/backhaul/ui/people-page.ui");
  BIND (title);
  BIND (form);
  BIND (login);
  BIND (name);
  BIND (role);
  BIND (authorised);
  BIND (email);
  BIND (pin);
  BIND (save);
  BIND (buttons);
  BIND (enrol);
  BIND (badge);
  BIND (withdraw);
  BIND (disable);
  BIND (side);
  BIND (told);
  CALL (on_changed);
  CALL (on_save);
  CALL (on_enrol);
  CALL (on_badge);
  CALL (on_withdraw);
  CALL (on_disable);
}

static void
bh_people_page_init (BhPeoplePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->list = BH_PEOPLE_LIST (bh_people_list_new ());
  g_signal_connect (self->list, "chosen", G_CALLBACK (on_chosen), self);
  g_signal_connect (self->list, "entered", G_CALLBACK (on_entered), self);
  gtk_box_pack_start (GTK_BOX (self), GTK_WIDGET (self->list), TRUE, TRUE, 0);
  gtk_box_reorder_child (GTK_BOX (self), GTK_WIDGET (self->list), 0);
  gtk_entry_set_max_length (self->pin, BH_PIN_MOST);
  page_name (GTK_WIDGET (self->title), NULL, "person-title");
  page_name (GTK_WIDGET (self->login), NULL, "person-login");
  page_name (GTK_WIDGET (self->name), NULL, "person-name");
  page_name (GTK_WIDGET (self->role), NULL, "person-role");
  page_name (GTK_WIDGET (self->authorised), NULL, "person-authorised");
  page_name (GTK_WIDGET (self->email), NULL, "person-email");
  page_name (GTK_WIDGET (self->pin), NULL, "person-pin");
  page_name (self->save, NULL, "person-save");
  page_name (self->enrol, NULL, "person-new");
  page_name (self->badge, NULL, "person-badge");
  page_name (self->withdraw, NULL, "person-withdraw");
  page_name (self->disable, NULL, "person-disable");
  page_name (GTK_WIDGET (self->told), NULL, "person-told");
}

GtkWidget *
bh_people_page_new (BhWorker *acts, BhWorker *reads)
{
  BhPeoplePage *self = g_object_new (BH_TYPE_PEOPLE_PAGE, NULL);

  self->acts = g_object_ref (acts);
  self->reads = g_object_ref (reads);
  self->offer = BH_BADGE_OFFER (bh_badge_offer_new (acts, reads));
  gtk_box_pack_end (self->side, GTK_WIDGET (self->offer), FALSE, FALSE, 0);
  g_signal_connect_object (self->offer, "told", G_CALLBACK (on_offer_told), self, 0);
  g_signal_connect_object (self->offer, "left", G_CALLBACK (on_offer_left), self, 0);
  open_row (self, NULL);
  return GTK_WIDGET (self);
}
