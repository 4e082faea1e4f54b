import { groups, personId, skus } from '#sandbox/firm/ids';

/** The people of the stories, by object id. */
export const ids = {
  dana: personId('01'),
  hannah: personId('02'),
  morgan: personId('03'),
  sam: personId('04'),
  priya: personId('05'),
  alex: personId('06'),
  guest: personId('11'),
  synced: personId('10'),
  disabledByHand: personId('12'),
  withoutManager: personId('13'),
  ella: personId('14'),
  kofi: personId('15'),
  licensedThroughGroup: personId('16'),
  licensedThroughRule: personId('17'),
  withoutMailbox: personId('18'),
  managingDirector: personId('21'),
  robert: personId('22'),
  aoife: personId('24'),
  carlos: personId('25'),
  maya: personId('26'),
  chloe: personId('27'),
  ben: personId('42'),
  freya: personId('41'),
} as const;

export const firmGroups = groups;
export const firmSkus = skus;
export const itChannelId = '19:it@thread.tacv2';
