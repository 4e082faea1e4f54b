import { readdirSync } from 'node:fs';
import { expect } from 'chai';
import { cardContract, textsOf } from '../contracts/card.js';
import { allSamples } from './samples/all-samples.js';

cardContract(allSamples);

describe('[contract] the set of cards', () => {
  it('has a sample of every template, under its own name', () => {
    const templates = readdirSync(new URL('../../cards/', import.meta.url)).map((file) => file.replace(/\.json$/, ''));
    expect([...new Set(allSamples.map((sample) => sample.card))].sort()).to.deep.equal(templates.sort());
    expect(new Set(allSamples.map((sample) => sample.name)).size).to.equal(allSamples.length);
  });

  it('keeps a golden copy of every sample and of nothing else', () => {
    const kept = readdirSync(new URL('golden/', import.meta.url)).map((file) => file.replace(/\.json$/, ''));
    expect(kept.sort()).to.deep.equal(allSamples.map((sample) => sample.name).sort());
  });

  it('shows the case id wherever there is a case', () => {
    const ofACase = ['leaver-approval', 'case-progress', 'case-completed', 'exception'];
    for (const sample of allSamples.filter((one) => ofACase.includes(one.card)))
      expect(textsOf(sample.content)).to.include('Case L-104');
  });
});
