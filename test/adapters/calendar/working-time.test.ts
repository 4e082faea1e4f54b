import { expect } from 'chai';
import fc from 'fast-check';
import { createCalendar } from '#adapters/calendar/luxon-calendar';
import { toEpochMs, toInstant } from '#domain/instant';
import type { Site } from '#domain/policy';

const calendar = createCalendar();

const london: Site = {
  name: 'London',
  zone: 'Europe/London',
  startOfDay: '09:00',
  endOfDay: '17:00',
  workdays: [1, 2, 3, 4, 5],
  holidays: 'GB-ENG',
};
const austin: Site = { ...london, name: 'Austin', zone: 'America/Chicago', holidays: 'US-TX' };
const quiet = { from: '19:00', to: '08:00' };
const local = (instant: string, site = london) => calendar.toLocal(instant, site.zone);

describe('[unit] adapters/calendar: working time', () => {
  it('knows days off and public holidays of the place, not of another', () => {
    expect(calendar.isWorkingDay('2026-11-20', london)).to.equal(true);
    expect(calendar.isWorkingDay('2026-11-21', london)).to.equal(false);
    expect(calendar.isWorkingDay('2026-12-25', london)).to.equal(false);
    // Thanksgiving; and Boxing Day falls on a Saturday in 2026, so that Monday the 28th is off in England.
    expect(calendar.isWorkingDay('2026-11-26', austin)).to.equal(false);
    expect(calendar.isWorkingDay('2026-11-26', london)).to.equal(true);
    expect(calendar.isWorkingDay('2026-12-28', london)).to.equal(false);
    const { holidays: _none, ...everyDay } = london;
    expect(calendar.isWorkingDay('2026-12-25', everyDay)).to.equal(true);
    expect(calendar.isWorkingDay('2026-11-22', { ...everyDay, workdays: [7] })).to.equal(true);
  });

  it('writes to nobody at night, at the weekend or on a holiday', () => {
    const next = (at: string, site = london) => calendar.nextContact(at, site, quiet);
    expect(next('2026-11-20T12:00:00.000Z')).to.equal('2026-11-20T12:00:00.000Z');
    expect(next('2026-11-19T19:30:00.000Z')).to.equal('2026-11-20T08:00:00.000Z');
    expect(next('2026-11-20T05:00:00.000Z')).to.equal('2026-11-20T08:00:00.000Z');
    expect(next('2026-11-20T20:00:00.000Z')).to.equal('2026-11-23T08:00:00.000Z');
    expect(next('2026-12-24T20:00:00.000Z')).to.equal('2026-12-29T08:00:00.000Z');
    expect(next('2026-11-20T12:00:00.000Z', austin)).to.equal('2026-11-20T14:00:00.000Z');
  });

  it('takes quiet hours within one day, and none at all', () => {
    const at = '2026-11-20T12:30:00.000Z';
    expect(calendar.nextContact(at, london, { from: '12:00', to: '13:00' })).to.equal('2026-11-20T13:00:00.000Z');
    expect(calendar.nextContact(at, london, { from: '00:00', to: '00:00' })).to.equal(at);
  });

  it('counts working hours over nights, weekends, holidays and a clock change', () => {
    expect(calendar.plusWorkingHours('2026-11-20T10:00:00.000Z', 4, london)).to.equal('2026-11-20T14:00:00.000Z');
    expect(calendar.plusWorkingHours('2026-11-20T16:00:00.000Z', 2, london)).to.equal('2026-11-23T10:00:00.000Z');
    expect(calendar.plusWorkingHours('2026-11-20T22:00:00.000Z', 8, london)).to.equal('2026-11-23T17:00:00.000Z');
    expect(calendar.plusWorkingHours('2026-12-24T16:00:00.000Z', 2, london)).to.equal('2026-12-29T10:00:00.000Z');
    // Clocks go forward on Sunday 28 March 2027.
    expect(calendar.plusWorkingHours('2027-03-24T16:00:00.000Z', 2, london)).to.equal('2027-03-25T10:00:00.000Z');
    expect(local(calendar.plusWorkingHours('2027-04-01T15:00:00.000Z', 2, london)).time).to.equal('10:00');
  });

  it('ends a local day at its own midnight, also the days of 23 and 25 hours', () => {
    expect(calendar.endOfLocalDay('2026-11-20T17:00:00.000Z', 'Europe/London')).to.equal('2026-11-21T00:00:00.000Z');
    expect(calendar.endOfLocalDay('2026-11-21T02:00:00.000Z', 'America/Chicago')).to.equal('2026-11-21T06:00:00.000Z');
    expect(calendar.endOfLocalDay('2027-03-28T00:30:00.000Z', 'Europe/London')).to.equal('2027-03-28T23:00:00.000Z');
  });

  it('keeps the local time when days are added over a clock change', () => {
    const later = calendar.plusDays('2027-03-20T17:00:00.000Z', 30, 'Europe/London');
    expect(later).to.equal('2027-04-19T16:00:00.000Z');
  });

  it('finds the last business hour: that day’s, or the working day’s before it', () => {
    expect(calendar.lastBusinessHour('2026-11-20', london)).to.deep.equal({ date: '2026-11-20', time: '17:00' });
    expect(calendar.lastBusinessHour('2026-11-22', london)).to.deep.equal({ date: '2026-11-20', time: '17:00' });
    expect(calendar.lastBusinessHour('2026-12-28', london)).to.deep.equal({ date: '2026-12-24', time: '17:00' });
  });

  it('knows which places have holidays', () => {
    for (const place of ['GB', 'GB-ENG', 'IE', 'US-TX', 'DE-BY'])
      expect(calendar.isHolidayPlace(place), place).to.equal(true);
    for (const place of ['', 'XX', 'GB-XYZ', 'england']) expect(calendar.isHolidayPlace(place), place).to.equal(false);
  });

  it('property: a contact moment is never earlier, is its own contact moment, and lies in working time', () => {
    const moments = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2028, 0, 1) }).map(toInstant);
    fc.assert(
      fc.property(moments, fc.constantFrom(london, austin), (at, site) => {
        const found = calendar.nextContact(at, site, quiet);
        expect(toEpochMs(found)).to.be.at.least(toEpochMs(at));
        expect(calendar.nextContact(found, site, quiet)).to.equal(found);
        const { date, time } = local(found, site);
        expect(calendar.isWorkingDay(date, site)).to.equal(true);
        expect(time >= '08:00' && time < '19:00', time).to.equal(true);
      }),
    );
  });

  it('property: more working hours never end earlier, and end within working time', () => {
    const moments = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2028, 0, 1) }).map(toInstant);
    fc.assert(
      fc.property(moments, fc.integer({ min: 1, max: 60 }), (at, hours) => {
        const end = calendar.plusWorkingHours(at, hours, london);
        expect(toEpochMs(calendar.plusWorkingHours(at, hours + 1, london))).to.be.greaterThan(toEpochMs(end));
        expect(calendar.isWorkingDay(local(end).date, london)).to.equal(true);
      }),
    );
  });
});
