/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BhScanSource:
 *
 * How a text came in. A refusal or hold that rests on a typed serial is asked
 * for a second time (RULES D19), so the box must know.
 */
typedef enum {
  BH_SCAN_SCANNED,
  BH_SCAN_TYPED,
  BH_SCAN_PICTURE,
  BH_SCAN_CAMERA,
} BhScanSource;

/**
 * BhScan:
 * @bytes: what was read, byte for byte (RULES I4); any length, may hold NUL
 * @symbology: (nullable): "CODE-128", "QR-Code", … when the source knows it
 * @identifier: (nullable): AIM identifier, as "]C0", when the source knows it
 * @scanner: (nullable): which one read it, where its station has several: "keyboard", or the
 *   device as people are told of it, as "/dev/ttyACM0"
 * @source: scanner, keyboard, picture or camera
 * @at_us: instant of the read, microseconds since 1970, UTC
 *
 * One read of one barcode, before anything is known about it.
 */
typedef struct {
  GBytes *bytes;
  char *symbology;
  char *identifier;
  char *scanner;
  BhScanSource source;
  gint64 at_us;
} BhScan;

BhScan *bh_scan_new (gconstpointer data, gsize size, BhScanSource source, gint64 at_us);
BhScan *bh_scan_new_text (const char *text, BhScanSource source, gint64 at_us);
void bh_scan_free (BhScan *self);
/* (transfer full): valid UTF-8 for people: control characters as pictures
 * (U+2400…), bad bytes as U+FFFD, at most @max characters and then "…". */
char *bh_text_for_display (gconstpointer data, gsize size, gsize max);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhScan, bh_scan_free)

/**
 * BhKind:
 *
 * What a text is. The names are those of `"kind"` in CLI.md.
 */
typedef enum {
  BH_KIND_UNKNOWN,
  BH_KIND_RMA,
  BH_KIND_CASE,
  BH_KIND_SERIAL,
  BH_KIND_PART,
  BH_KIND_TRACKING,
  BH_KIND_COMMAND,
  BH_KIND_ORDER,
  BH_KIND_GTIN,
  BH_KIND_LAST
} BhKind;

const char *bh_kind_name (BhKind kind);

/**
 * BhCommand:
 *
 * Command barcodes of the printed sheet (DESIGN, Dock). Their text is
 * "BH!" and the name below, as "BH!NEXT-BOX"; "!" is in no identifier (I4).
 */
typedef enum {
  BH_COMMAND_NONE,
  BH_COMMAND_NEXT_BOX,   /* NEXT-BOX: the box is finished (D12) */
  BH_COMMAND_UNDO,       /* UNDO: void the last verdict (D16) */
  BH_COMMAND_PHOTO,      /* PHOTO */
  BH_COMMAND_REPRINT,    /* REPRINT */
  BH_COMMAND_HOLD,       /* HOLD: put aside for a CSR */
  BH_COMMAND_REFUSE,     /* REFUSE: end the box as it is, refuse the unit */
  BH_COMMAND_MANUAL,     /* MANUAL: the possible serial is the serial (I6) */
  BH_COMMAND_UNREADABLE, /* UNREADABLE: the plate cannot be read (D11) */
  BH_COMMAND_NO_NUMBER,  /* NO-NUMBER: there is no RMA number on the box (D11) */
  BH_COMMAND_LAST
} BhCommand;

const char *bh_command_name (BhCommand command);             /* "NEXT-BOX" */
char *bh_command_text (BhCommand command);                   /* "BH!NEXT-BOX" */
BhCommand bh_command_parse (const char *text, gsize length); /* any case */

/**
 * BhField:
 * @kind: what it is
 * @value: normalised: an RMA number as "R…", a case as "YYYY-MMDD-NNNNNN", a
 *   serial upper-case, a tracking number without blanks
 * @via: static: what says so: "DI S", "AI 21", "payload", "pattern"
 * @carrier: (nullable): static: "UPS", "FedEx", "DHL", "USPS" of a tracking number
 */
typedef struct {
  BhKind kind;
  char *value;
  const char *via;
  const char *carrier;
} BhField;

/**
 * BhReading:
 * @kind: the kind of the whole as far as the text alone tells (CLI.md "kind")
 * @fields: (element-type BhField): certain fields: out of a wrapper, or a whole
 *   text that has the form of an RMA number, case number, carrier number
 *   whose check digit is right, or command. Empty for a bare text
 * @wrapped: %TRUE when the fields came out of a wrapper (envelope, application
 *   identifiers, own payload): then they are certain (I6)
 * @command: which, when @kind is %BH_KIND_COMMAND
 * @bare: (nullable): the text without AIM prefix and surrounding blanks, upper
 *   case; %NULL when wrapped, empty or not printable: what I6 looks up first
 * @stripped: (nullable): @bare without its leading data identifier, or %NULL
 * @stripped_kind: what that data identifier says @stripped is
 * @stripped_di: (nullable): static: that data identifier, as "1P"
 * @possible_serial: (nullable): @bare when it fits I4 and is nothing better
 * @display: valid UTF-8 for people
 *
 * A scan, typed as far as its text alone allows (RULES I5, I6). What is on
 * record decides the rest, in the box.
 */
typedef struct {
  BhKind kind;
  GPtrArray *fields;
  gboolean wrapped;
  BhCommand command;
  char *bare;
  char *stripped;
  BhKind stripped_kind;
  const char *stripped_di;
  char *possible_serial;
  char *display;
} BhReading;

/* Never fails: what cannot be typed is BH_KIND_UNKNOWN and kept. Bounded in
 * time and memory for a scan of any size. */
BhReading *bh_scan_classify (const BhScan *scan);
void bh_reading_free (BhReading *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhReading, bh_reading_free)

G_END_DECLS
