import type { Workflow } from '#engine/workflow';
import { deleteMethods } from '#steps/authentication-methods/delete-methods';
import { leaveGroups } from '#steps/groups/leave-groups';
import { leaveLicenceGroups } from '#steps/groups/leave-licence-groups';
import { leaveLists } from '#steps/groups/leave-lists';
import { removeLicences } from '#steps/licenses/remove-licences';
import { clearForwarding } from '#steps/mailbox/clear-forwarding';
import { convertToShared } from '#steps/mailbox/convert-to-shared';
import { disableForwardingRules } from '#steps/mailbox/disable-forwarding-rules';
import { endDelegate } from '#steps/mailbox/end-delegate';
import { grantDelegate } from '#steps/mailbox/grant-delegate';
import { setAutoReply } from '#steps/mailbox/set-auto-reply';
import { disableAccount } from '#steps/users/disable-account';
import { revokeSignInSessions } from '#steps/users/revoke-sign-in-sessions';

/** What a leaver comes to. Order of reading: access first, then the mail's future, and what costs money last. */
export const leaver: Workflow = {
  kind: 'leaver',
  // Closed the same day: nothing is open any more and nothing is paid for; the hand-over may take the manager longer.
  promise: { milestone: 'access closed', parts: ['access', 'closing'] },
  // Hand-over is left to the people who have it since.
  watch: { hours: (policy) => policy.watch.leaverHours, parts: ['access', 'closing'] },
  // Each word with everything that would take it away; what waits for one of these steps waits too.
  keepable: [
    {
      word: 'sign-in',
      title: 'Sign-in stays open',
      stepIds: [disableAccount.id, revokeSignInSessions.id, deleteMethods.id],
    },
    {
      word: 'forwarding',
      title: 'Mail goes on being forwarded',
      stepIds: [clearForwarding.id, disableForwardingRules.id],
    },
    { word: 'groups', title: 'Groups and lists stay', stepIds: [leaveGroups.id, leaveLists.id] },
    { word: 'mailbox', title: 'The mailbox stays a personal one', stepIds: [convertToShared.id] },
    { word: 'licences', title: 'Licences stay', stepIds: [leaveLicenceGroups.id, removeLicences.id] },
  ],
  steps: [
    // Closes the front door: nothing else counts while the person can sign in.
    { step: disableAccount, part: 'access' },
    // Browsers and apps stay signed in until their sessions are ended; after the block, or they would sign in again.
    { step: revokeSignInSessions, part: 'access' },
    // A phone that stays registered could reset the password should the account ever be enabled.
    { step: deleteMethods, part: 'access' },
    // What the person may open goes with the groups; groups that carry a licence must wait for the mailbox.
    { step: leaveGroups, part: 'access' },
    // Lists deliver the firm's mail to the person, and mail-enabled security groups open doors; only Exchange changes them.
    { step: leaveLists, part: 'access' },
    // Mail would go on leaving the firm, whoever reads the mailbox afterwards.
    { step: clearForwarding, part: 'access' },
    // The same leak one level deeper, where nobody looks.
    { step: disableForwardingRules, part: 'access' },
    // Whoever writes learns that the person has left, in words the manager agrees to.
    { step: setAutoReply, part: 'hand-over' },
    // The mailbox is opened for somebody else's eyes: the manager's decision.
    { step: grantDelegate, part: 'hand-over' },
    // On the day named with the opening, in a case of its own that follows this one.
    { step: endDelegate, part: 'closing', takesBack: grantDelegate.id },
    // A shared mailbox lives without a licence; a regular one is deleted 30 days after its licence went.
    { step: convertToShared, part: 'closing' },
    // Only when the mailbox is proved shared: leaving takes the inherited licence away.
    { step: leaveLicenceGroups, part: 'closing' },
    // Last of all, for the same reason; inherited SKUs are gone by now, so that what is left is the person's own.
    { step: removeLicences, part: 'closing' },
  ],
};
