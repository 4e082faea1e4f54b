import { expect } from 'chai';
import { ids } from './firm.js';
import { requestLeaver } from './requests.js';
import { inWorld } from './world.js';

const alex = 'alex.morgan@northwind.example on today 17:00';

describe('[story] somebody who has to decide asks first', function () {
  this.timeout(20_000);

  it(
    'and is answered from the card: both cards show it, the record holds it, the deadline stays',
    inWorld(async ({ hr, manager, caseState, evidence, until }) => {
      const caseId = await requestLeaver(hr, alex);
      await manager.clicks('Ask', { question: 'Does **Priya** know?' });
      await hr.sees(/^Somebody who decides on case L-\d+ has a question for you/);
      const asked = await hr.sees(/1 · Morgan Lee, 20 Nov, 09:\d\d: Does \*\*Priya\*\* know\?/);
      expect(asked.text).to.include('Not answered yet. The time to decide stays as it is.');
      const due = (await caseState(caseId)).parts.flatMap((p) => p.requirements.map((r) => r.dueAt));
      await hr.clicks('Answer', { 'answer-1': 'Yes, since Monday' });
      await manager.sees(/^Your question on case L-\d+ is answered/);
      const answered = await manager.sees(/Dana Reyes, 20 Nov, 09:\d\d: Yes, since Monday/);
      expect(answered.text).to.include('Your decision');
      const state = await caseState(caseId);
      expect(state.parts.flatMap((p) => p.requirements.map((r) => r.dueAt))).to.deep.equal(due);
      expect(state.questions[0]?.answer?.by).to.equal(ids.dana);
      await manager.clicks('Approve');
      await until(async () => (await caseState(caseId)).decisions.some((d) => d.decidedBy === ids.morgan), 'approved');
      const types = await evidence(caseId);
      expect(types).to.include.members(['question.asked', 'question.answered']);
      expect(types.indexOf('question.answered')).to.be.greaterThan(types.indexOf('question.asked'));
    }),
  );

  it(
    'by text as well, several in any order; HR answers beside the requester, nobody else does, and each once',
    inWorld(async ({ hr, manager, it: sam, person, caseState, until }) => {
      const caseId = await requestLeaver(hr, alex);
      await manager.seesButton('Ask');
      expect((await manager.says(`ask ${caseId}`)).text).to.include('Please write what you want to know');
      await manager.says(`ask ${caseId} Who takes the customers?`);
      await manager.says(`ask ${caseId} Until when?`);
      const told = () => hr.messages().filter(({ text }) => text.startsWith('Somebody who decides on case')).length;
      await until(() => told() === 2, 'Dana is told of both');
      expect((await hr.says(`answer ${caseId} soon`)).text).to.match(/2: Until when\?/);
      expect((await sam.says(`answer ${caseId} 2 no idea`)).text).to.include('not yours to answer');
      expect((await person(ids.alex).says(`answer ${caseId} 2 never`)).text).to.include(`There is no case ${caseId}`);
      await person(ids.hannah).says(`answer ${caseId} 2 yes, until March`);
      await hr.says(`answer ${caseId} 30 customers stay with Priya`);
      await hr.says(`answer ${caseId} 2 a second answer`);
      const answers = (await caseState(caseId)).questions.map(({ answer }) => answer?.text);
      expect(answers).to.deep.equal(['30 customers stay with Priya', 'yes, until March']);
    }),
  );

  it(
    'nobody asks who has nothing to decide; an answer leaves what was approved before it',
    inWorld(async ({ hr, manager, it: sam, person, caseState, until }) => {
      const caseId = await requestLeaver(hr, alex);
      await manager.seesButton('Ask');
      expect((await sam.says(`ask ${caseId} why?`)).text).to.include('No decision of case');
      expect((await person(ids.alex).says(`ask ${caseId} why?`)).text).to.include(`There is no case ${caseId}`);
      await manager.says(`ask ${caseId} Who tells the team?`);
      await manager.clicks('Approve');
      await until(async () => (await caseState(caseId)).decisions.some((d) => d.decidedBy === ids.morgan), 'approved');
      const { decisions } = await caseState(caseId);
      await hr.says(`answer ${caseId} I do, at noon`);
      const state = await caseState(caseId);
      expect(state.questions[0]?.answer?.text).to.equal('I do, at noon');
      expect(state.decisions).to.deep.equal(decisions);
      expect((await manager.says(`ask ${caseId} and then?`)).text).to.include('No decision of case');
    }),
  );
});
