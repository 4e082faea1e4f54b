import { expect } from 'chai';
import fc from 'fast-check';
import { escapeMarkdown, markdown } from '#cards/escape-markdown';
import { plainText } from '#cards/plain-text';

/** What a Markdown reader shows of escaped text. */
const shown = (text: string) => text.replace(/\\([\\`*_[\]<>~|&+#.)-])/g, '$1');

describe('[unit] cards/escape-markdown', () => {
  it('leaves no character that begins markup, and loses none', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 50 }), (text) => {
        const escaped = escapeMarkdown(text);
        expect(escaped.replace(/\\[\\`*_[\]<>~|&+#.)-]/g, '')).not.to.match(/[\\`*_[\]<>~|]/);
        expect(shown(escaped)).to.equal(plainText(text));
      }),
    );
  });

  it('keeps names that only look dangerous readable: hyphens and dots inside stay as they are', () => {
    expect(escapeMarkdown('Anne-Marie O. Smith')).to.equal('Anne-Marie O. Smith');
    expect(escapeMarkdown('-')).to.equal('\\-');
    expect(escapeMarkdown('1. first')).to.equal('1\\. first');
    expect(escapeMarkdown('&lt;b&gt; R&D')).to.equal('\\&lt;b\\&gt; R&D');
  });

  it('keeps its own words as Markdown, and the spaces around what is filled in', () => {
    expect(markdown`**${'*x*'}** by ${'Dana'}${' (HR)'}`).to.equal('**\\*x\\*** by Dana (HR)');
  });
});

describe('[unit] cards/plain-text', () => {
  it('takes out what could turn or hide text, and isolates what runs from right to left', () => {
    expect(plainText('evil\u202Egnp.exe\u0007')).to.equal('evilgnp.exe');
    expect(plainText('two\r\n\tlines')).to.equal('two lines');
    expect(plainText('שרה')).to.equal('\u2068שרה\u2069');
  });

  it('cuts by characters, never through the middle of one', () => {
    expect(plainText('👩‍💻'.repeat(40), 10))
      .to.match(/…$/)
      .and.not.match(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])/);
    expect([...plainText('x'.repeat(200))]).to.have.lengthOf(80);
  });
});
