import { expect } from 'chai';
import { groups, people } from '#sandbox/firm/ids';
import { codeOf, messageOf, openTenant, rowsOf, type TenantClient } from './tenant-client.js';

describe('[unit] sandbox/graph directory reads', () => {
  let tenant: TenantClient;
  before(async () => {
    tenant = await openTenant();
  });
  after(() => tenant.close());

  const names = async (path: string, headers?: Record<string, string>): Promise<unknown[]> =>
    rowsOf(await tenant.graph('GET', path, undefined, headers)).map((row) => row['displayName']);

  it('finds a user by object id and by UPN in any case, and tells only the selected properties', async () => {
    const byId = await tenant.graph('GET', `/users/${people.alexMorgan}?$select=id,accountEnabled,officeLocation`);
    const byName = await tenant.graph('GET', '/users/ALEX.Morgan@northwind.example');
    expect(byId.body).to.include({ id: people.alexMorgan, accountEnabled: true, officeLocation: 'London' });
    expect(byId.body).not.to.have.property('displayName');
    expect(byName.body['displayName']).to.equal('Alex Morgan');
    expect(byName.body).not.to.have.property('accountEnabled');
  });

  it('answers 404 for an unknown and for a deleted user, 400 for a property that users do not have', async () => {
    for (const id of ['nobody@northwind.example', people.softDeleted]) {
      const seen = await tenant.graph('GET', `/users/${id}`);
      expect([seen.status, codeOf(seen)]).to.deep.equal([404, 'Request_ResourceNotFound']);
      expect(messageOf(seen)).to.contain('or one of its queried reference-property objects are not present');
    }
    const wrong = await tenant.graph('GET', `/users/${people.alexMorgan}?$select=shoeSize`);
    expect([wrong.status, codeOf(wrong)]).to.deep.equal([400, 'BadRequest']);
  });

  it('lists the deleted user among the deleted items', async () => {
    const seen = await tenant.graph('GET', '/directory/deletedItems/microsoft.graph.user?$select=id,deletedDateTime');
    expect(rowsOf(seen).map((row) => row['id'])).to.deep.equal([people.softDeleted]);
  });

  it('filters as Entra does', async () => {
    expect(await names("/users?$filter=displayName eq 'jordan taylor'")).to.have.length(2);
    expect(await names("/users?$filter=startswith(displayName,'Ale')")).to.deep.equal(['Alex Morgan']);
    expect(await names("/users?$filter=department eq 'IT' and accountEnabled eq true")).to.have.length(5);
    expect(await names("/users?$filter=userPrincipalName eq 'x' or mailNickname eq 'alex.morgan'")).to.have.length(1);
    expect(await names("/users?$filter=proxyAddresses/any(p:p eq 'smtp:alex.morgan@northwind.example')")).to.deep.equal(
      ['Alex Morgan'],
    );
    expect(await names(`/users?$filter=id in ('${people.alexMorgan}','${people.danaReyes}')`)).to.have.length(2);
  });

  it('wants ConsistencyLevel and $count for advanced queries, and refuses what cannot be filtered', async () => {
    const path = "/users?$filter=department ne 'IT'";
    const plain = await tenant.graph('GET', path);
    expect([plain.status, codeOf(plain)]).to.deep.equal([400, 'Request_UnsupportedQuery']);
    const advanced = await tenant.graph('GET', `${path}&$count=true`, undefined, { ConsistencyLevel: 'eventual' });
    expect(advanced.status).to.equal(200);
    expect(advanced.body['@odata.count']).to.equal(rowsOf(advanced).length);
    const stranger = await tenant.graph('GET', "/users?$filter=aboutMe eq 'x'");
    expect([stranger.status, codeOf(stranger)]).to.deep.equal([400, 'Request_UnsupportedQuery']);
  });

  it('pages with a link that names the real host and is followed by path and query', async () => {
    const ids: unknown[] = [];
    let path: string | undefined = '/users?$select=id&$top=15';
    for (let pages = 0; path !== undefined && pages < 10; pages += 1) {
      const seen = await tenant.graph('GET', path);
      ids.push(...rowsOf(seen).map((row) => row['id']));
      const link = seen.body['@odata.nextLink'];
      if (link !== undefined) expect(String(link)).to.match(/^https:\/\/graph\.microsoft\.com\/v1\.0\/users\?/);
      path = typeof link === 'string' ? link.slice('https://graph.microsoft.com/v1.0'.length) : undefined;
    }
    expect(new Set(ids).size).to.equal(41);
    expect(ids).to.have.length(41);
  });

  it('takes a guest by the encoded UPN and follows the pages of their groups', async () => {
    const upn = encodeURIComponent('marta.nowak_contoso.example#EXT#@northwindtraders.onmicrosoft.com');
    const seen = await tenant.graph('GET', `/users/${upn}?$select=id,userType`);
    expect(seen.body).to.include({ id: people.guest, userType: 'Guest' });
  });

  it('tells direct memberships by type, one by its id, and transitive ones', async () => {
    const mixed = rowsOf(await tenant.graph('GET', `/users/${people.priyaShah}/memberOf`));
    expect(mixed.map((row) => row['@odata.type'])).to.include('#microsoft.graph.directoryRole');
    expect(await names(`/users/${people.alexMorgan}/memberOf/microsoft.graph.group`)).to.have.length(12);
    const one = `/users/${people.alexMorgan}/memberOf/`;
    expect((await tenant.graph('GET', `${one}${groups.london}?$select=id`)).status).to.equal(200);
    expect((await tenant.graph('GET', `${one}${groups.dublin}?$select=id`)).status).to.equal(404);
    const transitive = await names(`/users/${people.alexMorgan}/transitiveMemberOf/microsoft.graph.group`);
    expect(transitive).to.include('Office Door Access');
    const roles = `/users/${people.memberOfRoleAssignableGroup}/transitiveMemberOf/microsoft.graph.directoryRole`;
    expect(await names(roles)).to.deep.equal(['Helpdesk Administrator']);
    const checked = await tenant.graph('POST', `/users/${people.alexMorgan}/checkMemberGroups`, {
      groupIds: [groups.allSecurity, groups.dublin],
    });
    expect(checked.body['value']).to.deep.equal([groups.allSecurity]);
  });

  it('knows managers, reports, and who has none', async () => {
    const manager = await tenant.graph('GET', `/users/${people.alexMorgan}/manager?$select=id`);
    expect(manager.body['id']).to.equal(people.morganLee);
    expect((await tenant.graph('GET', `/users/${people.withoutManager}/manager`)).status).to.equal(404);
    expect(await names(`/users/${people.morganLee}/directReports`)).to.include('Alex Morgan');
  });

  it("shows the app's own permissions and directory roles, but for those withheld", async () => {
    const found = rowsOf(
      await tenant.graph('GET', "/servicePrincipals?$filter=appId eq '1a7c4e8d-0000-4000-8000-00000000a1b2'"),
    );
    const path = `/servicePrincipals/${found[0]?.['id']}/appRoleAssignments`;
    const all = rowsOf(await tenant.graph('GET', path)).length;
    await tenant.control('POST', '/dials', { withheldAppRoles: ['User.RevokeSessions.All'] });
    expect(rowsOf(await tenant.graph('GET', path))).to.have.length(all - 1);
    await tenant.control('POST', '/dials', { withheldAppRoles: [] });
    const query = `/roleManagement/directory/roleAssignments?$filter=principalId eq '${found[0]?.['id']}'&$expand=roleDefinition`;
    const roles = rowsOf(await tenant.graph('GET', query)).map((row) => row['roleDefinition']);
    expect(JSON.stringify(roles)).to.contain('Exchange Administrator');
  });

  it('asks for a token, answers 501 for what it does not serve, and lists that', async () => {
    const nobody = await fetch(`${tenant.sandbox.origin}/v1.0/users`);
    expect(nobody.status).to.equal(401);
    expect(await nobody.text()).to.contain('InvalidAuthenticationToken');
    const unknown = await tenant.graph('GET', `/users/${people.alexMorgan}/drive`);
    expect([unknown.status, codeOf(unknown)]).to.deep.equal([501, 'NotImplementedInSandbox']);
    expect((await tenant.graph('GET', `/groups/${groups.london}?$expand=members`)).status).to.equal(501);
    const listed = JSON.stringify(await tenant.control('GET', '/unsupported'));
    expect(listed).to.contain('/drive').and.to.contain('$expand');
  });
});
