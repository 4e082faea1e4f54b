import { expect } from 'chai';
import { ids } from './firm.js';
import { inWorld } from './world.js';

const reading = [/^GET/, /\/\$batch/, /\/checkMemberGroups/, /\/oauth2\//, /\/_sandbox\//];
const isReading = (method: string, url: string) => reading.some((pattern) => pattern.test(`${method} ${url}`));

describe('[story] observe mode', function () {
  this.timeout(20_000);

  it(
    'shows what would be done and does none of it, long past the last working minute',
    inWorld(
      async ({ hr, tenant, advance, person, manager }) => {
        const before = await tenant.state(ids.alex);
        const form = await hr.says('leaver alex.morgan@northwind.example on 2026-11-20 17:00');
        expect(form.text).to.include('Sign-in is blocked');
        const answer = await hr.clicks('Submit', {}, form);
        expect(answer.text).to.include('Observe mode: nothing was started').and.to.include('Leaves Sales UK');
        await advance(48 * 3_600_000);
        for (const other of [manager, person(ids.priya)]) expect(other.messages()).to.deep.equal([]);
        expect((await hr.says('cases')).text).to.not.include('L-1');
        expect(await tenant.state(ids.alex)).to.deep.equal(before);
        for (const { method, url, cmdlet } of await tenant.log())
          expect(
            cmdlet === null ? isReading(method, url) : /^Get-/.test(cmdlet),
            `${method} ${url} ${cmdlet}`,
          ).to.equal(true);
      },
      { observe: true },
    ),
  );
});
