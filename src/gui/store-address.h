/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BhStoreAddress:
 * @hosts: "db1,db2:5433"; empty: @rest names a socket
 * @user: (nullable)
 * @password: (nullable): never in what bh_store_address_uri() makes
 * @rest: (nullable): what stood behind "?"
 *
 * The parts of postgresql://USER:PASSWORD@HOSTS/DATABASE?REST, unescaped but for @rest.
 */
typedef struct {
  char *hosts;
  char *database;
  char *user;
  char *password;
  char *rest;
} BhStoreAddress;

/* @text: a whole address, or hosts alone. Errors: BH_ERROR_INPUT. */
BhStoreAddress *bh_store_address_parse (const char *text, GError **error);
/* (transfer full): without the password. @check: the server's certificate is checked, by what is
 * in the file @roots. An address that says so itself is left at that. @passfile: (nullable):
 * where the password is. Errors: BH_ERROR_INPUT, with no database in it. */
char *bh_store_address_uri (const BhStoreAddress *self, gboolean check, const char *roots,
                            const char *passfile, GError **error);
void bh_store_address_free (BhStoreAddress *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhStoreAddress, bh_store_address_free)

G_END_DECLS
