#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Business days against another calendar library: C7 over 2000-2050 in ten countries. Speaks TAP.

The holidays of python3-holidays are written as iCalendar, added, and counted by the program;
what it answers is compared with a count over the library's own dates. Then clocks begun around
changes of daylight saving, and the calendars that Backhaul ships, over what they cover.

usage: business-days.py BACKHAULCTL
"""
import bisect
import datetime
import os
import random
import re
import warnings
import zoneinfo

import holidays

from harness import finish, rows, run, shown, write

SEED = 20261124
DAYS = 200_000
ZONES = {"US": "America/New_York", "GB": "Europe/London", "DE": "Europe/Berlin",
         "NL": "Europe/Amsterdam", "PL": "Europe/Warsaw", "CH": "Europe/Zurich",
         "BR": "America/Sao_Paulo", "CA": "America/St_Johns", "AU": "Australia/Lord_Howe",
         "JP": "Asia/Tokyo"}
YEARS = range(2000, 2054)
DAY = datetime.timedelta(days=1)


def library(country, years=YEARS):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return dict(holidays.CountryHoliday(country, years=list(years)))


def ics(country, days):
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN"]
    for number, (day, name) in enumerate(sorted(days.items())):
        lines += ["BEGIN:VEVENT", f"UID:{number}@{country}", f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
                  "SUMMARY:" + "".join(c for c in name if c.isalnum() or c == " "), "END:VEVENT"]
    return "\r\n".join(lines + ["END:VCALENDAR", ""])


class Count:
    """Working days by bisection."""

    def __init__(self, off):
        first, last = datetime.date(YEARS[0], 1, 1), datetime.date(YEARS[-1], 12, 31)
        self.days = [first + n * DAY for n in range((last - first).days + 1)]
        self.days = [day for day in self.days if day.weekday() < 5 and day not in off]

    def after(self, start, n):
        return self.days[bisect.bisect_right(self.days, start) + n - 1]


def random_days(counts):
    """(start, n, country) at random, one stream in, one date a line out."""
    draw = random.Random(SEED)
    names = sorted(counts)
    first, last = datetime.date(2000, 1, 1), datetime.date(2050, 12, 31)
    asked = [(first + draw.randrange((last - first).days + 1) * DAY, draw.randint(1, 250),
              draw.choice(names)) for _ in range(DAYS)]
    code, out, error = run("calendar", "business-days", "-", given="".join(
        f"{start} {n} {name}\n" for start, n, name in asked).encode())
    got = out.split()
    wrong = [(str(start), n, name, answer) for (start, n, name), answer in zip(asked, got)
             if answer != counts[name].after(start, n).isoformat()]
    shown("C7/business-days/200000-random", code == 0 and len(got) == DAYS and not wrong,
          code, error[:200], len(wrong), wrong[:5])


def changes_of(zone):
    """The days of 2000-2050 on which the zone changes its clocks."""
    day = datetime.datetime(2000, 1, 1, tzinfo=zone)
    while day.year <= 2050:
        if day.utcoffset() != (day + DAY).utcoffset():
            yield day.date()
        day += DAY


def daylight_saving(counts):
    """C1 begun in the hours around a change, where the goods go."""
    draw = random.Random(SEED + 1)
    wrong = []
    asked = 0
    for country, name in ZONES.items():
        zone = zoneinfo.ZoneInfo(name)
        changes = list(changes_of(zone))
        for _ in range(20 if changes else 0):
            start = datetime.datetime.combine(draw.choice(changes), datetime.time(),
                                              datetime.timezone.utc)
            start += datetime.timedelta(minutes=draw.randrange(-1440, 2880))
            due = counts[country].after(start.astimezone(zone).date(), 10).isoformat()
            asked += 1
            code, got = rows("clock", "what-if", "--kind", "C1", "--destination", country,
                             "--from", start.isoformat())
            if code != 0 or got[0]["due"] != due:
                wrong.append((country, start.isoformat(), due, got))
    shown("C7/business-days/across-daylight-saving", asked >= 150 and not wrong, asked, wrong[:3])


# The years that a shipped file knows whole, and the weekdays that only one of the two has:
# docs/decisions/0018-shipped-calendars.md says why ours are right.
SHIPPED = {"DE": range(2020, 2036), "FR": range(2020, 2036), "GB": range(2020, 2036),
           "JP": range(2020, 2036), "NL": range(2020, 2036), "US": range(2020, 2036),
           "SG": range(2024, 2028)}
ONLY_OURS = {
    "GB": "2022-06-02 2022-06-03 2022-09-19 2023-05-08",
    "JP": "2021-07-22 2021-07-23 2021-08-09 2025-02-24 2031-02-24",
    "SG": "2024-04-10 2024-06-17 2024-10-31 2025-03-31 2025-10-20 2026-05-27 2026-11-09"
          " 2027-03-10 2027-05-17 2027-10-28",
    "US": "2021-06-18 2022-06-20 2023-06-19 2024-06-19 2025-06-19 2026-06-19 2027-06-18"
          " 2028-06-19 2029-06-19 2030-06-19 2031-06-19 2032-06-18 2033-06-20 2034-06-19"
          " 2035-06-19",
}
ONLY_THEIRS = {"GB": "2022-05-30", "JP": "2021-07-19 2021-08-11 2021-10-11",
               "SG": "2024-10-30 2025-11-18 2027-10-27"}


def shipped():
    folder = os.path.join(os.environ["BH_SOURCE_ROOT"], "data/calendars")
    files = sorted(file[:-4] for file in os.listdir(folder))
    shown("C7/shipped/each-is-compared", files == sorted(SHIPPED), files)
    for country, years in SHIPPED.items():
        code, _, error = run("calendar", "add", "shipped-" + country,
                             os.path.join(folder, country + ".ics"))
        ours = {row["date"] for year in years for row in
                rows("calendar", "show", "shipped-" + country, "--year", str(year))[1]}
        theirs = {day.isoformat() for day, name in
                  library({"FR": "FRA"}.get(country, country), years).items()
                  # ours is England's and Wales's
                  if country != "GB" or not re.fullmatch(
                      r".*\[(Scotland|Northern Ireland)\]( \(Observed\))?", name)}
        only = [sorted(day for day in one - other
                       if datetime.date.fromisoformat(day).weekday() < 5)
                for one, other in ((ours, theirs), (theirs, ours))]
        known = [known.get(country, "").split() for known in (ONLY_OURS, ONLY_THEIRS)]
        shown(f"C7/shipped/{country}", code == 0 and only == known, error, only, known)


def main():
    run("init")
    places = "destination,name,address,city,postal_code,country,time_zone,calendar," \
             "contract_manufacturer\n"
    counts = {}
    for country, zone in ZONES.items():
        days = library(country)
        code, _, error = run("calendar", "add", country,
                             write(country + ".ics", ics(country, days)))
        shown(f"C7/calendar-add/{country}", code == 0 and len(days) > 300, code, error)
        counts[country] = Count(days)
        places += f"{country},{country},1 Road,City,1,{country},{zone},{country},CM\n"
    code, _, error = run("import", "destinations", write("destinations.csv", places))
    shown("C7/destinations", code == 0, error)
    random_days(counts)
    daylight_saving(counts)
    shipped()


main()
finish()
