import { auditLogRoutes } from '#sandbox/graph/audit-logs';
import { authenticationMethodRoutes } from '#sandbox/graph/authentication-methods';
import { groupChangeRoutes } from '#sandbox/graph/group-changes';
import { groupRoutes } from '#sandbox/graph/groups';
import { licenceRoutes } from '#sandbox/graph/licences';
import { mailboxSettingsRoutes } from '#sandbox/graph/mailbox-settings';
import { messageRuleRoutes } from '#sandbox/graph/message-rules';
import { organizationRoutes } from '#sandbox/graph/organization';
import { roleRoutes } from '#sandbox/graph/roles';
import { servicePrincipalRoutes } from '#sandbox/graph/service-principals';
import { teamRoutes } from '#sandbox/graph/teams';
import { teamsAppRoutes } from '#sandbox/graph/teams-apps';
import { userChangeRoutes } from '#sandbox/graph/user-changes';
import { userMembershipRoutes } from '#sandbox/graph/user-memberships';
import { userRoutes } from '#sandbox/graph/users';
import type { Route } from '#sandbox/http/router';

/** Everything of Graph that the sandbox serves. What is not here answers 501. */
export const graphRoutes: readonly Route[] = [
  ...organizationRoutes,
  ...userRoutes,
  ...userChangeRoutes,
  ...userMembershipRoutes,
  ...authenticationMethodRoutes,
  ...licenceRoutes,
  ...mailboxSettingsRoutes,
  ...messageRuleRoutes,
  ...groupRoutes,
  ...groupChangeRoutes,
  ...roleRoutes,
  ...servicePrincipalRoutes,
  ...teamRoutes,
  ...teamsAppRoutes,
  ...auditLogRoutes,
];
