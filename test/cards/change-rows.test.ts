import { expect } from 'chai';
import { changeRows, detailLines } from '#cards/change-rows';
import { wordChanges } from '#cards/change-words';
import { describeSample, leaverChanges, sampleChange } from './samples/sample-changes.js';

const worded = (names?: readonly string[]) =>
  wordChanges(leaverChanges('Morgan Lee', names), { describe: describeSample });
const rowOf = (group: string, tense: 'will' | 'done', names?: readonly string[]) =>
  changeRows(worded(names), { tense, you: { displayName: 'Morgan Lee' } }).find((row) => row.group === group);

describe('[unit] cards/change-rows', () => {
  it('tells numbers before names, with verbs that agree', () => {
    expect(rowOf('Access', 'will')?.text).to.equal('Leaves 9 groups, 3 lists');
    expect(rowOf('Access', 'done')?.text).to.equal('Left 9 groups, 3 lists');
    expect(rowOf('Sign-in', 'will')?.text).to.include('3 sign-in methods are removed');
  });

  it('names one by its name', () => {
    expect(rowOf('Access', 'will', ['Sales_UK'])?.text).to.equal('Leaves Sales\\_UK · Leaves 3 lists');
  });

  it('calls the reader "you"', () => {
    expect(rowOf('Mail', 'will')?.text).to.include('opens for **you**');
  });

  it('gives what stands out its own line before, and not after', () => {
    expect(rowOf('Mail', 'will')?.attention).to.have.lengthOf(2);
    expect(rowOf('Mail', 'done')?.attention).to.deep.equal([]);
  });

  it('keeps every name of sixty groups, and counts what does not fit of six hundred', () => {
    const many = (count: number) => Array.from({ length: count }, (_, i) => `Group number ${i + 1}`);
    const line = (count: number) =>
      detailLines(worded(many(count)), 'will').find((text) => text.startsWith('**Groups')) ?? '';
    expect(line(60)).to.include('Group number 60').and.not.include('more');
    expect(line(600)).to.match(/ and \d+ more; the evidence has all$/);
    expect(Buffer.byteLength(detailLines(worded(many(600)), 'will').join())).to.be.lessThan(10_000);
  });

  it('tells changes of one kind but of different words apart', () => {
    const two = [
      sampleChange('groups.leave-groups', 'access', 'group', 'A'),
      sampleChange('groups.leave-licence-groups', 'closing', 'group', 'B'),
    ];
    const rows = changeRows(wordChanges(two, { describe: describeSample }), { tense: 'will' });
    expect(rows.map((row) => row.text)).to.deep.equal(['Leaves A', 'The licence of B returns']);
  });
});
