/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scenes.h"

#include <cairo.h>
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <math.h>
#include <string.h>
#include <zint.h>

/* Pixels of the sheet a module: enough that the camera's own sampling counts. */
#define MODULE 8

const SceneKind scene_kinds[4] = { { BARCODE_CODE128, "CODE-128" },
                                   { BARCODE_CODE39, "CODE-39" },
                                   { BARCODE_QRCODE, "QR-Code" },
                                   { BARCODE_DATAMATRIX, "Data-Matrix" } };

/* What goes wrong at a level: from none (0) to as bad as people still try (1). */
typedef struct {
  double module; /* pixels of the picture, least */
  double spread; /* and how many more */
  double turn;   /* degrees to either side */
  double slant;  /* perspective, share of the picture */
  double focus;  /* blur in modules, most */
  double motion; /* the same, length of the way */
  double noise;  /* of 255, most */
  double dark;   /* share of the light that is missing, most */
  double uneven; /* light from one side, most */
  double spoilt; /* chance of each of glare, crease, stain */
  guint quality; /* JPEG, least */
} Level;

static const Level levels[SCENE_LEVELS] = {
  { 3.0, 1.5, 3, 0.00, 0.1, 0.0, 1, 0.0, 0.0, 0.0, 92 },
  { 2.2, 1.6, 12, 0.08, 0.35, 0.3, 5, 0.3, 0.3, 0.15, 80 },
  { 1.7, 1.3, 30, 0.14, 0.55, 0.6, 9, 0.5, 0.5, 0.3, 65 },
  { 1.4, 1.0, 180, 0.20, 0.7, 0.9, 14, 0.65, 0.6, 0.45, 50 },
  { 1.1, 0.8, 180, 0.24, 0.8, 1.1, 18, 0.75, 0.7, 0.6, 40 },
};

static double
up_to (GRand *rand, double most)
{
  return g_rand_double (rand) * most;
}

static double
either (GRand *rand, double most)
{
  return (g_rand_double (rand) * 2 - 1) * most;
}

/* ---- the label ---- */
static char *
new_text (GRand *rand, guint kind)
{
  static const char *const models[] = { "SRX-4100", "EX2300-48P", "MX204", "ACX710", "QFX5120" };
  guint number = g_rand_int (rand) % 90000000 + 10000000;

  switch (g_rand_int (rand) % 4) {
  case 0:
    return g_strdup_printf ("R%010u", number);
  case 1:
    return g_strdup_printf ("%c%c%u", 'A' + number % 26, 'A' + number / 26 % 26, number);
  case 2:
    return g_strdup (models[number % G_N_ELEMENTS (models)]);
  default:
    return kind < 2 ? g_strdup_printf ("S%cA%07u", 'A' + number % 26, number / 10)
                    : g_strdup_printf ("[)>\x1e"
                                       "06\x1d"
                                       "1P%s\x1dSN%u\x1e\x04",
                                       models[number % G_N_ELEMENTS (models)], number);
  }
}

