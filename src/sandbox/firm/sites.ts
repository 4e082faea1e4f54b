/** The firm's three sites: each has its own domain, usage location and time zone (as Exchange spells it). */
export interface Site {
  readonly name: 'London' | 'Dublin' | 'Austin';
  readonly domain: string;
  readonly usageLocation: string;
  readonly timeZone: string;
  readonly ianaTimeZone: string;
  readonly locale: string;
  readonly telephonePrefix: string;
}

export const sites = {
  London: {
    name: 'London',
    domain: 'northwind.example',
    usageLocation: 'GB',
    timeZone: 'GMT Standard Time',
    ianaTimeZone: 'Europe/London',
    locale: 'en-GB',
    telephonePrefix: '+44 2079460',
  },
  Dublin: {
    name: 'Dublin',
    domain: 'dublin.northwind.example',
    usageLocation: 'IE',
    timeZone: 'GMT Standard Time',
    ianaTimeZone: 'Europe/Dublin',
    locale: 'en-IE',
    telephonePrefix: '+353 15550',
  },
  Austin: {
    name: 'Austin',
    domain: 'austin.northwind.example',
    usageLocation: 'US',
    timeZone: 'Central Standard Time',
    ianaTimeZone: 'America/Chicago',
    locale: 'en-US',
    telephonePrefix: '+1 5125550',
  },
} as const satisfies Record<Site['name'], Site>;
