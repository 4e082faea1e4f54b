import { expect } from 'chai';
import { caseCompletedCard, caseCompletedView } from '#cards/case-completed';
import { caseListCard, caseListView } from '#cards/case-list';
import { caseProgressCard, caseProgressView } from '#cards/case-progress';
import { exceptionCard, exceptionView } from '#cards/exception';
import { leaverApprovalCard, leaverApprovalView } from '#cards/leaver-approval';
import { noticeCard, noticeView } from '#cards/notice';
import { personPickerCard, personPickerView } from '#cards/person-picker';
import type { CaseState } from '#domain/case-state';
import { context, sampleCase, sampleException } from './samples/sample-case.js';
import { leaverChanges, sampleChange } from './samples/sample-changes.js';
import { alex, hostileNames, morgan, sam, viewers } from './samples/sample-firm.js';

const now = '2026-11-20T18:00:00.000Z';

/** A case in which everything that people or the tenant name is as long as it can be, over and over. */
function flooded(text: string, resolved: boolean): CaseState {
  const person = { ...alex, displayName: text, jobTitle: text, department: text, officeLocation: text };
  const groups = Array.from({ length: 120 }, (_, index) => `${index}${text}`);
  const rules = groups.map((name) =>
    sampleChange('mailbox.disable-forwarding-rules', 'access', 'inboxRule', name, `${name} forwards`),
  );
  const resolution = { as: 'done-by-hand', by: sam.userId, at: now, note: text } as const;
  return sampleCase({
    record: { person, requesterName: text, delegate: { ...morgan, displayName: text }, autoReply: text },
    changes: [...leaverChanges(text, groups), ...rules],
    started: ['access', 'hand-over', 'closing'],
    decisions: [{ outcome: 'rejected', reason: text }],
    status: (_, index) => (index % 3 === 0 ? 'done-by-hand' : 'confirmed'),
    exceptions: Array.from({ length: 12 }, (_, index) =>
      sampleException(`${index}`, {
        title: text,
        saw: text,
        advice: text,
        technical: text,
        code: text,
        changeKey: `k${index}`,
        ...(resolved || index > 6 ? { resolution } : {}),
      }),
    ),
  });
}

describe('[unit] cards: size', () => {
  for (const sign of ['*', '"', '漢', '😀', 'ש', 'x '])
    it(`keeps every card sendable when everything is full of ${sign}`, () => {
      const text = sign.repeat(700);
      for (const state of [flooded(text, false), flooded(text, true)]) {
        const cards = [
          exceptionCard(exceptionView(state, context(now))),
          caseProgressCard(caseProgressView(state, context(now, viewers.dana))),
          caseCompletedCard(caseCompletedView(state, context(now, viewers.priya))),
          leaverApprovalCard(leaverApprovalView(state, context(now, viewers.morgan))),
          caseListCard(
            caseListView(
              'cases',
              Array.from({ length: 40 }, () => state),
              context(now, viewers.dana),
            ),
          ),
        ];
        for (const card of cards) expect(card['type']).to.equal('AdaptiveCard');
      }
      const people = Array.from({ length: 9 }, () => ({
        ...alex,
        displayName: text,
        jobTitle: text,
        userPrincipalName: text,
      }));
      expect(personPickerCard(personPickerView({ typed: text, people }))['type']).to.equal('AdaptiveCard');
      expect(noticeCard(noticeView({ title: text, lines: [text, ...hostileNames], tone: 'accent' }))['type']).to.equal(
        'AdaptiveCard',
      );
    });
});
