import { allPeople } from '#sandbox/firm/build-people';
import { people, personId } from '#sandbox/firm/ids';
import type { PersonSeed } from '#sandbox/firm/person-seed';
import { sites } from '#sandbox/firm/sites';
import type { AutoReply, InboxRule, Mailbox } from '#sandbox/tenant/world';

const noAutoReply: AutoReply = {
  status: 'disabled',
  externalAudience: 'all',
  internalReplyMessage: '',
  externalReplyMessage: '',
  scheduledStart: '2024-01-01T08:00:00.0000000',
  scheduledEnd: '2024-01-02T08:00:00.0000000',
};

const gigabyte = 1024 ** 3;

const emptyRule = {
  isEnabled: true,
  isReadOnly: false,
  hidden: false,
  subjectContains: [],
  forwardTo: [],
  redirectTo: [],
  forwardAsAttachmentTo: [],
  moveToFolder: null,
} as const;

/** Every mailbox has this one; only Exchange shows it, and nobody may touch it. */
const junkRule: InboxRule = {
  ...emptyRule,
  id: '16140901064495857665',
  displayName: 'Junk E-mail Rule',
  sequence: 0,
  hidden: true,
  isReadOnly: true,
};

function rulesOf(userId: string): readonly InboxRule[] {
  if (userId === people.alexMorgan) {
    return [
      {
        ...emptyRule,
        id: '2541838362014253057',
        displayName: 'Copy of orders',
        sequence: 1,
        subjectContains: ['order', 'quote'],
        forwardTo: ['alex.m@outlook.example'],
      },
      {
        ...emptyRule,
        id: '2541838362014253058',
        displayName: 'Newsletters',
        sequence: 2,
        subjectContains: ['newsletter'],
        moveToFolder: 'Newsletters',
      },
      junkRule,
    ];
  }
  if (userId === people.disabledByHand) {
    const hidden = { id: '2541838362014253091', displayName: 'Redirect', sequence: 1, hidden: true };
    return [{ ...emptyRule, ...hidden, redirectTo: ['theo.grant@mail.example'] }, junkRule];
  }
  return [junkRule];
}

function forwardingOf(userId: string): string | null {
  if (userId === people.alexMorgan) return 'alex.m@outlook.example';
  return userId === people.disabledByHand ? 'theo.grant@mail.example' : null;
}

function mailboxOf(seed: PersonSeed): Mailbox {
  const userId = personId(seed.number);
  const site = sites[seed.site];
  // Robert Ashby's mailbox is over the 50 GB that a shared mailbox may have without a licence.
  const size = userId === people.headOfFinance ? 62 * gigabyte : Math.round((2 + (Number(seed.number) % 9)) * gigabyte);
  return {
    userId,
    exchangeGuid: `d${userId.slice(1)}`,
    type: 'UserMailbox',
    state: 'active',
    hiddenFromAddressLists: false,
    forwardingAddress: null,
    forwardingSmtpAddress: forwardingOf(userId),
    deliverToMailboxAndForward: forwardingOf(userId) !== null,
    litigationHold: false,
    grantSendOnBehalfTo: [],
    fullAccess: [
      { trustee: 'NT AUTHORITY\\SELF', accessRights: ['FullAccess', 'ReadPermission'], inheritanceType: 'All' },
    ],
    sendAs: [{ trustee: 'NT AUTHORITY\\SELF', accessRights: ['SendAs'], inheritanceType: 'None' }],
    rules: rulesOf(userId),
    autoReply: noAutoReply,
    timeZone: site.timeZone,
    locale: site.locale,
    sizeBytes: size,
    itemCount: Math.round(size / 98_304),
  };
}

export function buildMailboxes(): Readonly<Record<string, Mailbox>> {
  const holders = allPeople.filter((seed) => seed.mailbox !== false && seed.deletedDaysAgo === undefined);
  return Object.fromEntries(holders.map((seed) => [personId(seed.number), mailboxOf(seed)]));
}
