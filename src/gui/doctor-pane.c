/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "doctor-pane.h"

#include <string.h>

#include "backhaul/doctor.h"
#include "backhaul/scan.h"
#include "page.h"
#include "settings.h"

#define CODES 3 /* on the sheet */
/* more than the sheet twice over is another try */
#define MOST_SCANS (2 * CODES)
/* both channels of a scanner are done by then (S9); a hand takes longer to the next code */
#define ANOTHER_TRY_US (1500 * G_TIME_SPAN_MILLISECOND)
#define BIT(finding)   (1u << BH_FINDING_##finding)
#define LAYOUTS                                                                                    \
  (BIT (FRENCH) | BIT (GERMAN) | BIT (EUROPEAN) | BIT (CAPS) | BIT (CHANGED) | BIT (CONTROL_LOST))
/* of scanner-gap */
#define MOST_GAP 200

/* What this station can do about it by itself. */
typedef enum { CURE_NONE, CURE_KEYS, CURE_GAP } Cure;

struct _BhDoctorPane {
  GtkBox parent_instance;

  GtkLabel *last;
  GtkLabel *facts;
  GtkLabel *step;
  GtkBox *findings;
  GtkWidget *mend;
  GtkWidget *again;
  GtkLabel *told;

  GPtrArray *texts;  /* as they were taken */
  GPtrArray *others; /* the same keys in their other reading */
  gint64 last_us;
  guint found;
  guint slowest_ms;
  gboolean slow;
  gboolean unterminated;
  Cure cure;
};

G_DEFINE_FINAL_TYPE (BhDoctorPane, bh_doctor_pane, GTK_TYPE_BOX)

static GSettings *
settings_of (BhDoctorPane *self)
{
  return bh_scanners_settings (bh_scanners_of (GTK_WIDGET (self)));
}

/* ---- what was found ------------------------------------------------------------- */

static guint
examine (GPtrArray *scans)
{
  return bh_doctor_examine ((const char *const *) scans->pdata, scans->len);
}

static guint
new_gap (const BhDoctorPane *self)
{
  return self->slowest_ms + self->slowest_ms / 2;
}

static Cure
find_cure (BhDoctorPane *self)
{
  if ((self->found & LAYOUTS) != 0 && (examine (self->others) & LAYOUTS) == 0)
    return CURE_KEYS;
  return self->slow && new_gap (self) <= MOST_GAP ? CURE_GAP : CURE_NONE;
}

static void
add_finding (BhDoctorPane *self, const char *what, const char *cure)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_container_add (GTK_CONTAINER (box), page_label (what, "next-title"));
  gtk_container_add (GTK_CONTAINER (box), page_label (cure, NULL));
  page_style (box, "next-step");
  gtk_widget_show_all (box);
  gtk_box_pack_start (self->findings, box, FALSE, FALSE, 0);
}

static void
show_findings (BhDoctorPane *self)
{
  guint found = self->found & ~BIT (MISSING);

  page_clear (GTK_CONTAINER (self->findings));
  for (guint i = 0; i < BH_FINDING_LAST; i++) {
    const char *what;
    const char *cure;

    if ((found & (1u << i)) == 0)
      continue;
    bh_finding_text ((BhFinding) i, &what, &cure);
    add_finding (self, _ (what), _ (cure));
  }
  if (self->slow) {
    g_autofree char *what = g_strdup_printf (
        _ ("The scanner types slowly: %u ms between two characters."), self->slowest_ms);

    add_finding (self, what,
                 _ ("Set its delay between characters to none, or this station to wait "
                    "longer."));
  }
}

