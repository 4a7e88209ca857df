/* SPDX-License-Identifier: GPL-3.0-or-later */
/* RULES N2–N4: who is covered on which day, and what that gives. */
#include "backhaul/entitlement.h"

typedef struct {
  const char *path;
  BhCoverFacts facts;
  const char *on;
  const char *expected; /* "KIND LEVEL FROM UNTIL", "-" for none */
  const char *reason;   /* a part of the reason, or of the doubt */
} Case;

/* the vendor's own product on record */
#define UNIT        .known = TRUE, .part = "PN-1", .product_known = TRUE
#define SOLD        UNIT, .shipped = "2026-01-15", .registered = "2026-02-01"
#define RESOLD(r)   UNIT, .shipped = "2026-01-15", .registered = r, .distributor = "Bravo Trading"
#define UNDER(l, u) .contract = "C-1", .contract_level = l, .contract_until = u

static const Case cases[] = {
  /* ---- contract ---- */
  { "N2/contract",
    { UNIT, UNDER ("Same-Day", "2026-12-31") },
    "2026-11-24",
    "contract Same-Day - 2026-12-31",
    "contract C-1, Same-Day, until 2026-12-31" },
  { "N2/contract-covers-its-last-day",
    { UNIT, UNDER ("Core Plus", "2026-11-24") },
    "2026-11-24",
    "contract Core Plus - 2026-11-24",
    NULL },
  { "N2/contract-the-day-before-its-last",
    { UNIT, UNDER ("Core Plus", "2026-11-24") },
    "2026-11-23",
    "contract Core Plus - 2026-11-24",
    NULL },
  { "N2/contract-ended-yesterday",
    { UNIT, UNDER ("Core Plus", "2026-11-24") },
    "2026-11-25",
    "none - - 2026-11-24",
    "contract C-1 ended on 2026-11-24, and the product is not registered" },
  { "N2/contract-on-leap-day",
    { UNIT, UNDER ("Same-Day", "2028-02-29") },
    "2028-02-29",
    "contract Same-Day - 2028-02-29",
    NULL },
  { "N2/contract-after-leap-day",
    { UNIT, UNDER ("Same-Day", "2028-02-29") },
    "2028-03-01",
    "none - - 2028-02-29",
    NULL },
  { "N2/contract-before-warranty",
    { SOLD, UNDER ("Next-Day Ship", "2026-12-31") },
    "2026-11-24",
    "contract Next-Day Ship - 2026-12-31",
    NULL },
  { "N2/ended-contract-leaves-the-warranty",
    { SOLD, UNDER ("Same-Day", "2026-06-30") },
    "2026-11-24",
    "warranty Warranty 2026-01-15 2027-01-14",
    "; contract C-1 ended on 2026-06-30" },
  { "N2/contract-of-an-unregistered-unit",
    { UNIT, .shipped = "2020-01-15", UNDER ("Same-Day Onsite", "2026-12-31") },
    "2026-11-24",
    "contract Same-Day Onsite - 2026-12-31",
    NULL },
  { "N2/contract-without-a-number",
    { UNIT, .contract_level = "Same-Day", .contract_until = "2026-12-31" },
    "2026-11-24",
    "contract Same-Day - 2026-12-31",
    "the contract, Same-Day" },
  { "N2/level-in-another-spelling",
    { UNIT, UNDER ("next day  ONSITE", "2026-12-31") },
    "2026-11-24",
    "contract Next-Day Onsite - 2026-12-31",
    NULL },
  /* ---- Core: support without hardware ---- */
  { "N4/core-alone",
    { UNIT, UNDER ("Core", "2026-12-31") },
    "2026-11-24",
    "none - - -",
    "contract C-1, Core, replaces no hardware" },
  { "N4/core-does-not-take-the-warranty",
    { SOLD, UNDER ("Core", "2026-12-31") },
    "2026-11-24",
    "warranty Warranty 2026-01-15 2027-01-14",
    "Core, replaces no hardware" },
  { "N4/core-after-the-warranty",
    { SOLD, UNDER ("Core", "2027-12-31") },
    "2027-01-15",
    "none - - 2027-01-14",
    "the product warranty ended on 2027-01-14" },
  /* ---- warranty: the vendor's own sale ---- */
  { "N2/warranty-first-day-registered",
    { SOLD },
    "2026-02-01",
    "warranty Warranty 2026-01-15 2027-01-14",
    "product warranty from 2026-01-15" },
  { "N2/warranty-before-it-is-registered",
    { SOLD },
    "2026-01-31",
    "none - - -",
    "not active before 2026-02-01" },
  { "N2/warranty-last-day",
    { SOLD },
    "2027-01-14",
    "warranty Warranty 2026-01-15 2027-01-14",
    NULL },
  { "N2/warranty-the-anniversary", { SOLD }, "2027-01-15", "none - - 2027-01-14", NULL },
  { "N2/warranty-shipped-today",
    { UNIT, .shipped = "2026-11-24", .registered = "2026-11-24" },
    "2026-11-24",
    "warranty Warranty 2026-11-24 2027-11-23",
    NULL },
  { "N2/warranty-not-registered",
    { UNIT, .shipped = "2026-01-15" },
    "2026-11-24",
    "none - - -",
    "the product is not registered" },
  { "N2/warranty-of-nothing-on-record",
    { UNIT },
    "2026-11-24",
    "none - - -",
    "no contract is on record, and the product is not registered" },
  { "N2/warranty-empty-texts",
    { UNIT, .shipped = "", .registered = "", .distributor = "", .contract = "",
      .contract_level = "", .contract_until = "" },
    "2026-11-24",
    "none - - -",
    "no contract is on record" },
  /* 29 February has its anniversary on the 28th: the day before is the 27th */
  { "N2/warranty-from-leap-day-last",
    { UNIT, .shipped = "2024-02-29", .registered = "2024-03-01" },
    "2025-02-27",
    "warranty Warranty 2024-02-29 2025-02-27",
    NULL },
  { "N2/warranty-from-leap-day-over",
    { UNIT, .shipped = "2024-02-29", .registered = "2024-03-01" },
    "2025-02-28",
    "none - - 2025-02-27",
    NULL },
  { "N2/warranty-to-leap-day",
    { UNIT, .shipped = "2027-03-01", .registered = "2027-03-01" },
    "2028-02-29",
    "warranty Warranty 2027-03-01 2028-02-29",
    NULL },
  { "N2/warranty-from-28-february",
    { UNIT, .shipped = "2023-02-28", .registered = "2023-03-01" },
    "2024-02-27",
    "warranty Warranty 2023-02-28 2024-02-27",
    NULL },
  /* ---- warranty: a distributor's resale ---- */
  { "N2/resale-starts-when-registered",
    { RESOLD ("2026-03-01") },
    "2027-02-28",
    "warranty Warranty 2026-03-01 2027-02-28",
    NULL },
  { "N2/resale-over", { RESOLD ("2026-03-01") }, "2027-03-01", "none - - 2027-02-28", NULL },
  { "N2/resale-on-day-90",
    { RESOLD ("2026-04-15") },
    "2027-04-14",
    "warranty Warranty 2026-04-15 2027-04-14",
    NULL },
  { "N2/resale-on-day-91",
    { RESOLD ("2026-04-16") },
    "2027-04-14",
    "warranty Warranty 2026-04-15 2027-04-14",
    NULL },
  { "N2/resale-on-day-91-over",
    { RESOLD ("2026-04-16") },
    "2027-04-15",
    "none - - 2027-04-14",
    NULL },
  { "N2/resale-registered-late",
    { RESOLD ("2026-09-01") },
    "2026-08-31",
    "none - - -",
    "not active before 2026-09-01" },
  { "N2/resale-registered-after-it-ended",
    { RESOLD ("2027-09-01") },
    "2027-09-02",
    "none - - 2027-04-14",
    NULL },
  { "N2/resale-not-registered",
    { UNIT, .shipped = "2026-01-15", .distributor = "Bravo" },
    "2026-02-24",
    "none - - -",
    "not registered" },
  /* ---- what cannot be: it counts for nothing, and is said ---- */
  { "N2/doubt/level-without-date",
    { UNIT, .contract = "C-1", .contract_level = "Same-Day" },
    "2026-11-24",
    "none - - -",
    "contract C-1 has no end date" },
  { "N2/doubt/number-alone",
    { UNIT, .contract = "C-1" },
    "2026-11-24",
    "none - - -",
    "contract C-1 has no end date" },
  { "N2/doubt/date-without-level",
    { UNIT, .contract = "C-1", .contract_until = "2026-12-31" },
    "2026-11-24",
    "none - - -",
    "contract C-1 has no level" },
  { "N2/doubt/date-without-level-leaves-the-warranty",
    { SOLD, .contract = "C-1", .contract_until = "2026-12-31" },
    "2026-11-24",
    "warranty Warranty 2026-01-15 2027-01-14",
    "contract C-1 has no level" },
  { "N2/doubt/over-before-its-level-is-asked",
    { UNIT, UNDER ("Platinum", "2026-11-23") },
    "2026-11-24",
    "none - - 2026-11-23",
    "ended on 2026-11-23" },
  { "N2/doubt/unknown-level",
    { UNIT, UNDER ("Platinum", "2026-12-31") },
    "2026-11-24",
    "none - - -",
    "a level that does not exist, \"Platinum\"" },
  { "N2/doubt/no-date",
    { UNIT, UNDER ("Same-Day", "2026-02-30") },
    "2026-02-10",
    "none - - -",
    "an end that is no date, \"2026-02-30\"" },
  { "N2/doubt/ends-before-it-was-shipped",
    { UNIT, .shipped = "2026-12-24", .registered = "2026-12-24", UNDER ("Same-Day", "2026-12-01") },
    "2026-11-24",
    "none - - -",
    "ends on 2026-12-01, before the unit was shipped on 2026-12-24" },
  { "N2/doubt/shipped-tomorrow",
    { UNIT, .shipped = "2026-11-25", .registered = "2026-11-01" },
    "2026-11-24",
    "none - - -",
    "not active before 2026-11-25" },
  { "N2/doubt/registered-before-shipped",
    { UNIT, .shipped = "2026-01-15", .registered = "2026-01-14" },
    "2027-01-14",
    "warranty Warranty 2026-01-15 2027-01-14",
    "registered on 2026-01-14, before it was shipped on 2026-01-15" },
  { "N2/doubt/resold-before-shipped",
    { RESOLD ("2025-12-01") },
    "2027-01-15",
    "none - - 2027-01-14",
    "registered on 2025-12-01, before it was shipped" },
  { "N2/doubt/no-ship-date",
    { UNIT, .registered = "2026-01-14" },
    "2026-11-24",
    "none - - -",
    "its ship date is not on record" },
  { "N2/doubt/ship-date-is-no-date",
    { UNIT, .shipped = "yesterday", .registered = "2026-01-14" },
    "2026-11-24",
    "none - - -",
    "the ship date is no date, \"yesterday\"" },
  { "N2/doubt/registration-is-no-date",
    { UNIT, .shipped = "2026-01-14", .registered = "yes" },
    "2026-11-24",
    "none - - -",
    "the day of registration is no date, \"yes\"" },
  { "N2/doubt/both-grounds",
    { UNIT, .shipped = "2026-01-14", .registered = "yes", UNDER (NULL, "2026-12-31") },
    "2026-11-24",
    "none - - -",
    "has no level, and the day of registration is no date" },
  { "N2/doubt/product-unknown",
    { .known = TRUE, .part = "PN-X", UNDER ("Same-Day", "2026-12-31") },
    "2026-11-24",
    "none - - -",
    "part PN-X is not on record" },
  { "N2/unknown-serial", { .serial = "X" }, "2026-11-24", "none - - -", "no unit of this serial" },
  /* ---- third-party: before everything else ---- */
  { "N3/third-party",
    { SOLD, .third_party = TRUE, UNDER ("Same-Day", "2026-12-31") },
    "2026-11-24",
    "third-party - - -",
    "part PN-1 is a third party's" },
};

