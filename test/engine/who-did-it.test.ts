import { expect } from 'chai';
import type { Change } from '#domain/change';
import { Failure } from '#domain/failure';
import { readAudit, whoDid } from '#engine/who-did-it';
import { noAuditGraph, rowsGraph } from './audit-graph.js';

const target = (kind: Change['target']['kind'], id: string): Change => ({
  key: `step:${id}`,
  target: { kind, id, displayName: id },
  before: null,
  after: null,
});

const row = (activity: string, at: string, by: object, targets: readonly object[] = []) => ({
  activityDisplayName: activity,
  activityDateTime: at,
  initiatedBy: by,
  targetResources: targets,
});
const sam = { user: { id: 'sam', displayName: 'Sam Okoro', userPrincipalName: 'sam@firm.example' }, app: null };
const sync = { user: { displayName: 'On-Premises Sync', userPrincipalName: 'Sync_DC1_ab@firm.example' }, app: null };
const app = { user: null, app: { displayName: 'ConnectSyncProvisioning_DC1_ab' } };

describe('[unit] engine/who-did-it', () => {
  it('takes the last row that can have brought it about', async () => {
    const graph = rowsGraph([
      row('Enable account', '2026-11-29T03:10:00Z', sync),
      row('Enable account', '2026-11-28T03:10:00Z', sam),
      row('Disable account', '2026-11-29T04:00:00Z', sam),
    ]);
    const rows = await readAudit(graph, 'alex', '2026-11-20T17:00:00.000Z');
    const who = whoDid(rows, target('user', 'alex'));
    expect(who).to.include({ by: 'Microsoft Entra Connect (directory sync)', bySync: true });
    expect(who?.at).to.equal('2026-11-29T03:10:00Z');
  });

  it('knows the synchronisation by its application too, and a group by its id in the row', async () => {
    const rows = await readAudit(
      rowsGraph([
        row('Add member to group', '2026-11-29T03:10:00Z', sam, [{ id: 'alex' }, { id: 'G-1' }]),
        row('Add member to group', '2026-11-29T05:10:00Z', app, [{ id: 'alex' }, { id: 'G-2' }]),
        row('Change user license', '2026-11-29T05:10:00Z', { user: null, app: null }),
      ]),
      'alex',
      '2026-11-20T17:00:00.000Z',
    );
    expect(whoDid(rows, target('group', 'g-1'))?.by).to.equal('Sam Okoro');
    expect(whoDid(rows, target('group', 'g-2'))?.bySync).to.equal(true);
    expect(whoDid(rows, target('group', 'g-3'))).to.equal(undefined);
    expect(whoDid(rows, target('license', 'sku'))?.by).to.equal('somebody whom the audit log does not name');
    expect(whoDid(rows, target('inboxRule', 'rule'))).to.equal(undefined);
  });

  it('reads an account that was enabled from what was modified', async () => {
    const modifiedProperties = [{ displayName: 'AccountEnabled', oldValue: '[false]', newValue: '[true]' }];
    const enabled = row('Update user', '2026-11-29T03:10:00Z', sam, [{ id: 'alex', modifiedProperties }]);
    const other = row('Update user', '2026-11-29T04:10:00Z', sync, [
      { id: 'alex', modifiedProperties: [{ displayName: 'JobTitle', oldValue: '[]', newValue: '["Boss"]' }] },
    ]);
    const rows = await readAudit(rowsGraph([other, enabled]), 'alex', '2026-11-20T17:00:00.000Z');
    expect(whoDid(rows, target('user', 'alex'))?.by).to.equal('Sam Okoro');
  });

  it('is never a condition: a log that may not be read has no rows, and a defect is still one', async () => {
    const refused = new Failure('no', { kind: 'not-permitted', code: 'graph.not-permitted' });
    expect(await readAudit(noAuditGraph(refused), 'alex', '2026-11-20T17:00:00.000Z')).to.deep.equal([]);
    const defect = await readAudit(noAuditGraph(new TypeError('defect')), 'alex', '2026-11-20T17:00:00.000Z').catch(
      (error: unknown) => error,
    );
    expect(defect).to.be.instanceOf(TypeError);
  });
});