/* On the button, what it will do; nothing where there is nothing to do. */
static void
offer_cure (BhDoctorPane *self)
{
  GSettings *settings = settings_of (self);
  gboolean us = settings != NULL && g_settings_get_boolean (settings, BH_SETTING_US_LAYOUT);
  const char *key = self->cure == CURE_GAP ? BH_SETTING_GAP : BH_SETTING_US_LAYOUT;
  gboolean may = settings != NULL && g_settings_is_writable (settings, key);
  g_autofree char *words =
      self->cure == CURE_GAP
          ? g_strdup_printf (_ ("_Wait %u ms for a Key at This Station"), new_gap (self))
          : g_strdup (us ? _ ("_Read Its Keys as This Session\xe2\x80\x99s Keyboard")
                         : _ ("_Read Its Keys as a US Keyboard\xe2\x80\x99s"));

  gtk_button_set_label (GTK_BUTTON (self->mend), words);
  gtk_widget_set_visible (self->mend, self->cure != CURE_NONE);
  gtk_widget_set_sensitive (self->mend, may);
  if (self->cure != CURE_NONE && !may)
    gtk_label_set_text (self->told, _ ("This station could mend it, but your site has locked its "
                                       "settings."));
}

static void
show (BhDoctorPane *self)
{
  g_autofree char *step = NULL;
  guint n = MIN (self->texts->len, CODES);

  if (n == 0)
    step = g_strdup (_ ("Scan the three codes of the sheet, from top to bottom."));
  else if ((self->found & BIT (MISSING)) == 0)
    step = g_strdup (self->found == BIT (WELL) && !self->slow
                         ? _ ("This scanner is well set.")
                         : _ ("All codes came in. This is what is wrong:"));
  else if (n < CODES)
    step = g_strdup_printf (_ ("%u of 3 came in. Scan the next code of the sheet."), n);
  else
    step =
        g_strdup (_ ("Not all of the sheet came in. Start again, from top to bottom; a code that "
                     "never comes in: enable Code 128 in the scanner."));
  gtk_label_set_text (self->step, step);
  gtk_label_set_text (self->told, "");
  show_findings (self);
  offer_cure (self);
  gtk_widget_set_visible (self->again, n > 0);
}

/* ---- what came in ---------------------------------------------------------------- */

static void
show_last (BhDoctorPane *self, const BhScannerRead *read)
{
  g_autofree char *shown = bh_text_for_display (read->text->str, read->text->len, 400);
  g_autoptr (BhScan) scan =
      bh_scan_new (read->text->str, read->text->len, BH_SCAN_SCANNED, g_get_real_time ());
  g_autoptr (BhReading) reading = bh_scan_classify (scan);
  g_autofree char *facts = g_strdup_printf (
      _ ("%s \xc2\xb7 %u bytes \xc2\xb7 %s%s"), bh_scanner_name (read->scanner),
      (guint) read->text->len,
      reading->possible_serial != NULL ? _ ("can be a serial") : bh_kind_name (reading->kind),
      read->recognised ? _ (" \xc2\xb7 US keys, recognised") : "");

  gtk_label_set_text (self->last, shown);
  gtk_label_set_text (self->facts, facts);
}

void
bh_doctor_pane_show (BhDoctorPane *self)
{
  show (self);
}

gboolean
bh_doctor_pane_restart (BhDoctorPane *self)
{
  gboolean some = self->texts->len > 0;

  g_ptr_array_set_size (self->texts, 0);
  g_ptr_array_set_size (self->others, 0);
  self->found = 0;
  self->slowest_ms = 0;
  self->slow = FALSE;
  self->unterminated = FALSE;
  self->cure = CURE_NONE;
  show (self);
  return some;
}

/* However wrong the layout is, the mark is read; what has none and is no garbled number was
 * scanned to try the scanner. */
static gboolean
is_of_sheet (const char *text)
{
  return strcasestr (text, BH_DOCTOR_MARK) != NULL ||
         (bh_doctor_examine (&text, 1) & ~BIT (MISSING)) != BIT (CHANGED);
}

static void
begin_another_try (BhDoctorPane *self)
{
  gint64 now = g_get_monotonic_time ();
  gboolean over = (self->found & BIT (MISSING)) == 0 || self->texts->len >= CODES;

  if (self->texts->len >= MOST_SCANS || (over && now - self->last_us > ANOTHER_TRY_US))
    bh_doctor_pane_restart (self);
  self->last_us = now;
}

