/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/error.h"

/* Bytes of chance that are a secret of this station: what keys are made of. */
#define BH_SECRET_SIZE 32

/**
 * bh_secret_file:
 * @path: read, or made when it is missing, so that only this user may read it
 * @whose: what it is a secret of, as the message has it
 *
 * Of two programs that make it at once one does; both get the same.
 *
 * Returns: (transfer full): BH_SECRET_SIZE bytes, wiped when freed. Errors: %BH_ERROR_STORE:
 * the disk, or a file that others may read.
 */
GBytes *bh_secret_file (const char *path, const char *whose, GError **error);
