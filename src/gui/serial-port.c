/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "serial-port.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "serial-frame.h"

/* how often it is looked whether a port has come: a cheap call, and nobody plugs in faster */
#define LOOK_MS 1000
/* read in one go: the window is drawn between two of them */
#define CHUNK 16384

struct _BhSerialPort {
  GObject parent_instance;

  char *path;
  guint speed;
  guint pause_ms;
  BhPortState state;
  int fd; /* -1: not open */
  guint input;
  guint look;
  guint rest;
  BhFrame frame;
};

enum { SCANNED, CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BhSerialPort, bh_serial_port, G_TYPE_OBJECT)

static const guint speeds[] = { 1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200 };
static const speed_t codes[] = { B1200, B2400, B4800, B9600, B19200, B38400, B57600, B115200 };

G_STATIC_ASSERT (G_N_ELEMENTS (speeds) == G_N_ELEMENTS (codes));

const guint *
bh_serial_speeds (guint *n)
{
  *n = G_N_ELEMENTS (speeds);
  return speeds;
}

static speed_t
speed_code (guint speed)
{
  for (gsize i = 0; i < G_N_ELEMENTS (speeds); i++)
    if (speeds[i] == speed)
      return codes[i];
  return B9600;
}

static void
set_state (BhSerialPort *self, BhPortState state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_signal_emit (self, signals[CHANGED], 0);
}

/* ---- what comes in --------------------------------------------------------------- */

static void
on_frame (BhFrameEvent event, const GString *text, gpointer data)
{
  BhSerialPort *self = data;

  if (event == BH_FRAME_FLOOD) {
    set_state (self, BH_PORT_FLOOD);
    return;
  }
  if (self->state == BH_PORT_FLOOD)
    set_state (self, BH_PORT_OPEN);
  g_signal_emit (self, signals[SCANNED], 0, text, event == BH_FRAME_UNTERMINATED);
}

static gboolean
on_rest (gpointer data)
{
  BhSerialPort *self = data;

  self->rest = 0;
  bh_frame_rest (&self->frame, on_frame, self);
  return G_SOURCE_REMOVE;
}

static void
close_port (BhSerialPort *self)
{
  g_clear_handle_id (&self->input, g_source_remove);
  g_clear_handle_id (&self->rest, g_source_remove);
  if (self->fd >= 0)
    close (self->fd);
  self->fd = -1;
  bh_frame_reset (&self->frame);
}

static gboolean on_look (gpointer data);

static void
wait_for_it (BhSerialPort *self)
{
  if (self->look == 0)
    self->look = g_timeout_add (LOOK_MS, on_look, self);
}

static void
lost (BhSerialPort *self)
{
  close_port (self);
  wait_for_it (self);
  set_state (self, BH_PORT_ABSENT);
}

static gboolean
on_input (int fd, GIOCondition condition, gpointer data)
{
  g_autoptr (BhSerialPort) self = g_object_ref (data);
  char bytes[CHUNK];
  gssize n = read (fd, bytes, sizeof bytes);

  if (n < 0 && (errno == EAGAIN || errno == EINTR))
    return G_SOURCE_CONTINUE;
  g_clear_handle_id (&self->rest, g_source_remove);
  if (n <= 0) {
    /* unplugged: the driver hangs the line up. The last scan may have had no end mark. */
    if (self->pause_ms > 0)
      bh_frame_rest (&self->frame, on_frame, self);
    self->input = 0;
    lost (self);
    return G_SOURCE_REMOVE;
  }
  bh_frame_take (&self->frame, bytes, (gsize) n, on_frame, self);
  /* who was told of a scan may have closed it */
  if (self->fd != fd)
    return G_SOURCE_REMOVE;
  if (self->pause_ms > 0 && bh_frame_waits (&self->frame))
    self->rest = g_timeout_add (self->pause_ms, on_rest, self);
  return G_SOURCE_CONTINUE;
}

/* ---- opening ---------------------------------------------------------------------- */

static gboolean
set_line (int fd, guint speed)
{
  struct termios line;

  if (tcgetattr (fd, &line) != 0)
    return FALSE;
  cfmakeraw (&line);
  line.c_cflag &= ~(tcflag_t) (CSTOPB | CRTSCTS | PARENB);
  /* no modem lines: few scanners have them */
  line.c_cflag |= CS8 | CREAD | CLOCAL;
  line.c_cc[VMIN] = 1;
  line.c_cc[VTIME] = 0;
  cfsetispeed (&line, speed_code (speed));
  cfsetospeed (&line, speed_code (speed));
  return tcsetattr (fd, TCSANOW, &line) == 0;
}

static BhPortState
open_port (BhSerialPort *self)
{
  /* not waiting for a carrier, and never this program's terminal */
  int fd = open (self->path, O_RDONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);

  if (fd < 0)
    return errno == EBUSY                      ? BH_PORT_BUSY
           : errno == EACCES || errno == EPERM ? BH_PORT_REFUSED
                                               : BH_PORT_ABSENT;
  if (!isatty (fd) || !set_line (fd, self->speed)) {
    close (fd);
    return BH_PORT_NO_PORT;
  }
  /* two readers would each get half of a scan */
  ioctl (fd, TIOCEXCL);
  self->fd = fd;
  self->input = g_unix_fd_add (fd, G_IO_IN | G_IO_HUP | G_IO_ERR, on_input, self);
  return BH_PORT_OPEN;
}

static gboolean
on_look (gpointer data)
{
  BhSerialPort *self = data;
  BhPortState state = open_port (self);

  if (state == BH_PORT_OPEN)
    self->look = 0;
  set_state (self, state);
  return state == BH_PORT_OPEN ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
}

/* ---- life ------------------------------------------------------------------------- */

static void
bh_serial_port_dispose (GObject *object)
{
  bh_serial_port_close (BH_SERIAL_PORT (object));
  G_OBJECT_CLASS (bh_serial_port_parent_class)->dispose (object);
}

static void
bh_serial_port_finalize (GObject *object)
{
  BhSerialPort *self = BH_SERIAL_PORT (object);

  bh_frame_clear (&self->frame);
  g_free (self->path);
  G_OBJECT_CLASS (bh_serial_port_parent_class)->finalize (object);
}

static void
bh_serial_port_class_init (BhSerialPortClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bh_serial_port_dispose;
  G_OBJECT_CLASS (klass)->finalize = bh_serial_port_finalize;
  signals[SCANNED] = g_signal_new ("scanned", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_BOOLEAN);
  signals[CHANGED] =
      g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
bh_serial_port_init (BhSerialPort *self)
{
  self->fd = -1;
  bh_frame_init (&self->frame);
}

BhSerialPort *
bh_serial_port_new (const char *path, guint speed)
{
  BhSerialPort *self = g_object_new (BH_TYPE_SERIAL_PORT, NULL);

  self->path = g_strdup (path);
  self->speed = speed;
  self->state = open_port (self);
  if (self->state != BH_PORT_OPEN)
    wait_for_it (self);
  return self;
}

const char *
bh_serial_port_path (BhSerialPort *self)
{
  return self->path;
}

guint
bh_serial_port_speed (BhSerialPort *self)
{
  return self->speed;
}

BhPortState
bh_serial_port_state (BhSerialPort *self)
{
  return self->state;
}

void
bh_serial_port_set_pause (BhSerialPort *self, guint pause_ms)
{
  self->pause_ms = pause_ms;
}

void
bh_serial_port_close (BhSerialPort *self)
{
  g_clear_handle_id (&self->look, g_source_remove);
  close_port (self);
  self->state = BH_PORT_ABSENT;
}
