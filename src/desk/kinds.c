/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* The kinds of CLI.md: their columns, and the table each goes to. */

#include "transfer-private.h"

#include <string.h>

#define REQ     BH_COLUMN_REQUIRED
#define OPT     BH_COLUMN_OPTIONAL
#define MAX_ROW (256 * 1024)

static const BhColumn accounts[] = {
  { "account", BH_CELL_KEY, REQ },  { "name", BH_CELL_TEXT, REQ }, { "country", BH_CELL_COUNTRY },
  { "language", BH_CELL_LANGUAGE }, { "email", BH_CELL_EMAIL },
};

static const BhColumn sites[] = {
  { "account", BH_CELL_KEY, REQ, BH_REF_ACCOUNT },
  { "site", BH_CELL_KEY, REQ },
  { "name", BH_CELL_TEXT, REQ },
  { "address", BH_CELL_TEXT },
  { "city", BH_CELL_TEXT },
  { "postal_code", BH_CELL_TEXT },
  { "country", BH_CELL_COUNTRY },
  { "time_zone", BH_CELL_ZONE },
};

static const BhColumn products[] = {
  { "part", BH_CELL_PART, REQ },     { "description", BH_CELL_TEXT },
  { "platform", BH_CELL_TEXT },      { "list_price", BH_CELL_PRICE },
  { "currency", BH_CELL_CURRENCY },  { "first_shipment", BH_CELL_DAY },
  { "end_of_life", BH_CELL_DAY },    { "end_of_service", BH_CELL_DAY },
  { "third_party", BH_CELL_YES_NO }, { "components", BH_CELL_TEXT },
};

static const BhColumn units[] = {
  { "serial", BH_CELL_SERIAL, REQ },
  { "part", BH_CELL_PART, REQ, BH_REF_PART },
  { "account", BH_CELL_KEY, 0, BH_REF_ACCOUNT },
  { "site", BH_CELL_KEY, 0, BH_REF_SITE },
  { "shipped", BH_CELL_DAY },
  { "registered", BH_CELL_DAY },
  { "distributor", BH_CELL_TEXT },
  { "contract", BH_CELL_TEXT },
  { "contract_level", BH_CELL_LEVEL },
  { "contract_until", BH_CELL_DAY },
};

static const BhColumn rmas[] = {
  { "rma", BH_CELL_RMA, REQ },
  { "case", BH_CELL_CASE },
  { "priority", BH_CELL_PRIORITY },
  { "account", BH_CELL_KEY, REQ, BH_REF_ACCOUNT },
  { "site", BH_CELL_KEY, 0, BH_REF_SITE },
  { "contact", BH_CELL_TEXT },
  { "reference", BH_CELL_TEXT },
  { "serial", BH_CELL_SERIAL, REQ },
  { "part", BH_CELL_PART, 0, BH_REF_PART },
  { "flag", BH_CELL_FLAG },
  { "destination", BH_CELL_KEY, 0, BH_REF_DESTINATION },
  { "created", BH_CELL_INSTANT, REQ },
  { "confirmed", BH_CELL_INSTANT },
  { "received", BH_CELL_INSTANT, OPT },
  { "closed", BH_CELL_INSTANT, OPT },
  { "state", BH_CELL_STATE, OPT },
};

static const BhColumn calendars[] = {
  { "calendar", BH_CELL_FILE_KEY, REQ },
  { "ics", BH_CELL_LONG, REQ },
};

static const BhColumn destinations[] = {
  { "destination", BH_CELL_KEY, REQ },
  { "name", BH_CELL_TEXT, REQ },
  { "address", BH_CELL_TEXT },
  { "city", BH_CELL_TEXT },
  { "postal_code", BH_CELL_TEXT },
  { "country", BH_CELL_COUNTRY },
  { "time_zone", BH_CELL_ZONE, REQ },
  { "calendar", BH_CELL_FILE_KEY, 0, BH_REF_CALENDAR },
  { "contract_manufacturer", BH_CELL_TEXT },
};

static const BhColumn operators[] = {
  { "login", BH_CELL_LOGIN, REQ }, { "name", BH_CELL_TEXT, REQ },
  { "role", BH_CELL_ROLE, REQ },   { "authorised_technician", BH_CELL_YES_NO },
  { "email", BH_CELL_EMAIL },
};

/* R5: lists that a site extends */
static const BhColumn faults[] = {
  { "fault", BH_CELL_KEY, REQ },
  { "parent", BH_CELL_KEY },
  { "description", BH_CELL_TEXT, REQ },
};

static const BhColumn actions[] = {
  { "action", BH_CELL_KEY, REQ },
  { "description", BH_CELL_TEXT },
};

static const BhColumn dispositions[] = {
  { "disposition", BH_CELL_FILE_KEY, REQ },
  { "description", BH_CELL_TEXT },
};

