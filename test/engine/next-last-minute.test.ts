import { expect } from 'chai';
import { createCalendar } from '#adapters/calendar/luxon-calendar';
import type { Site } from '#domain/policy';
import { nextLastMinute } from '#engine/next-last-minute';

const london: Site = {
  name: 'London',
  zone: 'Europe/London',
  startOfDay: '09:00',
  endOfDay: '17:00',
  workdays: [1, 2, 3, 4, 5],
  holidays: 'GB-ENG',
};
const next = (now: string) => nextLastMinute(createCalendar(), london, now);

describe('[unit] engine/next-last-minute', () => {
  it('is today’s last business hour while it is still to come', () => {
    expect(next('2026-11-20T16:59:00.000Z')).to.deep.equal({ date: '2026-11-20', time: '17:00' });
  });

  it('is the next working day’s once it is over, over weekends and holidays', () => {
    expect(next('2026-11-20T17:01:00.000Z')).to.deep.equal({ date: '2026-11-23', time: '17:00' });
    expect(next('2026-12-24T18:00:00.000Z')).to.deep.equal({ date: '2026-12-29', time: '17:00' });
  });

  it('is the local day’s, also where the date there is another', () => {
    const auckland: Site = { ...london, zone: 'Pacific/Auckland' };
    const found = nextLastMinute(createCalendar(), auckland, '2026-11-19T20:00:00.000Z');
    expect(found).to.deep.equal({ date: '2026-11-20', time: '17:00' });
  });
});
