/**
 * The state of the simulated tenant as plain, immutable data. A write makes a new world that shares what did not change, so
 * that a read can be answered from the world of some time ago.
 */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };
export type JsonObject = { readonly [name: string]: Json };

export interface DirectLicence {
  readonly skuId: string;
  readonly disabledPlans: readonly string[];
  readonly lastUpdatedDateTime: string;
}

export interface InheritedLicence extends DirectLicence {
  readonly groupId: string;
  readonly state: 'Active' | 'Error';
  readonly error: 'None' | 'CountViolation';
}

export interface AuthenticationMethod {
  readonly id: string;
  /** The `@odata.type` without `#microsoft.graph.`. */
  readonly type: string;
  readonly properties: JsonObject;
}

export interface User {
  readonly id: string;
  /** Properties as Graph names them. */
  readonly properties: JsonObject;
  readonly managerId: string | null;
  readonly deletedDateTime: string | null;
  readonly directLicences: readonly DirectLicence[];
  readonly inheritedLicences: readonly InheritedLicence[];
  readonly methods: readonly AuthenticationMethod[];
  readonly defaultMethodId: string | null;
  /** What Active Directory says; null for a cloud account. */
  readonly activeDirectoryEnabled: boolean | null;
  readonly installedTeamsApps: readonly string[];
}

export interface Group {
  readonly id: string;
  readonly properties: JsonObject;
  readonly memberIds: readonly string[];
  readonly ownerIds: readonly string[];
  readonly licences: readonly string[];
}

export interface InboxRule {
  readonly id: string;
  readonly displayName: string;
  readonly sequence: number;
  readonly isEnabled: boolean;
  readonly isReadOnly: boolean;
  /** Seen by Exchange with IncludeHidden only, never by Graph. */
  readonly hidden: boolean;
  readonly subjectContains: readonly string[];
  readonly forwardTo: readonly string[];
  readonly redirectTo: readonly string[];
  readonly forwardAsAttachmentTo: readonly string[];
  readonly moveToFolder: string | null;
}

export interface AutoReply {
  readonly status: 'disabled' | 'alwaysEnabled' | 'scheduled';
  readonly externalAudience: 'none' | 'contactsOnly' | 'all';
  readonly internalReplyMessage: string;
  readonly externalReplyMessage: string;
  /** UTC, `YYYY-MM-DDTHH:mm:ss.fffffff`. */
  readonly scheduledStart: string;
  readonly scheduledEnd: string;
}

export interface Grant {
  /** User id, or an account name that is no recipient (NT AUTHORITY\SELF). */
  readonly trustee: string;
  readonly accessRights: readonly string[];
  readonly inheritanceType: string;
}

export interface Mailbox {
  readonly userId: string;
  readonly exchangeGuid: string;
  readonly type: 'UserMailbox' | 'SharedMailbox' | 'RoomMailbox' | 'EquipmentMailbox';
  /** `softDeleted`: its licence went and its content is on the 30-day clock. */
  readonly state: 'active' | 'softDeleted';
  readonly hiddenFromAddressLists: boolean;
  /** A recipient's id. */
  readonly forwardingAddress: string | null;
  readonly forwardingSmtpAddress: string | null;
  readonly deliverToMailboxAndForward: boolean;
  readonly litigationHold: boolean;
  readonly grantSendOnBehalfTo: readonly string[];
  readonly fullAccess: readonly Grant[];
  readonly sendAs: readonly Grant[];
  readonly rules: readonly InboxRule[];
  readonly autoReply: AutoReply;
  readonly timeZone: string;
  readonly locale: string;
  readonly sizeBytes: number;
  readonly itemCount: number;
}

export interface Sku {
  readonly skuId: string;
  readonly skuPartNumber: string;
  readonly enabled: number;
  readonly plans: readonly { readonly id: string; readonly name: string; readonly service: string }[];
}

export interface RoleAssignment {
  readonly id: string;
  readonly principalId: string;
  /** Template id of a built-in directory role. */
  readonly roleDefinitionId: string;
}

export interface World {
  readonly users: Readonly<Record<string, User>>;
  readonly groups: Readonly<Record<string, Group>>;
  readonly mailboxes: Readonly<Record<string, Mailbox>>;
  readonly roleAssignments: readonly RoleAssignment[];
}

export const withUser = (world: World, user: User): World => ({ ...world, users: { ...world.users, [user.id]: user } });
export const withGroup = (world: World, group: Group): World => ({
  ...world,
  groups: { ...world.groups, [group.id]: group },
});
export const withMailbox = (world: World, mailbox: Mailbox): World => ({
  ...world,
  mailboxes: { ...world.mailboxes, [mailbox.userId]: mailbox },
});

/** A text property, or the empty string when it is unset. */
export function textOf(holder: { readonly properties: JsonObject }, name: string): string {
  const value = holder.properties[name];
  return typeof value === 'string' ? value : '';
}
