import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { openCheckpointVerifier } from '#adapters/signing/checkpoint-signer';
import { type ChainRow, checkChain, evidenceHash, evidenceLine, firstPrev } from '#domain/evidence';
import { verifyEvidence } from '#engine/verify-evidence';

const tenant = '7a1f0000-0000-4000-8000-000000000001';

function aChain(length: number): readonly ChainRow[] {
  const rows: ChainRow[] = [];
  for (let seq = 1; seq <= length; seq += 1) {
    const line = evidenceLine({
      tenant,
      case: 'L-1',
      seq,
      prev: rows.at(-1)?.hash ?? firstPrev,
      at: '2026-11-20T10:00:00.000Z',
      type: 'case.noted',
      actor: { kind: 'clock' },
      data: { n: seq },
    });
    rows.push({ seq, line, hash: evidenceHash(line) });
  }
  return rows;
}

describe('[unit] domain/evidence', () => {
  it('hashes a row as sha256sum does its line', () => {
    // printf '%s\\n' '{"a":1}' | sha256sum
    expect(evidenceHash('{"a":1}')).to.equal('e346432021b04179518d9614f3560ccd71354a4ee101ddcb893d6959a9d6301c');
  });

  it('accepts a whole chain, an empty one too, and gives its head', () => {
    const rows = aChain(3);
    expect(checkChain(rows, { tenant, case: 'L-1' })).to.deep.equal({ ok: true, count: 3, head: rows[2]?.hash });
    expect(checkChain([])).to.deep.equal({ ok: true, count: 0, head: firstPrev });
  });

  it('names the first bad row, whichever of them and whatever was done to it', () => {
    const rows = aChain(6);
    for (const [index, row] of rows.entries()) {
      const seq = index + 1;
      const replaced = (by: Partial<ChainRow>) => rows.map((r) => (r === row ? { ...r, ...by } : r));
      for (const bad of [
        replaced({ line: row.line.replace('"n":', '"n": ') }),
        replaced({ hash: row.hash.replace(/^./, (c) => (c === '0' ? '1' : '0')) }),
        replaced({ seq: seq + 100 }),
        replaced({ line: 'no json', hash: evidenceHash('no json') }),
        replaced({ line: '[1]', hash: evidenceHash('[1]') }),
      ]) {
        expect(checkChain(bad)).to.include({ ok: false, seq });
      }
    }
  });

  it('does not accept the chain of another case or tenant, or a form it does not know', () => {
    const rows = aChain(2);
    expect(checkChain(rows, { tenant, case: 'L-2' })).to.include({ ok: false, seq: 1 });
    expect(checkChain(rows, { tenant: 'other', case: 'L-1' })).to.include({ ok: false, seq: 1 });
    const line = (rows[0]?.line ?? '').replace('"v":1', '"v":2');
    expect(checkChain([{ seq: 1, line, hash: evidenceHash(line) }])).to.include({ ok: false, seq: 1 });
  });
});

/** One tampered database: what was done to it, and who must notice. See the README beside the files. */
interface Vector {
  readonly attack: string;
  readonly tenant: string;
  readonly allowedSigner: string;
  readonly witness: string;
  readonly chains: Readonly<Record<string, readonly ChainRow[]>>;
  readonly detectedBy: 'nobody: it is intact' | 'chain' | 'checkpoint' | 'signature' | 'witness';
  readonly firstBad?: { readonly chain: string; readonly seq: number };
  readonly sentence?: string;
}

const folder = new URL('../vectors/evidence/', import.meta.url);
const order = ['chain', 'checkpoint', 'signature', 'witness'] as const;

describe('[unit] domain/evidence: attacks', () => {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));

  it('has a vector for every attack of the design', () => {
    for (const name of [
      'flipped-byte',
      'removed-entry',
      'swapped-entries',
      'truncated-tail',
      'rewritten-and-rechained',
    ]) {
      expect(files).to.include(`${name}.json`);
    }
  });

  for (const name of files) {
    const vector: Vector = JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
    const rowsOf = (chain: string, withHouse: boolean) =>
      (chain === 'house' && !withHouse ? [] : (vector.chains[chain] ?? [])).map((row) => ({ chain, ...row }));
    const verify = (by: (typeof order)[number]) => {
      const level = order.indexOf(by);
      const names = Object.keys(vector.chains).filter((chain) => chain !== 'house' || level >= 1);
      return verifyEvidence({
        store: {
          heads: async () => names.flatMap((chain) => rowsOf(chain, true).slice(-1)),
          chain: async (_tenant, chain) => rowsOf(chain, level >= 1),
        },
        tenantId: vector.tenant,
        ...(level >= 2 && { verifier: openCheckpointVerifier(vector.allowedSigner) }),
        ...(level >= 3 && { witness: vector.witness }),
      });
    };

    it(`${name.replace('.json', '')}: noticed by ${vector.detectedBy}, and by nothing less`, async () => {
      for (const by of order) {
        const report = await verify(by);
        const noticed = order.some((one) => one === vector.detectedBy && order.indexOf(one) <= order.indexOf(by));
        expect(report.ok, `with ${by}`).to.equal(!noticed);
        // Whoever sees more may find an earlier bad row.
        if (by !== vector.detectedBy) continue;
        expect(report.problems[0]).to.include(vector.firstBad);
        expect(report.problems[0]?.sentence).to.equal(vector.sentence);
      }
    });
  }
});
