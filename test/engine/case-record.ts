import type { CaseRecord } from '#domain/case';
import { plusMs } from '#domain/instant';
import { person } from '../simulation/firm.js';
import { hour } from './one-case.js';

const openedAt = '2026-11-20T09:00:00.000Z';

/** A leaver whom HR asked for, due in five hours. */
export function caseRecord(special: Partial<CaseRecord> = {}): CaseRecord {
  return {
    tenantId: 't',
    caseId: 'L-101',
    kind: 'leaver',
    subject: { subjectId: 's', userId: 'leaver' },
    person: person('leaver'),
    requestedBy: { kind: 'person', userId: 'hr1' },
    requesterName: 'hr1',
    requesterIsHr: true,
    manager: person('manager', { accountEnabled: true, userType: 'Member' }),
    openedAt,
    effectiveAt: plusMs(openedAt, 5 * hour),
    zone: 'Europe/London',
    immediate: false,
    openedLate: false,
    intents: {},
    shown: [],
    subjectRoles: [],
    revision: 1,
    milestones: {},
    exceptionCount: 0,
    ...special,
  };
}
