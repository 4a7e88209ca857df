/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* (transfer full): the words of @text, folded, as g_str_tokenize_and_fold() finds them */
char **bh_text_words (const char *text);