static const BhColumn tests[] = {
  { "part", BH_CELL_PART, REQ, BH_REF_PART },
  { "test", BH_CELL_KEY, REQ },
  { "low", BH_CELL_NUMBER },
  { "high", BH_CELL_NUMBER },
  { "unit", BH_CELL_TEXT },
};

#define KIND(list) .kind = #list, .columns = list, .n_columns = G_N_ELEMENTS (list)

static const BhTransfer kinds[] = {
  { KIND (accounts),
    .table = { "account", { "account", "name", "country", "language", "email" }, 5, 1, 5, 0 },
    .load = "account", .max_row = MAX_ROW, .written = bh_import_account_written },
  { KIND (sites),
    .table = { "site",
               { "account", "site", "name", "address", "city", "postal_code", "country",
                 "time_zone" },
               8,
               2,
               8,
               0 },
    .second_key = 1, .load = "site", .max_row = MAX_ROW },
  { KIND (products),
    .table = { "product",
               { "part", "description", "platform", "list_price", "currency", "first_shipment",
                 "end_of_life", "end_of_service", "third_party", "components" },
               10,
               1,
               10,
               1u << 3 | 1u << 8 },
    .load = "product", .max_row = MAX_ROW, .check = bh_import_check_product },
  { KIND (units),
    .table = { "unit",
               { "serial", "part", "account", "site", "shipped", "registered", "distributor",
                 "contract", "contract_level", "contract_until" },
               10,
               1,
               10,
               0 },
    .load = "unit", .max_row = MAX_ROW },
  { KIND (rmas), .second_key = 7, .load = "rma_line", .max_row = MAX_ROW,
    .check = bh_import_check_rma, .put = bh_import_put_rma, .gather = bh_import_gather_rmas,
    .settle = bh_import_settle_rmas },
  { KIND (calendars), .table = { "calendar", { "name", "ics" }, 2, 1, 2, 0 }, .load = "calendar",
    .max_row = 5 * 1024 * 1024, .check = bh_import_check_calendar, .put = bh_import_put_calendar,
    .own_tx = TRUE },
  { KIND (destinations),
    .table = { "destination",
               { "destination", "name", "address", "city", "postal_code", "country", "time_zone",
                 "calendar", "contract_manufacturer" },
               9,
               1,
               9,
               0 },
    .load = "destination", .max_row = MAX_ROW },
  { KIND (operators),
    .table = { "operator",
               { "login", "name", "role", "authorised_technician", "email" },
               5,
               1,
               5,
               1u << 3 },
    .load = "operator", .max_row = MAX_ROW, .check = bh_import_check_operator },
  { KIND (faults), .table = { "fault", { "fault", "parent", "description" }, 3, 1, 3, 0 },
    .load = "fault", .max_row = MAX_ROW, .check = bh_import_check_fault },
  { KIND (actions), .table = { "repair_action", { "action", "description" }, 2, 1, 2, 0 },
    .load = "repair_action", .max_row = MAX_ROW },
  { KIND (dispositions), .table = { "disposition", { "disposition", "description" }, 2, 1, 2, 0 },
    .load = "disposition", .max_row = MAX_ROW },
  { KIND (tests), .table = { "test_limit", { "part", "test", "low", "high", "unit" }, 5, 2, 5, 0 },
    .second_key = 1, .load = "test_limit", .max_row = MAX_ROW, .check = bh_import_check_test },
};

const BhTransfer *
bh_transfer_find (const char *kind, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i].kind, kind) == 0)
      return &kinds[i];
  g_set_error (error, BH_ERROR, BH_ERROR_USAGE,
               "%s: nothing of that kind is imported or exported; name one of accounts sites "
               "products units rmas calendars destinations operators faults actions "
               "dispositions tests",
               kind != NULL ? kind : "");
  return NULL;
}

int
bh_transfer_column (const BhTransfer *transfer, const char *name)
{
  for (guint i = 0; i < transfer->n_columns; i++)
    if (g_str_equal (transfer->columns[i].name, name))
      return (int) i;
  return -1;
}

gboolean
bh_kind_is_importable (const char *kind)
{
  return bh_transfer_find (kind, NULL) != NULL;
}

const char *const *
bh_kind_columns (const char *kind)
{
  static const char *names[G_N_ELEMENTS (kinds)][BH_TABLE_MAX + 1];
  static gsize once;
  const BhTransfer *transfer = bh_transfer_find (kind, NULL);

  if (g_once_init_enter (&once)) {
    for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
      for (guint column = 0; column < kinds[i].n_columns; column++)
        names[i][column] = kinds[i].columns[column].name;
    g_once_init_leave (&once, 1);
  }
  /* a calendar is a file of its own form */
  if (transfer == NULL || transfer->columns == calendars)
    return NULL;
  return names[transfer - kinds];
}