void
bh_doctor_pane_take (BhDoctorPane *self, const BhScannerRead *read)
{
  const GString *other = read->other != NULL ? read->other : read->text;

  g_autofree char *text = bh_scanner_words (read);

  show_last (self, read);
  begin_another_try (self);
  if (self->texts->len == 0 && !is_of_sheet (text))
    return;
  g_ptr_array_add (self->texts, g_steal_pointer (&text));
  g_ptr_array_add (self->others, g_utf8_make_valid (other->str, (gssize) other->len));
  self->slow = self->slow || read->typed;
  self->slowest_ms = MAX (self->slowest_ms, read->slowest_ms);
  self->unterminated = self->unterminated || read->unterminated;
  self->found = examine (self->texts) | (self->unterminated ? BIT (NO_END) : 0);
  if (self->unterminated)
    self->found &= ~BIT (WELL);
  self->cure = find_cure (self);
  show (self);
}

/* ---- what can be done -------------------------------------------------------------- */

static void
on_mend (GtkWidget *widget, BhDoctorPane *self)
{
  GSettings *settings = settings_of (self);

  if (settings == NULL || self->cure == CURE_NONE)
    return;
  if (self->cure == CURE_GAP)
    g_settings_set_uint (settings, BH_SETTING_GAP, new_gap (self));
  else
    g_settings_set_boolean (settings, BH_SETTING_US_LAYOUT,
                            !g_settings_get_boolean (settings, BH_SETTING_US_LAYOUT));
  bh_doctor_pane_restart (self);
  gtk_label_set_text (self->told, _ ("Set. Scan the three codes again to see that it is well."));
  /* no button waits for the keys of the scanner */
  gtk_window_set_focus (GTK_WINDOW (gtk_widget_get_toplevel (widget)), NULL);
}

static void
on_again (GtkWidget *widget, BhDoctorPane *self)
{
  bh_doctor_pane_restart (self);
  gtk_window_set_focus (GTK_WINDOW (gtk_widget_get_toplevel (widget)), NULL);
}

/* ---- life -------------------------------------------------------------------------- */

static void
bh_doctor_pane_finalize (GObject *object)
{
  BhDoctorPane *self = BH_DOCTOR_PANE (object);

  g_ptr_array_unref (self->texts);
  g_ptr_array_unref (self->others);
  G_OBJECT_CLASS (bh_doctor_pane_parent_class)->finalize (object);
}

#define BIND(child) gtk_widget_class_bind_template_child (widget_class, BhDoctorPane, child)

static void
bh_doctor_pane_class_init (BhDoctorPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = bh_doctor_pane_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/backhaul/ui/doctor-pane.ui");
  BIND (last);
  BIND (facts);
  BIND (step);
  BIND (findings);
  BIND (mend);
  BIND (again);
  BIND (told);
  gtk_widget_class_bind_template_callback (widget_class, on_mend);
  gtk_widget_class_bind_template_callback (widget_class, on_again);
}

static void
bh_doctor_pane_init (BhDoctorPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->texts = g_ptr_array_new_with_free_func (g_free);
  self->others = g_ptr_array_new_with_free_func (g_free);
  page_name (GTK_WIDGET (self->last), NULL, "scanner-last");
  page_name (GTK_WIDGET (self->facts), NULL, "scanner-last-facts");
  page_name (GTK_WIDGET (self->step), NULL, "doctor-step");
  page_name (GTK_WIDGET (self->findings), _ ("Findings"), "doctor-findings");
  page_name (self->mend, NULL, "doctor-mend");
  page_name (self->again, NULL, "doctor-again");
  page_name (GTK_WIDGET (self->told), NULL, "doctor-told");
}

GtkWidget *
bh_doctor_pane_new (void)
{
  return g_object_new (BH_TYPE_DOCTOR_PANE, NULL);
}
