/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "wedge.h"

#include <string.h>

/* Whoever has just scanned goes on scanning: a computer that is busy drawing may hand on
 * the next scan's keys haltingly */
#define AMONG_SCANS_MS 2000
/* where nothing else can be meant a scanner may halt for longer */
#define PATIENT_MS 800

struct _BhWedge {
  BhWedgeRules rules;
  GString *text; /* of the keys held back */
  GString *us;   /* the same on a US keyboard; shorter than keys: not all are there */
  guint slowest_ms;
  guint keys;
  guint32 text_ms; /* of the last character */
  guint32 last_ms;
  gboolean patient;
  guint slow_keys;     /* that came later than the gap */
  guint slow_row;      /* of them in a row */
  gboolean scanning;   /* the held keys follow a scan closely */
  guint32 scan_ms;     /* when the scan before ended; 0: none yet */
  gboolean after_scan; /* last_ms is when one ended */
};

/* It may have been a badge. */
static void
wipe (GString **text)
{
  if (*text == NULL)
    return;
  explicit_bzero ((*text)->str, (*text)->len);
  g_string_free (g_steal_pointer (text), TRUE);
}

void
bh_wedge_step_clear (BhWedgeStep *self)
{
  wipe (&self->scan);
  wipe (&self->us);
}

void
bh_wedge_rules_init (BhWedgeRules *rules)
{
  *rules = (BhWedgeRules){ .gap_ms = 35, .min_length = 4, .pause_ms = 300, .max_length = 4096 };
}

BhWedge *
bh_wedge_new (const BhWedgeRules *rules)
{
  BhWedge *self = g_new0 (BhWedge, 1);

  self->rules = *rules;
  self->text = g_string_new (NULL);
  self->us = g_string_new (NULL);
  return self;
}

void
bh_wedge_set_rules (BhWedge *self, const BhWedgeRules *rules)
{
  self->rules = *rules;
}

void
bh_wedge_free (BhWedge *self)
{
  if (self == NULL)
    return;
  g_string_free (self->text, TRUE);
  g_string_free (self->us, TRUE);
  g_free (self);
}

static gboolean
is_burst (BhWedge *self)
{
  return self->keys >= self->rules.min_length;
}

/* What is sure to be a scanner may hesitate: a timer must not cut a scan in two (S3) */
static guint
patience_ms (BhWedge *self)
{
  /* a lone space presses a button: no code begins with one */
  if (self->patient && !is_burst (self) && strcmp (self->text->str, " ") != 0)
    return PATIENT_MS;
  return is_burst (self) || self->scanning ? MAX (self->rules.pause_ms, self->rules.gap_ms)
                                           : self->rules.gap_ms;
}

/* A person's pace: a scanner that halts once is not one. */
static gboolean
is_slow (BhWedge *self)
{
  return 2 * self->slow_keys > self->keys - 1;
}

static void
give_back (BhWedge *self, BhWedgeStep *step)
{
  step->replay = self->keys > 0;
  g_string_truncate (self->text, 0);
  g_string_truncate (self->us, 0);
  self->keys = 0;
}

static void
end_scan (BhWedge *self, gboolean unterminated, BhWedgeStep *step)
{
  step->scan = self->text;
  if (self->us->len == self->keys)
    step->us = g_steal_pointer (&self->us);
  else
    g_string_free (self->us, TRUE);
  self->us = g_string_new (NULL);
  step->slowest_ms = self->slowest_ms;
  step->unterminated = unterminated;
  step->typed = is_slow (self);
  self->scan_ms = self->last_ms;
  self->text = g_string_new (NULL);
  self->keys = 0;
  self->after_scan = TRUE;
}

/* The held keys have no successor in time. */
static void
settle (BhWedge *self, BhWedgeStep *step)
{
  if (is_burst (self) && self->rules.pause_ms > 0 && !is_slow (self))
    end_scan (self, TRUE, step);
  else
    give_back (self, step);
}

