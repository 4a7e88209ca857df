/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-mail"

#include <curl/curl.h>
#include <gio/gio.h>
#include <string.h>

#include "mailer-private.h"

#define CONNECT_SECONDS 30L
#define MESSAGE_SECONDS 300L
#define LONGEST_ANSWER  500

/* How far a message has come: what an answer speaks of. */
typedef enum {
  STAGE_SESSION,  /* greeting, TLS, login: not of this message */
  STAGE_ENVELOPE, /* MAIL, RCPT, DATA */
  STAGE_BODY,     /* what follows is the last answer: taken or not */
} Stage;

typedef struct {
  BhMailer mailer;
  CURL *curl;
  char *host;
  char *password;
  Stage stage;
  gboolean over;   /* QUIT was said: what follows speaks of nothing */
  int reply;       /* the last answer's code; 0: none since we spoke */
  GString *answer; /* its text */
  GBytes *bytes;   /* of the message on its way */
  gsize at;
  char reason[CURL_ERROR_SIZE];
} Smtp;

/* libcurl tells what it sends; only the first word is looked at, and nothing is kept, as
 * a password goes by here. */
static int
on_traffic (CURL *curl, curl_infotype type, char *data, size_t size, void *user)
{
  Smtp *self = user;

  if (type != CURLINFO_HEADER_OUT)
    return 0;
  self->over = size >= 4 && g_ascii_strncasecmp (data, "QUIT", 4) == 0;
  if (self->over)
    return 0;
  self->reply = 0;
  if (size > 5 && g_ascii_strncasecmp (data, "MAIL ", 5) == 0)
    self->stage = STAGE_ENVELOPE;
  return 0;
}

/* A line of the server. "250-MORE", "250 LAST" */
static size_t
on_answer (char *data, size_t size, size_t n, void *user)
{
  Smtp *self = user;
  gsize total = size * n;
  g_autofree char *line = g_strndup (data, MIN (total, LONGEST_ANSWER));

  if (self->over || strlen (line) < 4 || !g_ascii_isdigit (line[0]) || !g_ascii_isdigit (line[1]) ||
      !g_ascii_isdigit (line[2]))
    return total;
  if (self->reply == 0)
    g_string_truncate (self->answer, 0);
  self->reply = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
  if (self->answer->len == 0)
    g_string_append_printf (self->answer, "%d", self->reply);
  if (self->answer->len < LONGEST_ANSWER)
    g_string_append_printf (self->answer, " %s", g_strstrip (line + 4));
  return total;
}

static size_t
on_read (char *buffer, size_t size, size_t n, void *user)
{
  Smtp *self = user;
  gsize left = g_bytes_get_size (self->bytes) - self->at;
  gsize taken = MIN (left, size * n);

  self->stage = STAGE_BODY;
  self->reply = 0;
  if (taken > 0)
    memcpy (buffer, (const char *) g_bytes_get_data (self->bytes, NULL) + self->at, taken);
  self->at += taken;
  return taken;
}

/* libcurl begins again on a new connection when the kept one had died meanwhile. */
static int
on_seek (void *user, curl_off_t offset, int origin)
{
  Smtp *self = user;

  if (origin != SEEK_SET || offset < 0 || (gsize) offset > g_bytes_get_size (self->bytes))
    return CURL_SEEKFUNC_CANTSEEK;
  self->at = (gsize) offset;
  return CURL_SEEKFUNC_OK;
}

/* The site's login or TLS is wrong, whatever the message: RFC 4954 §6, RFC 3207 §4. */
static gboolean
about_login (int reply)
{
  return reply == 530 || reply == 534 || reply == 535 || reply == 538;
}

static BhMailResult
judge (Smtp *self, CURLcode code, char **answer)
{
  const char *why = self->reason[0] != '\0' ? self->reason : curl_easy_strerror (code);

  if (code == CURLE_OK)
    return BH_MAIL_SENT;
  *answer = self->reply >= 400 ? g_strdup (self->answer->str) : g_strdup (why);
  if (self->stage == STAGE_SESSION || about_login (self->reply))
    return BH_MAIL_UNREACHABLE;
  if (self->reply >= 500)
    return BH_MAIL_REFUSED;
  return self->reply >= 400 ? BH_MAIL_LATER : BH_MAIL_LOST;
}

/* As commands want it; the address was checked. */
static char *
path_of (const char *address)
{
  g_autofree char *ascii = bh_mail_address_ascii (address, NULL);

  return g_strdup_printf ("<%s>", ascii);
}

static BhMailResult
send_smtp (BhMailer *mailer, const BhMessage *message, char **answer)
{
  Smtp *self = (Smtp *) mailer;
  g_autoptr (GError) error = NULL;
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  struct curl_slist *recipients = NULL;
  CURLcode code;

  self->bytes = bh_message_bytes (message, TRUE, &error);
  if (self->bytes == NULL) {
    *answer = g_strdup (error->message);
    return BH_MAIL_REFUSED;
  }
  from = path_of (message->from);
  to = path_of (message->to);
  self->at = 0;
  self->stage = STAGE_SESSION;
  self->over = FALSE;
  self->reply = 0;
  self->reason[0] = '\0';
  g_string_truncate (self->answer, 0);
  recipients = curl_slist_append (NULL, to);
  curl_easy_setopt (self->curl, CURLOPT_MAIL_FROM, from);
  curl_easy_setopt (self->curl, CURLOPT_MAIL_RCPT, recipients);
  curl_easy_setopt (self->curl, CURLOPT_INFILESIZE_LARGE,
                    (curl_off_t) g_bytes_get_size (self->bytes));
  code = curl_easy_perform (self->curl);
  curl_slist_free_all (recipients);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  return judge (self, code, answer);
}