static void
write_on (Canvas *sheet, double x, double y, double size, const char *text)
{
  int stride = cairo_format_stride_for_width (CAIRO_FORMAT_A8, (int) sheet->width);
  cairo_surface_t *surface =
      cairo_image_surface_create (CAIRO_FORMAT_A8, (int) sheet->width, (int) sheet->height);
  cairo_t *cr = cairo_create (surface);
  const guint8 *from;

  cairo_select_font_face (cr, "DejaVu Sans", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
  cairo_set_font_size (cr, size);
  cairo_move_to (cr, x, y);
  cairo_show_text (cr, text);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  from = cairo_image_surface_get_data (surface);
  for (guint row = 0; row < sheet->height; row++)
    for (guint i = 0; i < sheet->width; i++)
      if (from[(gsize) row * (gsize) stride + i] > 127)
        sheet->grey[(gsize) row * sheet->width + i] = 20;
  cairo_surface_destroy (surface);
}

/* The code with its quiet zone, a heading and its text below. */
static Canvas *
new_sheet (GRand *rand, guint kind, const char *text)
{
  g_autoptr (Canvas) code =
      canvas_of (scene_kinds[kind].symbology, DATA_MODE, text, strlen (text), MODULE);
  guint border = MODULE * (6 + g_rand_int (rand) % 10), head = 14 * MODULE;
  Canvas *sheet = canvas_new (code->width + 2 * border, code->height + 2 * border + 2 * head);
  guint8 paper = (guint8) (215 + g_rand_int (rand) % 40);
  guint8 ink = (guint8) (10 + g_rand_int (rand) % 40);
  g_autofree char *shown =
      g_strcanon (g_strdup (text), "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-", ' ');

  memset (sheet->grey, paper, (gsize) sheet->width * sheet->height);
  for (guint y = 0; y < code->height; y++)
    for (guint x = 0; x < code->width; x++)
      sheet->grey[(gsize) (y + border + head) * sheet->width + x + border] =
          code->grey[(gsize) y * code->width + x] < 128 ? ink : paper;
  write_on (sheet, border, head, 10 * MODULE, "RETURN  S/N");
  write_on (sheet, border + 12 * MODULE, border + head + code->height - 3 * MODULE, 8 * MODULE,
            shown);
  return sheet;
}

/* ---- the camera ---- */
/* Maps points of the picture to the sheet. */
typedef struct {
  double m[9];
} Map;

static void
map_point (const Map *map, double x, double y, double *u, double *v)
{
  double w = map->m[6] * x + map->m[7] * y + map->m[8];

  *u = (map->m[0] * x + map->m[1] * y + map->m[2]) / w;
  *v = (map->m[3] * x + map->m[4] * y + map->m[5]) / w;
}

/* Centred; @scale pixels of the sheet a pixel of the picture; slanted by px, py. */
static Map
new_map (GRand *rand, const Level *level, const Canvas *sheet, double scale)
{
  double angle = either (rand, level->turn) * G_PI / 180;
  double c = cos (angle) * scale, s = sin (angle) * scale;
  double px = either (rand, level->slant) / SCENE_WIDTH * 2;
  double py = either (rand, level->slant) / SCENE_HEIGHT * 2;
  double cx = SCENE_WIDTH / 2.0 + either (rand, SCENE_WIDTH / 10.0);
  double cy = SCENE_HEIGHT / 2.0 + either (rand, SCENE_HEIGHT / 10.0);
  double mx = sheet->width / 2.0, my = sheet->height / 2.0;
  /* sheet = M · R · (p - centre) / (1 + p·slant) */
  Map map = { { c + mx * px, -s + mx * py, 0, s + my * px, c + my * py, 0, px, py, 1 } };

  for (guint row = 0; row < 3; row++)
    map.m[3 * row + 2] += -map.m[3 * row] * cx - map.m[3 * row + 1] * cy;
  map.m[2] += mx;
  map.m[5] += my;
  return map;
}

/* 2 × 2 samples a pixel; beside the sheet lies cardboard. */
static float *
photograph (GRand *rand, const Canvas *sheet, const Map *map)
{
  float *light = g_new (float, SCENE_WIDTH *SCENE_HEIGHT);
  double board = 110 + up_to (rand, 60), period = 5 + up_to (rand, 8);

  for (guint y = 0; y < SCENE_HEIGHT; y++)
    for (guint x = 0; x < SCENE_WIDTH; x++) {
      double sum = 0;

      for (guint k = 0; k < 9; k++) {
        double u, v;

        map_point (map, x + (k % 3) / 3.0, y + (k / 3) / 3.0, &u, &v);
        if (u >= 0 && v >= 0 && u < sheet->width && v < sheet->height)
          sum += sheet->grey[(gsize) v * sheet->width + (gsize) u];
        else
          sum += board + 5 * sin (v / MODULE * 2 * G_PI / period);
      }
      light[y * SCENE_WIDTH + x] = (float) (sum / 9);
    }
  return light;
}

/* One direction at a time: @dx, @dy is the step to the neighbour. */
static void
smear (float *light, double dx, double dy, const double *weights, int reach)
{
  g_autofree float *from = g_memdup2 (light, sizeof (float) * SCENE_WIDTH * SCENE_HEIGHT);

  for (int y = 0; y < SCENE_HEIGHT; y++)
    for (int x = 0; x < SCENE_WIDTH; x++) {
      double sum = 0, all = 0;

      for (int i = -reach; i <= reach; i++) {
        double fx = CLAMP (x + i * dx, 0, SCENE_WIDTH - 1.001);
        double fy = CLAMP (y + i * dy, 0, SCENE_HEIGHT - 1.001);
        int ix = (int) fx, iy = (int) fy;
        const float *p = from + iy * SCENE_WIDTH + ix;
        double a = fx - ix, b = fy - iy;

        if (weights[ABS (i)] <= 0)
          continue;
        sum += weights[ABS (i)] * ((p[0] * (1 - a) + p[1] * a) * (1 - b) +
                                   (p[SCENE_WIDTH] * (1 - a) + p[SCENE_WIDTH + 1] * a) * b);
        all += weights[ABS (i)];
      }
      light[y * SCENE_WIDTH + x] = (float) (sum / all);
    }
}

static void
blur (GRand *rand, float *light, const Level *level, double module)
{
  double sigma = up_to (rand, level->focus) * module,
         way = up_to (rand, level->motion) * module / 2;
  double angle = up_to (rand, G_PI), weights[32];
  int reach = MIN (31, (int) ceil (3 * sigma));

  for (int i = 0; i <= reach; i++)
    weights[i] = exp (-i * i / (2 * MAX (sigma, 0.1) * MAX (sigma, 0.1)));
  if (sigma > 0.3) {
    smear (light, 1, 0, weights, reach);
    smear (light, 0, 1, weights, reach);
  }
  for (int i = 0; i < 32; i++)
    weights[i] = i <= way ? 1 : i < way + 1 ? way + 1 - i : 0;
  if (way > 0.3)
    smear (light, cos (angle), sin (angle), weights, MIN (31, (int) ceil (way)));
}

/* ---- what else happens to it ---- */
static void
spoil (GRand *rand, float *light, const Level *level, gboolean after)
{
  double x0 = SCENE_WIDTH * (0.3 + up_to (rand, 0.4)),
         y0 = SCENE_HEIGHT * (0.3 + up_to (rand, 0.4));
  double size = 20 + up_to (rand, 60), angle = up_to (rand, G_PI), bent = either (rand, 50);
  gboolean glare = g_rand_double (rand) < level->spoilt;
  gboolean crease = g_rand_double (rand) < level->spoilt;
  gboolean stain = g_rand_double (rand) < level->spoilt;

  for (int y = 0; y < SCENE_HEIGHT; y++)
    for (int x = 0; x < SCENE_WIDTH; x++) {
      float *p = light + y * SCENE_WIDTH + x;
      double r = hypot (x - x0, y - y0) / size;
      double across = (x - x0) * sin (angle) - (y - y0) * cos (angle);

      if (after && glare && r < 3)
        *p += (float) (230 * exp (-r * r * 1.5));
      if (!after && crease && fabs (across) < 6)
        *p += (float) (bent * (1 - fabs (across) / 6));
      if (!after && stain && hypot (x - SCENE_WIDTH + x0, y - SCENE_HEIGHT + y0) < size * 0.8)
        *p *= 0.72F;
    }
}

static double
normal (GRand *rand)
{
  double sum = -6;

  for (guint i = 0; i < 12; i++)
    sum += g_rand_double (rand);
  return sum;
}

static Canvas *
expose (GRand *rand, const float *light, const Level *level)
{
  Canvas *canvas = canvas_new (SCENE_WIDTH, SCENE_HEIGHT);
  double gain = 1 - up_to (rand, level->dark), noise = up_to (rand, level->noise);
  double side = up_to (rand, level->uneven), angle = up_to (rand, 2 * G_PI);
  g_autofree double *table = g_new (double, 4096);

  for (guint i = 0; i < 4096; i++)
    table[i] = normal (rand);
  for (int y = 0; y < SCENE_HEIGHT; y++)
    for (int x = 0; x < SCENE_WIDTH; x++) {
      double t = ((x - SCENE_WIDTH / 2) * cos (angle) + (y - SCENE_HEIGHT / 2) * sin (angle)) / 700;
      double seen = light[y * SCENE_WIDTH + x] * gain * (1 - side * (t + 0.5));
      double rough = noise * (0.6 + 0.4 * sqrt (MAX (seen, 0) / 255));

      seen += rough * table[g_rand_int (rand) & 4095];
      canvas->grey[y * SCENE_WIDTH + x] = (guint8) CLAMP (seen, 0, 255);
    }
  return canvas;
}

Canvas *
scene_new (guint32 seed, guint kind, guint level, char **text)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed * 64 + kind * 8 + level);
  g_autofree char *said = new_text (rand, kind);
  g_autoptr (Canvas) sheet = new_sheet (rand, kind, said);
  const Level *bad = &levels[level];
  double module = bad->module + up_to (rand, bad->spread);
  Map map;
  g_autofree float *light = NULL;

  /* matrix codes have fewer modules a side: a camera comes nearer */
  if (kind >= 2)
    module *= 1.5;
  module = MIN (module, SCENE_WIDTH * 0.95 / ((double) sheet->width / MODULE));
  map = new_map (rand, bad, sheet, MODULE / module);
  light = photograph (rand, sheet, &map);
  spoil (rand, light, bad, FALSE);
  blur (rand, light, bad, module);
  spoil (rand, light, bad, TRUE);
  if (text != NULL)
    *text = g_steal_pointer (&said);
  return expose (rand, light, bad);
}

