import { expect } from 'chai';
import { expandTemplate } from '#cards/expand-template';

const card = (body: readonly object[]) => ({ type: 'AdaptiveCard', version: '1.5', fallbackText: 'x', body });
const text = (value: unknown, more: object = {}) => ({ type: 'TextBlock', text: value, wrap: true, ...more });

describe('[unit] cards/expand-template', () => {
  it('fills in text without reading it as a binding', () => {
    const filled = expandTemplate('sample-hostile', card([text('${name}')]), { name: '${1+1} and ${name}' });
    expect(JSON.stringify(filled)).to.include('$ {1+1} and $ {name}');
  });

  it('refuses, by the name of the card, a binding that nothing filled', () => {
    expect(() => expandTemplate('sample-open', card([text('${nmae}')]), { name: 'x' })).to.throw(
      'card sample-open: the binding ${nmae} was not filled',
    );
  });

  it('refuses text that is no string, is empty, or does not wrap', () => {
    expect(() => expandTemplate('sample-number', card([text('${n}')]), { n: 5 })).to.throw(
      'a TextBlock holds 5 instead of text',
    );
    expect(() => expandTemplate('sample-empty', card([text('${n}')]), { n: '' })).to.throw('instead of text');
    expect(() =>
      expandTemplate('sample-wide', card([{ type: 'Container', items: [text('x', { wrap: false })] }]), {}),
    ).to.throw('does not wrap');
  });

  it('refuses a card without fallback text, and one that is too big', () => {
    expect(() => expandTemplate('sample-mute', { ...card([]), fallbackText: ' ' }, {})).to.throw('no fallbackText');
    expect(() => expandTemplate('sample-big', card([text('${long}')]), { long: 'x'.repeat(26_000) })).to.throw(
      'bytes are more than',
    );
  });

  it('gives the same card however often it is asked', () => {
    const template = card([{ ...text('${$data}'), $data: '${lines}' }]);
    const one = expandTemplate('sample-twice', template, { lines: ['a', 'b'] });
    expect(expandTemplate('sample-twice', template, { lines: [] })['body']).to.deep.equal([]);
    expect(expandTemplate('sample-twice', template, { lines: ['a', 'b'] })).to.deep.equal(one);
  });
});