static void
free_smtp (BhMailer *mailer)
{
  Smtp *self = (Smtp *) mailer;

  if (self->curl != NULL)
    curl_easy_cleanup (self->curl); /* says QUIT */
  g_free (self->host);
  g_free (self->password);
  g_string_free (self->answer, TRUE);
  g_free (self);
}

static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return address != NULL ? g_inet_address_get_is_loopback (address)
                         : g_ascii_strcasecmp (host, "localhost") == 0;
}

/* mailer.h says which certificates are checked, and why not all. */
static void
set_tls (Smtp *self, gboolean implicit, gboolean user)
{
  const char *trusted = g_getenv ("BACKHAUL_SMTP_CA_FILE");
  gboolean near = is_loopback (self->host);
  gboolean named = trusted != NULL && *trusted != '\0';
  gboolean check = named || ((implicit || user) && !near);

  curl_easy_setopt (self->curl, CURLOPT_USE_SSL,
                    implicit || (user && !near) ? CURLUSESSL_ALL : CURLUSESSL_TRY);
  curl_easy_setopt (self->curl, CURLOPT_SSL_VERIFYPEER, check ? 1L : 0L);
  curl_easy_setopt (self->curl, CURLOPT_SSL_VERIFYHOST, check ? 2L : 0L);
  if (named)
    curl_easy_setopt (self->curl, CURLOPT_CAINFO, trusted);
}

static void
set_up (Smtp *self, const char *url)
{
  curl_easy_setopt (self->curl, CURLOPT_URL, url);
  curl_easy_setopt (self->curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt (self->curl, CURLOPT_PROXY, "");
  curl_easy_setopt (self->curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt (self->curl, CURLOPT_CONNECTTIMEOUT, CONNECT_SECONDS);
  curl_easy_setopt (self->curl, CURLOPT_TIMEOUT, MESSAGE_SECONDS);
  curl_easy_setopt (self->curl, CURLOPT_ERRORBUFFER, self->reason);
  curl_easy_setopt (self->curl, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt (self->curl, CURLOPT_READFUNCTION, on_read);
  curl_easy_setopt (self->curl, CURLOPT_READDATA, self);
  curl_easy_setopt (self->curl, CURLOPT_SEEKFUNCTION, on_seek);
  curl_easy_setopt (self->curl, CURLOPT_SEEKDATA, self);
  curl_easy_setopt (self->curl, CURLOPT_HEADERFUNCTION, on_answer);
  curl_easy_setopt (self->curl, CURLOPT_HEADERDATA, self);
  /* "verbose" is what makes it tell on_traffic(); nothing is printed */
  curl_easy_setopt (self->curl, CURLOPT_VERBOSE, 1L);
  curl_easy_setopt (self->curl, CURLOPT_DEBUGFUNCTION, on_traffic);
  curl_easy_setopt (self->curl, CURLOPT_DEBUGDATA, self);
}

static GUri *
parse (const char *url, GError **error)
{
  g_autoptr (GUri) uri =
      g_uri_parse (url, G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_PARSE_RELAXED, NULL);
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : NULL;
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  if ((g_strcmp0 (scheme, "smtp") != 0 && g_strcmp0 (scheme, "smtps") != 0) || host == NULL ||
      *host == '\0') {
    g_set_error (error, BH_ERROR, BH_ERROR_USAGE,
                 "--smtp: not the address of a mail server; write smtp://HOST[:PORT] or smtps://…");
    return NULL;
  }
  if (g_uri_get_password (uri) != NULL) {
    /* the arguments of a process are everybody's to read */
    g_set_error (error, BH_ERROR, BH_ERROR_USAGE,
                 "--smtp: a password does not belong in an address; keep it in a file named by "
                 "BACKHAUL_SMTP_PASSWORD_FILE, or in the keyring");
    return NULL;
  }
  return g_steal_pointer (&uri);
}

gboolean
bh_smtp_url_check (const char *url, GError **error)
{
  g_autoptr (GUri) uri = parse (url, error);

  return uri != NULL;
}

BhMailer *
bh_mailer_new_smtp (const char *url, GError **error)
{
  static gsize once;
  g_autoptr (GUri) uri = parse (url, error);
  g_autoptr (BhMailer) mailer = NULL;
  g_autofree char *address = NULL;
  const char *user;
  Smtp *self;

  if (uri == NULL)
    return NULL;
  if (g_once_init_enter (&once)) {
    curl_global_init (CURL_GLOBAL_DEFAULT);
    g_once_init_leave (&once, 1);
  }
  self = g_new0 (Smtp, 1);
  mailer = &self->mailer;
  mailer->send = send_smtp;
  mailer->free = free_smtp;
  self->answer = g_string_new (NULL);
  self->host = g_strdup (g_uri_get_host (uri));
  self->curl = curl_easy_init ();
  address = g_uri_join (G_URI_FLAGS_NONE, g_uri_get_scheme (uri), NULL, self->host,
                        g_uri_get_port (uri), "", NULL, NULL);
  user = g_uri_get_user (uri);
  set_up (self, address);
  set_tls (self, g_str_equal (g_uri_get_scheme (uri), "smtps"), user != NULL);
  if (user != NULL) {
    self->password = bh_mail_password (self->host, user, error);
    if (self->password == NULL)
      return NULL;
    curl_easy_setopt (self->curl, CURLOPT_USERNAME, user);
    curl_easy_setopt (self->curl, CURLOPT_PASSWORD, self->password);
  }
  return g_steal_pointer (&mailer);
}
