/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transfer-fixture.h"

#include <string.h>

#define RMA_HEADER                                                                                 \
  "rma,case,priority,account,site,contact,reference,serial,part,flag,destination,created,"         \
  "confirmed"
#define HISTORY RMA_HEADER ",received,closed,state\n"

/* Each kind with what is hard about it: formulas, quotes, line feeds, other scripts. */
static const struct {
  const char *kind;
  int rows;
  const char *csv;
} kinds[] = {
  { "accounts", 3,
    "account,name,country,language,email\n"
    "ACME,\"=1+1,\"\"x\"\"\nline\",DE,pt-BR,a@b.example\n"
    "BETA,'-plus,JP,,\n"
    "ZED,日本ネットワーク株式会社 شركة,,,\n" },
  { "sites", 2,
    "account,site,name,address,city,postal_code,country,time_zone\n"
    "ACME,BER,Berlin, blank ,,+49,DE,Europe/Berlin\n"
    "ACME,X-2,\"tab\there\",\t@x,,,,\n" },
  { "products", 3,
    "part,description,platform,list_price,currency,first_shipment,end_of_life,end_of_service,"
    "third_party,components\n"
    "AA-1,A,MX,1250.05,USD,2020-02-29,2030-01-01,2035-01-01,no,PSU;FAN\n"
    "AA-2,,,1250,JPY,,,,yes,\n"
    "AA-3,,,0.005,KWD,,,,no,\n" },
  { "units", 2,
    "serial,part,account,site,shipped,registered,distributor,contract,contract_level,"
    "contract_until\n"
    "-SN0009,MX-100,ACME,BER,2025-01-31,2025-03-01,Dist,C-1,Same-Day 2-Hour,2027-01-31\n"
    "SN.1/2-3,SFP-3P,,,,,,,,\n" },
  { "destinations", 1,
    "destination,name,address,city,postal_code,country,time_zone,calendar,contract_manufacturer\n"
    "SIN,Singapore,\"a\nb\",,,SG,Asia/Singapore,,\n" },
  { "operators", 1,
    "login,name,role,authorised_technician,email\n"
    "anna,Anna,supervisor,yes,anna@example.org\n" },
  { "calendars", 1,
    "calendar,ics\n"
    "NL,\"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20200427"
    "\r\nRRULE:FREQ=YEARLY\r\nSUMMARY:King's Day\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n\"\n" },
  { "rmas", 4,
    HISTORY "R21056835,2026-1101-000001,P2,ACME,BER,Bob,=PO 7,SN000001,MX-100,ra,EIN,"
            "2026-11-02T09:00:00+01:00,2026-11-02T10:00:00.000123+01:00,2026-11-09T10:00:00+01:00,,"
            "received\n"
            "R21056835,2026-1101-000001,P2,ACME,BER,Bob,=PO 7,SN000002,MX-100,,EIN,"
            "2026-11-02T09:00:00+01:00,2026-11-02T10:00:00.000123+01:00,,,open\n"
            "R21056836,,,BETA,,,,SN000003,SFP-3P,,EIN,2025-01-02T00:00:00+01:00,"
            "2025-01-02T00:00:00+01:00,,2025-03-02T00:00:00+01:00,charged\n"
            "R21056837,,,BETA,,,,SN000009,,,EIN,2026-11-02T00:00:00+01:00,,,,draft\n" },
};

