import { expect } from 'chai';
import { createCalendar } from '#adapters/calendar/luxon-calendar';

const london = 'Europe/London';
const austin = 'America/Chicago';

describe('[unit] adapters/calendar/luxon-calendar', () => {
  const calendar = createCalendar();

  it('turns a local time into an instant and back', () => {
    expect(calendar.toInstant({ date: '2026-11-20', time: '17:00' }, london)).to.equal('2026-11-20T17:00:00.000Z');
    expect(calendar.toInstant({ date: '2026-07-01', time: '17:00' }, london)).to.equal('2026-07-01T16:00:00.000Z');
    expect(calendar.toInstant({ date: '2026-11-20', time: '17:00' }, austin)).to.equal('2026-11-20T23:00:00.000Z');
    expect(calendar.toLocal('2026-11-21T05:30:00.000Z', austin)).to.deep.equal({ date: '2026-11-20', time: '23:30' });
  });

  it('moves a time that a clock change skips forward by the gap', () => {
    expect(calendar.toInstant({ date: '2026-03-29', time: '01:30' }, london)).to.equal('2026-03-29T01:30:00.000Z');
    expect(calendar.toLocal('2026-03-29T01:30:00.000Z', london).time).to.equal('02:30');
    expect(calendar.toInstant({ date: '2026-03-08', time: '02:15' }, austin)).to.equal('2026-03-08T08:15:00.000Z');
    expect(calendar.toLocal('2026-03-08T08:15:00.000Z', austin).time).to.equal('03:15');
  });

  it('takes the first of a time that happens twice', () => {
    expect(calendar.toInstant({ date: '2026-10-25', time: '01:30' }, london)).to.equal('2026-10-25T00:30:00.000Z');
    expect(calendar.toInstant({ date: '2026-11-01', time: '01:30' }, austin)).to.equal('2026-11-01T06:30:00.000Z');
    expect(calendar.toLocal('2026-11-01T06:30:00.000Z', austin)).to.deep.equal(
      calendar.toLocal('2026-11-01T07:30:00.000Z', austin),
    );
  });

  it('reads no date that is none', () => {
    for (const [date, time] of [
      ['2026-02-30', '10:00'],
      ['2026-13-01', '10:00'],
      ['20.11.2026', '10:00'],
      ['2026-11-20', '25:00'],
      ['2026-11-20', '24:00'],
      ['2026-11-20', '9:00'],
      ['2026-11-20', ''],
      ['tomorrow', '10:00'],
    ] as const)
      expect(calendar.toInstant({ date, time }, london), `${date} ${time}`).to.equal(undefined);
    expect(calendar.toInstant({ date: '2026-11-20', time: '10:00' }, 'Northwind/London')).to.equal(undefined);
  });

  it('writes it as people read it, whatever the machine speaks', () => {
    expect(calendar.longText('2026-11-20T17:00:09.000Z', london)).to.equal('Fri 20 Nov 2026 at 17:00');
    expect(calendar.longText('2026-09-04T20:05:00.000Z', austin)).to.equal('Fri 4 Sep 2026 at 15:05');
    expect(calendar.shortText('2026-11-20T17:00:09.000Z', london)).to.equal('20 Nov, 17:00');
    expect(calendar.timeText('2026-11-20T17:00:09.000Z', london)).to.equal('17:00:09');
    expect(() => calendar.longText('soon', london)).to.throw(RangeError);
  });

  it('knows zones', () => {
    expect(calendar.isZone(london)).to.equal(true);
    expect(calendar.isZone('London')).to.equal(false);
  });
});
