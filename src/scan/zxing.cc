/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-scan"
#define ZX_USE_UTF8  1

#include "zxing.h"

#include <ZXing/ReadBarcode.h>
#include <csetjmp>
#include <csignal>
#include <mutex>
#include <string>

#include "backhaul/symbology.h"

/* The only C++ of the program. Debian builds the library with its assertions in, and some
 * pictures fail them; an assertion ends the program by abort(). So SIGABRT of a thread that is
 * within the library leads back to here (what the library held is lost: a few KB). A handler
 * that was there before gets all other aborts.
 *
 * DataBar, EAN and ITF are left to ZBar: DataBar's readers assert the most, and one reader is
 * enough for what a default profile leaves out. */
namespace {

thread_local sigjmp_buf *way_out;
struct sigaction before;

const struct {
  guint symbology;
  ZXing::BarcodeFormat format;
} formats[] = {
  { BH_CODE_128, ZXing::BarcodeFormat::Code128 },
  { BH_CODE_39, ZXing::BarcodeFormat::Code39 },
  { BH_DATA_MATRIX, ZXing::BarcodeFormat::DataMatrix },
  { BH_QR_CODE, ZXing::BarcodeFormat::QRCode },
  { BH_CODE_93, ZXing::BarcodeFormat::Code93 },
};

void
on_abort (int number)
{
  if (way_out != nullptr)
    siglongjmp (*way_out, 1);
  sigaction (number, &before, nullptr); /* abort() raises again */
}

void
guard ()
{
  static std::once_flag once;

  std::call_once (once, [] {
    struct sigaction action = {};

    action.sa_handler = on_abort;
    sigemptyset (&action.sa_mask);
    sigaction (SIGABRT, &action, &before);
  });
}

void
tell (const ZXing::Result &result, BhZxingFunc func, gpointer data)
{
  std::string identifier = result.symbologyIdentifier ();
  const ZXing::Position &at = result.position ();
  BhZxingRead read = {};

  for (const auto &known : formats)
    if (known.format == result.format ())
      read.symbology = known.symbology;
  if (!result.isValid () || read.symbology == 0)
    return;
  read.bytes = result.bytes ().data ();
  read.size = result.bytes ().size ();
  read.identifier = identifier.c_str ();
  for (int i = 0; i < 4; i++) {
    read.corners[2 * i] = at[i].x;
    read.corners[2 * i + 1] = at[i].y;
  }
  if (read.symbology != BH_DATA_MATRIX && read.symbology != BH_QR_CODE)
    read.lines = static_cast<guint> (result.lineCount ());
  func (&read, data);
}

ZXing::Results
read_all (const guint8 *pixels, guint width, guint height, guint symbologies, guint flags)
{
  ZXing::ImageView view (pixels, static_cast<int> (width), static_cast<int> (height),
                         ZXing::ImageFormat::Lum);
  ZXing::DecodeHints hints;
  ZXing::BarcodeFormats wanted;

  for (const auto &known : formats)
    if (symbologies & known.symbology)
      wanted |= known.format;
  hints.setFormats (wanted);
  hints.setTryHarder ((flags & BH_ZXING_HARDER) != 0);
  hints.setTryRotate ((flags & BH_ZXING_ROTATE) != 0);
  hints.setTryDownscale ((flags & BH_ZXING_SMALLER) != 0);
  if (flags & BH_ZXING_GLOBAL)
    hints.setBinarizer (ZXing::Binarizer::GlobalHistogram);
  return ZXing::ReadBarcodes (view, hints);
}

} // namespace

extern "C" guint
bh_zxing_symbologies (void)
{
  guint all = 0;

  for (const auto &known : formats)
    all |= known.symbology;
  return all;
}

extern "C" gboolean
bh_zxing_scan (const guint8 *pixels, guint width, guint height, guint symbologies, guint flags,
               BhZxingFunc func, gpointer data)
{
  ZXing::Results *results = nullptr;
  sigjmp_buf here;

  if ((symbologies & bh_zxing_symbologies ()) == 0)
    return TRUE; /* an empty set would mean all to the library */
  guard ();
  if (sigsetjmp (here, 1) != 0) {
    way_out = nullptr;
    return FALSE;
  }
  way_out = &here;
  try {
    results = new ZXing::Results (read_all (pixels, width, height, symbologies, flags));
  } catch (...) {
    results = nullptr;
  }
  way_out = nullptr;
  if (results == nullptr)
    return FALSE;
  try {
    for (const auto &result : *results)
      tell (result, func, data);
  } catch (...) {
    delete results;
    return FALSE;
  }
  delete results;
  return TRUE;
}
