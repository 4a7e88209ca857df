/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * bh_keyboard_means_us:
 * @layout: what keys mean under the layout of the session, any bytes
 * @layout_size: bytes of @layout
 * @us: what the same keys mean on a US keyboard
 * @us_size: bytes of @us
 *
 * Whether a scanner that types sends the keys of a US keyboard at a station of another layout
 * (ASKS S7): its layout's reading is nothing that the classifier knows and cannot be an
 * identifier (RULES I4, I5), and the US reading is or can be. What is understood is never read
 * otherwise, so two readings that can both be a serial, as `PY10` and `PZ10`, are left as they
 * are: for those the station is set to US keys. Pure.
 */
gboolean
bh_keyboard_means_us (const char *layout, gsize layout_size, const char *us, gsize us_size);

G_END_DECLS
