import type { CommandReader } from '#cards/command-list';
import { helpCard, helpSummary, helpView } from '#cards/help';
import { noticeCard, noticeSummary, noticeView } from '#cards/notice';
import { personPickerCard, personPickerSummary, personPickerView } from '#cards/person-picker';
import { welcomeCard, welcomeSummary, welcomeView } from '#cards/welcome';
import type { SampleCard } from './sample-card.js';
import { alex, hostileNames, jordanEngineering, jordanSales } from './sample-firm.js';

const hr: CommandReader = { roles: ['hr'], isManager: true };
const manager: CommandReader = { roles: [], isManager: true };
const it: CommandReader = { roles: ['it'], isManager: false };
const nobodyYet: CommandReader = { roles: [], isManager: false };

const help = (name: string, ...input: Parameters<typeof helpView>): SampleCard => {
  const view = helpView(...input);
  return { card: 'help', name, content: helpCard(view), summary: helpSummary(view), named: false };
};

const welcome = (name: string, ...input: Parameters<typeof welcomeView>): SampleCard => {
  const view = welcomeView(...input);
  return { card: 'welcome', name, content: welcomeCard(view), summary: welcomeSummary(view), named: false };
};

const picker = (name: string, ...input: Parameters<typeof personPickerView>): SampleCard => {
  const view = personPickerView(...input);
  return {
    card: 'person-picker',
    name,
    content: personPickerCard(view),
    summary: personPickerSummary(view),
    named: false,
  };
};

const notice = (name: string, ...input: Parameters<typeof noticeView>): SampleCard => {
  const view = noticeView(...input);
  return { card: 'notice', name, content: noticeCard(view), summary: noticeSummary(view), named: false };
};

export const plainSamples: readonly SampleCard[] = [
  welcome('welcome-hr', 'personal', hr),
  welcome('welcome-nobody', 'personal', nobodyYet),
  welcome('welcome-channel', 'channel'),
  help('help-hr', hr),
  help('help-manager', manager),
  help('help-it', it),
  help('help-misread', nobodyYet, { typed: 'aprove [x](http://evil.example) ${1+1}', nearest: 'approve' }),
  picker('person-picker', {
    typed: 'Jordan Taylor',
    people: [jordanSales, jordanEngineering],
    carry: { draftId: 'd-1' },
  }),
  picker('person-picker-hostile', {
    typed: hostileNames[0],
    people: hostileNames.map((displayName) => ({
      ...alex,
      displayName,
      jobTitle: displayName,
      department: displayName,
    })),
  }),
  notice('notice-refused', {
    title: 'Case L-104 is not yours to decide',
    lines: ['Its hand-over is decided by the manager. Nothing has changed.'],
    tone: 'attention',
  }),
  notice('notice-cancelled', {
    title: 'Nothing was started',
    lines: ['The request was cancelled before it was submitted.'],
    tone: 'default',
  }),
  notice('notice-hostile', { title: `Nobody is called ${hostileNames[1]}`, lines: [...hostileNames], tone: 'accent' }),
];