static const char *
or_dash (const char *text)
{
  return text != NULL ? text : "-";
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_auto (BhCoverage) coverage = { 0 };
  g_autofree char *from = NULL;
  g_autofree char *until = NULL;
  g_autofree char *got = NULL;
  g_autofree char *told = NULL;

  bh_coverage_judge (&c->facts, bh_day_parse (c->on), &coverage);
  from = coverage.from != BH_DAY_NONE ? bh_day_format (coverage.from) : NULL;
  until = coverage.until != BH_DAY_NONE ? bh_day_format (coverage.until) : NULL;
  got = g_strdup_printf ("%s %s %s %s", bh_cover_kind_name (coverage.kind),
                         or_dash (coverage.level != NULL ? coverage.level->name : NULL),
                         or_dash (from), or_dash (until));
  g_assert_cmpstr (got, ==, c->expected);
  g_assert_cmpstr (coverage.rule, ==, coverage.kind == BH_COVER_THIRD_PARTY ? "N3" : "N2");
  told = g_strdup_printf ("%s | %s", coverage.reason, or_dash (coverage.doubt));
  if (c->reason != NULL && g_strstr_len (told, -1, c->reason) == NULL)
    g_error ("%s: \"%s\" is not in \"%s\"", c->path, c->reason, told);
  /* what is contradictory is told, and what is not is not */
  g_assert_cmpint (coverage.doubt != NULL, ==,
                   g_strstr_len (c->path, -1, "/doubt/") != NULL &&
                       g_strstr_len (c->path, -1, "/over-before") == NULL &&
                       g_strstr_len (c->path, -1, "/shipped-tomorrow") == NULL &&
                       g_strstr_len (c->path, -1, "/no-ship-date") == NULL);
  g_assert_cmpint (bh_coverage_entitles (&coverage), ==, coverage.level != NULL);
  /* nothing covers outside its own dates */
  if (coverage.level != NULL) {
    g_assert_cmpuint (bh_day_parse (c->on), <=, coverage.until);
    g_assert_cmpuint (bh_day_parse (c->on), >=, coverage.from);
  }
}