guint
scene_quality (guint32 seed, guint level)
{
  return levels[level].quality + seed % (100 - levels[level].quality) / 2;
}

GBytes *
scene_jpeg (const Canvas *canvas, guint quality)
{
  g_autoptr (GdkPixbuf) picture =
      gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, (int) canvas->width, (int) canvas->height);
  g_autofree char *number = g_strdup_printf ("%u", quality);
  guint8 *to = gdk_pixbuf_get_pixels (picture);
  gsize stride = (gsize) gdk_pixbuf_get_rowstride (picture), size;
  char *data;

  for (guint y = 0; y < canvas->height; y++)
    for (guint x = 0; x < canvas->width; x++)
      memset (to + y * stride + (gsize) x * 3, canvas->grey[(gsize) y * canvas->width + x], 3);
  if (!gdk_pixbuf_save_to_buffer (picture, &data, &size, "jpeg", NULL, "quality", number, NULL))
    g_error ("a JPEG cannot be written");
  return g_bytes_new_take (data, size);
}

/* ---- nothing to read ---- */
static double
pattern (GRand *rand, guint kind, double u, double v, const double *random)
{
  switch (kind) {
  case 0: /* bars of random widths: like a code, of none */
    return random[(guint) (fabs (u) / 3) & 1023] < 0.5 ? 30 : 220;
  case 1: /* a grid */
    return fmod (fabs (u), 17) < 3 || fmod (fabs (v), 17) < 3 ? 40 : 230;
  case 2: /* a fence */
    return fmod (fabs (u), 11) < 5 ? 60 : 200;
  case 3: /* noise of cells: like a matrix code, of none */
    return random[((guint) (fabs (u) / 5) * 131 + (guint) (fabs (v) / 5) * 71) & 1023] < 0.5 ? 25
                                                                                             : 225;
  case 4: /* corrugated cardboard */
    return 140 + 40 * sin (u / 3) + 10 * sin (v / 40);
  default:
    return 235;
  }
}

