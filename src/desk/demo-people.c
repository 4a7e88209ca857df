/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

#include "demo-private.h"

enum { SJC, EIN, SIN };

const BhDemoPlace bh_demo_places[BH_DEMO_DESTINATIONS] = {
  [SJC] = { "SJC", "America/Los_Angeles",
            "SJC,San Jose Returns Center,\"2200 Zanker Road, Dock 4\",San Jose,95131,US,"
            "America/Los_Angeles,US,Flexline" },
  [EIN] = { "EIN", "Europe/Amsterdam",
            "EIN,Eindhoven Returns Center,\"Achtseweg Noord 20, Dock B\",Eindhoven,5651 GG,NL,"
            "Europe/Amsterdam,NL,Brabant EMS" },
  [SIN] = { "SIN", "Asia/Singapore",
            "SIN,Singapore Returns Center,\"8 Changi South Street 1, #01-12\",Singapore,486769,SG,"
            "Asia/Singapore,SG,Straits Assembly" },
};

const BhDemoAccount bh_demo_accounts[] = {
  { "A1001", "Northwind Carrier Services", "US", "en", "rma@northwind.example", "Denver",
    "America/Denver", SJC },
  { "A1002", "Cascade Fiber Cooperative", "US", "en", "noc@cascade.example", "Portland",
    "America/Los_Angeles", SJC },
  { "A1003", "Lakeshore University Computing and Communications", "US", "en",
    "network@lakeshore.example", "Chicago", "America/Chicago", SJC },
  { "A1004", "Réseau Laurentides inc.", "CA", "fr-CA", "retours@laurentides.example", "Montréal",
    "America/Toronto", SJC },
  { "A1005", "Prairie Power & Light", "CA", "en", "it@prairie.example", "Winnipeg",
    "America/Winnipeg", SJC },
  { "A1006", "Telefónica Andina de Ejemplo S.A.", "PE", "es", "rma@andina.example", "Lima",
    "America/Lima", SJC },
  { "A1007", "Companhia Paulista de Redes Ópticas", "BR", "pt-BR", "noc@paulista.example",
    "São Paulo", "America/Sao_Paulo", SJC },
  { "A1008", "Gulf Coast Hospital Trust", "US", "en", "", "Houston", "America/Chicago", SJC },
  { "A1009", "O'Brien \"Red\" Cable Co.", "US", "en", "ops@redcable.example", "Boston",
    "America/New_York", SJC },
  { "A1010", "Desert Sky Wireless, LLC", "US", "en", "rma@desertsky.example", "Phoenix",
    "America/Phoenix", SJC },
  { "A1011", "Red Mexicana de Datos", "MX", "es", "rma@redmx.example", "Monterrey",
    "America/Monterrey", SJC },
  { "A1012", "Aloha Interisland Networks", "US", "en", "noc@aloha.example", "Honolulu",
    "Pacific/Honolulu", SJC },
  { "A2001", "Deltawerken Datacenters B.V.", "NL", "nl", "rma@deltawerken.example", "Rotterdam",
    "Europe/Amsterdam", EIN },
  { "A2002", "Stadtwerke Großmöllern Telekommunikation GmbH & Co. KG", "DE", "de",
    "technik@grossmoellern.example", "Leipzig", "Europe/Berlin", EIN },
  { "A2003", "Société Coopérative d'Interconnexion du Grand Ouest", "FR", "fr",
    "retours@scigo.example", "Nantes", "Europe/Paris", EIN },
  { "A2004", "Ελληνικά Δίκτυα Α.Ε.", "GR", "el", "rma@elliniko.example", "Αθήνα", "Europe/Athens",
    EIN },
  { "A2005", "Łódzka Sieć Światłowodowa Sp. z o.o.", "PL", "pl", "zwroty@lodz.example", "Łódź",
    "Europe/Warsaw", EIN },
  { "A2006", "Nordlys Bredbånd AS", "NO", "nb", "rma@nordlys.example", "Tromsø", "Europe/Oslo",
    EIN },
  { "A2007", "Bánát Távközlési Zrt.", "HU", "hu", "rma@banat.example", "Szeged", "Europe/Budapest",
    EIN },
  { "A2008", "شبكة الواحة للاتصالات", "AE", "ar", "rma@waha.example", "دبي", "Asia/Dubai", EIN },
  { "A2009", "רשתות הגליל בע״מ", "IL", "he", "rma@galil.example", "חיפה", "Asia/Jerusalem", EIN },
  { "A2010", "Türkuaz Veri Merkezi A.Ş.", "TR", "tr", "iade@turkuaz.example", "İzmir",
    "Europe/Istanbul", EIN },
  { "A2011", "West Midlands Rail Signalling", "GB", "en", "spares@wmrs.example", "Birmingham",
    "Europe/London", EIN },
  { "A2012", "Українські Магістралі", "UA", "uk", "rma@magistral.example", "Львів", "Europe/Kyiv",
    EIN },
  { "A2013", "Savanna Mobile Networks Ltd", "KE", "en", "rma@savanna.example", "Nairobi",
    "Africa/Nairobi", EIN },
  { "A2014", "Fjällnät ekonomisk förening", "SE", "sv", "", "Kiruna", "Europe/Stockholm", EIN },
  { "A2015",
    "The Honourable Company of Interexchange Operators and Colocation Providers of Greater "
    "Manchester, Cheshire and the High Peak (Holdings) Limited",
    "GB", "en", "returns@honourable.example", "Manchester", "Europe/London", EIN },
  { "A3001", "日本ネットワークサービス株式会社", "JP", "ja", "rma@jpnet.example", "東京",
    "Asia/Tokyo", SIN },
  { "A3002", "서울데이터통신", "KR", "ko", "rma@seouldata.example", "서울", "Asia/Seoul", SIN },
  { "A3003", "深圳光纤网络有限公司", "CN", "zh-CN", "rma@szfiber.example", "深圳", "Asia/Shanghai",
    SIN },
  { "A3004", "臺灣寬頻股份有限公司", "TW", "zh-TW", "rma@twband.example", "臺北", "Asia/Taipei",
    SIN },
  { "A3005", "भारत संचार सेवाएँ", "IN", "hi", "rma@bharat.example", "Pune", "Asia/Kolkata", SIN },
  { "A3006", "บริษัท สยามเน็ตเวิร์ค จำกัด", "TH", "th", "rma@siamnet.example", "กรุงเทพ", "Asia/Bangkok",
    SIN },
  { "A3007", "Công ty Viễn thông Sông Hồng", "VN", "vi", "rma@songhong.example", "Hà Nội",
    "Asia/Ho_Chi_Minh", SIN },
  { "A3008", "Southern Cross Mining Telemetry Pty Ltd", "AU", "en-AU", "it@scmt.example", "Perth",
    "Australia/Perth", SIN },
  { "A3009", "Te Kupenga Ara Networks", "NZ", "en-NZ", "rma@tekupenga.example", "Wellington",
    "Pacific/Auckland", SIN },
  { "A3010", "Straits Exchange Pte Ltd", "SG", "en-SG", "rma@straits.example", "Singapore",
    "Asia/Singapore", SIN },
  { "A3011", "PT Nusantara Jaringan", "ID", "id", "rma@nusantara.example", "Jakarta",
    "Asia/Jakarta", SIN },
  { "A3012", "Luzon Cable Vision", "PH", "en", "rma@luzon.example", "Manila", "Asia/Manila", SIN },
  { "A3013", "=HYPERLINK Cloud Services", "MY", "ms", "rma@hyper.example", "Kuala Lumpur",
    "Asia/Kuala_Lumpur", SIN },
};