static void
add_character (BhWedge *self, const BhWedgeKey *key, BhWedgeStep *step)
{
  gboolean slow = self->keys > 0 && key->time_ms - self->text_ms > self->rules.gap_ms;

  self->slow_keys += slow;
  self->slow_row = slow ? self->slow_row + 1 : 0;
  if (self->scanning && !self->patient && !is_burst (self) && self->slow_row == 2) {
    /* a person after all */
    give_back (self, step);
    self->scan_ms = 0;
  }
  if (self->keys == 0) {
    self->slow_keys = 0;
    self->slow_row = 0;
    self->slowest_ms = 0;
    self->scanning = self->scan_ms != 0 && key->time_ms - self->scan_ms < AMONG_SCANS_MS;
  }
  if (self->keys > 0)
    self->slowest_ms = MAX (self->slowest_ms, key->time_ms - self->text_ms);
  g_string_append (self->text, key->text);
  if (key->us != 0)
    g_string_append_c (self->us, key->us);
  self->text_ms = key->time_ms;
  self->keys++;
  self->after_scan = FALSE;
  step->hold = TRUE;
  if (self->text->len >= self->rules.max_length) {
    end_scan (self, TRUE, step);
    step->hold = FALSE;
    step->swallow = TRUE;
  }
}

static void
take_terminator (BhWedge *self, BhWedgeStep *step)
{
  if (is_burst (self)) {
    end_scan (self, FALSE, step);
    step->swallow = TRUE;
  } else if (self->keys > 0) {
    /* typing, and this key belongs behind it */
    give_back (self, step);
  } else if (self->after_scan) {
    /* the second half of CR LF */
    step->swallow = TRUE;
  }
}

void
bh_wedge_set_patient (BhWedge *self, gboolean patient)
{
  self->patient = patient;
}

void
bh_wedge_key (BhWedge *self, const BhWedgeKey *key, BhWedgeStep *step)
{
  /* server time wraps after 49 days: unsigned difference */
  guint32 gap = key->time_ms - self->last_ms;

  *step = (BhWedgeStep){ 0 };
  if (key->class == BH_WEDGE_MODIFIER)
    return;
  if (self->keys > 0 && gap > patience_ms (self))
    settle (self, step);
  if (gap > self->rules.gap_ms)
    self->after_scan = FALSE;
  self->last_ms = key->time_ms;
  if (key->class == BH_WEDGE_OTHER || key->repeated || (key->control && self->keys == 0)) {
    self->after_scan = FALSE;
    /* a hand is on the keyboard: its next keys are not held for a halting scanner */
    self->scan_ms = 0;
    if (self->keys > 0)
      give_back (self, step);
  } else if (key->class == BH_WEDGE_TERMINATOR) {
    take_terminator (self, step);
  } else {
    add_character (self, key, step);
  }
}

void
bh_wedge_rest (BhWedge *self, BhWedgeStep *step)
{
  *step = (BhWedgeStep){ 0 };
  if (self->keys > 0)
    settle (self, step);
}

guint
bh_wedge_wait_ms (BhWedge *self)
{
  return self->keys > 0 ? patience_ms (self) : 0;
}

char
bh_wedge_us_character (guint keycode, gboolean shift)
{
  static const struct {
    guint first;
    const char *plain;
    const char *shifted;
  } rows[] = {
    { 10, "1234567890-=", "!@#$%^&*()_+" },
    { 24, "qwertyuiop[]", "QWERTYUIOP{}" },
    { 38, "asdfghjkl;'`", "ASDFGHJKL:\"~" },
    { 51, "\\zxcvbnm,./", "|ZXCVBNM<>?" },
    { 65, " ", " " },
    { 79, "789-456+1230.", "789-456+1230." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (keycode >= rows[i].first && keycode - rows[i].first < strlen (rows[i].plain))
      return (shift ? rows[i].shifted : rows[i].plain)[keycode - rows[i].first];
  return 0;
}
