/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli.h"

/* The PIN of @variable, else asked for on the terminal without showing it; NULL: neither.
 * Free with bh_pin_free(). */
char *cli_pin (const char *variable, const char *question);
/* @login signs in, where people have PINs; at a desk without its store by what is remembered. */
gboolean cli_sign_in (BhDesk *desk, const char *login, GError **error);
