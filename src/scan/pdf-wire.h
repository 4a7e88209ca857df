/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What backhaul-pdf gets as its standard input is a PDF, and what it writes is this, of one machine
 * and one build: a BhPdfHead for each page, before it is drawn, and behind it, when it is, @width ×
 * @height bytes of grey; at the end one with BH_PDF_END, or one with BH_PDF_FAILED and behind it
 * @width bytes of "WHY; WHAT TO DO". */
typedef enum { BH_PDF_PAGE = 1, BH_PDF_END, BH_PDF_FAILED } BhPdfWhat;

typedef struct {
  guint32 what;
  guint32 page; /* from 1 */
  guint32 width;
  guint32 height;
} BhPdfHead;

#if defined(__SANITIZE_ADDRESS__)
#define BH_WITH_ASAN 1
#elif defined(__has_feature) /* clang's way to say it, and newer gcc's */
#define BH_WITH_ASAN __has_feature (address_sanitizer)
#else
#define BH_WITH_ASAN 0
#endif

#define BH_PDF_MOST_WORDS 1000u
/* Of a processor, for a page. Then the kernel ends the program. */
#define BH_PDF_CPU_SECONDS 5

G_END_DECLS
