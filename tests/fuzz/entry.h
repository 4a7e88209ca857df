/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* libFuzzer's entry: any bytes as a picture, or as a device and what it sends. Ends the program
 * where the reader breaks its word. */
int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);