/* The guide's table 5, dot by dot. */
static void
test_table_5 (void)
{
  static const struct {
    const char *level;
    const char *got;
  } rows[] = {
    { "Core", "none - 0 0" },
    { "Core Plus", "return-to-factory - 0 0" },
    { "Next-Day Delivery", "advance next-day-delivery 0 0" },
    { "Next-Day Ship", "advance next-day-ship 0 0" },
    { "Next-Day Onsite", "advance next-day-delivery 0 1" },
    { "Same-Day", "advance hours 4 0" },
    { "Same-Day 2-Hour", "advance hours 2 0" },
    { "Same-Day Onsite", "advance hours 4 1" },
  };
  gsize n = 0;
  const BhLevel *levels = bh_levels (&n);

  g_assert_cmpuint (n, ==, G_N_ELEMENTS (rows));
  for (gsize i = 0; i < n; i++) {
    g_autofree char *got = g_strdup_printf (
        "%s %s %d %d", bh_replacement_name (levels[i].replacement),
        or_dash (bh_promise_name (levels[i].promise)), levels[i].hours, levels[i].onsite);

    g_assert_cmpstr (levels[i].name, ==, rows[i].level);
    g_assert_cmpstr (got, ==, rows[i].got);
    g_assert_true (bh_level_find (rows[i].level) == &levels[i]);
    g_assert_nonnull (levels[i].grants);
  }
  g_assert_null (bh_level_find (NULL));
  g_assert_null (bh_level_find (""));
  g_assert_null (bh_level_find ("Core Plus!"));
  g_assert_null (bh_level_find ("Same-Day 3-Hour"));
  /* what the warranty gives is no level that can be bought */
  g_assert_null (bh_level_find ("Warranty"));
  g_assert_cmpint (bh_warranty_level ()->replacement, ==, BH_REPLACE_RETURN_TO_FACTORY);
}

