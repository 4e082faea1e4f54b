import { expect } from 'chai';
import type { Browser, Locator } from 'playwright-core';
import { takeCard } from './pictures.js';
import { type Product, ports, startProduct } from './product.js';
import { openBrowser, openScreen, type Screen, wordsOf } from './screen.js';
import { comeTo, londonIn, type Moment, refuseMailboxChanges } from './tenant.js';

const day = 24 * 60;

describe('[browser] decisions, exceptions and the clock', function () {
  this.timeout(120_000);
  this.bail(true);
  let product: Product;
  let browser: Browser;
  let hr: Screen;
  let manager: Screen;
  let channel: Screen;
  let tomorrow: Moment;
  let later: Moment;

  before(async () => {
    product = await startProduct();
    browser = await openBrowser();
    hr = await openScreen(browser, ports.hr);
    manager = await openScreen(browser, ports.manager);
    channel = await openScreen(browser, ports.it);
    await channel.goesTo('IT - Joiners and leavers');
    tomorrow = await londonIn(day);
    later = await londonIn(3 * day);
  });

  after(async () => {
    await browser?.close();
    await product?.stop();
  });

  /** Unfolds a form of a card, writes into it and sends it. */
  async function sends(screen: Screen, card: Locator, button: string, text: string): Promise<void> {
    await screen.clicks(card, button);
    await card.getByRole('textbox').last().fill(text);
    await card.getByRole('button', { name: button, exact: true }).last().click();
  }

  async function opens(name: string, typed: string, when: Moment): Promise<void> {
    await hr.says(`leaver ${typed} on ${when.typed}`);
    await hr.clicks(await hr.sees(`${name} is leaving`, 'Your request'), 'Submit');
  }

  it('lets the manager ask before deciding, and HR answer', async () => {
    await opens('Alex Morgan', 'alex.morgan@northwind.example', tomorrow);
    const approval = await manager.sees('Case L-101', 'Please decide on the hand-over');
    await sends(manager, approval, 'Ask', 'Does Alex keep the customer call on Friday?');
    const asked = await hr.sees('Case L-101', 'Does Alex keep the customer call on Friday?');
    await takeCard(asked, 'question');
    await sends(hr, asked, 'Answer', 'No, Kofi takes it over.');
    const answered = await manager.sees('Case L-101', 'No, Kofi takes it over.');
    await takeCard(answered, 'question-answered');
    await manager.clicks(answered, 'Approve');
    await manager.sees('Case L-101', 'Approved by you');
  });

  it('moves the last day after asking back, and asks the manager again', async () => {
    await hr.says(`reschedule L-101 ${later.typed}`);
    const question = await hr.sees('L-101', 'From now on', 'asked again');
    await takeCard(question, 'reschedule');
    await hr.clicks(question, 'Confirm');
    const again = await manager.sees('Case L-101', 'Changed since you approved');
    await takeCard(again, 'approval-again');
    await manager.clicks(again, 'Approve');
    await manager.sees('Case L-101', 'Approved by you');
  });

  it('puts a wish to keep sign-in before those who sign it', async () => {
    await hr.says('case L-101');
    const card = await hr.sees('Case L-101', 'changes planned');
    await hr.clicks(card, 'Keep');
    await takeCard(card, 'keep');
    await hr.clicks(card, 'Keep');
    await hr.says(`keep L-101 sign-in until ${later.typed.slice(0, 10)} 23:00 the hand-over call is that evening`);
    const wish = await hr.sees('Case L-101', 'Sign-in stays open', 'the hand-over call is that evening');
    expect(await wordsOf(wish)).to.include('An approver');
    await takeCard(wish, 'deviation');
  });

  it('gives a manager with many decisions one list, decided in one card', async () => {
    await opens('Chloe Bennett', 'chloe.bennett@northwind.example', later);
    await opens('Jordan Taylor', 'jordan.taylor@northwind.example', later);
    await opens('Imran Khan', 'Imran Khan', later);
    await opens('Grace Kim', 'Grace Kim', later);
    const list = await manager.sees('decisions wait for you');
    await takeCard(list, 'digest');
  });

  it('calls a case off before it begins', async () => {
    await hr.says('cancel L-101 Alex has withdrawn');
    await hr.clicks(await hr.sees('L-101', 'Never mind'), 'Confirm');
    await hr.sees('Case L-101', 'Cancelled', 'Alex has withdrawn');
    await takeCard(await manager.sees('Case L-101', 'Cancelled'), 'cancelled');
  });

  it('shows IT what is open, with all that can be done about it', async () => {
    await refuseMailboxChanges();
    await comeTo(later);
    const card = await channel.sees('Case L-102', 'being moved to another database');
    await channel.clicks(card, 'Technical detail');
    await takeCard(card, 'exception-detail');
    await channel.posts('exceptions');
  });
});
