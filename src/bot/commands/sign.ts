import { decidePolicyByText } from '#bot/answer-policy';
import type { Command } from '#bot/bot-context';
import { notice } from '#bot/notice';

/** What the button does, for phones on which cards fail. Signs what this person was last shown; shown nothing yet, it shows it. */
export const signCommand: Command = {
  name: 'sign',
  usage: 'sign policy',
  summary: 'sign the changed rules that you were last shown',
  async run(call) {
    if (call.rest.toLowerCase() !== 'policy')
      return [notice('What do you sign?', ["Type 'sign policy' to sign the changed rules you were last shown."])];
    return [await decidePolicyByText(call, { outcome: 'approved' })];
  },
};