static void
clear_kind (Fixture *self, const char *kind)
{
  static const char *const tables[] = { "clock", "search_word", "rma_line", "rma", "support_case",
                                        "unit",  "operator",    "calendar", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (BhTx) tx = bh_store_begin_write (bh_desk_store (self->desk), &error);

  for (guint i = 0; tables[i] != NULL; i++) {
    g_autofree char *sql = g_strdup_printf ("DELETE FROM %s", tables[i]);

    bh_store_run (bh_desk_store (self->desk), NULL, &error, sql, "");
    g_assert_no_error (error);
  }
  bh_tx_commit (tx, &error);
  g_assert_no_error (error);
}

/* In, out, in again, and out again: the same bytes, and nothing twice. */
static void
test_round_trip (Fixture *self, gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data) / 2;
  BhFormat format = GPOINTER_TO_UINT (data) % 2 ? BH_FORMAT_JSONL : BH_FORMAT_CSV;
  gboolean alone = i >= 3; /* nothing refers to it, so it can be taken away */
  g_autoptr (GError) error = NULL;
  g_autofree char *first = NULL;
  g_autofree char *again = NULL;

  fixture_basics (self);
  if (alone)
    clear_kind (self, kinds[i].kind);
  if (g_str_equal (kinds[i].kind, "operators"))
    clear_kind (self, "operators");
  fixture_import (self, kinds[i].kind, BH_FORMAT_CSV, kinds[i].csv, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (self->faults->str, ==, "");
  g_assert_cmpint (self->result.rows, ==, kinds[i].rows);

  first = fixture_export (self, kinds[i].kind, format);
  fixture_import (self, kinds[i].kind, format, first, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (self->faults->str, ==, "");
  g_assert_cmpint (self->result.rows, ==, self->result.unchanged);
  if (alone) {
    clear_kind (self, kinds[i].kind);
    fixture_import (self, kinds[i].kind, format, first, -1, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (self->faults->str, ==, "");
    if (!g_str_equal (kinds[i].kind, "destinations"))
      g_assert_cmpint (self->result.rows, ==, self->result.added);
  }
  again = fixture_export (self, kinds[i].kind, format);
  g_assert_cmpstr (first, ==, again);
}

/* The text of the file itself comes back, where its spelling is already ours. */
static void
test_same_text (Fixture *self, gconstpointer data)
{
  const char *csv = kinds[7].csv;
  g_autofree char *out = NULL;
  char *guarded = g_strdup (csv);
  GString *expected = g_string_new (guarded);

  g_free (guarded);
  g_string_replace (expected, ",=PO 7", ",'=PO 7", 0);
  fixture_basics (self);
  fixture_add (self, "rmas", csv);
  out = fixture_export (self, "rmas", BH_FORMAT_CSV);
  g_assert_cmpstr (out, ==, expected->str);
  g_string_free (expected, TRUE);
}

/* ---- faults, each with its line and column ------------------------------------------------ */

#define UNITS                                                                                      \
  "serial,part,account,site,shipped,registered,distributor,contract,contract_level,"               \
  "contract_until\n"
#define PRODUCTS                                                                                   \
  "part,description,platform,list_price,currency,first_shipment,end_of_life,end_of_service,"       \
  "third_party,components\n"
#define SITES     "account,site,name,address,city,postal_code,country,time_zone\n"
#define OPERATORS "login,name,role,authorised_technician,email\n"
#define R(n)      "R2105683" #n ",,,ACME,,,,"
#define AT        "2026-11-02T09:00:00Z"

static const struct {
  const char *path;
  const char *kind;
  const char *text;
  gssize size; /* 0: up to the NUL */
  int good;
  const char *faults; /* the beginning of each line, divided by "|" */
} faults[] = {
  { "/desk/import/fault/encoding", "accounts",
    "account,name,country,language,email\nA1,caf\xe9,,,\nA2,B,,,\n", 0, 1,
    "2:2:name: it is not UTF-8" },
  { "/desk/import/fault/nul", "accounts",
    "account,name,country,language,email\nA1,a\0b,,,\nA2,B,,,\n", 54, 1, "2:2:name: a NUL byte" },
  { "/desk/import/fault/quote-in-cell", "accounts",
    "account,name,country,language,email\nA1,12\" rack,,,\nA2,B,,,\n", 0, 1,
    "2:2:: a quote that is not closed" },
  { "/desk/import/fault/quote-not-closed", "accounts",
    "account,name,country,language,email\nA1,\"B,,,\nA2,\"C\",,,\nA3,D,,,\n", 0, 2,
    "2:2:: a quote that is not closed" },
  { "/desk/import/fault/quote-not-closed-at-end", "accounts",
    "account,name,country,language,email\nA1,\"B,,,\nA2,C,,,\n", 0, 1,
    "2:2:: a quote that is not closed" },
  { "/desk/import/fault/line-after-quoted-line-feed", "accounts",
    "account,name,country,language,email\r\nA1,\"B\r\nC\",,,\r\n\r\nA2,D,x,,\r\n", 0, 1,
    "5:3:country: \"x\" is not a country's two letters" },
  { "/desk/import/fault/carriage-return", "accounts",
    "account,name,country,language,email\nA1,B,,,\rA2,C,,,\nA3,D,,,\n", 0, 1,
    "2:0:: a carriage return" },
  { "/desk/import/fault/too-few-columns", "accounts",
    "account,name,country,language,email\nA1,B\nA2,C,,,\n", 0, 1,
    "2:0:: it has 2 columns, the header has 5" },
  { "/desk/import/fault/too-many-columns", "accounts",
    "account,name,country,language,email\nA1,B,,,,\nA2,C,,,\n", 0, 1, "2:0:: it has 6 columns" },
  { "/desk/import/fault/empty-required", "accounts",
    "account,name,country,language,email\n,,,,\nA2,C,,,\n", 0, 1,
    "2:1:account: it is empty|2:2:name: it is empty" },
  { "/desk/import/fault/duplicate-key", "accounts",
    "account,name,country,language,email\nA1,B,,,\nA2,C,,,\nA1,B,,,\n", 0, 2,
    "4:1:account: it is on line 2 of this file already" },
  { "/desk/import/fault/columns-in-another-order", "accounts",
    "name,account,email,country,language\nB,A1,no,,\n", 0, 0,
    "2:3:email: \"no\" is not an e-mail" },
  { "/desk/import/fault/impossible-date", "units",
    UNITS "SN000011,MX-100,,,2026-02-30,2026-13-01,,,,26-01-01\nSN000012,MX-100,,,,,,,,\n", 0, 1,
    "2:5:shipped: \"2026-02-30\" is not a date that exists|2:6:registered: "
    "|2:10:contract_until: " },
  { "/desk/import/fault/unknown-reference", "units",
    UNITS "SN000011,NOPE,NOBODY,,,,,,,\nSN000012,MX-100,ACME,NOSITE,,,,,,\n"
          "SN000013,MX-100,,BER,,,,,,\nSN000014,MX-100,,,,,,,,\n",
    0, 1,
    "2:2:part: \"NOPE\" is not on record|2:3:account: \"NOBODY\" is not on record|3:4:site: "
    "\"NOSITE\" is not on record|4:4:site: a site needs its account" },
  { "/desk/import/fault/I4-serial", "units",
    UNITS "SN 00011,MX-100,,,,,,,,\nSN1,MX-100,,,,,,,,\nSN000014,MX-100,,,,,,,,\n", 0, 1,
    "2:1:serial: \"SN 00011\" is not a serial number (I4)|3:1:serial: " },
  { "/desk/import/fault/N4-level", "units", UNITS "SN000011,MX-100,,,,,,,Platinum,\n", 0, 0,
    "2:9:contract_level: \"Platinum\" is not a contract level (N4): Core, Core Plus" },
  { "/desk/import/fault/time-zone", "sites",
    SITES
    "ACME,S1,A,,,,,Europe/Nowhere\nACME,S2,A,,,,,+01:00\nACME,S3,A,,,,,Europe/../Europe/Berlin\n"
    "ACME,S4,A,,,,,UTC\n",
    0, 1, "2:8:time_zone: |3:8:time_zone: |4:8:time_zone: " },
  { "/desk/import/fault/price", "products",
    PRODUCTS
    "P1,,,1.005,USD,,,,no,\nP2,,,10.5,JPY,,,,no,\nP3,,,5,,,,,no,\nP4,,,\"1,5\",EUR,,,,no,\n"
    "P5,,,-3,EUR,,,,no,\nP6,,,3,EUX,,,,no,\nP7,,,9999999999999999,EUR,,,,no,\nP8,,,.5,EUR,"
    ",,,no,\nP9,,,1.2.3,EUR,,,,no,\nPA,,,7,EUR,,,,no,\n",
    0, 1,
    "2:4:list_price: \"1.005\" has 3 decimals, USD has 2|3:4:list_price: \"10.5\" has 1 decimals, "
    "JPY has 0|4:5:currency: a price needs its currency|5:4:list_price: |6:4:list_price: |"
    "7:5:currency: \"EUX\" is not a currency|8:4:list_price: |9:4:list_price: |10:4:list_price: " },
  { "/desk/import/fault/yes-no", "products", PRODUCTS "P1,,,,,,,,maybe,\n", 0, 0,
    "2:9:third_party: \"maybe\" is not yes or no" },
  { "/desk/import/fault/role", "operators", OPERATORS "b,B,king,no,\n", 0, 0,
    "2:3:role: \"king\" is not receiver, technician" },
  { "/desk/import/fault/I1-number", "rmas",
    RMA_HEADER "\nR123,,,ACME,,,,SN000001,,,EIN," AT "," AT "\n", 0, 0,
    "2:1:rma: \"R123\" is not an RMA number (I1)" },
  { "/desk/import/fault/I2-case", "rmas",
    RMA_HEADER "\nR21056835,2019-0230-012345,P1,ACME,,,,SN000001,,,EIN," AT "," AT "\n", 0, 0,
    "2:2:case: \"2019-0230-012345\" is not a case number (I2)" },
  { "/desk/import/fault/I4-awaited-elsewhere", "rmas",
    RMA_HEADER "\n" R (1) "SN000001,,,EIN," AT "," AT "\n" R (2) "sn000001,,,EIN," AT "," AT "\n",
    0, 1, "3:8:serial: RMA R21056831 awaits this serial already (I4)" },
  { "/desk/import/fault/same-serial-twice-in-an-rma", "rmas",
    RMA_HEADER "\n" R (1) "SN000001,,,EIN," AT "," AT "\n" R (1) "sn000001,,,EIN," AT "," AT "\n",
    0, 1, "3:8:serial: it is on line 2 of this file already" },
  { "/desk/import/fault/N3-third-party", "rmas",
    RMA_HEADER "\n" R (1) "SN000003,,,EIN," AT "," AT "\n", 0, 0,
    "2:9:part: \"SFP-3P\" is a third-party part, which is not covered (N3)" },
  { "/desk/import/fault/confirmed-before-created", "rmas",
    RMA_HEADER "\n" R (1) "SN000001,,,EIN," AT ",2026-10-01\n", 0, 0,
    "2:13:confirmed: 2026-10-01 is before created" },
  { "/desk/import/fault/lines-disagree", "rmas",
    RMA_HEADER "\nR21056831,,,ACME,,,PO 1,SN000001,,,EIN," AT "," AT
               "\nR21056831,,,ACME,,,PO 2,SN000002,,,EIN," AT "," AT "\n",
    0, 1, "3:7:reference: it differs from line 2" },
  { "/desk/import/fault/account-of-rma", "rmas",
    RMA_HEADER "\nR21056831,,,ACME,,,,SN000001,,,EIN," AT "," AT
               "\nR21056831,,,BETA,,,,SN000002,,,EIN," AT "," AT "\n",
    0, 1, "3:4:account: the RMA is of account \"ACME\"" },
  { "/desk/import/fault/account-of-case", "rmas",
    RMA_HEADER "\nR21056831,2026-1101-000001,P1,ACME,,,,SN000001,,,EIN," AT "," AT
               "\nR21056832,20261101000001#,P1,BETA,,,,SN000002,,,EIN," AT "," AT "\n",
    0, 1, "3:2:case: the case is of account \"ACME\"" },
  { "/desk/import/fault/state-needs-time", "rmas",
    HISTORY R (1) "SN000001,,,EIN," AT "," AT ",,,received\n" R (2) "SN000002,,,EIN," AT
                                                                    ",,,,open\n",
    0, 0, "2:14:received: the state is received|3:13:confirmed: only a confirmed RMA" },
};

static void
test_fault (Fixture *self, gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_auto (GStrv) expected = g_strsplit (faults[i].faults, "|", -1);
  g_autoptr (GError) error = NULL;
  const char *at;

  fixture_basics (self);
  fixture_import (self, faults[i].kind, BH_FORMAT_CSV, faults[i].text,
                  faults[i].size != 0 ? faults[i].size : -1, &error);
  g_assert_no_error (error);
  at = self->faults->str;
  for (guint n = 0; expected[n] != NULL; n++) {
    if (!g_str_has_prefix (at, expected[n]))
      g_error ("expected \"%s\" in\n%s", expected[n], self->faults->str);
    at = strchr (at, '\n') + 1;
  }
  g_assert_cmpstr (at, ==, "");
  g_assert_cmpint (self->result.added, ==, faults[i].good);
  /* one row a bad row, as it was read, without its line's end */
  g_assert_cmpint (self->rows->len, ==, self->result.rejected);
  for (guint n = 0; n < self->rows->len; n++)
    g_assert_false (g_str_has_suffix (g_ptr_array_index (self->rows, n), "\n"));
}

/* Headers that make the whole file unreadable: every fault is told, nothing is written. */
static const struct {
  const char *path;
  const char *text;
  gssize size;
  const char *faults;
} headers[] = {
  { "/desk/import/header/faults", "account,nmae,account,country,language\n", 0,
    "1:2:nmae: there is no such column|1:3:account: the column is there twice|1:0:name: the column "
    "is missing|1:0:email: the column is missing" },
  { "/desk/import/header/empty", "", 0, "" },
  { "/desk/import/header/utf16",
    "\xff\xfe"
    "a\0c\0",
    6, "" },
  { "/desk/import/header/nul", "account\0,name,country,language,email\n", 37,
    "1:1:account|1:0:account: the column is missing" },
  { "/desk/import/header/quote", "account,\"name,country,language,email\n", 0, "1:2:: a quote" },
};

static void
test_header (Fixture *self, gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_auto (GStrv) expected = g_strsplit (headers[i].faults, "|", -1);
  g_autoptr (GError) error = NULL;
  const char *at;

  fixture_import (self, "accounts", BH_FORMAT_CSV, headers[i].text,
                  headers[i].size != 0 ? headers[i].size : -1, &error);
  g_assert_error (error, BH_ERROR, BH_ERROR_INPUT);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  at = self->faults->str;
  for (guint n = 0; expected[n] != NULL; n++) {
    if (!g_str_has_prefix (at, expected[n]))
      g_error ("expected \"%s\" in\n%s", expected[n], self->faults->str);
    at = strchr (at, '\n') + 1;
  }
  g_assert_cmpstr (at, ==, "");
  g_assert_cmpint (fixture_number (self, "SELECT count(*) FROM account"), ==, 0);
  g_assert_cmpint (fixture_number (self, "SELECT count(*) FROM audit"), ==, 0);
}

static void
test_bom (Fixture *self, gconstpointer data)
{
  fixture_add (self, "accounts",
               "\xef\xbb\xbf"
               "account,name,country,language,email\nA1,B,,,");
  g_assert_cmpint (self->result.added, ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, data, test)                                                                      \
  g_test_add (path, Fixture, data, fixture_set_up, test, fixture_tear_down)
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    for (guint format = 0; format < 2; format++) {
      g_autofree char *path = g_strdup_printf ("/desk/transfer/round-trip/%s/%s", kinds[i].kind,
                                               format ? "jsonl" : "csv");

      ADD (path, GUINT_TO_POINTER (i * 2 + format), test_round_trip);
    }
  ADD ("/desk/transfer/same-text", NULL, test_same_text);
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    ADD (faults[i].path, GUINT_TO_POINTER (i), test_fault);
  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    ADD (headers[i].path, GUINT_TO_POINTER (i), test_header);
  ADD ("/desk/import/byte-order-mark", NULL, test_bom);
  return g_test_run ();
}