Canvas *
scene_empty (guint32 seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed * 64 + 63);
  g_autoptr (Canvas) sheet = canvas_new (SCENE_WIDTH, SCENE_HEIGHT);
  const Level *bad = &levels[g_rand_int (rand) % SCENE_LEVELS];
  double angle = up_to (rand, G_PI), random[1024];
  guint kind = seed % 7;
  g_autofree float *light = g_new (float, SCENE_WIDTH *SCENE_HEIGHT);

  for (guint i = 0; i < 1024; i++)
    random[i] = g_rand_double (rand);
  for (int y = 0; y < SCENE_HEIGHT; y++)
    for (int x = 0; x < SCENE_WIDTH; x++) {
      double u = x * cos (angle) + y * sin (angle), v = y * cos (angle) - x * sin (angle);

      sheet->grey[y * SCENE_WIDTH + x] =
          (guint8) (kind == 6 ? g_rand_int (rand) & 255 : pattern (rand, kind, u, v, random));
    }
  for (guint line = 0; kind == 5 && line < 20; line++) {
    g_autoptr (GString) words = g_string_new (NULL);

    while (words->len < 60)
      g_string_append_c (words,
                         (char) (g_rand_int (rand) % 7 == 0 ? ' ' : 'A' + g_rand_int (rand) % 58));
    g_string_append_printf (words, "%u", g_rand_int (rand));
    write_on (sheet, 20, 40 + line * 40, 16 + up_to (rand, 22), words->str);
  }
  for (guint i = 0; i < SCENE_WIDTH * SCENE_HEIGHT; i++)
    light[i] = sheet->grey[i];
  spoil (rand, light, bad, FALSE);
  blur (rand, light, bad, 2);
  return expose (rand, light, bad);
}