/* Every day of nine years: the warranty ends the day before its anniversary, and
 * no day is missing or double between the two. */
static void
test_every_start (void)
{
  BhDay first = bh_day_parse ("2020-01-01");
  BhDay last = bh_day_parse ("2028-12-31");

  for (BhDay day = first; day <= last; day++) {
    g_autofree char *text = bh_day_format (day);
    const BhCoverFacts facts = { UNIT, .shipped = text, .registered = text };
    BhDay anniversary = bh_day_anniversary (day, 1);

    for (int offset = -1; offset <= 0; offset++) {
      g_auto (BhCoverage) coverage = { 0 };

      bh_coverage_judge (&facts, (BhDay) ((int) anniversary + offset), &coverage);
      g_assert_cmpint (coverage.kind, ==, offset < 0 ? BH_COVER_WARRANTY : BH_COVER_NONE);
    }
    g_assert_cmpuint (anniversary - day, >=, 365);
    g_assert_cmpuint (anniversary - day, <=, 366);
  }
}

static void
test_anniversary (void)
{
  g_assert_cmpuint (bh_day_anniversary (bh_day_parse ("2024-02-29"), 1), ==,
                    bh_day_parse ("2025-02-28"));
  g_assert_cmpuint (bh_day_anniversary (bh_day_parse ("2024-02-29"), 4), ==,
                    bh_day_parse ("2028-02-29"));
  g_assert_cmpuint (bh_day_anniversary (bh_day_parse ("2019-06-30"), 5), ==,
                    bh_day_parse ("2024-06-30"));
  g_assert_cmpuint (bh_day_anniversary (BH_DAY_NONE, 5), ==, BH_DAY_NONE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strconcat ("/core/entitlement/", cases[i].path, NULL);

    g_test_add_data_func (path, &cases[i], test_case);
  }
  g_test_add_func ("/core/entitlement/N4/table-5", test_table_5);
  g_test_add_func ("/core/entitlement/N2/every-start", test_every_start);
  g_test_add_func ("/core/day/anniversary", test_anniversary);
  return g_test_run ();
}
