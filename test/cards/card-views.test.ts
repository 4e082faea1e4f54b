import { expect } from 'chai';
import type { Viewer } from '#cards/card-context';
import { caseCompletedCard, caseCompletedView } from '#cards/case-completed';
import { caseProgressView } from '#cards/case-progress';
import { exceptionCard, exceptionView } from '#cards/exception';
import { leaverApprovalCard, leaverApprovalView } from '#cards/leaver-approval';
import { ofType } from '../contracts/card.js';
import { context, sampleCase, sampleException } from './samples/sample-case.js';
import { alex, dana, hannah, morgan, sam, viewers } from './samples/sample-firm.js';

const now = '2026-11-17T10:43:00.000Z';
const approvalFor = (viewer: Viewer | undefined, options = {}) =>
  leaverApprovalCard(leaverApprovalView(sampleCase(options), context(now, viewer)));
const verbs = (card: Parameters<typeof ofType>[0]) => ofType(card, 'Action.Execute').map((action) => action['verb']);

describe('[unit] cards: who is asked', () => {
  it('asks the manager, and nobody who is not', () => {
    expect(verbs(approvalFor(viewers.morgan)))
      .to.include('approve')
      .and.include('reject');
    for (const viewer of [
      undefined,
      viewers.hannah,
      { userId: alex.userId, sees: 'manager' } as const,
      { userId: sam.userId, sees: 'it' } as const,
    ])
      expect(verbs(approvalFor(viewer))).to.deep.equal([]);
  });

  it('asks a second person in HR about access that ends now, and not the one who asked for it', () => {
    const options = { record: { immediate: true } };
    expect(verbs(approvalFor(viewers.hannah, options))).to.include('approve');
    expect(verbs(approvalFor({ userId: dana.userId, sees: 'hr' }, options))).to.deep.equal([]);
  });

  it('binds the click to the parts that are asked about and to no other', () => {
    const state = sampleCase({ record: { immediate: true } });
    const card = leaverApprovalCard(leaverApprovalView(state, context(now, viewers.hannah)));
    const asked = state.parts.filter((part) => part.partId !== 'hand-over').map((part) => part.partHash);
    expect(ofType(card, 'Action.Execute')[0]?.['data']).to.deep.equal({
      latchkey: { caseId: 'L-104', partHash: asked.join(',') },
    });
  });

  it('puts who decided in the place of the buttons', () => {
    const view = leaverApprovalView(
      sampleCase({ decisions: [{ decidedBy: morgan.userId }] }),
      context(now, viewers.morgan),
    );
    expect(view.deciding).to.deep.equal([]);
    expect(view.decided).to.deep.equal(['**Approved** by you, 17 Nov, 11:20']);
  });

  it('asks nobody about a cancelled case', () => {
    const cancelled = { by: hannah.userId, at: now, reason: 'stays' };
    expect(verbs(approvalFor(viewers.morgan, { record: { cancelled } }))).to.deep.equal([]);
  });
});

describe('[unit] cards: what is told to whom', () => {
  const done = {
    status: () => 'confirmed' as const,
    started: ['access', 'hand-over', 'closing'] as const,
    decisions: [{}],
  };
  const completed = (viewer?: Viewer) =>
    JSON.stringify(caseCompletedCard(caseCompletedView(sampleCase(done), context(now, viewer))));

  it('keeps access details, addresses and the evidence button from the manager', () => {
    expect(completed(viewers.dana)).to.include('Left 9 groups').and.include('"evidence"');
    for (const viewer of [viewers.morgan, undefined])
      expect(completed(viewer)).not.to.match(/outlook\.example|9 groups|"verb":"evidence"/);
  });

  it('tells a case late only when access is still open after the last minute', () => {
    const words = (at: string, milestones = {}) =>
      caseProgressView(sampleCase({ ...done, status: () => 'verifying', record: { milestones } }), context(at)).heading
        .state;
    expect(words('2026-11-20T17:00:30.000Z')).to.equal('Running');
    expect(words('2026-11-20T17:30:00.000Z')).to.equal('Running late');
    expect(words('2026-11-20T17:30:00.000Z', { accessClosedAt: '2026-11-20T17:00:09.000Z' })).to.equal('Running');
  });
});

describe('[unit] cards: working an exception', () => {
  const view = (exceptions: ReturnType<typeof sampleException>[]) =>
    exceptionView(sampleCase({ exceptions }), context('2026-11-20T17:40:00.000Z'));

  it('puts the most urgent first and offers its buttons under its own number', () => {
    const shown = view([sampleException('1'), sampleException('2', { severity: 'high', title: 'urgent' })]);
    expect(shown.first[0]?.title).to.equal('urgent');
    expect(shown.first[0]?.working[0]?.retry.data.latchkey).to.deep.equal({ caseId: 'L-104', exceptionId: '2' });
    expect(shown.others).to.have.lengthOf(1);
  });

  it('offers no button while a retry is waiting to run', () => {
    const shown = view([sampleException('1', { retry: { by: sam.userId, at: now, taken: false } })]);
    expect(shown.first[0]?.working).to.deep.equal([]);
    expect(shown.first[0]?.pending[0]).to.include('Sam Okoro');
  });

  it('shows no button once all are solved, and says who solved them', () => {
    const shown = view([
      sampleException('1', { resolution: { as: 'done-by-hand', by: sam.userId, at: now, note: 'by hand' } }),
    ]);
    expect(ofType(exceptionCard(shown), 'Action.Execute')).to.deep.equal([]);
    expect(shown.resolved[0]?.lines[0]).to.include('Sam Okoro');
  });
});
