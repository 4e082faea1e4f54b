import { expect } from 'chai';
import { groups, people } from '#sandbox/firm/ids';
import type { JsonObject } from '#sandbox/tenant/world';
import { openTenant, rowsOf, type Seen, type TenantClient } from './tenant-client.js';

/** What a client reads of a cmdlet's error: the text in the details. */
function detailOf(seen: Seen): string {
  return JSON.stringify(seen.body['error']);
}

describe('[unit] sandbox/exchange cmdlets', () => {
  let tenant: TenantClient;
  before(async () => {
    tenant = await openTenant();
  });
  beforeEach(async () => {
    await tenant.control('POST', '/reset');
  });
  after(() => tenant.close());

  const alex = { Identity: people.alexMorgan };
  const mailbox = async (): Promise<JsonObject> => rowsOf(await tenant.exchange('Get-Mailbox', alex))[0] ?? {};
  const warningsOf = (seen: Seen): string => JSON.stringify(seen.body['@adminapi.warnings'] ?? []);

  it('clears forwarding, says when there was nothing to do, and trims to $select', async () => {
    expect((await mailbox())['ForwardingSmtpAddress']).to.equal('smtp:alex.m@outlook.example');
    const clear = { ...alex, ForwardingAddress: null, ForwardingSmtpAddress: null, DeliverToMailboxAndForward: false };
    expect(warningsOf(await tenant.exchange('Set-Mailbox', clear))).to.equal('[]');
    expect(await mailbox()).to.include({ ForwardingSmtpAddress: null, DeliverToMailboxAndForward: false });
    expect(warningsOf(await tenant.exchange('Set-Mailbox', clear))).to.contain('no settings of');
    const trimmed = await tenant.exchange('Get-Mailbox', alex, '?$select=RecipientTypeDetails');
    expect(rowsOf(trimmed)).to.deep.equal([{ RecipientTypeDetails: 'UserMailbox' }]);
    const internal = { ...alex, ForwardingAddress: 'morgan.lee@northwind.example' };
    await tenant.exchange('Set-Mailbox', internal);
    expect((await mailbox())['ForwardingAddress']).to.equal('morgan.lee');
  });

  it('converts to shared, which Graph sees too', async () => {
    await tenant.exchange('Set-Mailbox', { ...alex, Type: 'Shared' });
    expect((await mailbox())['RecipientTypeDetails']).to.equal('SharedMailbox');
    const wrong = await tenant.exchange('Set-Mailbox', { ...alex, Type: 'Sherd' });
    expect(wrong.status).to.equal(400);
  });

  it('grants and takes back access, and warns when it is already so', async () => {
    for (const [noun, trustee, right, missing] of [
      ['MailboxPermission', 'User', 'FullAccess', "doesn't exist on the object"],
      ['RecipientPermission', 'Trustee', 'SendAs', "isn't present"],
    ] as const) {
      const parameters = { ...alex, [trustee]: 'morgan.lee@northwind.example', AccessRights: [right], Confirm: false };
      const read = async (): Promise<readonly JsonObject[]> =>
        rowsOf(await tenant.exchange(`Get-${noun}`, { ...alex, [trustee]: people.morganLee }));
      expect(await read()).to.deep.equal([]);
      expect(warningsOf(await tenant.exchange(`Add-${noun}`, parameters))).to.equal('[]');
      expect((await read())[0]).to.deep.include({ AccessRights: [right], [trustee]: 'morgan.lee@northwind.example' });
      expect(warningsOf(await tenant.exchange(`Add-${noun}`, parameters))).to.contain('already present');
      expect(warningsOf(await tenant.exchange(`Remove-${noun}`, parameters))).to.equal('[]');
      expect(await read()).to.deep.equal([]);
      expect(warningsOf(await tenant.exchange(`Remove-${noun}`, parameters))).to.contain(missing);
    }
  });

  it('changes a multi-valued property by adding and removing', async () => {
    const change = (part: JsonObject): Promise<Seen> =>
      tenant.exchange('Set-Mailbox', {
        ...alex,
        GrantSendOnBehalfTo: { '@odata.type': '#Exchange.GenericHashTable', ...part },
      });
    await change({ add: 'morgan.lee@northwind.example' });
    expect((await mailbox())['GrantSendOnBehalfTo']).to.deep.equal(['morgan.lee']);
    await change({ remove: ['morgan.lee@northwind.example'] });
    expect((await mailbox())['GrantSendOnBehalfTo']).to.deep.equal([]);
  });

  it('changes lists with the bypass only, once each way', async () => {
    const parameters = { Identity: groups.salesList, Member: people.alexMorgan, Confirm: false };
    const bypassed = { ...parameters, BypassSecurityGroupManagerCheck: true };
    const members = async (): Promise<unknown[]> =>
      rowsOf(
        await tenant.exchange('Get-DistributionGroupMember', { Identity: groups.salesList, ResultSize: 'Unlimited' }),
      ).map((row) => row['ExternalDirectoryObjectId']);
    expect(await members()).to.include(people.alexMorgan);
    const refused = await tenant.exchange('Remove-DistributionGroupMember', parameters);
    expect(detailOf(refused)).to.contain('manager of the group');
    expect((await tenant.exchange('Remove-DistributionGroupMember', bypassed)).status).to.equal(200);
    expect(await members()).not.to.include(people.alexMorgan);
    expect(detailOf(await tenant.exchange('Remove-DistributionGroupMember', bypassed))).to.contain(
      'MemberNotFoundException',
    );
    const { Confirm: _confirm, ...add } = bypassed;
    expect((await tenant.exchange('Add-DistributionGroupMember', add)).status).to.equal(200);
    expect(detailOf(await tenant.exchange('Add-DistributionGroupMember', add))).to.contain(
      'MemberAlreadyExistsException',
    );
    const graph = await tenant.graph('GET', `/users/${people.alexMorgan}/memberOf/${groups.salesList}?$select=id`);
    expect(graph.status).to.equal(200);
    const unified = await tenant.exchange('Get-DistributionGroupMember', { Identity: groups.salesEmea });
    expect([unified.status, detailOf(unified).includes('ManagementObjectNotFoundException')]).to.deep.equal([
      404,
      true,
    ]);
  });

  it('disables, restores and deletes inbox rules, the same that Graph shows', async () => {
    const rules = rowsOf(await tenant.exchange('Get-InboxRule', { Mailbox: people.alexMorgan, IncludeHidden: true }));
    expect(rules.map((row) => row['Name'])).to.deep.equal(['Copy of orders', 'Newsletters', 'Junk E-mail Rule']);
    const identity = rules[0]?.['Identity'] ?? '';
    await tenant.exchange('Disable-InboxRule', { Identity: identity, Confirm: false });
    const path = `/users/${people.alexMorgan}/mailFolders/inbox/messageRules`;
    const shown = rowsOf(await tenant.graph('GET', path));
    expect(shown.map((row) => row['isEnabled'])).to.deep.equal([false, true]);
    const one = `${path}/${shown[0]?.['id']}`;
    expect((await tenant.graph('PATCH', one, { isEnabled: true })).body['isEnabled']).to.equal(true);
    await tenant.exchange('Remove-InboxRule', { Identity: identity, Confirm: false });
    expect((await tenant.graph('GET', one)).status).to.equal(404);
    await tenant.exchange('New-InboxRule', {
      Mailbox: people.alexMorgan,
      Name: 'Copy of orders',
      ForwardTo: ['"alex.m@outlook.example" [SMTP:alex.m@outlook.example]'],
    });
    expect(JSON.stringify(rowsOf(await tenant.graph('GET', path)))).to.contain('alex.m@outlook.example');
    const junk = await tenant.exchange('Remove-InboxRule', { Identity: rules[2]?.['Identity'] ?? '' });
    expect(junk.status).to.equal(400);
  });

  it('has one auto-reply, by Graph and by Exchange', async () => {
    const path = `/users/${people.alexMorgan}/mailboxSettings`;
    const setting = {
      status: 'alwaysEnabled',
      externalAudience: 'all',
      internalReplyMessage: 'in',
      externalReplyMessage: 'out',
    };
    expect((await tenant.graph('PATCH', path, { automaticRepliesSetting: setting })).status).to.equal(200);
    const seen = rowsOf(await tenant.exchange('Get-MailboxAutoReplyConfiguration', alex))[0];
    expect(seen).to.include({ AutoReplyState: 'Enabled', ExternalAudience: 'All', ExternalMessage: 'out' });
    await tenant.exchange('Set-MailboxAutoReplyConfiguration', { ...alex, AutoReplyState: 'Disabled' });
    const reply = await tenant.graph('GET', `${path}/automaticRepliesSetting`);
    expect(reply.body).to.include({ status: 'disabled', internalReplyMessage: 'in' });
    const wrong = await tenant.graph('PATCH', path, { automaticRepliesSetting: { status: 'on' } });
    expect(wrong.status).to.equal(400);
  });

  it('refuses cmdlets and parameters outside the role, a missing anchor, a wrong tenant and an ambiguous name', async () => {
    const unknown = await tenant.exchange('Get-MobileDevice', { Mailbox: people.alexMorgan });
    expect(unknown.status).to.equal(403);
    expect(detailOf(unknown)).to.contain('is not present in the role definition of the current user');
    expect(JSON.stringify(await tenant.control('GET', '/unsupported'))).to.contain('Get-MobileDevice');
    expect(detailOf(await tenant.exchange('Get-Mailbox', { Identitty: 'x' }))).to.contain('Identitty');
    const anchorless = await tenant.exchange('Get-Mailbox', alex, '', { 'x-anchormailbox': '' });
    expect(anchorless.status).to.equal(400);
    const elsewhere = await fetch(`${tenant.sandbox.origin}/adminapi/beta/contoso.example/InvokeCommand`, {
      method: 'POST',
      headers: { authorization: 'Bearer x', 'content-type': 'application/json', 'x-anchormailbox': 'UPN:x' },
      body: JSON.stringify({ CmdletInput: { CmdletName: 'Get-Mailbox', Parameters: alex } }),
    });
    expect(elsewhere.status).to.equal(404);
    const ambiguous = await tenant.exchange('Get-Mailbox', { Identity: 'Jordan Taylor' });
    expect(detailOf(ambiguous)).to.contain('matches multiple entries');
    await tenant.control('POST', '/dials', { exchangeRoleTooLow: true });
    expect((await tenant.exchange('Get-Mailbox', alex)).status).to.equal(403);
  });

  it('pages by posting the same body to the link, and shows changes only after its own lag', async () => {
    const first = await tenant.exchange('Get-Mailbox', {}, '?$select=Alias', { prefer: 'odata.maxpagesize=30' });
    expect(rowsOf(first)).to.have.length(30);
    const link = new URL(String(first.body['@odata.nextLink']));
    const second = await tenant.exchange('Get-Mailbox', {}, link.search, { prefer: 'odata.maxpagesize=30' });
    expect(rowsOf(second).length).to.be.greaterThan(0);
    expect(second.body).not.to.have.property('@odata.nextLink');
    await tenant.control('POST', '/dials', { exchangeLagMs: 30_000 });
    await tenant.exchange('Set-Mailbox', { ...alex, Type: 'Shared' });
    expect((await mailbox())['RecipientTypeDetails']).to.equal('UserMailbox');
    await tenant.control('POST', '/clock', { advance: 31_000 });
    expect((await mailbox())['RecipientTypeDetails']).to.equal('SharedMailbox');
  });

  it('finds recipients by address and tells the size of a mailbox', async () => {
    const filter = "EmailAddresses -eq 'smtp:q4-deals@northwind.example'";
    const found = rowsOf(await tenant.exchange('Get-Recipient', { Filter: filter }));
    expect(found.map((row) => row['RecipientTypeDetails'])).to.deep.equal(['MailUniversalSecurityGroup']);
    const statistics = rowsOf(await tenant.exchange('Get-MailboxStatistics', { Identity: people.headOfFinance }));
    expect(statistics[0]?.['TotalItemSize']).to.match(/^62\.00 GB \([\d,]+ bytes\)$/);
  });
});
