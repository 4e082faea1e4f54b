import { isFailure } from '#domain/failure';
import type { UserId } from '#domain/ids';
import type { Graph, Shape } from '#engine/ports/graph';

/** Least application permissions for installing itself for somebody; wanted only where a Teams app id is configured. */
export const installPermissions = ['AppCatalog.Read.All', 'TeamsAppInstallation.ReadWriteSelfForUser.All'] as const;

const appId: Shape<string> = {
  parse(value) {
    if (typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string') return value.id;
    throw new TypeError('a Teams app has an id');
  },
};

const ignored: Shape<undefined> = { parse: () => undefined };

/**
 * Installs the firm's Latchkey app for one person, so that the bot can write to them first. `externalId`: the id in the app's
 * manifest. Answers whether the app is theirs now; false where the catalogue has no such app or a permission is missing. The
 * conversation follows as an installation event moments later. Source: teamwork/installedApps on Microsoft Graph.
 */
export async function installForPerson(graph: Graph, externalId: string, userId: UserId): Promise<boolean> {
  try {
    const filter = encodeURIComponent(`externalId eq '${externalId}'`);
    const [catalogueId] = await graph.list(`/appCatalogs/teamsApps?$filter=${filter}`, appId);
    if (!catalogueId) return false;
    const app = `https://graph.microsoft.com/v1.0/appCatalogs/teamsApps/${catalogueId}`;
    await graph.post(`/users/${userId}/teamwork/installedApps`, { 'teamsApp@odata.bind': app }, ignored);
    return true;
  } catch (error) {
    // 409: it is there already, and only the address has not reached us.
    if (isFailure(error) && (error.detail.kind === 'already-done' || error.detail.status === 409)) return true;
    if (isFailure(error, 'not-permitted') || isFailure(error, 'not-found') || isFailure(error, 'refused')) return false;
    throw error;
  }
}