const guint bh_demo_n_accounts = G_N_ELEMENTS (bh_demo_accounts);

static gboolean
add_calendars (BhDemo *self, GError **error)
{
  static const char *const names[] = { "US", "NL", "SG" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *relative = g_strdup_printf ("data/calendars/%s.ics", names[i]);
    g_autofree char *path = bh_data_path (relative);
    g_autofree char *ics = NULL;
    g_autoptr (GError) local = NULL;

    if (!g_file_get_contents (path, &ics, NULL, &local)) {
      g_set_error (error, BH_ERROR, BH_ERROR_NOT_FOUND,
                   "%s: %s; install Backhaul whole, or set BACKHAUL_DATA", path, local->message);
      return FALSE;
    }
    if (!bh_desk_calendar_put (self->desk, names[i], ics, strlen (ics), self->now_us, NULL, error))
      return FALSE;
  }
  return TRUE;
}

gboolean
bh_demo_people (BhDemo *self, GError **error)
{
  g_autoptr (GString) places =
      g_string_new ("destination,name,address,city,postal_code,country,time_zone,calendar,"
                    "contract_manufacturer\n");
  g_autoptr (GString) accounts = g_string_new ("account,name,country,language,email\n");
  g_autoptr (GString) sites =
      g_string_new ("account,site,name,address,city,postal_code,country,time_zone\n");

  for (guint i = 0; i < BH_DEMO_DESTINATIONS; i++)
    g_string_append_printf (places, "%s\n", bh_demo_places[i].csv);
  for (guint i = 0; i < bh_demo_n_accounts; i++) {
    const BhDemoAccount *account = &bh_demo_accounts[i];
    const char *cells[] = { account->account, account->name, account->country, account->language,
                            account->email };

    for (guint n = 0; n < G_N_ELEMENTS (cells); n++)
      bh_csv_add (accounts, n == 0, cells[n]);
    g_string_append_c (accounts, '\n');
    for (guint site = 1; site <= BH_DEMO_SITES; site++) {
      g_autofree char *id = g_strdup_printf ("%s-%u", account->account, site);
      g_autofree char *name =
          g_strdup_printf ("%s, %s", account->city, site == 1 ? "core" : "edge");
      g_autofree char *street = g_strdup_printf ("%u Exchange Street", 10 + i * site);
      g_autofree char *code = g_strdup_printf ("%05u", 10000 + i * 97 + site);
      const char *row[] = { account->account, id,           name, street, account->city, code,
                            account->country, account->zone };

      for (guint n = 0; n < G_N_ELEMENTS (row); n++)
        bh_csv_add (sites, n == 0, row[n]);
      g_string_append_c (sites, '\n');
    }
  }
  return add_calendars (self, error) && bh_demo_add (self, "destinations", places->str, error) &&
         bh_demo_add (self, "accounts", accounts->str, error) &&
         bh_demo_add (self, "sites", sites->str, error);
}
